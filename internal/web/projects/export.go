package projects

import (
	"iter"
	"strings"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
)

// export answers the whole result of a question as a file, in the order of the
// list and as many rows as the list counts.
func (a *area) export(q *page.Request) error {
	switch q.PathValue("file") {
	case dataset.Projects + dataset.Map.Extension:
		return a.exportMap(q)
	case dataset.Projects + dataset.Grants.Extension:
		return a.exportGrants(q)
	}
	return a.exportTable(q)
}

// exportTable answers the result as a table.
func (a *area) exportTable(q *page.Request) error {
	format, ok := exportFormat(q.PathValue("file"))
	if !ok {
		return atlas.ErrNotFound
	}
	return dataset.Send(q, a.file(q, dataset.Projects), format, a.columns(q.Lang, q.Origin()), a.found(q))
}

// file names a file of a data set and says the question that made it in words.
func (a *area) file(q *page.Request, name string) dataset.File {
	s := a.read(q)
	f := dataset.File{Name: name, Now: a.app.Now()}
	if a.stand != nil {
		f.Name += "-k-" + a.day()
		f.Asked = append(f.Asked, q.T("projects.as_of", "day", i18n.Date(q.Lang, a.stand.Day)))
	}
	if s.Text != "" {
		f.Asked = append(f.Asked, q.T("projects.quoted", "text", s.Text))
	}
	for _, c := range a.vocabulary(q.Lang).chips(s) {
		f.Asked = append(f.Asked, c.Facet+": "+c.Label)
	}
	return f
}

// exportFormat finds the format of "projekty.csv".
func exportFormat(file string) (export.Format, bool) {
	for _, f := range export.Formats {
		if name, ok := strings.CutSuffix(file, f.Extension); ok && name == dataset.Projects {
			return f, true
		}
	}
	return export.Format{}, false
}

// found reads all projects of a question in the order of the list. What stopped
// being public since the question was asked is left out.
func (a *area) found(q *page.Request) iter.Seq2[*atlas.Project, error] {
	query := a.read(q).query(nil)
	query.Offset, query.Limit = 0, a.index().Len()
	hits := a.index().Search(query).Hits
	return func(yield func(*atlas.Project, error) bool) {
		for p, err := range dataset.Read(q, hits, a.records) {
			if (err != nil || p.Public()) && !yield(p, err) {
				return
			}
		}
	}
}
