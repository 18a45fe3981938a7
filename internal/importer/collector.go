package importer

import (
	"bytes"
	"errors"
)

// collector puts the rows of a file aside, within limits.
type collector struct {
	limit limits
	name  string
	rows  *spool
	used  int64
	width int // of the rows among which no header is looked for
	text  []byte
	ends  []int
}

func (l limits) collector(name string) *collector {
	return &collector{limit: l, name: name, rows: &spool{folder: l.folder}}
}

// addCells takes one row of the file.
func (c *collector) addCells(number int, cells []string) error {
	c.text, c.ends = c.text[:0], c.ends[:0]
	for _, s := range cells {
		c.text = append(c.text, s...)
		c.ends = append(c.ends, len(c.text))
	}
	return c.add(number, c.text, c.ends)
}

// add takes one row of the file, without blanks at its end: the text of its
// cells and where each of them ends. A blank row is left out.
func (c *collector) add(number int, text []byte, ends []int) error {
	ends = ends[:filledCells(text, ends)]
	if len(ends) == 0 {
		return nil
	}
	c.used += int64(ends[len(ends)-1])
	switch {
	case len(ends) > c.limit.columns:
		return fileError(ErrorManyColumns, nil, "file", fileName(c.name), "limit", c.limit.columns)
	case c.rows.rows == c.limit.rows:
		return fileError(ErrorTooManyRows, nil, "file", fileName(c.name), "limit", c.limit.rows)
	case c.used > c.limit.bytes:
		return c.limit.tooLarge(c.name)
	}
	if c.rows.rows >= headRows {
		c.width = max(c.width, len(ends))
	}
	return c.aside(c.rows.add(number, text, ends))
}

// done ends the adding of rows.
func (c *collector) done() error { return c.aside(c.rows.flush()) }

// aside tells people when rows cannot be put aside.
func (c *collector) aside(err error) error {
	if errors.Is(err, errSpool) {
		return fileError(ErrorNoRoom, err, "file", fileName(c.name))
	}
	return err
}

// head is the first rows, among which the header is.
func (c *collector) head() ([]Row, error) {
	var out []Row
	for r, err := range c.rows.all(0) {
		if err != nil {
			return nil, c.aside(err)
		}
		if out = append(out, r); len(out) == headRows {
			break
		}
	}
	return out, nil
}

// filledCells is how many cells there are up to the last that says something.
func filledCells(text []byte, ends []int) int {
	for i := len(ends) - 1; i >= 0; i-- {
		begin := 0
		if i > 0 {
			begin = ends[i-1]
		}
		if len(bytes.TrimSpace(text[begin:ends[i]])) > 0 {
			return i + 1
		}
	}
	return 0
}
