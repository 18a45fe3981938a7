package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// longestCell is beyond any real cell; one that is longer swallowed the rest
// of the file through a quote that was never closed. So is longestRecord for all
// cells of a row.
const (
	longestCell   = 1 << 20
	longestRecord = 4 << 20
)

var (
	errLongCell    = errors.New("a quote is never closed")
	errManyColumns = errors.New("too many columns")
)

// csvScanner reads rows of cells as encoding/csv does with LazyQuotes, in
// memory that does not grow with the cells: a row longer than longestRecord or
// with more columns than most ends the reading before it is held.
type csvScanner struct {
	from  *bufio.Reader
	comma []byte
	most  int // columns

	number int // line of the file where the row begins, counted from 1
	text   []byte
	ends   []int

	lines int    // read so far
	long  []byte // a line longer than the buffer
	err   error  // after the line last read
}

func newCSVScanner(from *bufio.Reader, comma rune, most int) *csvScanner {
	return &csvScanner{from: from, comma: []byte(string(comma)), most: most}
}

// next reads a row into number, text and ends. The error is io.EOF after the
// last row, and errLongCell, errManyColumns or that of the reader where the row
// at number cannot be read.
func (s *csvScanner) next() error {
	s.text, s.ends = s.text[:0], s.ends[:0]
	var line []byte
	for len(bytes.TrimSuffix(line, newline)) == 0 {
		if s.err != nil {
			return s.err
		}
		line = s.readLine()
	}
	s.number = s.lines
	for more := true; more; {
		var err error
		if len(line) > 0 && line[0] == '"' {
			line, more, err = s.quoted(line[1:])
		} else {
			line, more, err = s.plain(line)
		}
		if err != nil {
			return err
		}
	}
	if s.err != nil && s.err != io.EOF {
		return s.err
	}
	return nil
}

var newline = []byte{'\n'}

// plain reads a cell that does not begin with a quote.
func (s *csvScanner) plain(line []byte) (rest []byte, more bool, err error) {
	cell, rest, more := bytes.Cut(line, s.comma)
	if !more {
		cell = bytes.TrimSuffix(cell, newline)
	}
	s.text = append(s.text, cell...)
	return rest, more, s.endCell()
}

// quoted reads a cell after its first quote. A quote that is neither doubled nor
// at the end of the cell stands for itself.
func (s *csvScanner) quoted(line []byte) (rest []byte, more bool, err error) {
	for {
		i := bytes.IndexByte(line, '"')
		if i < 0 && len(line) == 0 {
			return nil, false, s.endCell() // the end of the file
		}
		if i < 0 {
			s.text = append(s.text, line...)
			if len(s.text) > longestRecord {
				return nil, false, errLongCell
			}
			line = nil
			if s.err == nil {
				line = s.readLine()
			}
			continue
		}
		s.text = append(s.text, line[:i]...)
		line = line[i+1:]
		switch {
		case bytes.HasPrefix(line, quote):
			s.text, line = append(s.text, '"'), line[1:]
		case bytes.HasPrefix(line, s.comma):
			return line[len(s.comma):], true, s.endCell()
		case len(bytes.TrimSuffix(line, newline)) == 0:
			return nil, false, s.endCell()
		default:
			s.text = append(s.text, '"')
		}
	}
}

var quote = []byte{'"'}

// endCell ends the cell at the end of text. Blank cells beyond the last column
// are not held.
func (s *csvScanner) endCell() error {
	begin := 0
	if n := len(s.ends); n > 0 {
		begin = s.ends[n-1]
	}
	switch {
	case len(s.text)-begin > longestCell:
		return errLongCell
	case len(s.ends) < s.most:
		s.ends = append(s.ends, len(s.text))
	case len(bytes.TrimSpace(s.text[begin:])) > 0:
		return errManyColumns
	default:
		s.text = s.text[:begin]
	}
	return nil
}

// readLine reads a line with its end, which is always "\n"; the last line may
// have none. Of a line that is too long it gives the beginning.
func (s *csvScanner) readLine() []byte {
	line, err := s.from.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		s.long = s.long[:0]
		for err == bufio.ErrBufferFull && len(s.long) <= longestRecord {
			s.long = append(s.long, line...)
			line, err = s.from.ReadSlice('\n')
		}
		s.long = append(s.long, line...)
		line = s.long
		if err == bufio.ErrBufferFull {
			err = errLongCell
		}
	}
	s.err = err
	if len(line) > 0 {
		s.lines++
	}
	n := len(line)
	switch {
	case n >= 2 && line[n-2] == '\r' && line[n-1] == '\n':
		line[n-2] = '\n'
		line = line[:n-1]
	case err == io.EOF && n > 0 && line[n-1] == '\r':
		line = line[:n-1]
	}
	return line
}
