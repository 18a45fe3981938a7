package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/place"
	"atlas/internal/reference"
	"atlas/internal/search"
)

// buildIndex reads every published project into a new index.
func (a *App) buildIndex(ctx context.Context) error {
	var failed error
	a.index.Build(func(yield func(search.Document) bool) {
		failed = a.Reader().EachProject(ctx, func(p *atlas.Project) error {
			if p.Public() && !yield(a.describer().document(p)) {
				return context.Canceled
			}
			return nil
		})
	})
	if failed != nil {
		return fmt.Errorf("search index: %w", failed)
	}
	return nil
}

// reindex puts the state of some projects into the index.
func (a *App) reindex(ctx context.Context, ids []string) error {
	found, err := a.Reader().Projects(ctx, ids)
	if err != nil {
		return err
	}
	public := map[string]bool{}
	for _, p := range found {
		if p.Public() {
			public[p.ID] = true
			a.index.Put(a.describer().document(p))
		}
	}
	for _, id := range ids {
		if !public[id] {
			a.index.Delete(id)
		}
	}
	return nil
}

// describer says what the index is to know of projects: codes by their words,
// actors by their names.
type describer struct {
	lists    *atlas.Lists
	places   *place.Gazetteer
	coder    *coverage.Coder
	actor    func(id string) (actorNames, bool)
	year     int       // until which a project that goes on is active
	mentions *mentions // nil = what other records say is left out
}

// describer knows what is in memory now.
func (a *App) describer() describer {
	return describer{a.Lists(), a.Places(), a.coder.Load(), a.actor, a.year(), a.mentions}
}

// document is what the index knows of a project. Codes are searched by their
// words in both languages.
func (d describer) document(p *atlas.Project) search.Document {
	amount, _, _ := p.Money()
	entry := coverage.Of(p)
	return search.Document{
		ID: p.ID, Title: p.Title("cs"), Amount: amount, Year: p.From.Year, Added: p.CreatedAt.Unix(),
		Texts:  d.texts(p),
		Facets: d.facets(p, amount, entry),
		Entry:  entry,
	}
}

// lines joins texts that are not empty.
type lines struct{ b strings.Builder }

func (l *lines) add(texts ...string) {
	for _, t := range texts {
		if t == "" {
			continue
		}
		if l.b.Len() > 0 {
			l.b.WriteByte('\n')
		}
		l.b.WriteString(t)
	}
}

func (d describer) texts(p *atlas.Project) map[search.Field]string {
	var title, actors, programme, places, goal, activities, detail, codes lines
	title.add(p.TitleCs, p.TitleEn)
	codes.add(p.ID, p.RegNumber, p.Acronym)
	for _, q := range p.Parties {
		d.addActor(&actors, q.Actor)
	}
	for _, f := range p.Funding {
		d.addActor(&programme, f.Funder)
		programme.add(f.ProgrammeText, f.CallNo)
		d.addLabel(&programme, atlas.ListProgramme, f.Programme)
	}
	places.add(p.PlaceText)
	for _, t := range p.Territories {
		d.addPlace(&places, t.Territory)
	}
	if p.Country != "CZ" {
		d.addLabel(&places, atlas.ListCountry, p.Country)
	}
	goal.add(p.Goal)
	goal.add(p.Subgoals...)
	for _, c := range p.Activities {
		activities.add(c.Text)
		d.addLabel(&activities, atlas.ListActivity, c.Code)
	}
	for _, c := range p.Areas {
		d.addLabel(&activities, atlas.ListArea, c.Code)
	}
	for _, c := range p.TargetLegal {
		d.addLabel(&activities, atlas.ListTargetLegal, c)
	}
	for _, c := range p.TargetSituation {
		d.addLabel(&activities, atlas.ListTargetSituation, c)
	}
	detail.add(p.Detail, p.NeedRationale, p.ReplicationNotes, p.TransferNote, p.Innovation.Reason, p.Upscaling.Reason)
	for _, v := range p.Verbatim {
		detail.add(v.Value)
	}
	return map[search.Field]string{
		search.FieldTitle: title.b.String(), search.FieldCodes: codes.b.String(), search.FieldActors: actors.b.String(),
		search.FieldProgramme: programme.b.String(), search.FieldPlace: places.b.String(), search.FieldAnnotation: p.Annotation,
		search.FieldGoal: goal.b.String(), search.FieldActivities: activities.b.String(), search.FieldDetail: detail.b.String(),
	}
}

func (d describer) addActor(l *lines, id string) {
	n, _ := d.actor(id)
	l.add(n.cs, n.en)
	l.add(n.other...)
}

func (d describer) addLabel(l *lines, list, code string) {
	if it, ok := d.lists.Item(list, code); ok {
		l.add(it.Cs, it.En)
	}
}

func (d describer) addPlace(l *lines, code string) {
	g := d.places
	t, ok := g.Get(code)
	if !ok {
		return
	}
	l.add(t.Name)
	for _, up := range g.Ancestors(code) {
		if up.Level != atlas.LevelORP && up.Name != t.Name {
			l.add(up.Name)
		}
	}
}

