package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encodings of text files, by the names people know them by.
const (
	EncodingUTF8    = "UTF-8"
	EncodingUTF16LE = "UTF-16 LE"
	EncodingUTF16BE = "UTF-16 BE"
	Encoding1250    = "windows-1250"
	Encoding1252    = "windows-1252"
	Encoding1253    = "windows-1253"
)

// textBuffer is how much of a text is read at once.
const textBuffer = 64 << 10

// textEncoding is the encoding of a text.
type textEncoding struct {
	name string
	page encoding.Encoding // nil: all of it is UTF-8
	some bool              // only lines that are not UTF-8 are of the page
}

// encoding tells the encoding of a text; the error is a *FileError. Text
// without a mark is UTF-16 when every other byte is zero, UTF-8 when it is
// valid, and else of the code page whose languages have its letters. Where a few
// lines of UTF-8 are of a code page, as when lists of several offices are put
// together, only these are read by it; the encoding is then "UTF-8 +
// windows-1250". Bytes of zero are no text.
func (c *content) encoding() (textEncoding, error) {
	e, err := encodingOf(c.open)
	if errors.Is(err, errNoText) {
		return e, fileError(ErrorFormat, err, "file", fileName(c.name))
	}
	if err != nil {
		return e, c.refused(err)
	}
	return e, nil
}

var errNoText = errors.New("not a text")

// encodingOf reads a text once; its beginning twice.
func encodingOf(open func() io.Reader) (textEncoding, error) {
	head := make([]byte, 4096)
	n, err := io.ReadFull(open(), head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return textEncoding{}, err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), unmarkedUTF16(head, 1):
		return utf16Text(EncodingUTF16LE, unicode.LittleEndian, open)
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), unmarkedUTF16(head, 0):
		return utf16Text(EncodingUTF16BE, unicode.BigEndian, open)
	}
	var j judge
	if _, err := io.CopyBuffer(&j, onlyReader{open()}, make([]byte, textBuffer)); err != nil {
		return textEncoding{}, err
	}
	return j.verdict(), nil
}

// onlyReader hides other ways to copy than by the buffer.
type onlyReader struct{ io.Reader }

// unmarkedUTF16 says whether most bytes at odd (1) or even (0) places of the
// beginning are zero, and hardly any of the others.
func unmarkedUTF16(head []byte, at int) bool {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	return half > 8 && zeros[at] > half*6/10 && zeros[1-at] < half/20
}

// utf16Text is text of 16 bits, in which there is no sign of zero.
func utf16Text(name string, order unicode.Endianness, open func() io.Reader) (textEncoding, error) {
	e := textEncoding{name: name, page: unicode.UTF16(order, unicode.UseBOM)}
	_, err := io.CopyBuffer(noZeros{}, onlyReader{e.reader(open())}, make([]byte, textBuffer))
	return e, err
}

type noZeros struct{}

func (noZeros) Write(p []byte) (int, error) {
	if bytes.IndexByte(p, 0) >= 0 {
		return 0, errNoText
	}
	return len(p), nil
}

// reader gives the text in UTF-8 without a mark at its beginning.
func (e textEncoding) reader(r io.Reader) *bufio.Reader {
	switch {
	case e.some:
		r = &mixedReader{from: bufio.NewReaderSize(r, textBuffer), page: e.page.NewDecoder()}
	case e.page != nil:
		r = transform.NewReader(r, e.page.NewDecoder())
	}
	text := bufio.NewReaderSize(r, textBuffer)
	if mark, err := text.Peek(3); err == nil && string(mark) == "\ufeff" {
		text.Discard(3) // they are in the buffer
	}
	return text
}

// judge tells the encoding of the text written to it: it counts the lines that
// are UTF-8 beyond ASCII and those that are not UTF-8, and the bytes of the
// latter.
type judge struct {
	good, bad int
	foreign   [256]int
	rest      []byte // a letter of which the end is yet to come
	line      struct {
		letters [256]int // bytes beyond ASCII
		some    bool     // there are any
		broken  bool     // it is not UTF-8
	}
}

func (j *judge) Write(p []byte) (int, error) {
	written := len(p)
	if bytes.IndexByte(p, 0) >= 0 {
		return 0, errNoText
	}
	if len(j.rest) > 0 {
		p = append(j.rest, p...)
	}
	whole := len(p) - cutLetter(p)
	for part := range bytes.Lines(p[:whole]) {
		j.part(part)
		if part[len(part)-1] == '\n' {
			j.endLine()
		}
	}
	j.rest = append([]byte(nil), p[whole:]...)
	return written, nil
}

// cutLetter is how many bytes at the end begin a letter that does not end
// there.
func cutLetter(p []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(p); n++ {
		if end := p[len(p)-n:]; utf8.RuneStart(end[0]) {
			if utf8.FullRune(end) {
				return 0
			}
			return n
		}
	}
	return 0
}

// part takes a part of a line.
func (j *judge) part(p []byte) {
	if ascii(p) {
		return
	}
	l := &j.line
	l.some = true
	l.broken = l.broken || !utf8.Valid(p)
	for _, b := range p {
		if b >= utf8.RuneSelf {
			l.letters[b]++
		}
	}
}

func (j *judge) endLine() {
	l := &j.line
	if !l.some {
		return
	}
	if l.broken {
		j.bad++
		for b := utf8.RuneSelf; b < len(l.letters); b++ {
			j.foreign[b] += l.letters[b]
		}
	} else {
		j.good++
	}
	clear(l.letters[:])
	l.some, l.broken = false, false
}

func (j *judge) verdict() textEncoding {
	j.part(j.rest)
	j.endLine()
	if j.bad == 0 {
		return textEncoding{name: EncodingUTF8}
	}
	page, name := codePage(&j.foreign)
	if j.good <= j.bad {
		return textEncoding{name: name, page: page}
	}
	return textEncoding{name: EncodingUTF8 + " + " + name, page: page, some: true}
}

func ascii(s []byte) bool {
	for _, b := range s {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mixedReader reads text of which some lines are of a code page. Of a line far
// longer than any of a list, each part is looked at for itself.
type mixedReader struct {
	from *bufio.Reader
	page *encoding.Decoder
	line []byte // being read
	left []byte // of the line, still to be given
	err  error
}

func (m *mixedReader) Read(p []byte) (int, error) {
	for len(m.left) == 0 {
		if m.err != nil {
			return 0, m.err
		}
		m.next()
	}
	n := copy(p, m.left)
	m.left = m.left[n:]
	return n, nil
}

// next reads a line.
func (m *mixedReader) next() {
	m.line = m.line[:0]
	for len(m.line) < longestRecord {
		part, err := m.from.ReadSlice('\n')
		m.line = append(m.line, part...)
		if err == bufio.ErrBufferFull {
			continue
		}
		m.err = err
		break
	}
	if m.left = m.line; !utf8.Valid(m.line) {
		var err error
		if m.left, err = m.page.Bytes(m.line); err != nil {
			m.err = err
		}
	}
}
