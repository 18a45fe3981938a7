package importer

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// checkParts unpacks every part of a workbook once and refuses it when together
// they are too large, when one is damaged, and when a sheet or the shared texts
// break off: the reader of workbooks takes what there is of them for the whole.
func (l limits) checkParts(name string, data []byte) error {
	broken := func(err error) error { return fileError(ErrorBroken, err, "file", fileName(name)) }
	parts, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return broken(err)
	}
	said := uint64(0) // a part that is larger than it says is an error of its own
	for _, f := range parts.File {
		if said += f.UncompressedSize64; said > uint64(l.bytes) || f.UncompressedSize64 > uint64(l.bytes) {
			return fileError(ErrorTooLarge, nil, "file", fileName(name), "limit", l.bytes>>20)
		}
	}
	left := l.bytes
	for _, f := range parts.File {
		r, err := f.Open()
		if err != nil {
			return broken(err)
		}
		end := tail{}
		err = checkPart(f.Name, io.TeeReader(io.LimitReader(r, left+1), &end))
		r.Close()
		if left -= end.size; left < 0 {
			return fileError(ErrorTooLarge, nil, "file", fileName(name), "limit", l.bytes>>20)
		}
		if err != nil {
			return broken(err)
		}
		if root := rootOf(f.Name); root != "" && !end.closes(root) {
			return broken(io.ErrUnexpectedEOF)
		}
	}
	return nil
}

// lastRow is the last row that a sheet can have.
const lastRow = 1 << 20

// checkPart reads a part to its end. A sheet has to be sound XML, and its rows
// have to have numbers of rows: each row up to a number would be gone through.
func checkPart(name string, r io.Reader) error {
	if rootOf(name) == "worksheet" {
		d := xml.NewDecoder(r)
		d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
		for {
			token, err := d.RawToken()
			if err == io.EOF {
				break
			}
			if err != nil {
				_, _ = io.Copy(io.Discard, r) // how large it is
				return err
			}
			if row, ok := token.(xml.StartElement); ok && row.Name.Local == "row" && !numbered(row) {
				return fmt.Errorf("a row with the number of none: %v", row.Attr)
			}
		}
	}
	_, err := io.Copy(io.Discard, r)
	return err
}

// numbered says whether the number of a row, if it has one, is of a row.
func numbered(row xml.StartElement) bool {
	for _, a := range row.Attr {
		if a.Name.Local == "r" && a.Name.Space == "" {
			n, err := strconv.Atoi(a.Value)
			return err == nil && n > 0 && n <= lastRow
		}
	}
	return true
}

// rootOf is the outermost element of the parts that hold the cells.
func rootOf(part string) string {
	part = strings.ToLower(strings.TrimPrefix(part, "/"))
	switch {
	case strings.HasPrefix(part, "xl/worksheets/") && strings.HasSuffix(part, ".xml") && strings.Count(part, "/") == 2:
		return "worksheet"
	case part == "xl/sharedstrings.xml":
		return "sst"
	}
	return ""
}

// tail keeps the last bytes of what is written and how much it was.
type tail struct {
	kept []byte
	size int64
}

// longestTail is more than any end of a part needs.
const longestTail = 1024

func (t *tail) Write(p []byte) (int, error) {
	t.size += int64(len(p))
	t.kept = append(t.kept, p[max(0, len(p)-longestTail):]...)
	t.kept = append(t.kept[:0], t.kept[max(0, len(t.kept)-longestTail):]...)
	return len(p), nil
}

// closes says whether the last tag ends the element: "</sst>", "</x:sst>", or
// "<sst …/>" where it is empty.
func (t *tail) closes(element string) bool {
	text := strings.TrimRight(strings.ReplaceAll(string(t.kept), "\x00", ""), " \t\r\n") // in UTF-16 each other byte is zero
	at := strings.LastIndexByte(text, '<')
	if at < 0 || !strings.HasSuffix(text, ">") {
		return false
	}
	tag := strings.TrimSuffix(text[at+1:], ">")
	name, closing := strings.CutPrefix(tag, "/")
	if !closing && !strings.HasSuffix(tag, "/") {
		return false
	}
	name, _, _ = strings.Cut(strings.TrimSuffix(name, "/"), " ")
	if _, local, ok := strings.Cut(name, ":"); ok {
		name = local
	}
	return strings.TrimSpace(name) == element
}
