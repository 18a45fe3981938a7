package atlas

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Stage says how much a record must hold.
type Stage int

// The stages of a record.
const (
	// StageSave refuses only what cannot be true: a draft may be unfinished.
	StageSave Stage = iota
	// StageListed is a record from a funder's list, published with what is
	// known of it: a title, an implementer, a source (R3-16). What the list
	// does not say is shown as not known.
	StageListed
	// StagePublish asks for every required field of 6.1.
	StagePublish
)

// Limits of the rules of 6.1.
const (
	AnnotationLimit = 1500
	FirstYear       = 1990
	AreaLimit       = 5
)

// problems collects what is wrong.
type problems []Problem

func (ps *problems) add(field, key string, args ...any) {
	m := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	*ps = append(*ps, Problem{field, key, m})
}

func (ps *problems) require(ok bool, field string) {
	if !ok {
		ps.add(field, "problem.required")
	}
}

// code checks that a code stands in its list; "" is not known and passes.
func (ps *problems) code(ls *Lists, list, code, field string) {
	if code != "" && !ls.Has(list, code) {
		ps.add(field, "problem.code", "code", code)
	}
}

func (ps *problems) codes(ls *Lists, list string, codes []string, field string) {
	for i, c := range codes {
		ps.code(ls, list, c, fmt.Sprintf("%s.%d", field, i))
	}
	if len(slices.Compact(slices.Sorted(slices.Values(codes)))) != len(codes) {
		ps.add(field, "problem.repeated")
	}
}

func (ps *problems) web(address, field string) {
	if address == "" {
		return
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		ps.add(field, "problem.url", "value", address)
	}
}

func (ps *problems) amount(a Amount, field string) {
	if a.Known() && a.Minor < 0 {
		ps.add(field, "problem.negative")
	}
}

func (ps *problems) date(d Date, year int, field string) {
	switch {
	case !d.Valid():
		ps.add(field, "problem.date")
	case d.Known() && (d.Year < FirstYear || d.Year > year+10):
		ps.add(field, "problem.year_range", "from", FirstYear, "to", year+10)
	}
}

// Problems checks a project by the rules of 6.1 and 6.2 for a stage. year is
// the current year. Checks that need algorithms of the country (IČO) are not
// here but with the actor's.
func (p *Project) Problems(ls *Lists, stage Stage, year int) []Problem {
	var ps problems
	p.checkBasics(&ps, ls, year)
	p.checkPlaces(&ps)
	p.checkParties(&ps, ls)
	p.checkFunding(&ps, ls, year)
	p.checkContent(&ps, ls)
	p.checkLinks(&ps, ls, year)
	if stage >= StageListed {
		ps.require(p.TitleCs != "" || p.TitleEn != "", "title_cs")
		ps.require(len(p.Implementers()) > 0, "parties")
		ps.require(len(p.Sources) > 0, "sources")
	}
	if stage >= StagePublish {
		p.checkComplete(&ps)
	}
	return ps
}

func (p *Project) checkBasics(ps *problems, ls *Lists, year int) {
	if n := utf8.RuneCountInString(p.Annotation); n > AnnotationLimit {
		ps.add("annotation", "problem.too_long", "limit", AnnotationLimit, "n", n)
	}
	ps.date(p.From, year, "date_from")
	ps.date(p.To, year, "date_to")
	if p.From.Known() && p.To.Known() && p.From.Valid() && p.To.Valid() && p.To.Last().Compare(p.From.First()) < 0 {
		ps.add("date_to", "problem.date_order")
	}
	ps.code(ls, ListStatus, p.Status, "status")
	ps.code(ls, ListCountry, p.Country, "country")
	ps.code(ls, ListScope, p.Scope, "scope")
	ps.code(ls, ListRecordStatus, p.RecordStatus, "record_status")
	ps.amount(p.TotalCost, "total_cost")
	ps.code(ls, ListCurrency, p.Currency, "currency")
	ps.percent(p.IntegrationShare, "integration_share")
	ps.web(p.Web, "web")
}

func (ps *problems) percent(s Percent, field string) {
	if s.Known && (s.Hundredths < 0 || s.Hundredths > 10000) {
		ps.add(field, "problem.percent")
	}
}

