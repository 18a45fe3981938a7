package calls

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

// export answers all calls of a question as a file, in the order of the list and
// as many rows as the list counts.
func (a *area) export(q *page.Request, f export.Format) error {
	t, now := a.teller(q.Lang), a.app.Now()
	asked := ask(q)
	c, err := a.find(q, t, asked)
	if err != nil {
		return err
	}
	ids := make([]string, len(c.found))
	for i, x := range c.found {
		ids[i] = x.ID
	}
	file := dataset.File{Name: dataset.Calls, Now: now, Asked: asked.words(t)}
	return dataset.Send(q, file, f, t.columns(q.Origin(), now), a.readable(q, ids))
}

// words are the conditions of a question.
func (s question) words(t teller) []string {
	var out []string
	add := func(label, text string) { out = append(out, label+": "+text) }
	if s.Text != "" {
		add(t.T("calls.find"), s.Text)
	}
	switch s.Year {
	case "":
	case unknownYear:
		add(t.T("calls.field.year"), t.T("calls.unknown"))
	default:
		add(t.T("calls.field.year"), s.Year)
	}
	if s.Programme != "" {
		add(t.T("calls.field.programme"), t.label(atlas.ListProgramme, s.Programme))
	}
	if s.Funder != "" {
		add(t.T("calls.field.funder"), t.actor(s.Funder).Text)
	}
	return out
}

// readable reads calls again while they are written, so that a slow reader does
// not keep all of them in memory. What the viewer may no more read is left out.
func (a *area) readable(q *page.Request, ids []string) iter.Seq2[*atlas.Call, error] {
	return func(yield func(*atlas.Call, error) bool) {
		for c, err := range dataset.Read(q, ids, a.app.Reader().Calls) {
			if (err != nil || q.May(atlas.RightRead, c.Subject())) && !yield(c, err) {
				return
			}
		}
	}
}

// columnSet collects the columns in one language.
type columnSet struct {
	teller
	all dataset.Columns[*atlas.Call]
}

// columns are all fields of a call (6.16) in their order. Codes stand beside
// their words, amounts beside how they are known; the state is that of now.
func (t teller) columns(host string, now time.Time) dataset.Columns[*atlas.Call] {
	s := &columnSet{teller: t}
	s.about()
	s.conditions()
	s.times(now)
	s.record(host)
	return s.all.Typed(export.KindDate, "announced_on", "open_from", "deadline", "cost_from", "cost_to", "source_checked_on").
		Typed(export.KindMoney, "allocation", "min", "max").Typed(export.KindPercent, "support_pct", "own_share_pct").
		Typed(export.KindYear, "year").Typed(export.KindURL, "url", "page").Typed(export.KindCode, "id", "number", "currency")
}

// field adds a column whose label is that of the field of the form.
func (s *columnSet) field(key string, cell func(*atlas.Call) string) {
	s.all.Add(key, s.T("calls.field."+key), cell)
}

// other adds a column that no field of the form has.
func (s *columnSet) other(key string, cell func(*atlas.Call) string) {
	s.all.Add(key, s.T("calls.export."+key), cell)
}

// code adds the codes beside the words of a field.
func (s *columnSet) code(key string, cell func(*atlas.Call) string) {
	s.all.Add(key+"_code", s.T("calls.export.code", "label", s.T("calls.field."+key)), cell)
}

// many adds a field that is codes of a list: their words and the codes.
func (s *columnSet) many(key string, codes func(*atlas.Call) []string) {
	s.field(key, func(c *atlas.Call) string {
		return dataset.Many(codes(c), func(code string) string { return s.label(lists[key], code) })
	})
	s.code(key, func(c *atlas.Call) string { return dataset.Many(codes(c), dataset.Same) })
}

// amount adds an amount and how it is known; its currency has its own column.
func (s *columnSet) amount(key string, amount func(*atlas.Call) atlas.Amount) {
	s.field(key, func(c *atlas.Call) string { return amount(c).String() })
	s.all.Add(key+"_state", s.T("calls.export.state_of", "label", s.T("calls.field."+key)), func(c *atlas.Call) string {
		switch amount(c).State {
		case atlas.AmountKnown:
			return s.T("calls.export.known")
		case atlas.AmountEstimate:
			return s.T("calls.estimate")
		}
		return s.T("calls.unknown")
	})
}