// NotKnown is the facet value of what is not known.
const NotKnown = search.NotKnown

func (d describer) facets(p *atlas.Project, amount atlas.Amount, entry coverage.Entry) map[search.Facet][]string {
	f := map[search.Facet][]string{
		search.FacetTargetLegal:     p.TargetLegal,
		search.FacetTargetSituation: p.TargetSituation,
		search.FacetStatus:          {or(p.Status, atlas.StatusUnknown)},
		search.FacetUpscaling:       {or(string(p.Upscaling.State), NotKnown)},
		search.FacetTransfer:        {or(p.Transfer, NotKnown)},
		search.FacetAmountBand:      {reference.AmountBand(amount)},
		search.FacetPeopleBand:      {reference.PeopleBand(p.PeopleReached)},
		search.FacetDetailLevel:     {level(p)},
		search.FacetYear:            d.activeYears(p),
		search.FacetTerritory:       d.territories(p),
		search.FacetCoverage:        d.coder.Codes(entry),
		search.FacetUnitCost:        costsOf(d.lists, p).Keys(),
	}
	if p.Country != "" {
		f[search.FacetCountry] = []string{p.Country}
	}
	for _, x := range p.Areas {
		f[search.FacetArea] = append(f[search.FacetArea], x.Code)
	}
	for _, x := range p.Activities {
		if x.Code != "" {
			f[search.FacetActivity] = append(f[search.FacetActivity], x.Code)
		}
	}
	for _, q := range p.Parties {
		d.addParty(f, q)
	}
	for _, x := range p.Funding {
		d.addFunding(f, x)
	}
	if d.mentions != nil {
		d.mentions.facets(p.ID, f)
	}
	for facet, values := range f {
		f[facet] = distinct(values)
	}
	for _, facet := range sayUnknown {
		if len(f[facet]) == 0 {
			f[facet] = []string{NotKnown}
		}
	}
	return f
}

// sayUnknown are the facets where nothing means that we do not know, so that
// every count can say of how many projects that is.
var sayUnknown = []search.Facet{
	search.FacetArea, search.FacetTargetLegal, search.FacetTargetSituation, search.FacetActivity,
	search.FacetFunder, search.FacetFunderType, search.FacetProgramme, search.FacetPeriod,
	search.FacetImplementer, search.FacetImplementerType, search.FacetCountry,
}

func (d describer) addParty(f map[search.Facet][]string, q atlas.Party) {
	switch q.Role {
	case atlas.RoleImplementer:
		f[search.FacetImplementer] = append(f[search.FacetImplementer], q.Actor)
		if n, _ := d.actor(q.Actor); n.kind != "" {
			f[search.FacetImplementerType] = append(f[search.FacetImplementerType], n.kind)
		}
	case atlas.RoleFunder:
		f[search.FacetFunder] = append(f[search.FacetFunder], q.Actor)
	}
}

func (d describer) addFunding(f map[search.Facet][]string, x atlas.Funding) {
	if x.Funder != "" {
		f[search.FacetFunder] = append(f[search.FacetFunder], x.Funder)
	}
	if x.FunderType != "" {
		f[search.FacetFunderType] = append(f[search.FacetFunderType], x.FunderType)
	}
	if x.Programme == "" {
		return
	}
	f[search.FacetProgramme] = append(f[search.FacetProgramme], x.Programme)
	if it, ok := d.lists.Item(atlas.ListProgramme, x.Programme); ok && it.Parent != "" {
		f[search.FacetPeriod] = append(f[search.FacetPeriod], it.Parent)
	}
}

// activeYears lists every year the project is active (8.1.2).
func (d describer) activeYears(p *atlas.Project) []string {
	from, to, ok := p.ActiveYears(d.year)
	if !ok {
		return []string{NotKnown}
	}
	var out []string
	for y := from; y <= min(to, from+100); y++ {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

// territories lists the places of a project with all they lie in; projects of
// the whole country stand under "CZ", those whose place is not known under
// NotKnown.
func (d describer) territories(p *atlas.Project) []string {
	var out []string
	for _, t := range p.Territories {
		out = append(out, t.Territory)
		for _, up := range d.places.Ancestors(t.Territory) {
			out = append(out, up.Code)
		}
	}
	switch {
	case len(out) > 0:
	case p.Scope == atlas.ScopeCountry:
		out = []string{"CZ"}
	case p.Country == "CZ" || p.Country == "":
		out = []string{NotKnown}
	}
	return out
}

// Detail levels of a record (6.1 detail_level).
const (
	LevelBasic = "zakladni"
	LevelFull  = "plna"
)

func level(p *atlas.Project) string {
	if p.Completeness().Full {
		return LevelFull
	}
	return LevelBasic
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func distinct(values []string) []string {
	seen := make(map[string]bool, len(values))
	out := values[:0:0]
	for _, v := range values {
		if v != "" && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
