package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/rubric"
	"atlas/internal/store"
)

// Standing (na čem značka stojí) is what an evaluation says for the mark of good
// practice as everything stands now: its project, its evaluators, their evidence and
// the rule (8.2.7) line by line.
type Standing struct {
	Evaluation *atlas.Evaluation // nil where there is none
	Rubric     *atlas.Rubric
	Conditions []rubric.Condition
	Upscaling  []rubric.Condition
	// Fails is why the mark does not stand, the beginning of a message and what it
	// says: "evidence K5"; "" when it stands. UpscalingFails is the same of the
	// upscaling mark.
	Fails, UpscalingFails string
}

// Why a mark does not stand.
const (
	FailsNone       = "none"       // no evaluation at all
	FailsWithdrawn  = "withdrawn"  // the evaluation is not published any more
	FailsProject    = "project"    // the project is not public any more, or was merged
	FailsEvaluators = "evaluators" // fewer evaluators than the rubric asks
	FailsEvidence   = "evidence"   // a score lost what it rested on; with the criterion
	FailsRule       = "rule"       // the rule does not hold
)

// Stands says whether the evaluation carries the mark.
func (s Standing) Stands() bool { return s.Evaluation != nil && s.Fails == "" }

// StandsUpscaled says whether it carries the upscaling mark as well.
func (s Standing) StandsUpscaled() bool { return s.Stands() && s.UpscalingFails == "" }

// MarkStanding is what the mark of a card rests on: of its evaluations the first that
// carries it, else the last that could not.
func (a *App) MarkStanding(ctx context.Context, p *atlas.Practice) (Standing, error) {
	return a.standingOf(ctx, a.Reader(), p)
}

func (a *App) standingOf(ctx context.Context, r *store.Reader, p *atlas.Practice) (Standing, error) {
	best := Standing{Fails: FailsNone}
	all, err := r.Evaluations(ctx, p.Evaluations)
	if err != nil {
		return best, err
	}
	slices.SortStableFunc(all, func(x, y *atlas.Evaluation) int { return y.Approved.Compare(x.Approved) })
	for _, e := range all {
		s, err := a.judge(ctx, r, e)
		if err != nil || s.Stands() {
			return s, err
		}
		if best.Evaluation == nil {
			best = s
		}
	}
	return best, nil
}

// judge says what one evaluation carries.
func (a *App) judge(ctx context.Context, r *store.Reader, e *atlas.Evaluation) (Standing, error) {
	s := Standing{Evaluation: e}
	if e.State != atlas.EvaluationPublished || !e.Public() || !e.Result.Known {
		s.Fails = FailsWithdrawn
		return s, nil
	}
	var moved *atlas.RedirectError
	p, err := r.Project(ctx, e.Project)
	switch {
	case errors.As(err, &moved) || errors.Is(err, atlas.ErrNotFound) || err == nil && !p.Public():
		s.Fails = FailsProject
		return s, nil
	case err != nil:
		return s, err
	}
	if s.Rubric, err = r.Rubric(ctx, e.Rubric); err != nil {
		return s, err
	}
	months, known := rubric.MonthsRun(p, a.today())
	s.Conditions, s.Upscaling = rubric.Candidate(s.Rubric, e.Result, months, known), rubric.Upscaling(s.Rubric, e.Result)
	sheets, err := a.OpenSheets(ctx, r, e)
	if err != nil {
		return s, err
	}
	s.weigh(evidenceOf(e, sheets[e.ID]))
	return s, nil
}

// evidence is what evaluators submitted: how many there are, and which criteria at
// least one of them gave many points with something to rest on.
type evidence struct {
	evaluators int
	scores     map[string]int // the most points of a criterion with evidence
}

func evidenceOf(e *atlas.Evaluation, sheets []*atlas.Sheet) evidence {
	out := evidence{scores: map[string]int{}}
	for _, s := range sheets {
		as, ok := e.Assigned(s.Account)
		if !ok || !as.Active() || s.Role != atlas.SheetEvaluator || !s.Done() {
			continue
		}
		out.evaluators++
		for _, x := range s.Scores {
			if x.Kind == atlas.ScorePoints && x.Evident() {
				out.scores[x.Criterion] = max(out.scores[x.Criterion], x.Points)
			}
		}
	}
	return out
}

