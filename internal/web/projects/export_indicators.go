package projects

import (
	"iter"
	"strconv"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// measured is one measurement of an indicator of a project; of an indicator
// that nobody measured, an empty one.
type measured struct {
	project     *atlas.Project
	indicator   *atlas.Indicator
	number      int // of the indicator in the project, from 1
	measurement atlas.Measurement
}

// exportIndicators answers the indicators of all projects of a question, one
// row for each measurement.
func (a *area) exportIndicators(q *page.Request, f export.Format) error {
	return dataset.Send(q, a.file(q, dataset.Indicators), f, a.indicatorColumns(q.Lang, q.Origin()), measurements(a.found(q)))
}

func measurements(projects iter.Seq2[*atlas.Project, error]) iter.Seq2[measured, error] {
	return func(yield func(measured, error) bool) {
		for p, err := range projects {
			if err != nil {
				yield(measured{}, err)
				return
			}
			for i := range p.Indicators {
				x := &p.Indicators[i]
				all := x.Measurements
				if len(all) == 0 {
					all = []atlas.Measurement{{}}
				}
				for _, m := range all {
					if !yield(measured{p, x, i + 1, m}, nil) {
						return
					}
				}
			}
		}
	}
}

// indicatorColumns are the fields of 6.3. Who entered a measurement is left out:
// it is a person who agreed to nothing.
func (a *area) indicatorColumns(lang, host string) dataset.Columns[measured] {
	t := a.teller(lang)
	var c dataset.Columns[measured]
	for _, head := range t.projectHead(host) {
		c.Add(head.key, head.label, func(r measured) string { return head.cell(r.project) })
	}
	c.Add("indicator", t.T("projects.export.indicator"), func(r measured) string { return strconv.Itoa(r.number) })
	t.indicatorFields(&c)
	t.measurementFields(&c)
	c.Add("sources", t.T("projects.field.sources"), func(r measured) string { return t.sourcesOf(r.project) })
	return c.Typed(export.KindDate, "baseline_date", "target_date").Typed(export.KindURL, "url").
		Typed(export.KindNumber, "indicator", "baseline", "target", "measurement_value").Typed(export.KindCode, "project", "code")
}

func (t teller) indicatorFields(c *dataset.Columns[measured]) {
	label := func(name string) string { return t.T("projects.field.indicators." + name) }
	field := func(name string, cell func(*atlas.Indicator) string) {
		c.Add(name, label(name), func(r measured) string { return cell(r.indicator) })
	}
	coded := func(name, list string, code func(*atlas.Indicator) string) {
		field(name, func(x *atlas.Indicator) string { return t.item(list, code(x)).Text })
		c.Add(name+"_code", t.T("projects.export.code", "label", label(name)), func(r measured) string { return code(r.indicator) })
	}
	field("code", func(x *atlas.Indicator) string { return x.Code })
	field("name", func(x *atlas.Indicator) string { return x.Name })
	field("definition", func(x *atlas.Indicator) string { return x.Definition })
	coded("kind", atlas.ListIndicatorKind, func(x *atlas.Indicator) string { return x.Kind })
	field("unit", func(x *atlas.Indicator) string { return x.Unit })
	field("method", func(x *atlas.Indicator) string { return x.Method })
	field("data_source", func(x *atlas.Indicator) string { return x.DataSource })
	field("administrator", func(x *atlas.Indicator) string { return x.Administrator })
	field("guarantor", func(x *atlas.Indicator) string { return x.Guarantor })
	coded("periodicity", atlas.ListPeriodicity, func(x *atlas.Indicator) string { return x.Periodicity })
	coded("direction", atlas.ListDirection, func(x *atlas.Indicator) string { return x.Direction })
	field("baseline", func(x *atlas.Indicator) string { return x.Baseline })
	field("baseline_date", func(x *atlas.Indicator) string { return x.BaselineDate.String() })
	field("target", func(x *atlas.Indicator) string { return x.Target })
	field("target_date", func(x *atlas.Indicator) string { return x.TargetDate.String() })
	field("disaggregation", func(x *atlas.Indicator) string {
		return dataset.Many(x.Disaggregation, func(s string) string { return t.known("projects.word."+s, s) })
	})
	field("linked_to", func(x *atlas.Indicator) string { return x.LinkedTo })
}

// measurementFields adds the fields of a measurement; their labels say so,
// because an indicator and a project have some of the same names.
func (t teller) measurementFields(c *dataset.Columns[measured]) {
	label := func(name string) string {
		return t.T("projects.export.measurement", "label", t.T("projects.field.indicators.measurements."+name))
	}
	field := func(name string, cell func(atlas.Measurement) string) {
		c.Add("measurement_"+name, label(name), func(r measured) string { return cell(r.measurement) })
	}
	field("period", func(m atlas.Measurement) string { return m.Period })
	field("value", func(m atlas.Measurement) string { return m.Value })
	field("count_kind", func(m atlas.Measurement) string { return t.item(atlas.ListCountKind, m.CountKind).Text })
	c.Add("measurement_count_kind_code", t.T("projects.export.code", "label", label("count_kind")), func(r measured) string { return r.measurement.CountKind })
	field("note", func(m atlas.Measurement) string { return m.Note })
	field("source", func(m atlas.Measurement) string { return m.Source })
}

// headColumn is one column that says of which project a row is.
type headColumn struct {
	key, label string
	cell       func(*atlas.Project) string
}

// projectHead are the columns before those of the parts of a project.
func (t teller) projectHead(host string) []headColumn {
	return []headColumn{
		{"project", t.T("projects.export.project"), func(p *atlas.Project) string { return p.ID }},
		{"title", t.T("projects.export.title"), func(p *atlas.Project) string { return p.Title(t.lang()) }},
		{"url", t.T("projects.export.url"), func(p *atlas.Project) string { return host + route.Project(t.lang(), p.ID) }},
		{"sample", t.T("projects.export.sample"), func(p *atlas.Project) string { return t.yes(p.Sample) }},
	}
}
