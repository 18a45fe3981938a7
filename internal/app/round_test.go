package app_test

import (
	"errors"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// round is a stored round of the panel with as many projects as asked.
func (p *panel) round(t *testing.T, projects int) (id string, judged []string) {
	t.Helper()
	x := &atlas.Round{Title: "Projekty roku", Mode: atlas.ModeExPost, Rubric: p.rubric, Due: atlas.Date{Year: 2026, Month: 12, Day: 15}}
	ok(t, p.SaveRound(t.Context(), p.as(t, p.boss), "", x))
	judged = []string{p.project}
	for len(judged) < projects {
		another := mis(p.implementer)
		another.TitleCs += " znovu"
		another.RegNumber = ""
		ok(t, p.SaveProject(t.Context(), editor, another))
		judged = append(judged, another.ID)
	}
	return x.ID, judged
}

// TestNothingOfARoundIsSaidBeforeAllOfItHaveSubmitted holds the blind phase over the
// whole round: whoever has submitted everything still learns nothing of the others.
func TestNothingOfARoundIsSaidBeforeAllOfItHaveSubmitted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id, projects := p.round(t, 2)
		boss := p.as(t, p.boss)
		ids, err := p.AssignRound(ctx, boss, id, projects, []string{p.one, p.two})
		ok(t, err)
		if len(ids) != 2 {
			t.Fatalf("%d evaluations of two projects", len(ids))
		}
		_, err = p.AssignRound(ctx, boss, id, projects[:1], []string{p.one, p.two})
		refused(t, err, "problem.round_has")

		view := func(account string) *app.RoundView {
			t.Helper()
			x, err := p.Round(ctx, p.as(t, account), id)
			ok(t, err)
			return x
		}
		nothing := func(when string, x *app.RoundView) {
			t.Helper()
			lines, judged := x.Report(p.as(t, p.one), p.one)
			if x.Ready || x.Criteria != nil || x.All.Ordinal.Known || x.Discuss != nil || x.Drifts != nil || lines != nil || judged != nil {
				t.Errorf("%s it is said: %+v", when, x)
			}
		}
		nothing("before anybody wrote", view(p.boss))
		p.submit(t, p.one, ids[0], ninth...)
		p.submit(t, p.one, ids[1], ninth...)
		p.submit(t, p.two, ids[0], disputed...)
		for _, account := range []string{p.one, p.two, p.boss} {
			nothing("while one sheet is missing, to "+account, view(account))
		}
		if x := view(p.one); x.Names != nil || x.Evaluations[0].Assignments[1].Account != "" {
			t.Errorf("an evaluator learns who else judges: %+v", x.Evaluations[0].Assignments)
		}
		lines, err := p.Rounds(ctx, boss)
		ok(t, err)
		if len(lines) != 1 || lines[0].Asks != 4 || lines[0].Owed != 1 || lines[0].Projects != 2 {
			t.Errorf("who owes what: %+v", lines)
		}

		p.submit(t, p.two, ids[1], ninth...)
		x := view(p.boss)
		if !x.Ready || len(x.Criteria) != 12 || !x.All.Ordinal.Known || len(x.Drifts) != 2 || x.Names[p.one] == "" {
			t.Fatalf("after all: %+v", x)
		}
		if d := x.Drifts[0]; !d.Known || d.Scores != 24 || d.Hundredths() == 0 {
			t.Errorf("drift %+v", d)
		}
		mine := view(p.one)
		if len(mine.Drifts) != 1 || mine.Drifts[0].Account != p.one {
			t.Errorf("an evaluator is told of themselves only: %+v", mine.Drifts)
		}
		if cells, _ := mine.Report(p.as(t, p.one), p.two); cells != nil {
			t.Error("an evaluator reads the report of another one")
		}
		if cells, judged := mine.Report(p.as(t, p.one), p.one); len(cells) != 12 || len(judged) != 2 || cells[2][0].Off() != 100 {
			t.Errorf("their own report: %+v", cells)
		}
		for _, account := range []string{p.three, p.founder} {
			if _, err := p.Round(ctx, p.as(t, account), id); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("%s has no part in it: %v", account, err)
			}
			if lines, err := p.Rounds(ctx, p.as(t, account)); err != nil || len(lines) != 0 {
				t.Errorf("%s learns of the round: %v, %v", account, lines, err)
			}
		}

		// a third evaluator opens the round again
		ok(t, p.AssignEvaluator(ctx, boss, ids[0], p.three))
		nothing("while a third one judges", view(p.one))
	})
}

