package seed

import (
	"context"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/rubric"
)

// evaluation is an invented evaluation of an invented project from its beginning to
// its publication, or as far as it is said to have come.
type evaluation struct {
	Key, Project, Mode string
	On                 string   // day on which all of it happened; "" = today
	Running            bool     // nobody concludes it
	Evaluators         []string // keys of people, who say that they are invented
	Sheets             []sheet  // one of each
	Self               *sheet   // of the implementer beside them
	Statement, Reply   string
	Settlements        map[string]string
}

// round is an invented round in which all have submitted.
type round struct {
	Title, Mode, On, Note string
	Calibration           bool
	Evaluators            []string
	Projects              []string
	Sheets                [][]sheet // of each project those of each evaluator
}

// check is an invented private self-check.
type check struct {
	By, Title string
	Sheet     sheet
}

// writeEvaluations lets invented evaluators judge invented projects as people would:
// each declares, writes and submits, they agree, somebody else approves.
func (l *loader) writeEvaluations(ctx context.Context, c content) error {
	var err error
	if l.rubric, err = l.defaultRubric(ctx); err != nil || l.rubric == "" {
		return err
	}
	l.phrases = c.Phrases
	for _, x := range c.Evaluations {
		if err := l.onDay(x.On, func() error { return l.writeEvaluation(ctx, x) }); err != nil {
			return said("evaluation of "+x.Project, err)
		}
	}
	return nil
}

// onDay runs what is said to have happened on a day.
func (l *loader) onDay(on string, do func() error) error {
	day, err := atlas.ParseDate(on)
	if err != nil {
		return err
	}
	return l.clock.on(day, do)
}

// due is the last day for sheets.
func (l *loader) due() atlas.Date { return atlas.DateOf(l.app.Now().AddDate(0, 0, 28)) }

func (l *loader) writeEvaluation(ctx context.Context, x evaluation) error {
	project, err := named(l.projects, x.Project)
	if err != nil {
		return err
	}
	people, err := l.who(x.Evaluators...)
	if err != nil {
		return err
	}
	id, err := l.app.StartEvaluation(ctx, viewer, app.NewEvaluation{
		Project: project, Mode: atlas.Mode(x.Mode), Rubric: l.rubric, Due: l.due(), Evaluators: accounts(people),
	})
	if err != nil {
		return err
	}
	l.evaluations[x.Key] = id
	if err := l.writeSelf(ctx, id, x.Self); err != nil {
		return err
	}
	for i, v := range people {
		if err := l.judge(ctx, v, id, x.Sheets[i]); err != nil {
			return err
		}
	}
	if x.Running {
		return nil
	}
	if x.Statement != "" {
		var each []atlas.Settlement
		for code, text := range x.Settlements {
			each = append(each, atlas.Settlement{Criterion: code, Text: text})
		}
		if err := l.app.SettleEvaluation(ctx, people[0], id, "", x.Statement, each); err != nil {
			return err
		}
	}
	return l.conclude(ctx, id, x.Reply)
}

// writeSelf writes the self-evaluation of the implementer; there need not be one.
func (l *loader) writeSelf(ctx context.Context, id string, x *sheet) error {
	if x == nil {
		return nil
	}
	by, err := l.who(x.By)
	if err != nil {
		return err
	}
	if err := l.app.BeginSelf(ctx, by[0], id); err != nil {
		return err
	}
	d, err := l.app.SelfSheet(ctx, by[0], id)
	if err != nil {
		return err
	}
	return l.write(ctx, by[0], d, *x)
}

// conclude approves, replies in the name of the implementer and publishes.
func (l *loader) conclude(ctx context.Context, id, reply string) error {
	j, err := l.app.Judgement(ctx, viewer, id)
	if err != nil {
		return err
	}
	if err := l.app.ApproveEvaluation(ctx, viewer, id, j.Evaluation.Version); err != nil {
		return err
	}
	if reply != "" {
		implementer := atlas.Viewer{Name: viewer.Name}
		for _, actor := range j.Project.Implementers() {
			implementer.Memberships = append(implementer.Memberships, atlas.Membership{Actor: actor, State: atlas.MemberActive})
		}
		if err := l.app.ReplyToEvaluation(ctx, implementer, id, "", reply); err != nil {
			return err
		}
	}
	if j, err = l.app.Judgement(ctx, viewer, id); err != nil {
		return err
	}
	return l.app.PublishEvaluation(ctx, viewer, id, j.Evaluation.Version)
}

// writeRounds lets the same people judge the same projects.
func (l *loader) writeRounds(ctx context.Context, c content) error {
	for _, x := range c.Rounds {
		if err := l.onDay(x.On, func() error { return l.writeRound(ctx, x) }); err != nil {
			return said("round "+x.Title, err)
		}
	}
	return nil
}

func (l *loader) writeRound(ctx context.Context, x round) error {
	r := &atlas.Round{
		Meta: atlas.Meta{Sample: true}, Title: x.Title, Mode: atlas.Mode(x.Mode), Rubric: l.rubric, Due: l.due(), Calibration: x.Calibration, Note: x.Note,
	}
	if err := l.app.SaveRound(ctx, viewer, "", r); err != nil {
		return err
	}
	people, err := l.who(x.Evaluators...)
	if err != nil {
		return err
	}
	var projects []string
	for _, key := range x.Projects {
		id, err := named(l.projects, key)
		if err != nil {
			return err
		}
		projects = append(projects, id)
	}
	ids, err := l.app.AssignRound(ctx, viewer, r.ID, projects, accounts(people))
	if err != nil {
		return err
	}
	for i, id := range ids {
		for k, v := range people {
			if err := l.judge(ctx, v, id, x.Sheets[i][k]); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeChecks writes private self-checks of people.
func (l *loader) writeChecks(ctx context.Context, c content) error {
	for _, x := range c.Checks {
		by, err := l.who(x.By)
		if err != nil {
			return err
		}
		id, err := l.app.BeginCheck(ctx, by[0], l.rubric, "", x.Title)
		if err != nil {
			return said("self-check "+x.Title, err)
		}
		d, err := l.app.Check(ctx, by[0], id)
		if err != nil {
			return err
		}
		if err := l.write(ctx, by[0], d, x.Sheet); err != nil {
			return said("self-check "+x.Title, err)
		}
	}
	return nil
}

// defaultRubric is the code of the shipped rubric; "" where it was withdrawn.
func (l *loader) defaultRubric(ctx context.Context) (id string, err error) {
	err = l.app.Reader().EachRubric(ctx, func(r *atlas.Rubric) error {
		if r.Public() && r.Family == rubric.DefaultFamily {
			id = r.ID
		}
		return nil
	})
	return id, err
}
