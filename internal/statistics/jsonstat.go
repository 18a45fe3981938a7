package statistics

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/importer"
)

// cubeBytes is how large a JSON-stat file may be: it tells what its numbers mean
// anywhere in itself, so it is held whole.
const cubeBytes = 64 << 20

// cube is a JSON-stat 2.0 data set: numbers in a block of as many dimensions as
// it names, the last of them running fastest.
type cube struct {
	name      string
	ID        []string             `json:"id"`
	Size      []int                `json:"size"`
	Dimension map[string]dimension `json:"dimension"`
	Role      map[string][]string  `json:"role"`
	Value     json.RawMessage      `json:"value"`
	Class     string               `json:"class"`
	Version   string               `json:"version"`
}

type dimension struct {
	Label    string `json:"label"`
	Category struct {
		Index json.RawMessage   `json:"index"`
		Label map[string]string `json:"label"`
	} `json:"category"`
}

// openCube reads a JSON-stat file; nil when the file is something else.
func openCube(name string, data io.ReaderAt, size int64) (*cube, error) {
	var from io.Reader = io.NewSectionReader(data, 0, size)
	head := make([]byte, 2)
	if n, _ := data.ReadAt(head, 0); n == 2 && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(from)
		if err != nil {
			return nil, nil // the reader of tables says what is wrong with it
		}
		from = z
	}
	text := bufio.NewReaderSize(from, 1<<16)
	start, _ := text.Peek(1 << 16)
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \t\r\n")
	if !bytes.HasPrefix(start, []byte("{")) || !bytes.Contains(start, []byte(`"dimension"`)) && !bytes.Contains(start, []byte(`"class"`)) {
		return nil, nil
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	all, err := io.ReadAll(io.LimitReader(text, cubeBytes+1))
	switch {
	case err != nil:
		return nil, &importer.FileError{Key: importer.ErrorBroken, Args: map[string]any{"file": name}, Err: err}
	case len(all) > cubeBytes:
		return nil, &importer.FileError{Key: importer.ErrorTooLarge, Args: map[string]any{"file": name, "limit": cubeBytes >> 20}}
	}
	c := &cube{name: name}
	if err := json.Unmarshal(bytes.TrimPrefix(all, []byte("\ufeff")), c); err != nil {
		return nil, &importer.FileError{Key: importer.ErrorBroken, Args: map[string]any{"file": name}, Err: err}
	}
	if err := c.check(); err != nil {
		return nil, &importer.FileError{Key: ErrorShape, Args: map[string]any{"file": name}, Err: err}
	}
	return c, nil
}

// mostCells is how many numbers a block may have.
const mostCells = 5_000_000

// check demands that the block has the shape that it says.
func (c *cube) check() error {
	if len(c.ID) == 0 || len(c.ID) != len(c.Size) {
		return errors.New("id and size differ")
	}
	cells := 1
	for i, id := range c.ID {
		d, ok := c.Dimension[id]
		if !ok || c.Size[i] <= 0 {
			return errors.New("no dimension " + id)
		}
		if cells *= c.Size[i]; cells > mostCells {
			return errors.New("too many numbers")
		}
		if codes, err := d.codes(); err != nil || len(codes) != c.Size[i] {
			return errors.New("categories of " + id)
		}
	}
	return nil
}

// codes gives the codes of the categories in their order.
func (d dimension) codes() ([]string, error) {
	var list []string
	if len(d.Category.Index) == 0 { // one category needs no order
		for code := range d.Category.Label {
			list = append(list, code)
		}
		if len(list) > 1 {
			return nil, errors.New("no order")
		}
		return list, nil
	}
	if json.Unmarshal(d.Category.Index, &list) == nil {
		return list, nil
	}
	var places map[string]int
	if err := json.Unmarshal(d.Category.Index, &places); err != nil {
		return nil, err
	}
	list = make([]string, len(places))
	seen := make([]bool, len(places))
	for code, i := range places {
		if i < 0 || i >= len(list) || seen[i] {
			return nil, errors.New("no order")
		}
		list[i], seen[i] = code, true
	}
	return list, nil
}

// values gives the numbers by their place, as they are written.
func (c *cube) values() (map[int]string, error) {
	out := map[int]string{}
	take := func(i int, raw json.RawMessage) {
		if text := strings.Trim(string(raw), `"`); text != "null" {
			out[i] = plainNumber(text)
		}
	}
	var list []json.RawMessage
	if json.Unmarshal(c.Value, &list) == nil {
		for i, raw := range list {
			take(i, raw)
		}
		return out, nil
	}
	var sparse map[string]json.RawMessage
	if err := json.Unmarshal(c.Value, &sparse); err != nil {
		return nil, err
	}
	for key, raw := range sparse {
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 {
			return nil, errors.New("place " + key)
		}
		take(i, raw)
	}
	return out, nil
}

// plainNumber writes 1.2e3 in full, when it is whole.
func plainNumber(text string) string {
	if !strings.ContainsAny(text, "eE") {
		return text
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != float64(int64(f)) {
		return text
	}
	return strconv.FormatInt(int64(f), 10)
}

// read gives each number to the reading, as a row of its own.
func (c *cube) read(ctx context.Context, r *Reading) error {
	axes, err := c.axes(r)
	if err != nil {
		return err
	}
	values, err := c.values()
	if err != nil {
		return &importer.FileError{Key: ErrorShape, Args: map[string]any{"file": c.name}, Err: err}
	}
	places := make([]int, 0, len(values))
	for i := range values {
		places = append(places, i)
	}
	slices.Sort(places)
	for n, i := range places {
		if n%4096 == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.env.Progress(n, len(places))
		}
		if err := c.cell(r, axes, i, values[i]); err != nil {
			return noRoom(c.name, err)
		}
	}
	return nil
}

// cell understands one number.
func (c *cube) cell(r *Reading, axes []axis, i int, text string) error {
	p := part{kind: partOwn, row: i + 1}
	var f atlas.Figure
	at, rest := make([]int, len(axes)), i
	for k := len(axes) - 1; k >= 0; k-- {
		at[k] = rest % c.Size[k]
		rest /= c.Size[k]
		if a := &axes[k]; !a.all && !a.chosen[at[k]] {
			return nil // of another indicator: not of this data set
		}
	}
	for k := range axes {
		if wrong := axes[k].apply(at[k], &p, &f.Category); wrong != nil {
			wrong.Row = p.row
			r.refuse(*wrong)
			return nil
		}
	}
	if rest != 0 {
		r.refuse(problem(p.row, "value", text, "dimension_of_values"))
		return nil
	}
	figure, why := figureOf(text, &r.env.Dataset)
	if why == "" {
		why = r.checkDate(p.date)
	}
	if why != "" {
		r.refuse(problem(p.row, "value", text, why, "decimals", r.env.Dataset.Decimals, "today", r.env.Today.String()))
		return nil
	}
	if t, ok := r.env.Places.Get(p.territory); ok {
		if wrong := r.checkTerritory(p.row, "value", p.territory, t, p.date); wrong != nil {
			r.refuse(*wrong)
			return nil
		}
	}
	f.Value, f.State = figure.Value, figure.State
	p.figures = []atlas.Figure{f}
	return r.take(&p)
}
