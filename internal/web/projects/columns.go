package projects

import (
	"strconv"
	"time"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/search"
	"atlas/internal/web/dataset"
	"atlas/internal/web/route"
)

// columns are all fields of a project (6.1, 6.2) in their order. Codes stand
// beside their words, amounts and counts beside how they are known, so that a
// machine and a person read the same file. People are there only with their
// consent.
func (a *area) columns(lang, host string) dataset.Columns[*atlas.Project] {
	s := &columnSet{teller: a.teller(lang), host: host, numbers: a.app.ActorNumbers}
	s.naming()
	s.description()
	s.timeAndPlace()
	s.organisations()
	s.money()
	s.content()
	s.results()
	s.transferAndEvaluation()
	s.evidence()
	s.record()
	return s.all.Typed(export.KindDate, "date_from", "date_to", "evaluation_when").
		Typed(export.KindMoney, "total_cost", "amount_czk").Typed(export.KindPercent, "integration_share").
		Typed(export.KindNumber, "amount_unknown_lines", "people_planned", "people_reached", "completeness", "version").
		Typed(export.KindURL, "web", "evaluation_url", "url").Typed(export.KindCode, "id", "reg_number", "currency")
}

// columnSet collects the columns in one language.
type columnSet struct {
	teller
	host    string
	numbers func(actor string) (ico, abroad string)
	all     dataset.Columns[*atlas.Project]
}

func (s *columnSet) add(key, label string, cell func(*atlas.Project) string) {
	s.all.Add(key, label, cell)
}

// field adds a column whose label is that of the field of the form.
func (s *columnSet) field(key string, cell func(*atlas.Project) string) {
	s.add(key, s.T("projects.field."+key), cell)
}

// other adds a column that no field of the form has.
func (s *columnSet) other(key string, cell func(*atlas.Project) string) {
	s.add(key, s.T("projects.export."+key), cell)
}

// coded adds two columns of a coded field: the words and the codes.
func (s *columnSet) coded(key, list string, codes func(*atlas.Project) []string) {
	label := s.T("projects.field." + key)
	s.add(key, label, func(p *atlas.Project) string {
		return dataset.Many(codes(p), func(code string) string { return s.lists.Label(list, code, s.lang()) })
	})
	s.add(key+"_code", s.T("projects.export.code", "label", label), func(p *atlas.Project) string {
		return dataset.Many(codes(p), dataset.Same)
	})
}

// one makes a list of a code that may be missing.
func one(code func(*atlas.Project) string) func(*atlas.Project) []string {
	return func(p *atlas.Project) []string { return []string{code(p)} }
}

// amount adds an amount in its currency and how it is known.
func (s *columnSet) amountOf(key string, amount func(*atlas.Project) atlas.Amount) {
	s.field(key, func(p *atlas.Project) string { return amount(p).String() })
	s.add(key+"_state", s.T("projects.export.state", "label", s.T("projects.field."+key)), func(p *atlas.Project) string {
		return s.amountState(amount(p))
	})
}

// amountState says how an amount is known: known, an estimate, not known.
func (t teller) amountState(a atlas.Amount) string {
	if !a.Known() {
		return t.T("projects.state.neznamo")
	}
	return t.T("projects.state." + string(a.State))
}

func (s *columnSet) countOf(key string, count func(*atlas.Project) atlas.Count) {
	s.field(key, func(p *atlas.Project) string {
		if c := count(p); c.Known {
			return strconv.FormatInt(c.N, 10)
		}
		return ""
	})
	s.add(key+"_kind", s.T("projects.export.kind", "label", s.T("projects.field."+key)), func(p *atlas.Project) string {
		return s.item(atlas.ListCountKind, count(p).Kind).Text
	})
}

func (s *columnSet) flagOf(key, reason string, flag func(*atlas.Project) atlas.Flag) {
	s.field(key, func(p *atlas.Project) string { return s.tri(flag(p).State) })
	s.field(reason, func(p *atlas.Project) string { return flag(p).Reason })
}

func (s *columnSet) tri(t atlas.Tri) string {
	if t == atlas.Unknown {
		return ""
	}
	return s.T("projects.word." + string(t))
}

func (t teller) yes(b bool) string {
	if b {
		return t.T("projects.word.ano")
	}
	return t.T("projects.word.ne")
}

func (s *columnSet) record() {
	s.other("completeness", func(p *atlas.Project) string { return strconv.Itoa(p.Completeness().Percent) })
	s.other("level", func(p *atlas.Project) string {
		word, _ := s.label(search.FacetDetailLevel, levelOf(p))
		return word
	})
	s.other("sample", func(p *atlas.Project) string { return s.yes(p.Sample) })
	s.other("record_status", func(p *atlas.Project) string { return s.item(atlas.ListRecordStatus, p.RecordStatus).Text })
	s.other("created", func(p *atlas.Project) string { return p.CreatedAt.UTC().Format(time.RFC3339) })
	s.other("updated", func(p *atlas.Project) string { return p.UpdatedAt.UTC().Format(time.RFC3339) })
	s.other("version", func(p *atlas.Project) string { return strconv.FormatInt(p.Version, 10) })
	s.other("url", func(p *atlas.Project) string { return s.host + route.Project(s.lang(), p.ID) })
}