func (s *columnSet) about() {
	s.other("id", func(c *atlas.Call) string { return c.ID })
	s.field("title", func(c *atlas.Call) string { return c.Title })
	s.field("number", func(c *atlas.Call) string { return c.Number })
	s.field("year", func(c *atlas.Call) string {
		if c.Year == 0 {
			return ""
		}
		return strconv.Itoa(c.Year)
	})
	s.field("funder", func(c *atlas.Call) string { return s.actor(c.Funder).Text })
	s.code("funder", func(c *atlas.Call) string { return c.Funder })
	s.many("programme", func(c *atlas.Call) []string { return []string{c.Programme} })
	s.field("theme", func(c *atlas.Call) string { return c.Theme })
	s.field("description", func(c *atlas.Call) string { return c.Description })
	s.many("areas", func(c *atlas.Call) []string { return c.Areas })
}

func (s *columnSet) conditions() {
	s.many("applicants", func(c *atlas.Call) []string { return c.Applicants })
	s.amount("allocation", func(c *atlas.Call) atlas.Amount { return c.Allocation })
	s.amount("min", func(c *atlas.Call) atlas.Amount { return c.Min })
	s.amount("max", func(c *atlas.Call) atlas.Amount { return c.Max })
	s.other("currency", func(*atlas.Call) string { return "CZK" })
	s.field("support_pct", func(c *atlas.Call) string { return c.SupportPct.String() })
	s.field("own_share_pct", func(c *atlas.Call) string { return c.OwnShare.String() })
}

func (s *columnSet) times(now time.Time) {
	s.field("announced_on", func(c *atlas.Call) string { return c.Announced.String() })
	s.field("open_from", func(c *atlas.Call) string { return c.OpenFrom.String() })
	s.field("deadline", func(c *atlas.Call) string { return c.Deadline.String() })
	s.field("deadline_time", func(c *atlas.Call) string { return c.DeadlineTime })
	s.field("continuous", func(c *atlas.Call) string {
		if !c.Continuous && !c.Deadline.Known() {
			return "" // nobody said until when
		}
		return s.yes(c.Continuous)
	})
	s.other("state", func(c *atlas.Call) string { return s.T("calls.state." + string(stateOf(c, now))) })
	s.field("cost_from", func(c *atlas.Call) string { return c.CostFrom.String() })
	s.field("cost_to", func(c *atlas.Call) string { return c.CostTo.String() })
}

func (s *columnSet) record(host string) {
	s.field("url", func(c *atlas.Call) string { return c.URL })
	s.field("source_checked_on", func(c *atlas.Call) string { return c.Checked.String() })
	s.field("sources", func(c *atlas.Call) string {
		return dataset.Many(c.Sources, func(x atlas.Source) string {
			row := ""
			if x.Row > 0 {
				row = s.T("calls.from_row", "row", x.Row)
			}
			return dataset.Pairs("", s.label(atlas.ListSourceKind, x.Kind), "", x.URL, s.T("calls.field.sources.accessed"), x.Accessed.String(),
				"", x.Note, "", x.File, "", row)
		})
	})
	s.other("sample", func(c *atlas.Call) string { return s.yes(c.Sample) })
	s.other("record_status", func(c *atlas.Call) string { return s.label(atlas.ListRecordStatus, c.RecordStatus) })
	s.other("created", func(c *atlas.Call) string { return c.CreatedAt.UTC().Format(time.RFC3339) })
	s.other("updated", func(c *atlas.Call) string { return c.UpdatedAt.UTC().Format(time.RFC3339) })
	s.other("version", func(c *atlas.Call) string { return strconv.FormatInt(c.Version, 10) })
	s.other("page", func(c *atlas.Call) string { return host + route.Call(s.lang, c.ID) })
}

func (t teller) yes(b bool) string {
	if b {
		return t.T("calls.word.ano")
	}
	return t.T("calls.export.no")
}
