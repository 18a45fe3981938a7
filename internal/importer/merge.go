package importer

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"atlas"
)

// MergeRows joins the rows of a file that are one project into the first of
// them: rows with the same registration number, and rows without one that are
// the same word for word. A joined draft is marked Skip, with a problem that
// names the row it went into; what it says otherwise than that row is kept word
// for word.
func MergeRows(drafts []*Draft) {
	first := map[string]*Draft{}
	for _, d := range drafts {
		if d.Skip {
			continue
		}
		id := d.identity()
		if into, ok := first[id]; ok {
			d.mergeInto(into)
			continue
		}
		first[id] = d
	}
}

// identity is the same for rows that are one project.
func (d *Draft) identity() string {
	if d.Project.RegNumber != "" {
		return d.Project.RegNumber
	}
	b, err := json.Marshal(d.Raw) // sorts the columns
	if err != nil {
		return fmt.Sprint("row ", d.Row)
	}
	return string(b)
}

func (d *Draft) mergeInto(into *Draft) {
	into.Rows = append(into.Rows, d.Row)
	differs := into.take(d)
	d.Skip = true
	d.Problems = append(d.Problems, atlas.RowProblem{
		Row: d.Row, Value: d.Project.RegNumber, Key: ProblemPrefix + "same_project", Args: map[string]any{"into": into.Row},
	})
	for _, column := range differs {
		into.Project.Verbatim = append(into.Project.Verbatim, atlas.Verbatim{Field: fmt.Sprintf("%s (%d)", column, d.Row), Value: d.Raw[column]})
		d.Problems = append(d.Problems, atlas.RowProblem{
			Row: d.Row, Column: column, Value: d.Raw[column], Key: ProblemPrefix + "row_differs",
			Args: map[string]any{"into": into.Row, "there": into.Raw[column]},
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
