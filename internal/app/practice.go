package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/store"
)

// SavePractice writes a new card of good practice or a change of one, like
// SaveProject.
func (a *App) SavePractice(ctx context.Context, v atlas.Viewer, p *atlas.Practice) error {
	return a.SavePracticeOf(ctx, v, "", p)
}

// SavePracticeOf is SavePractice of what was typed into a form, like SaveProjectOf.
// The mark is no part of what is typed: GiveMark and the like change it.
func (a *App) SavePracticeOf(ctx context.Context, v atlas.Viewer, form string, p *atlas.Practice) error {
	return a.update(ctx, func(tx *store.Tx) error {
		stored, err := a.guard(ctx, tx.Reader, v, atlas.KindPractice, p)
		if err != nil {
			return err
		}
		before, _ := stored.(*atlas.Practice)
		keepMark(p, before)
		if !v.May(atlas.RightPublish) {
			p.Status = ""
			if before != nil {
				p.Status = before.Status
			}
		}
		if err := a.put(ctx, tx, a.writeOf(v, p.Subject()), p); err != nil {
			return err
		}
		return a.saved(ctx, tx, v, form, stored, p)
	})
}

// keepMark gives a posted card the mark of the stored one.
func keepMark(p, stored *atlas.Practice) {
	if stored == nil {
		stored = new(atlas.Practice)
	}
	p.Marked, p.Until, p.Confirmed, p.Lost, p.LostOn, p.Upscaled = stored.Marked, stored.Until, stored.Confirmed, stored.Lost, stored.LostOn, stored.Upscaled
}

// putPractice writes a card when nothing stands in its way.
func (a *App) putPractice(ctx context.Context, tx *store.Tx, w store.Write, p *atlas.Practice) error {
	if p.Country == "" {
		p.Country = atlas.CountryCode
	}
	p.Status = cardStatus(p)
	wrong, err := a.practiceProblems(ctx, tx.Reader, p)
	if len(wrong) > 0 {
		err = &atlas.InvalidError{Problems: wrong}
	}
	if err != nil {
		return err
	}
	return tx.PutPractice(ctx, p, w)
}

// cardStatus is the status of a card (CL-33) by that of its record; which of those of
// a published card it is, an editor says.
func cardStatus(p *atlas.Practice) string {
	of := map[string][]string{
		atlas.RecordPublished: {atlas.PracticePublished, atlas.PracticeRecommended, atlas.PracticeOutdated},
		atlas.RecordArchived:  {atlas.PracticeArchived},
	}[p.RecordStatus]
	if of == nil {
		of = []string{atlas.PracticeDraft, atlas.PracticeEvaluated}
	}
	if slices.Contains(of, p.Status) {
		return p.Status
	}
	return of[0]
}

// CheckPractice says what is wrong with a card, what it names included.
func (a *App) CheckPractice(ctx context.Context, p *atlas.Practice) ([]atlas.Problem, error) {
	return a.practiceProblems(ctx, a.Reader(), p)
}

func (a *App) practiceProblems(ctx context.Context, r *store.Reader, p *atlas.Practice) ([]atlas.Problem, error) {
	stage := atlas.StageSave
	if p.RecordStatus == atlas.RecordPublished || p.RecordStatus == atlas.RecordReview {
		stage = atlas.StagePublish
	}
	wrong := p.Problems(a.Lists(), stage, a.year())
	for i, code := range p.Territories {
		if _, ok := a.Places().Get(code); !ok && code != "" {
			wrong = append(wrong, missing(place3("territories", i, "territory"), code))
		}
	}
	judged := map[string]bool{} // projects of the card, as they live now
	for _, named := range []struct {
		kind  string
		ids   []string
		place func(int) string
	}{
		{atlas.KindProject, p.Projects, func(i int) string { return place2("projects", i) }},
		{atlas.KindEvaluation, p.Evaluations, func(i int) string { return place2("evaluations", i) }},
		{atlas.KindActor, p.Implementers, func(i int) string { return place3("implementers", i, "actor") }},
	} {
		found, err := readMany(ctx, r, named.kind, named.ids)
		if err != nil {
			return nil, err
		}
		there := map[string]bool{}
		for _, record := range found {
			there[idOf(record)] = true
			switch x := record.(type) {
			case *atlas.Project:
				judged[cmp.Or(x.MergedInto, x.ID)] = true
			case *atlas.Evaluation: // what was found of another project carries no mark of this one
				if i := slices.Index(named.ids, x.ID); i >= 0 && !judged[x.Project] {
					wrong = append(wrong, atlas.Problem{Field: named.place(i), Key: "problem.evaluation_of_other", Args: map[string]any{"id": x.ID, "project": x.Project}})
				}
			}
		}
		for i, id := range named.ids {
			if !there[id] && id != "" {
				wrong = append(wrong, missing(named.place(i), id))
			}
		}
	}
	return wrong, nil
}

