package practices

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// export answers all cards of a question as a file, in the order of the list. No file
// has a contact in it.
func (a *area) export(q *page.Request, f export.Format) error {
	t, asked := a.teller(q.Lang), ask(q)
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return err
	}
	c := t.find(q, book, asked)
	ids := make([]string, len(c.found))
	for i, p := range c.found {
		ids[i] = p.ID
	}
	file := dataset.File{Name: dataset.Practices, Now: a.app.Now()}
	for _, name := range append([]string{paramText, paramProject}, params...) {
		if value := asked[name]; value != "" {
			file.Asked = append(file.Asked, t.T("practices.filter."+name)+": "+t.valueLabel(name, value))
		}
	}
	return dataset.Send(q, file, f, t.columns(book, q.Origin()), a.each(q, ids))
}

// each reads cards again while they are written; what the viewer may no more read is
// left out.
func (a *area) each(q *page.Request, ids []string) iter.Seq2[*atlas.Practice, error] {
	return func(yield func(*atlas.Practice, error) bool) {
		for p, err := range dataset.Read(q, ids, a.app.Reader().Practices) {
			if (err != nil || q.May(atlas.RightRead, p.Subject())) && !yield(p, err) {
				return
			}
		}
	}
}

// columnSet collects the columns in one language.
type columnSet struct {
	teller
	all dataset.Columns[*atlas.Practice]
}

// columns are the fields of a card (6.11) in their order, but its contacts. Codes
// stand beside their words.
func (t teller) columns(b *app.PracticeBook, host string) dataset.Columns[*atlas.Practice] {
	s := &columnSet{teller: t}
	s.basic()
	s.rest()
	s.mark(b)
	s.record(host)
	return s.all.Typed(export.KindDate, "from", "to", "marked", "until").Typed(export.KindNumber, "months", "staff", "yearly_cost").
		Typed(export.KindURL, "page").Typed(export.KindCode, "id", "projects", "evaluations")
}

// field adds a column whose label is that of the field of the form.
func (s *columnSet) field(key string, cell func(*atlas.Practice) string) {
	s.all.Add(key, s.T("practices.field."+key), cell)
}

// other adds a column that no field of the form has.
func (s *columnSet) other(key string, cell func(*atlas.Practice) string) {
	s.all.Add(key, s.T("practices.export."+key), cell)
}

// coded adds a field that is codes of a list: their words and the codes.
func (s *columnSet) coded(key string, label func(string) string, codes func(*atlas.Practice) []string) {
	s.field(key, func(p *atlas.Practice) string { return dataset.Many(codes(p), label) })
	s.all.Add(key+"_code", s.T("practices.export.code", "label", s.T("practices.field."+key)), func(p *atlas.Practice) string { return dataset.Many(codes(p), dataset.Same) })
}

func (s *columnSet) of(list string) func(string) string {
	return func(code string) string { return s.label(list, code) }
}

func (s *columnSet) flag(key string, is func(*atlas.Practice) bool) {
	s.field(key, func(p *atlas.Practice) string { return s.yes(is(p)) })
}

func (s *columnSet) yes(is bool) string {
	if is {
		return s.T("practices.yes")
	}
	return s.T("practices.no")
}

func (s *columnSet) basic() {
	s.other("id", func(p *atlas.Practice) string { return p.ID })
	s.field("title", func(p *atlas.Practice) string { return p.Title })
	s.coded("country", s.of(atlas.ListCountry), func(p *atlas.Practice) []string { return []string{p.Country} })
	s.coded("territories", s.place, func(p *atlas.Practice) []string { return p.Territories })
	s.field("place_text", func(p *atlas.Practice) string { return p.PlaceText })
	s.coded("implementers", func(id string) string { return s.app.ActorName(id, s.lang) }, func(p *atlas.Practice) []string { return p.Implementers })
	s.field("from", func(p *atlas.Practice) string { return p.From.String() })
	s.field("to", func(p *atlas.Practice) string { return p.To.String() })
	s.flag("ongoing", func(p *atlas.Practice) bool { return p.Ongoing })
	s.flag("became_service", func(p *atlas.Practice) bool { return p.BecameService })
	s.flag("pioneer", func(p *atlas.Practice) bool { return p.Pioneer })
	s.field("summary", func(p *atlas.Practice) string { return p.Summary })
	s.field("goal", func(p *atlas.Practice) string { return p.Goal })
	s.field("subgoals", func(p *atlas.Practice) string { return dataset.Many(p.Subgoals, dataset.Same) })
	s.field("beneficiaries", func(p *atlas.Practice) string { return p.Beneficiaries })
	s.coded("areas", s.of(atlas.ListArea), func(p *atlas.Practice) []string { return p.Areas })
	s.coded("activities", s.of(atlas.ListActivity), func(p *atlas.Practice) []string { return p.Activities })
	s.coded("target_legal", s.of(atlas.ListTargetLegal), func(p *atlas.Practice) []string { return p.TargetLegal })
	s.coded("situations", s.of(atlas.ListTargetSituation), func(p *atlas.Practice) []string { return p.Situations })
	s.field("city_roles", func(p *atlas.Practice) string { return s.wordsOf(texts(p.CityRoles)) })
}