func (p *Project) checkPlaces(ps *problems) {
	shares := make([]Percent, len(p.Territories))
	seen := map[string]bool{}
	for i, t := range p.Territories {
		shares[i] = t.Share
		ps.percent(t.Share, fmt.Sprintf("territories.%d.share", i))
		if seen[t.Territory] {
			ps.add(fmt.Sprintf("territories.%d", i), "problem.repeated")
		}
		seen[t.Territory] = true
	}
	ps.shares(shares, "territories")
	abroad := p.Country != "" && p.Country != "CZ"
	if abroad && len(p.Territories) > 0 {
		ps.add("territories", "problem.abroad_territories")
	}
	if p.Scope == ScopeAbroad && p.Country == "CZ" {
		ps.add("country", "problem.abroad_country")
	}
}

// shares must sum to 100 ± 0.01, or none is given (6.1 Rules).
func (ps *problems) shares(all []Percent, field string) {
	var sum int64
	known := 0
	for _, s := range all {
		if s.Known {
			known++
			sum += s.Hundredths
		}
	}
	if known == 0 {
		return
	}
	if known < len(all) || sum < 9999 || sum > 10001 {
		ps.add(field, "problem.shares", "sum", Percent{true, sum}.String())
	}
}

func (p *Project) checkParties(ps *problems, ls *Lists) {
	for i, q := range p.Parties {
		at := fmt.Sprintf("parties.%d", i)
		ps.require(q.Actor != "", at+".actor")
		ps.require(q.Role != "", at+".role")
		ps.code(ls, ListRole, q.Role, at+".role")
		ps.amount(q.Amount, at+".amount")
	}
}

func (p *Project) checkFunding(ps *problems, ls *Lists, year int) {
	for i, f := range p.Funding {
		at := fmt.Sprintf("funding.%d", i)
		ps.code(ls, ListFunderType, f.FunderType, at+".funder_type")
		ps.code(ls, ListProgramme, f.Programme, at+".programme")
		ps.code(ls, ListCurrency, f.Currency, at+".currency")
		ps.amount(f.Requested, at+".amount_requested")
		ps.amount(f.Granted, at+".amount_granted")
		ps.amount(f.Spent, at+".amount_spent")
		ps.percent(f.Share, at+".share_pct")
		ps.date(f.RateDate, year, at+".rate_date")
		if f.Year != 0 && (f.Year < FirstYear || f.Year > year+10) {
			ps.add(at+".year", "problem.year_range", "from", FirstYear, "to", year+10)
		}
	}
}

func (p *Project) checkContent(ps *problems, ls *Lists) {
	if len(p.Areas) > AreaLimit {
		ps.add("areas", "problem.too_many", "limit", AreaLimit)
	}
	shares := make([]Percent, len(p.Areas))
	codes := make([]string, len(p.Areas))
	primary := 0
	for i, a := range p.Areas {
		shares[i], codes[i] = a.Share, a.Code
		if a.Primary {
			primary++
		}
	}
	ps.codes(ls, ListArea, codes, "areas")
	ps.shares(shares, "areas")
	if len(p.Areas) > 0 && primary != 1 {
		ps.add("areas", "problem.one_primary")
	}
	ps.codes(ls, ListTargetLegal, p.TargetLegal, "target_legal")
	ps.codes(ls, ListTargetSituation, p.TargetSituation, "target_situation")
	ps.codes(ls, ListCountry, p.Citizenships, "citizenships")
	ps.codes(ls, ListServiceForm, p.ServiceForms, "service_form")
	ps.code(ls, ListPrice, p.PriceForClient, "price_for_client")
	ps.code(ls, ListTransfer, p.Transfer, "transfer_flag")
	for i, a := range p.Activities {
		ps.code(ls, ListActivity, a.Code, fmt.Sprintf("activities.%d.code", i))
	}
	for i, b := range p.Barriers {
		ps.code(ls, ListBarrier, b.Code, fmt.Sprintf("barriers.%d.code", i))
	}
	for i, x := range p.Indicators {
		at := fmt.Sprintf("indicators.%d", i)
		ps.require(x.Name != "", at+".name_cs")
		ps.require(x.Unit != "", at+".unit")
		ps.code(ls, ListIndicatorKind, x.Kind, at+".kind")
		ps.code(ls, ListPeriodicity, x.Periodicity, at+".periodicity")
		ps.code(ls, ListDirection, x.Direction, at+".direction")
	}
	ps.count(ls, p.PeoplePlanned, "people_planned")
	ps.count(ls, p.PeopleReached, "people_reached")
}

