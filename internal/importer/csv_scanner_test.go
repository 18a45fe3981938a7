package importer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// scanned are the rows of a text by csvScanner, read in small pieces.
func scanned(text []byte, comma rune, most int) (lines []int, rows [][]string, err error) {
	s := newCSVScanner(bufio.NewReaderSize(iotest.HalfReader(bytes.NewReader(text)), 16), comma, most)
	for {
		if err := s.next(); err == io.EOF {
			return lines, rows, nil
		} else if err != nil {
			return lines, rows, err
		}
		var cells []string
		begin := 0
		for _, end := range s.ends {
			cells = append(cells, string(s.text[begin:end]))
			begin = end
		}
		lines, rows = append(lines, s.number), append(rows, cells)
	}
}

// FuzzCSVScanner: encoding/csv says what is right.
func FuzzCSVScanner(f *testing.F) {
	for _, s := range []string{
		"a;b\n1;2\n", "\"a\";\"b\"\"c\"\r\n\r\n\"x\ny\";\n", "a\"b;\"c\"d;\"e\"", "\"never closed\n1;2\n", "\"\r", ";;\r\n\"\"", "\"a\"\r\n\"b\r\nc\"", "a\r\r\nb\r",
	} {
		f.Add([]byte(s), true)
		f.Add([]byte(strings.ReplaceAll(s, ";", "¦")), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, semicolon bool) {
		comma := ';'
		if !semicolon {
			comma = '¦'
		}
		lines, rows, err := scanned(text, comma, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
		for i := 0; ; i++ {
			want, err := r.Read()
			if err == io.EOF && i == len(rows) {
				return
			}
			if err != nil || i == len(rows) {
				t.Fatalf("%q: %d rows, want %q %v", text, len(rows), want, err)
			}
			if line, _ := r.FieldPos(0); lines[i] != line || !slices.Equal(rows[i], want) {
				t.Fatalf("%q: line %d %q, want line %d %q", text, lines[i], rows[i], line, want)
			}
		}
	})
}

func TestARowOfAMillionColumnsIsRefusedBeforeItIsHeld(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"columns":          {strings.Repeat("x;", 1_000_000), errManyColumns},
		"many more":        {"a;b\n" + strings.Repeat("x;", 10_000_000), errManyColumns},
		"one long cell":    {"a;b\n" + strings.Repeat("x", 8<<20), errLongCell},
		"no quote":         {"a;b\n\"" + strings.Repeat("x\n", 8<<20), errLongCell},
		"blank at the end": {"a;b" + strings.Repeat(";", 10_000) + "\n1;2\n", nil},
	} {
		s := newCSVScanner(bufio.NewReader(strings.NewReader(c.text)), ';', 2000)
		var err error
		for err == nil {
			err = s.next()
		}
		if c.want == nil {
			c.want = io.EOF
		}
		if !errors.Is(err, c.want) || cap(s.text)+cap(s.long)+8*cap(s.ends) > 12<<20 {
			t.Errorf("%s: %v; %d + %d bytes, %d cells", name, err, cap(s.text), cap(s.long), cap(s.ends))
		}
	}
}
