package needs

import (
	"iter"
	"strconv"
	"time"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// export answers all needs of a question as a file, in the order of the list and as
// many rows as the list counts. No file has a number of people under five, whoever
// takes it away (8.10).
func (a *area) export(q *page.Request, f export.Format) error {
	t, asked := a.teller(q.Lang), ask(q)
	c, err := a.find(q, t, asked)
	if err != nil {
		return err
	}
	ids := make([]string, len(c.found))
	for i, n := range c.found {
		ids[i] = n.ID
	}
	file := dataset.File{Name: dataset.Needs, Now: a.app.Now()}
	for _, name := range params {
		if value := asked[name]; value != "" {
			file.Asked = append(file.Asked, t.T("needs.filter."+name)+": "+t.valueLabel(name, value))
		}
	}
	return dataset.Send(q, file, f, t.columns(q.Origin()), a.readable(q, ids))
}

// readable reads needs again while they are written; what the viewer may no more
// read is left out.
func (a *area) readable(q *page.Request, ids []string) iter.Seq2[*atlas.Need, error] {
	return func(yield func(*atlas.Need, error) bool) {
		for n, err := range dataset.Read(q, ids, a.app.Reader().Needs) {
			if err == nil {
				n.HideFew()
			}
			if (err != nil || q.May(atlas.RightRead, n.Subject())) && !yield(n, err) {
				return
			}
		}
	}
}

// columnSet collects the columns in one language.
type columnSet struct {
	teller
	all dataset.Columns[*atlas.Need]
}

// columns are all fields of a need (6.14) in their order. Codes stand beside their
// words.
func (t teller) columns(host string) dataset.Columns[*atlas.Need] {
	s := &columnSet{teller: t}
	s.about()
	s.links()
	s.record(host)
	return s.all.Typed(export.KindDate, "reported").Typed(export.KindNumber, "people", "severity").
		Typed(export.KindURL, "page").Typed(export.KindCode, "id", "projects", "calls")
}

// field adds a column whose label is that of the field of the form.
func (s *columnSet) field(key string, cell func(*atlas.Need) string) {
	s.all.Add(key, s.T("needs.field."+key), cell)
}

// other adds a column that no field of the form has.
func (s *columnSet) other(key string, cell func(*atlas.Need) string) {
	s.all.Add(key, s.T("needs.export."+key), cell)
}

// coded adds a field that is codes of a list: their words and the codes.
func (s *columnSet) coded(key, list string, codes func(*atlas.Need) []string) {
	s.field(key, func(n *atlas.Need) string {
		return dataset.Many(codes(n), func(code string) string { return s.label(list, code) })
	})
	s.all.Add(key+"_code", s.T("needs.export.code", "label", s.T("needs.field."+key)), func(n *atlas.Need) string { return dataset.Many(codes(n), dataset.Same) })
}

func (s *columnSet) about() {
	s.other("id", func(n *atlas.Need) string { return n.ID })
	s.field("title", func(n *atlas.Need) string { return n.Title })
	s.field("description", func(n *atlas.Need) string { return n.Description })
	s.coded("kind", atlas.ListNeedKind, func(n *atlas.Need) []string { return []string{n.Kind} })
	s.coded("area", atlas.ListArea, func(n *atlas.Need) []string { return []string{n.Area} })
	s.field("territory", func(n *atlas.Need) string { return s.place(n.Territory) })
	s.all.Add("territory_code", s.T("needs.export.code", "label", s.T("needs.field.territory")), func(n *atlas.Need) string { return n.Territory })
	s.coded("target_legal", atlas.ListTargetLegal, func(n *atlas.Need) []string { return n.TargetLegal })
	s.field("people", func(n *atlas.Need) string {
		if !n.People.Known {
			return ""
		}
		return strconv.FormatInt(n.People.N, 10)
	})
	s.other("people_kind", func(n *atlas.Need) string { return s.label(atlas.ListCountKind, n.People.Kind) })
	s.field("few", func(n *atlas.Need) string {
		if n.Few {
			return s.T("needs.few", "limit", atlas.FewPeople)
		}
		return ""
	})
	s.field("severity", func(n *atlas.Need) string {
		if n.Severity == 0 {
			return ""
		}
		return strconv.Itoa(n.Severity)
	})
	s.coded("origin", atlas.ListNeedOrigin, func(n *atlas.Need) []string { return []string{n.Origin} })
	s.field("reported", func(n *atlas.Need) string { return n.Reported.String() })
	s.field("evidence", func(n *atlas.Need) string { return n.Evidence })
	s.coded("status", atlas.ListNeedStatus, func(n *atlas.Need) []string { return []string{n.Status} })
}

func (s *columnSet) links() {
	s.field("projects", func(n *atlas.Need) string { return dataset.Many(n.Projects, dataset.Same) })
	s.field("calls", func(n *atlas.Need) string { return dataset.Many(n.Calls, dataset.Same) })
	s.field("measures", func(n *atlas.Need) string {
		return dataset.Many(n.Measures, func(m atlas.Reference) string { return dataset.Pairs("", m.Title, "", m.URL) })
	})
	s.field("sources", func(n *atlas.Need) string {
		return dataset.Many(n.Sources, func(x atlas.Source) string {
			return dataset.Pairs("", s.label(atlas.ListSourceKind, x.Kind), "", x.URL, s.T("needs.field.sources.accessed"), x.Accessed.String(), "", x.Note)
		})
	})
}

func (s *columnSet) record(host string) {
	s.other("sample", func(n *atlas.Need) string {
		if n.Sample {
			return s.T("needs.export.yes")
		}
		return s.T("needs.export.no")
	})
	s.other("record_status", func(n *atlas.Need) string { return s.label(atlas.ListRecordStatus, n.RecordStatus) })
	s.other("created", func(n *atlas.Need) string { return n.CreatedAt.UTC().Format(time.RFC3339) })
	s.other("updated", func(n *atlas.Need) string { return n.UpdatedAt.UTC().Format(time.RFC3339) })
	s.other("version", func(n *atlas.Need) string { return strconv.FormatInt(n.Version, 10) })
	s.other("page", func(n *atlas.Need) string { return host + route.Need(s.lang, n.ID) })
}