// weigh says what is missing, the gravest first.
func (s *Standing) weigh(found evidence) {
	rule := s.Rubric.Mark
	switch lacking := s.unbacked(rule.All, found); {
	case found.evaluators < s.Rubric.Evaluators:
		s.Fails = FailsEvaluators
	case !rubric.Met(s.Conditions):
		s.Fails = FailsRule
	case lacking != "":
		s.Fails = FailsEvidence + " " + lacking
	case !s.oneBacked(rule.OneOf, found):
		s.Fails = FailsEvidence + " " + rule.OneOf[0].Criterion
	}
	switch lacking := s.unbacked(rule.Upscaling, found); {
	case !rubric.Met(s.Upscaling):
		s.UpscalingFails = FailsRule
	case lacking != "":
		s.UpscalingFails = FailsEvidence + " " + lacking
	}
}

// wantsEvidence says whether so many points want evidence (8.2.8).
func (s *Standing) wantsEvidence(x atlas.AtLeast) bool { return x.Points >= s.Rubric.EvidenceFrom() }

// unbacked is the first criterion that wants evidence and has none, "" when all have.
func (s *Standing) unbacked(all []atlas.AtLeast, found evidence) string {
	for _, x := range all {
		if s.wantsEvidence(x) && found.scores[x.Criterion] < x.Points {
			return x.Criterion
		}
	}
	return ""
}

func (s *Standing) oneBacked(all []atlas.AtLeast, found evidence) bool {
	return len(all) == 0 || slices.ContainsFunc(all, func(x atlas.AtLeast) bool {
		points := slices.ContainsFunc(s.Evaluation.Result.Criteria, func(c atlas.CriterionResult) bool {
			return c.Code == x.Criterion && c.Scored && c.Points >= 100*x.Points
		})
		return points && (!s.wantsEvidence(x) || found.scores[x.Criterion] >= x.Points)
	})
}

