package importer

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
)

// shortText is a text whose length is one byte; longText one with two.
func shortText(b []byte) (string, error) {
	if len(b) < 2 {
		return "", io.ErrUnexpectedEOF
	}
	return letters(b[1:], int(b[0]))
}

func longText(b []byte) (string, error) {
	if len(b) < 3 {
		return "", io.ErrUnexpectedEOF
	}
	return letters(b[2:], int(u16(b)))
}

// letters reads n letters after the sign that tells their size.
func letters(b []byte, n int) (string, error) {
	t := textParts{parts: [][]byte{b[1:]}}
	units, err := t.units(nil, n, b[0]&1 != 0)
	return string(utf16.Decode(units)), err
}

// textParts reads the texts that all sheets share. They go on from record to record,
// and one that is cut says anew in the next record how large its letters are.
type textParts struct {
	parts [][]byte
}

func sharedTexts(parts [][]byte) ([]string, error) {
	t := textParts{parts}
	if _, err := t.bytes(4); err != nil { // how often they are used
		return nil, err
	}
	head, err := t.bytes(4)
	if err != nil {
		return nil, err
	}
	n := int(binary.LittleEndian.Uint32(head))
	var out []string
	for range n {
		s, err := t.text()
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// text reads one text, and passes over what it says of its fonts and sounds.
func (t *textParts) text() (string, error) {
	head, err := t.bytes(3)
	if err != nil {
		return "", err
	}
	n, flags, after := int(u16(head)), head[2], 0
	if flags&8 != 0 {
		runs, err := t.bytes(2)
		if err != nil {
			return "", err
		}
		after += 4 * int(u16(runs))
	}
	if flags&4 != 0 {
		size, err := t.bytes(4)
		if err != nil {
			return "", err
		}
		after += int(binary.LittleEndian.Uint32(size))
	}
	units, err := t.units(nil, n, flags&1 != 0)
	if err != nil {
		return "", err
	}
	return string(utf16.Decode(units)), t.pass(after)
}

// units reads n letters of one or two bytes.
func (t *textParts) units(to []uint16, n int, wide bool) ([]uint16, error) {
	for n > 0 {
		for len(t.parts) > 0 && len(t.parts[0]) == 0 {
			t.parts = t.parts[1:]
			if len(t.parts) > 0 && len(t.parts[0]) > 0 {
				wide, t.parts[0] = t.parts[0][0]&1 != 0, t.parts[0][1:]
			}
		}
		if len(t.parts) == 0 {
			return nil, io.ErrUnexpectedEOF
		}
		part := t.parts[0]
		if !wide {
			to, t.parts[0] = append(to, uint16(part[0])), part[1:]
		} else if len(part) < 2 {
			return nil, io.ErrUnexpectedEOF
		} else {
			to, t.parts[0] = append(to, u16(part)), part[2:]
		}
		n--
	}
	return to, nil
}

// bytes reads n bytes that a record has together.
func (t *textParts) bytes(n int) ([]byte, error) {
	for len(t.parts) > 0 && len(t.parts[0]) == 0 {
		t.parts = t.parts[1:]
	}
	if len(t.parts) == 0 || len(t.parts[0]) < n {
		return nil, io.ErrUnexpectedEOF
	}
	b := t.parts[0][:n]
	t.parts[0] = t.parts[0][n:]
	return b, nil
}

// pass passes over n bytes, in however many records.
func (t *textParts) pass(n int) error {
	for n > 0 {
		if len(t.parts) == 0 {
			return io.ErrUnexpectedEOF
		}
		k := min(n, len(t.parts[0]))
		if t.parts[0] = t.parts[0][k:]; len(t.parts[0]) == 0 {
			t.parts = t.parts[1:]
		}
		n -= k
	}
	return nil
}