func TestARoundKeepsWhatItsEvaluationsRestOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		boss := p.as(t, p.boss)
		refused(t, p.SaveRound(ctx, boss, "", &atlas.Round{Mode: atlas.ModeExPost, Rubric: p.rubric}), "problem.required")
		refused(t, p.SaveRound(ctx, boss, "", &atlas.Round{Title: "Kolo", Mode: atlas.ModeExPost, Rubric: "R-09999", Due: atlas.Date{Year: 2026, Month: 12, Day: 1}}), "problem.reference")
		refused(t, p.SaveRound(ctx, boss, "", &atlas.Round{Title: "Kolo", Mode: atlas.ModeExPost, Rubric: p.rubric, Due: atlas.Date{Year: 2020, Month: 1, Day: 1}}), "problem.due_past")
		if err := p.SaveRound(ctx, p.as(t, p.one), "", &atlas.Round{Title: "Kolo"}); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("an evaluator begins a round: %v", err)
		}
		id, projects := p.round(t, 1)
		_, err := p.AssignRound(ctx, boss, id, nil, []string{p.one, p.two})
		refused(t, err, "problem.round_projects")
		_, err = p.AssignRound(ctx, boss, id, append(projects, "P-99999"), []string{p.one, p.two})
		refused(t, err, "problem.reference")
		if lines, err := p.Rounds(ctx, boss); err != nil || lines[0].Projects != 0 {
			t.Errorf("all or none: %+v, %v", lines, err)
		}
		_, err = p.AssignRound(ctx, boss, id, projects, []string{p.one, p.two})
		ok(t, err)
		x, err := p.Reader().Round(ctx, id)
		ok(t, err)
		x.Mode = atlas.ModeExAnte
		refused(t, p.SaveRound(ctx, boss, "", x), "problem.round_begun")
		x.Mode, x.Note = atlas.ModeExPost, "Poznámka"
		ok(t, p.SaveRound(ctx, boss, "", x))
	})
}

// TestNothingOfACalibrationRoundWaitsButItsSheets holds that who owes what never shows
// a step that nobody can take.
func TestNothingOfACalibrationRoundWaitsButItsSheets(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		boss := p.as(t, p.boss)
		x := &atlas.Round{Title: "Kalibrace", Mode: atlas.ModeExPost, Rubric: p.rubric, Due: atlas.Date{Year: 2026, Month: 12, Day: 15}, Calibration: true}
		ok(t, p.SaveRound(ctx, boss, "", x))
		ids, err := p.AssignRound(ctx, boss, x.ID, []string{p.project}, []string{p.one, p.two})
		ok(t, err)
		waits := func(want ...string) {
			t.Helper()
			all, err := p.Owed(ctx, boss)
			ok(t, err)
			var got []string
			for _, o := range all {
				got = append(got, o.Step)
			}
			if !slices.Equal(got, want) {
				t.Errorf("it waits for %v, not %v", got, want)
			}
			theirs, err := p.Waiting(ctx, p.as(t, p.founder))
			if ok(t, err); len(theirs) > 0 {
				t.Errorf("the implementer may %+v", theirs)
			}
		}
		waits(app.StepDeclare, app.StepDeclare)
		p.submit(t, p.one, ids[0], ninth...)
		waits(app.StepDeclare)
		p.submit(t, p.two, ids[0], disputed...)
		waits()
	})
}