// SaveCollection writes a collection of cards; only editors do. Cards that are not
// there are said at their place.
func (a *App) SaveCollection(ctx context.Context, v atlas.Viewer, c *atlas.Collection) error {
	return a.update(ctx, func(tx *store.Tx) error {
		if !v.May(atlas.RightPublish) {
			return atlas.ErrForbidden
		}
		if _, err := a.guard(ctx, tx.Reader, v, atlas.KindCollection, c); err != nil {
			return err
		}
		return a.put(ctx, tx, a.write(v), c)
	})
}

func (a *App) putCollection(ctx context.Context, tx *store.Tx, w store.Write, c *atlas.Collection) error {
	var wrong []atlas.Problem
	if c.Title == "" {
		wrong = append(wrong, atlas.Problem{Field: "title", Key: "problem.required"})
	}
	found, err := tx.Practices(ctx, c.Practices)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, p := range found {
		there[p.ID] = true
	}
	for i, id := range c.Practices {
		if !there[id] {
			wrong = append(wrong, missing(place2("practices", i), id))
		}
	}
	if len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return tx.PutCollection(ctx, c, w)
}

// PracticeBook is all cards as they stand, in memory: there are few of them and every
// list is made of them. It is never changed once made.
type PracticeBook struct {
	All   []*atlas.Practice // in the order of their codes, drafts too
	Marks map[string]Standing
	// Projects says of a project that it is or was good practice, or a candidate of it.
	Projects map[string]string
	Day      atlas.Date // for which the marks were computed

	byID  map[string]*atlas.Practice
	index *search.Index
}

// What PracticeBook.Projects says; values of the facet.
const (
	PracticeCurrent   = "plati"
	PracticeLapsed    = "pozbyla"
	PracticeCandidate = "kandidat"
)

// Practice is a card by its code.
func (b *PracticeBook) Practice(id string) (*atlas.Practice, bool) {
	p, ok := b.byID[id]
	return p, ok
}

