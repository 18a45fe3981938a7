package importer

import (
	"slices"
	"strings"
	"time"

	"atlas"
)

// Origin is the record that a row of an export of ours was written from. Codes
// of other records, which the row names, mean something only where it stands.
type Origin struct {
	Record  string // its code there
	Created string // when it was created there, as RFC 3339 to the second
	// Columns of codes of other records, and of what only words are written of.
	Follows, Funding string
	Words            []string
}

// ownOrigin reads where the row was written and the projects that it follows.
func (m *mapping) ownOrigin() {
	m.draft.Origin = Origin{
		Record: m.own("id"), Created: m.own("created"), Follows: m.ownColumn("followed"), Funding: m.ownColumn("funding"),
		Words: []string{m.ownColumn("indicators"), m.ownColumn("media")},
	}
	m.draft.Project.Follows = m.ownValues("followed")
}

// is says whether a record of this database is that of the origin.
func (o Origin) is(p *atlas.Project) bool {
	return p != nil && o.Record == p.ID && o.Created == p.CreatedAt.UTC().Format(time.RFC3339)
}

// Settle leaves in a project made of the draft only those codes of other records
// that mean something here: found is the record that the row was found to be, nil
// for none. What is left out stays in words, with the problems that are given.
func (d *Draft) Settle(p, found *atlas.Project) []atlas.RowProblem {
	var problems []atlas.RowProblem
	keep := func(column, value string) {
		if value == "" {
			return
		}
		if v := (atlas.Verbatim{Field: column, Value: value}); !slices.Contains(p.Verbatim, v) {
			p.Verbatim = append(p.Verbatim, v)
		}
		problems = append(problems, atlas.RowProblem{Row: d.Row, Column: column, Value: value, Key: ProblemPrefix + "not_coded"})
	}
	here := d.Origin.is(found)
	if !here || !slices.Equal(p.Follows, found.Follows) {
		keep(d.Origin.Follows, strings.Join(p.Follows, between))
		p.Follows = nil
	}
	for i := range p.Funding {
		f := &p.Funding[i]
		same := func(have atlas.Funding) bool { return have.Call == f.Call }
		if f.Call != "" && (!here || !slices.ContainsFunc(found.Funding, same)) {
			keep(d.Origin.Funding, d.Raw[d.Origin.Funding])
			f.Call = ""
		}
	}
	if !here {
		for _, column := range d.Origin.Words {
			keep(column, d.Raw[column])
		}
	}
	return problems
}