// count of people must say what was counted (U-08).
func (ps *problems) count(ls *Lists, c Count, field string) {
	if !c.Known {
		return
	}
	if c.N < 0 {
		ps.add(field, "problem.negative")
	}
	ps.require(c.Kind != "", field+".kind")
	ps.code(ls, ListCountKind, c.Kind, field+".kind")
}

func (p *Project) checkLinks(ps *problems, ls *Lists, year int) {
	for i, id := range p.Follows {
		if id == p.ID && id != "" {
			ps.add(fmt.Sprintf("follows.%d", i), "problem.follows_itself")
		}
	}
	ps.date(p.Evaluated.When, year, "evaluation_done.when")
	ps.web(p.Evaluated.URL, "evaluation_done.url")
	for i, m := range p.Media {
		at := fmt.Sprintf("media.%d", i)
		ps.web(m.URL, at+".url")
		ps.require(m.Author != "" || m.Source != "", at+".source")
		ps.require(m.Licence != "", at+".licence")
		ps.code(ls, ListLicence, m.Licence, at+".licence")
		ps.require(m.Alt != "", at+".alt")
	}
	for i, c := range p.Contacts {
		at := fmt.Sprintf("contacts.%d", i)
		ps.require(c.Name != "", at+".name")
		ps.email(c.Email, at+".email")
		ps.codes(ls, ListLanguage, c.Languages, at+".languages")
		if c.Public && c.Consent == "" {
			ps.add(at+".consent", "problem.consent")
		}
	}
	for i, r := range p.Measures {
		ps.web(r.URL, fmt.Sprintf("measures.%d.url", i))
	}
	for i, r := range p.GoodPractice {
		ps.web(r.URL, fmt.Sprintf("good_practice.%d.url", i))
	}
	ps.sources(ls, p.Sources, year)
}

func (ps *problems) email(address, field string) {
	if address == "" {
		return
	}
	name, host, ok := strings.Cut(address, "@")
	if !ok || name == "" || !strings.Contains(host, ".") || strings.ContainsAny(address, " <>,;") {
		ps.add(field, "problem.email", "value", address)
	}
}

func (ps *problems) sources(ls *Lists, all []Source, year int) {
	for i, s := range all {
		at := fmt.Sprintf("sources.%d", i)
		ps.require(s.Kind != "", at+".kind")
		ps.code(ls, ListSourceKind, s.Kind, at+".kind")
		ps.web(s.URL, at+".url")
		ps.require(s.URL != "" || s.Note != "" || s.File != "", at+".url")
		ps.date(s.Accessed, year, at+".accessed")
	}
}

// checkComplete asks for what 6.1 requires for publishing.
func (p *Project) checkComplete(ps *problems) {
	ps.require(p.Annotation != "", "annotation")
	ps.require(p.Goal != "", "goal")
	ps.require(p.From.Known(), "date_from")
	ps.require(p.Status != "", "status")
	ps.require(p.Country != "", "country")
	ps.require(p.Scope != "", "scope")
	wide := p.Scope == ScopeCountry || p.Scope == ScopeAbroad || p.Scope == ScopeUnknown
	ps.require(wide || len(p.Territories) > 0 || p.Country != "CZ", "territories")
	ps.require(len(p.Areas) > 0, "areas")
	ps.require(len(p.TargetLegal) > 0, "target_legal")
	ps.require(len(p.Activities) > 0, "activities")
	if p.Upscaling.State == Yes {
		ps.require(p.Detail != "", "detail")
		ps.require(p.ReplicationNotes != "", "replication_notes")
		ps.require(p.Upscaling.Reason != "", "upscaling_flag.reason")
	}
	for i, s := range p.Sources {
		ps.require(s.URL == "" || s.Accessed.Known(), fmt.Sprintf("sources.%d.accessed", i))
	}
}
