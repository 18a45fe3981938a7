package importer

import (
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"slices"
	"strings"

	"atlas"
)

// Identity is the same number for rows of a file that are one project: rows with
// the same registration number, and rows without one that are the same word for
// word. Rows of two projects have the same one by a rare chance only; SameProject
// tells.
func (d *Draft) Identity() uint64 {
	if d.Project.RegNumber != "" {
		return hashOf(d.Project.RegNumber)
	}
	var sum uint64 // in no order, as the columns have none
	for column, value := range d.Raw {
		sum += hashOf(column, value)
	}
	return sum
}

// hashOf is 64 bits of texts in their order.
func hashOf(texts ...string) uint64 {
	h := fnv.New64a()
	for _, s := range texts {
		io.WriteString(h, s)
		h.Write([]byte{0})
	}
	n := h.Sum64() // its bits are mixed once more, so that sums of it spread
	n = (n ^ n>>32) * 0xd6e8feb86659fd93
	return n ^ n>>32
}

// SameProject says whether two rows of a file are one project.
func (d *Draft) SameProject(o *Draft) bool {
	switch {
	case d.Skip || o.Skip:
		return false
	case d.Project.RegNumber != "":
		return d.Project.RegNumber == o.Project.RegNumber
	}
	return o.Project.RegNumber == "" && maps.Equal(d.Raw, o.Raw)
}

// Join puts a later row of the same project into this one. The later one is
// marked Skip, with a problem that names the row it went into; what it says
// otherwise than that row is kept word for word.
func (d *Draft) Join(later *Draft) {
	d.Rows = append(d.Rows, later.Row)
	differs := d.take(later)
	later.Skip = true
	later.Problems = append(later.Problems, atlas.RowProblem{
		Row: later.Row, Value: later.Project.RegNumber, Key: ProblemPrefix + "same_project", Args: map[string]any{"into": d.Row},
	})
	for _, column := range differs {
		d.Project.Verbatim = append(d.Project.Verbatim, atlas.Verbatim{Field: fmt.Sprintf("%s (%d)", column, later.Row), Value: later.Raw[column]})
		later.Problems = append(later.Problems, atlas.RowProblem{
			Row: later.Row, Column: column, Value: later.Raw[column], Key: ProblemPrefix + "row_differs",
			Args: map[string]any{"into": d.Row, "there": d.Raw[column]},
		})
	}
}

// take fills what is not known from another row and adds its organisations and
// places. It gives the columns in which the rows say different things.
func (d *Draft) take(o *Draft) (differs []string) {
	p, q := &d.Project, &o.Project
	for _, key := range o.Order {
		if _, ok := d.Actors[key]; !ok {
			d.Actors[key] = o.Actors[key]
			d.Order = append(d.Order, key)
		}
	}
	for _, party := range q.Parties {
		if !slices.Contains(p.Parties, party) {
			p.Parties = append(p.Parties, party)
		}
	}
	for _, place := range q.Territories {
		if !slices.Contains(p.Territories, place) {
			p.Territories = append(p.Territories, place)
		}
	}
	for _, f := range Fields() {
		if f.Key != "parties" && f.Key != "territories" && !f.Known(p) {
			f.Copy(p, q)
		}
	}
	for column, value := range o.Raw {
		if have := d.Raw[column]; have != "" && have != value {
			differs = append(differs, column)
		}
	}
	slices.SortFunc(differs, strings.Compare)
	return differs
}
