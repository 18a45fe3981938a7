package importer

import (
	"bytes"
	"errors"
	"io"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// decodeText reads a whole text as ReadTable does, in pieces as small as they
// can be, so that every letter is cut somewhere.
func decodeText(data []byte) ([]byte, string, error) {
	open := func() io.Reader { return iotest.OneByteReader(bytes.NewReader(data)) }
	e, err := encodingOf(open)
	if err != nil {
		return nil, e.name, err
	}
	text, err := io.ReadAll(e.reader(open()))
	return text, e.name, err
}

// decodeAtOnce is what decodeText must give, written over a text in memory.
func decodeAtOnce(data []byte) (text []byte, name string, err error) {
	switch head := data[:min(len(data), 4096)]; {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), unmarkedUTF16(head, 1):
		name = EncodingUTF16LE
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}), unmarkedUTF16(head, 0):
		name = EncodingUTF16BE
		text, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case utf8.Valid(data):
		name, text = EncodingUTF8, data
	default:
		text, name, err = decodeMixedAtOnce(data)
	}
	if err == nil && bytes.IndexByte(text, 0) >= 0 {
		err = errors.New("not a text")
	}
	return bytes.TrimPrefix(text, []byte("\ufeff")), name, err
}

func decodeMixedAtOnce(data []byte) ([]byte, string, error) {
	lines := bytes.SplitAfter(data, []byte("\n"))
	good, bad := 0, 0
	var counts [256]int
	for _, line := range lines {
		switch {
		case !utf8.Valid(line):
			bad++
			for _, b := range line {
				counts[b]++
			}
		case !ascii(line):
			good++
		}
	}
	page, name := codePage(&counts)
	if good <= bad {
		text, err := page.NewDecoder().Bytes(data)
		return text, name, err
	}
	var out []byte
	for _, line := range lines {
		if !utf8.Valid(line) {
			var err error
			if line, err = page.NewDecoder().Bytes(line); err != nil {
				return nil, "", err
			}
		}
		out = append(out, line...)
	}
	return out, EncodingUTF8 + " + " + name, nil
}