// judgeMarks works out what the marks of a book rest on and what is said of projects.
func (a *App) judgeMarks(ctx context.Context, b *PracticeBook) error {
	r := a.Reader()
	err := r.EachEvaluation(ctx, func(e *atlas.Evaluation) error {
		if e.Public() && e.State == atlas.EvaluationPublished && e.Result.Candidate {
			b.Projects[e.Project] = PracticeCandidate
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range b.All {
		if !p.Marked.Known() {
			continue
		}
		if b.Marks[p.ID], err = a.standingOf(ctx, r, p); err != nil {
			return err
		}
		if !p.Public() {
			continue
		}
		for _, id := range p.Projects {
			if says := b.Mark(p); says == PracticeCurrent || b.Projects[id] != PracticeCurrent {
				b.Projects[id] = says
			}
		}
	}
	return nil
}

// GiveMark gives a published card the mark of good practice, and the upscaling mark
// where it is asked for. It is never given by itself: an editor does, and only while
// an evaluation of the card carries it. It holds for as many months as the rubric
// says.
func (a *App) GiveMark(ctx context.Context, v atlas.Viewer, id string, version int64, upscaling bool) error {
	return a.changeMark(ctx, v, id, version, func(p *atlas.Practice, s Standing) error {
		if p.RecordStatus != atlas.RecordPublished {
			return refusal("", "problem.mark_unpublished")
		}
		if upscaling && !s.StandsUpscaled() {
			return refusal("upscaled", "problem.mark_upscaling")
		}
		p.Marked, p.Confirmed, p.Lost, p.LostOn, p.Upscaled = a.today(), nil, "", atlas.Date{}, upscaling
		return nil
	})
}

// ConfirmMark says that a mark still holds, from today for as long as a new one.
func (a *App) ConfirmMark(ctx context.Context, v atlas.Viewer, id string, version int64) error {
	return a.changeMark(ctx, v, id, version, func(p *atlas.Practice, s Standing) error {
		if !p.Marked.Known() || p.LostOn.Known() {
			return refusal("", "problem.mark_none")
		}
		p.Upscaled = p.Upscaled && s.StandsUpscaled()
		return nil
	})
}

// TakeMark takes the mark away, with a reason.
func (a *App) TakeMark(ctx context.Context, v atlas.Viewer, id string, version int64, reason string) error {
	return a.withCard(ctx, v, id, version, func(tx *store.Tx, p *atlas.Practice) error {
		if reason = strings.TrimSpace(reason); reason == "" {
			return refusal("reason", "problem.required")
		}
		if !p.Marked.Known() || p.LostOn.Known() {
			return refusal("", "problem.mark_none")
		}
		p.Lost, p.LostOn = reason, a.today()
		return nil
	})
}

// changeMark changes the mark of a card that an evaluation carries, and has it hold from
// today on.
func (a *App) changeMark(ctx context.Context, v atlas.Viewer, id string, version int64, change func(*atlas.Practice, Standing) error) error {
	return a.withCard(ctx, v, id, version, func(tx *store.Tx, p *atlas.Practice) error {
		s, err := a.standingOf(ctx, tx.Reader, p)
		if err != nil {
			return err
		}
		if !s.Stands() {
			return refusal("", "problem.mark_fails")
		}
		if err := change(p, s); err != nil {
			return err
		}
		p.Until = MonthsAfter(a.today(), s.Rubric.Mark.Valid)
		p.Confirmed = append(slices.Clip(p.Confirmed), atlas.Confirmation{On: a.today(), By: v.Account, Until: p.Until})
		return nil
	})
}

func (a *App) withCard(ctx context.Context, v atlas.Viewer, id string, version int64, change func(*store.Tx, *atlas.Practice) error) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	return a.update(ctx, func(tx *store.Tx) error {
		p, err := tx.Practice(ctx, id)
		if err != nil {
			return err
		}
		p.Version = version
		if err := change(tx, p); err != nil {
			return err
		}
		return tx.PutPractice(ctx, p, a.write(v))
	})
}

// MonthsAfter is the same day so many months later, the last of the month where it
// has no such day.
func MonthsAfter(d atlas.Date, months int) atlas.Date {
	at := d.Year*12 + d.Month - 1 + months
	out := atlas.Date{Year: at / 12, Month: at%12 + 1, Day: d.Day}
	for !out.Valid() {
		out.Day--
	}
	return out
}

// settleMarks takes the mark at once from cards of which a transaction took what it
// rests on, and tells editors.
func (a *App) settleMarks(ctx context.Context, tx *store.Tx) error {
	marked, err := shaken(ctx, tx)
	if err != nil {
		return err
	}
	for _, p := range marked {
		s, err := a.standingOf(ctx, tx.Reader, p)
		if err != nil {
			return err
		}
		switch {
		case !s.Stands():
			p.Lost, p.LostOn = s.Fails, a.today()
		case p.Upscaled && !s.StandsUpscaled():
			p.Upscaled = false
		default:
			continue
		}
		if err := tx.PutPractice(ctx, p, store.Write{By: markKeeper, Origin: "form", At: a.now().UTC()}); err != nil {
			return err
		}
		if err := a.tellMarkFell(ctx, tx, p, s); err != nil {
			return err
		}
	}
	return nil
}

// shaken are the cards with a mark that a transaction may have taken something from: it
// wrote the card, an evaluation of it, a sheet of one or its project. An import writes
// thousands of other projects.
func shaken(ctx context.Context, tx *store.Tx) ([]*atlas.Practice, error) {
	cards, evaluations, sheets, projects := tx.Wrote(atlas.KindPractice), tx.Wrote(atlas.KindEvaluation), tx.Wrote(atlas.KindSheet), tx.Wrote(atlas.KindProject)
	if len(cards)+len(evaluations)+len(sheets)+len(projects) == 0 {
		return nil, nil
	}
	marked, err := tx.MarkedPractices(ctx)
	if err != nil || len(marked) == 0 {
		return nil, err
	}
	touched := map[string]bool{}
	judged, err := evaluationsOf(ctx, tx.Reader, sheets)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Concat(cards, evaluations, projects, judged) {
		touched[id] = true
	}
	var grounds []string
	for _, p := range marked {
		grounds = append(grounds, p.Evaluations...)
	}
	found, err := tx.Evaluations(ctx, distinct(grounds))
	for _, e := range found {
		touched[e.ID] = touched[e.ID] || touched[e.Project]
	}
	return slices.DeleteFunc(marked, func(p *atlas.Practice) bool {
		return !touched[p.ID] && !slices.ContainsFunc(p.Evaluations, func(id string) bool { return touched[id] })
	}), err
}

// markKeeper signs what is written because a mark fell by itself.
const markKeeper = "atlas"

// tellMarkFell tells all methodologists.
func (a *App) tellMarkFell(ctx context.Context, tx *store.Tx, p *atlas.Practice, s Standing) error {
	editors, err := a.methodologists(ctx, tx.Reader)
	if err != nil {
		return err
	}
	fails := s.Fails
	if s.Stands() {
		fails = s.UpscalingFails
	}
	why, about, _ := strings.Cut(fails, " ")
	for _, who := range editors {
		letter := mail.MarkFell{Record: p.ID, Title: p.Title, Why: why, About: about, Upscaling: s.Stands(), Link: a.pages(who.Lang, p.ID)}
		if err := a.letterTo(ctx, tx, who, letter); err != nil {
			return err
		}
	}
	return nil
}