// Chosen are the cards of a collection in its order, each once: one that was merged away
// is the one that it lives in now.
func (b *PracticeBook) Chosen(c *atlas.Collection) []*atlas.Practice {
	var out []*atlas.Practice
	for _, id := range c.Practices {
		p := b.byID[id]
		if p != nil && p.MergedInto != "" {
			p = b.byID[p.MergedInto]
		}
		if p != nil && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// Find gives the codes of cards that have the words, the best first; Czech words in
// any form.
func (b *PracticeBook) Find(text string) []string {
	return b.index.Search(search.Query{Text: text, Limit: len(b.All)}).Hits
}

// Mark is what a card's mark is on the day of the book: PracticeCurrent,
// PracticeLapsed or "".
func (b *PracticeBook) Mark(p *atlas.Practice) string {
	switch {
	case !p.Marked.Known():
		return ""
	case p.Holds(b.Day) && b.Marks[p.ID].Stands():
		return PracticeCurrent
	}
	return PracticeLapsed
}

// Practices is all cards as they stand today.
func (a *App) Practices(ctx context.Context) (*PracticeBook, error) {
	if b := a.practices.Load(); b.Day == a.today() {
		return b, nil
	}
	a.carding.Lock()
	defer a.carding.Unlock()
	err := a.loadPractices(ctx)
	return a.practices.Load(), err
}

// loadPractices reads all cards and what their marks rest on, for who holds
// a.carding: what was read later is to stand.
func (a *App) loadPractices(ctx context.Context) error {
	b := &PracticeBook{Marks: map[string]Standing{}, Projects: map[string]string{}, Day: a.today(), byID: map[string]*atlas.Practice{}, index: search.New(search.Options{})}
	err := a.Reader().EachPractice(ctx, func(p *atlas.Practice) error {
		b.All, b.byID[p.ID] = append(b.All, p), p
		return nil
	})
	if err != nil {
		return fmt.Errorf("cards of good practice: %w", err)
	}
	if err := a.judgeMarks(ctx, b); err != nil {
		return fmt.Errorf("marks of good practice: %w", err)
	}
	b.index.Build(func(yield func(search.Document) bool) {
		for _, p := range b.All {
			if !yield(a.cardDocument(p)) {
				return
			}
		}
	})
	a.practices.Store(b)
	return nil
}

// loadMarks reads all cards when the program begins.
func (a *App) loadMarks(ctx context.Context) error {
	_, err := a.mentionPractices(ctx, everyCard)
	return err
}

// everyCard has mentionPractices read the cards whatever was changed.
var everyCard = map[string][]string{"": {""}}

// mentionPractices reads the cards anew after changes, by kind, that they rest on, and
// gives the projects whose entry in the index that changes.
func (a *App) mentionPractices(ctx context.Context, touched map[string][]string) (projects []string, err error) {
	b := a.practices.Load()
	rests := slices.ContainsFunc(touched[atlas.KindProject], func(id string) bool { return b.Projects[id] != "" })
	if !rests && len(touched[atlas.KindPractice])+len(touched[atlas.KindEvaluation])+len(touched[atlas.KindRubric])+len(touched[""]) == 0 {
		return nil, nil
	}
	a.carding.Lock()
	defer a.carding.Unlock()
	if err := a.loadPractices(ctx); err != nil {
		return nil, err
	}
	const record = "practice " // and the code of the project that it is said of
	before, now := a.mentions.saying(search.FacetPractice), a.practices.Load().Projects
	for id, says := range now {
		if before[id] != says {
			said := mention{Project: id, Facets: map[search.Facet][]string{search.FacetPractice: {says}}}
			projects = append(projects, a.mentions.set(record+id, &said)...)
		}
	}
	for id := range before {
		if now[id] == "" {
			projects = append(projects, a.mentions.set(record+id, nil)...)
		}
	}
	return projects, nil
}

// cardDocument is what is found of a card by its words.
func (a *App) cardDocument(p *atlas.Practice) search.Document {
	var places, names, about, activities, detail lines
	d := a.describer()
	for _, code := range p.Territories {
		d.addPlace(&places, code)
	}
	places.add(p.PlaceText)
	d.addLabel(&places, atlas.ListCountry, p.Country)
	for _, id := range p.Implementers {
		d.addActor(&names, id)
	}
	about.add(p.Goal, p.Beneficiaries)
	about.add(p.Subgoals...)
	for list, codes := range map[string][]string{atlas.ListArea: p.Areas, atlas.ListActivity: p.Activities, atlas.ListTargetLegal: p.TargetLegal, atlas.ListTargetSituation: p.Situations} {
		for _, code := range codes {
			d.addLabel(&activities, list, code)
		}
	}
	detail.add(p.Description, p.Results, p.Stimulus, p.Adaptation, p.Lessons, p.Evaluation, p.Needed, p.Funding)
	detail.add(p.Advice...)
	for _, s := range p.Segments {
		detail.add(s.Name, s.Adaptation)
	}
	for _, b := range p.Barriers {
		d.addLabel(&detail, atlas.ListBarrier, b.Code)
		detail.add(b.Text)
	}
	for _, w := range p.Awards {
		d.addLabel(&detail, atlas.ListAward, w.Code)
		detail.add(w.Name, w.By)
	}
	return search.Document{
		ID: p.ID, Title: p.Title, Year: p.From.Year, Added: p.CreatedAt.Unix(),
		Texts: map[search.Field]string{
			search.FieldTitle: p.Title, search.FieldCodes: p.ID, search.FieldActors: names.b.String(), search.FieldPlace: places.b.String(),
			search.FieldAnnotation: p.Summary, search.FieldGoal: about.b.String(), search.FieldActivities: activities.b.String(), search.FieldDetail: detail.b.String(),
		},
	}
}
