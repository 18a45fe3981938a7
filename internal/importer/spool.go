package importer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"sync"
)

const (
	spoolBlock  = 16 << 10 // rows are written and read in blocks of about so many bytes
	spoolMemory = 4 << 20  // as much is kept in memory before a file is made
)

// errSpool says that rows could not be put aside: the disk is full, or there is
// no folder for temporary files.
var errSpool = errors.New("rows cannot be put aside")

// spool keeps rows aside in the order in which they came: in memory while they
// are few, then in a temporary file that has no name any more, so that nothing
// is left behind however the program ends. Memory does not grow with the rows
// but by 24 bytes for each block of them. After flush it is read only and can be
// read by several at once.
type spool struct {
	folder string // of the temporary file; "" is that of the system
	memory []byte // all that is written, while there is no file
	file   *os.File
	size   int64 // of what is written
	blocks []spoolPlace
	rows   int
	open   []byte // the block being filled
	closed bool
	buffer sync.Pool
}

// spoolPlace is where a block begins, and its first row.
type spoolPlace struct {
	offset int64
	row    int
}

// add takes a row: its cells one after another, and where each of them ends.
func (s *spool) add(number int, text []byte, ends []int) error {
	if len(s.open) == 0 {
		s.blocks = append(s.blocks, spoolPlace{s.size, s.rows})
	}
	b := binary.AppendUvarint(s.open, uint64(number))
	b = binary.AppendUvarint(b, uint64(len(ends)))
	begin := 0
	for _, end := range ends {
		b = binary.AppendUvarint(b, uint64(end-begin))
		begin = end
	}
	s.open = append(b, text[:begin]...)
	s.rows++
	if len(s.open) >= spoolBlock {
		return s.flush()
	}
	return nil
}

// flush writes the block being filled, if there is one.
func (s *spool) flush() error {
	if s.file == nil && len(s.memory)+len(s.open) > spoolMemory {
		if err := s.toFile(); err != nil {
			return err
		}
	}
	if s.file == nil {
		s.memory = append(s.memory, s.open...)
	} else if _, err := s.file.WriteAt(s.open, s.size); err != nil {
		return fmt.Errorf("%w: %w", errSpool, err)
	}
	s.size += int64(len(s.open))
	s.open = s.open[:0]
	return nil
}

// toFile moves what is in memory into a file that only this program sees.
func (s *spool) toFile() error {
	f, err := os.CreateTemp(s.folder, "atlas-rows-*") // mode 0600
	if err == nil {
		s.file = f
		err = os.Remove(f.Name())
	}
	if err == nil {
		_, err = f.WriteAt(s.memory, 0)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errSpool, err)
	}
	s.memory = nil
	return nil
}

// Close frees the rows. Reading them is an error from then on.
func (s *spool) Close() error {
	s.closed = true
	s.memory, s.open = nil, nil
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// all gives the rows from a place on. An error is the last thing it gives.
func (s *spool) all(from int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if from < 0 || from >= s.rows {
			return
		}
		buffer := s.take()
		defer s.buffer.Put(buffer)
		for b := s.blockOf(from); b < len(s.blocks); b++ {
			block, err := s.read(b, buffer)
			for row := s.blocks[b].row; row < s.endOf(b); row++ {
				var r Row
				if err == nil && row < from {
					block, err = skipRow(block)
					continue
				}
				if err == nil {
					r, block, err = readRow(block)
				}
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

// row gives one row.
func (s *spool) row(i int) (Row, error) {
	for r, err := range s.all(i) {
		return r, err
	}
	return Row{}, fmt.Errorf("no row %d of %d", i, s.rows)
}

func (s *spool) take() *[]byte {
	if b, ok := s.buffer.Get().(*[]byte); ok {
		return b
	}
	return new([]byte)
}

// blockOf is the block that has a row.
func (s *spool) blockOf(row int) int {
	i, found := slices.BinarySearchFunc(s.blocks, row, func(p spoolPlace, row int) int { return p.row - row })
	if !found {
		i--
	}
	return i
}

// endOf is the row after the last one of a block.
func (s *spool) endOf(block int) int {
	if block+1 < len(s.blocks) {
		return s.blocks[block+1].row
	}
	return s.rows
}

// read gives the bytes of a block, which are good until the buffer is used
// again.
func (s *spool) read(block int, buffer *[]byte) ([]byte, error) {
	if s.closed {
		return nil, os.ErrClosed
	}
	begin, end := s.blocks[block].offset, s.size
	if block+1 < len(s.blocks) {
		end = s.blocks[block+1].offset
	}
	if s.file == nil {
		return s.memory[begin:end], nil
	}
	*buffer = slices.Grow((*buffer)[:0], int(end-begin))[:end-begin]
	if _, err := s.file.ReadAt(*buffer, begin); err != nil {
		return nil, fmt.Errorf("%w: %w", errSpool, err)
	}
	return *buffer, nil
}

// readRow takes the first row off a block. Its cells share one text, which
// nothing else does, so that who keeps a cell keeps one row at most.
func readRow(block []byte) (Row, []byte, error) {
	number, n := binary.Uvarint(block)
	cells, m := binary.Uvarint(block[max(n, 0):])
	if n <= 0 || m <= 0 || cells > uint64(len(block)) {
		return Row{}, nil, io.ErrUnexpectedEOF
	}
	rest := block[n+m:]
	r := Row{int(number), make([]string, cells)}
	sizes, total, err := rest, 0, error(nil)
	if rest, total, err = skipSizes(rest, cells); err != nil {
		return Row{}, nil, err
	}
	text := string(rest[:total])
	for i := range r.Cells {
		size, n := binary.Uvarint(sizes)
		sizes = sizes[n:]
		r.Cells[i], text = text[:size], text[size:]
	}
	return r, rest[total:], nil
}

// skipRow leaves out the first row of a block.
func skipRow(block []byte) ([]byte, error) {
	_, n := binary.Uvarint(block)
	cells, m := binary.Uvarint(block[max(n, 0):])
	if n <= 0 || m <= 0 {
		return nil, io.ErrUnexpectedEOF
	}
	rest, total, err := skipSizes(block[n+m:], cells)
	if err != nil {
		return nil, err
	}
	return rest[total:], nil
}

// skipSizes gives what follows the sizes of cells, and their sum, which is not
// more than what follows has.
func skipSizes(b []byte, cells uint64) (rest []byte, total int, err error) {
	for range cells {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)) {
			return nil, 0, io.ErrUnexpectedEOF
		}
		b, total = b[n:], total+int(size)
	}
	if total > len(b) {
		return nil, 0, io.ErrUnexpectedEOF
	}
	return b, total, nil
}