func (s *columnSet) rest() {
	word := func(w string) string {
		if w == "" {
			return ""
		}
		return s.T("practices.word." + w)
	}
	s.field("stimulus", func(p *atlas.Practice) string { return p.Stimulus })
	s.field("description", func(p *atlas.Practice) string { return p.Description })
	s.field("milestones", func(p *atlas.Practice) string {
		return dataset.Many(p.Milestones, func(m atlas.Milestone) string { return dataset.Pairs("", m.When.String(), "", m.Text) })
	})
	s.field("results", func(p *atlas.Practice) string { return p.Results })
	s.field("services", func(p *atlas.Practice) string {
		return dataset.Many(p.Services, func(x atlas.Service) string {
			return dataset.Pairs("", s.label(atlas.ListServiceForm, x.Form), "", s.label(atlas.ListPrice, x.Price), "", x.Who)
		})
	})
	s.field("funding", func(p *atlas.Practice) string { return p.Funding })
	s.field("staff", func(p *atlas.Practice) string { return strings.ReplaceAll(staffText(p.Staff), ",", ".") })
	s.field("months", func(p *atlas.Practice) string { return numeral(p.Months) })
	s.field("yearly_cost", func(p *atlas.Practice) string {
		if !p.YearlyCost.Known() {
			return ""
		}
		return strings.ReplaceAll(decimal(p.YearlyCost.Minor), ",", ".")
	})
	s.coded("transferability", s.of(atlas.ListTransfer), func(p *atlas.Practice) []string { return []string{p.Transferability} })
	s.field("segments", func(p *atlas.Practice) string {
		return dataset.Many(p.Segments, func(x atlas.Segment) string {
			return dataset.Pairs("", x.Name, s.T("practices.field.segments.transferable"), word(string(x.Transferable)), "", x.Adaptation)
		})
	})
	s.field("adaptation", func(p *atlas.Practice) string { return p.Adaptation })
	s.field("advice", func(p *atlas.Practice) string { return dataset.Many(p.Advice, dataset.Same) })
	s.field("prerequisites", func(p *atlas.Practice) string {
		return dataset.Many(p.Prerequisites, func(x atlas.Prerequisite) string {
			return dataset.Pairs("", word(string(x.Kind)), "", x.Text, "", s.least(x))
		})
	})
	s.field("needed", func(p *atlas.Practice) string { return p.Needed })
	s.field("upscaling", func(p *atlas.Practice) string { return s.teller.flag(p.Upscaling) })
	s.field("barriers", func(p *atlas.Practice) string {
		return dataset.Many(p.Barriers, func(b atlas.Barrier) string { return dataset.Pairs("", s.label(atlas.ListBarrier, b.Code), "", b.Text) })
	})
	s.field("lessons", func(p *atlas.Practice) string { return p.Lessons })
	s.field("evaluation", func(p *atlas.Practice) string { return p.Evaluation })
	s.field("assessments", func(p *atlas.Practice) string {
		return dataset.Many(p.Assessments, func(o atlas.Opinion) string { return dataset.Pairs("", word(string(o.Of)), "", o.Text) })
	})
	s.field("awards", func(p *atlas.Practice) string {
		return dataset.Many(p.Awards, func(w atlas.Award) string { return dataset.Pairs("", s.award(w), "", w.By) })
	})
	s.field("photos", func(p *atlas.Practice) string {
		return dataset.Many(p.Photos, func(x atlas.Photo) string {
			return dataset.Pairs("", x.Alt, "", x.Source, "", s.label(atlas.ListLicence, x.Licence), "", x.URL)
		})
	})
	s.field("videos", func(p *atlas.Practice) string {
		return dataset.Many(p.Videos, func(v atlas.Video) string {
			return dataset.Pairs("", v.Title, "", v.Speaker, "", v.Function, "", v.Organisation, "", v.URL)
		})
	})
	s.field("projects", func(p *atlas.Practice) string { return dataset.Many(p.Projects, dataset.Same) })
	s.field("evaluations", func(p *atlas.Practice) string { return dataset.Many(p.Evaluations, dataset.Same) })
	s.field("sources", func(p *atlas.Practice) string {
		return dataset.Many(p.Sources, func(x atlas.Source) string {
			return dataset.Pairs("", s.label(atlas.ListSourceKind, x.Kind), "", x.URL, s.T("practices.field.sources.accessed"), x.Accessed.String(), "", x.Note)
		})
	})
}

func (s *columnSet) mark(b *app.PracticeBook) {
	s.other("mark", func(p *atlas.Practice) string {
		if says := b.Mark(p); says != "" {
			return s.T("practices.word." + says)
		}
		return s.T("practices.word." + unmarked)
	})
	s.other("upscaled", func(p *atlas.Practice) string { return s.yes(p.Upscaled && b.Mark(p) == app.PracticeCurrent) })
	s.other("marked", func(p *atlas.Practice) string { return p.Marked.String() })
	s.other("until", func(p *atlas.Practice) string { return p.Until.String() })
	s.coded("status", s.of(atlas.ListPractice), func(p *atlas.Practice) []string { return []string{p.Status} })
}

func (s *columnSet) record(host string) {
	s.other("sample", func(p *atlas.Practice) string { return s.yes(p.Sample) })
	s.other("record_status", func(p *atlas.Practice) string { return s.label(atlas.ListRecordStatus, p.RecordStatus) })
	s.other("created", func(p *atlas.Practice) string { return p.CreatedAt.UTC().Format(time.RFC3339) })
	s.other("updated", func(p *atlas.Practice) string { return p.UpdatedAt.UTC().Format(time.RFC3339) })
	s.other("version", func(p *atlas.Practice) string { return strconv.FormatInt(p.Version, 10) })
	s.other("page", func(p *atlas.Practice) string { return host + route.Practice(s.lang, p.ID) })
}
