package importer

import (
	"archive/zip"
	"bytes"
	"io"
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
	left := l.bytes
	for _, f := range parts.File {
		r, err := f.Open()
		if err != nil {
			return broken(err)
		}
		end := tail{}
		n, err := io.Copy(&end, io.LimitReader(r, left+1))
		r.Close()
		if left -= n; left < 0 {
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
