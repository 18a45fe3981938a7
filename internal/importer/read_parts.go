package importer

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// checkParts refuses a workbook that unpacks to too much, by what it says of
// itself, before anything of it is unpacked. Then it unpacks every part once and
// refuses one that is damaged or larger than it says, and a sheet or shared texts
// that break off: the reader of workbooks takes what there is of them for the
// whole.
func checkParts(file io.ReaderAt, size, most int64) error {
	parts, err := zip.NewReader(file, size)
	if err != nil {
		return err
	}
	if !fits(parts, size, most) {
		return errTooLarge
	}
	for _, f := range parts.File {
		if err := checkPart(f); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

// fits says whether the parts have, by what the workbook says, at most so many
// bytes together and not too many of those that are held in memory.
func fits(parts *zip.Reader, packed, most int64) bool {
	var all, held uint64
	for _, f := range parts.File {
		n := min(f.UncompressedSize64, 1<<40)
		name := strings.ToLower(f.Name)
		all += n
		if n <= workbookPart || !strings.HasPrefix(name, "xl/worksheets/sheet") && name != "xl/sharedstrings.xml" {
			held += n
		}
	}
	return all <= uint64(most) && held <= workbookHeld && !isBomb(packed, int64(all))
}

// lastRow is the last row that a sheet can have.
const lastRow = 1 << 20

// checkPart reads a part to its end. A sheet has to be sound XML, and its rows
// have to have numbers of rows: each row up to a number would be gone through.
func checkPart(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	root, end := rootOf(f.Name), tail{}
	from := io.TeeReader(r, &end)
	if root == "worksheet" {
		err = checkRows(from)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, from)
	}
	if err == nil && root != "" && !end.closes(root) {
		err = io.ErrUnexpectedEOF
	}
	return err
}

func checkRows(sheet io.Reader) error {
	d := xml.NewDecoder(sheet)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if row, ok := token.(xml.StartElement); ok && row.Name.Local == "row" && !numbered(row) {
			return fmt.Errorf("a row with the number of none: %v", row.Attr)
		}
	}
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

// tail keeps the last bytes of what is written.
type tail struct{ kept []byte }

// longestTail is more than any end of a part needs.
const longestTail = 1024

func (t *tail) Write(p []byte) (int, error) {
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
