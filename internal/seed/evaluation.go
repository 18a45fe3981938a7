package seed

import (
	"context"
	"fmt"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/rubric"
)

// evaluation is an invented evaluation of an invented project from its beginning to
// its publication.
type evaluation struct {
	Project, Mode    string
	Evaluators       []string // names, which say that they are invented
	Sheets           []sheet  // one of each
	Statement, Reply string
	Settlements      map[string]string
}

type sheet struct {
	Scores                        []score
	Strengths, Weaknesses, Advice string
	Opinions                      []struct{ Of, Text, Source string }
}

type score struct {
	Criterion, Text, Evidence string
	Points                    int
}

// writeEvaluations lets invented evaluators judge invented projects as people would:
// each declares, writes and submits, they agree, somebody else approves.
func (l *loader) writeEvaluations(ctx context.Context, c content) error {
	for _, x := range c.Evaluations {
		if err := l.writeEvaluation(ctx, x); err != nil {
			return said("evaluation of "+x.Project, err)
		}
	}
	return nil
}

func (l *loader) writeEvaluation(ctx context.Context, x evaluation) error {
	by, err := l.defaultRubric(ctx)
	if err != nil || by == "" {
		return err
	}
	n := app.NewEvaluation{Project: l.projects[x.Project], Mode: atlas.Mode(x.Mode), Rubric: by, Due: atlas.DateOf(l.app.Now().AddDate(0, 0, 28))}
	var people []atlas.Viewer
	for i, name := range x.Evaluators {
		role := atlas.Grant{Role: atlas.RoleEvaluator}
		who, err := l.app.AddUser(ctx, viewer, atlas.Account{Email: fmt.Sprintf("hodnotitel-%s-%d"+invented, strings.ToLower(n.Project), i+1), Name: name, Lang: "cs"}, role)
		if err != nil {
			return err
		}
		n.Evaluators = append(n.Evaluators, who.ID)
		people = append(people, atlas.Viewer{Account: who.ID, Name: who.ID, Grants: []atlas.Grant{role}})
	}
	id, err := l.app.StartEvaluation(ctx, viewer, n)
	if err != nil {
		return err
	}
	for i, v := range people {
		if err := l.submit(ctx, v, id, x.Sheets[i]); err != nil {
			return err
		}
	}
	var each []atlas.Settlement
	for code, text := range x.Settlements {
		each = append(each, atlas.Settlement{Criterion: code, Text: text})
	}
	if err := l.app.SettleEvaluation(ctx, people[0], id, "", x.Statement, each); err != nil {
		return err
	}
	if err := l.conclude(ctx, id, x.Reply); err != nil {
		return err
	}
	return l.discardLetters(ctx)
}

// invented is where nobody reads letters.
const invented = "@ukazka.example"

// discardLetters takes out what would be written to people who are invented.
func (l *loader) discardLetters(ctx context.Context) error {
	all, err := l.app.Reader().Letters(ctx, "waiting", 1000) // store.LetterWaiting
	if err != nil {
		return err
	}
	for _, letter := range all {
		if !strings.HasSuffix(letter.To, invented) {
			continue
		}
		if err := l.app.DiscardLetter(ctx, viewer, letter.ID); err != nil {
			return err
		}
	}
	return nil
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
	implementer := atlas.Viewer{Name: viewer.Name}
	for _, actor := range j.Project.Implementers() {
		implementer.Memberships = append(implementer.Memberships, atlas.Membership{Actor: actor, State: atlas.MemberActive})
	}
	if err := l.app.ReplyToEvaluation(ctx, implementer, id, "", reply); err != nil {
		return err
	}
	if j, err = l.app.Judgement(ctx, viewer, id); err != nil {
		return err
	}
	return l.app.PublishEvaluation(ctx, viewer, id, j.Evaluation.Version)
}

// submit writes the sheet of one evaluator.
func (l *loader) submit(ctx context.Context, v atlas.Viewer, id string, x sheet) error {
	if err := l.app.DeclareConflict(ctx, v, id, false, ""); err != nil {
		return err
	}
	d, err := l.app.SheetFor(ctx, v, id)
	if err != nil {
		return err
	}
	s := &atlas.Sheet{ID: d.Sheet.ID, Meta: atlas.Meta{Version: d.Sheet.Version}, Strengths: x.Strengths, Weaknesses: x.Weaknesses, Advice: x.Advice}
	for _, y := range x.Scores {
		z := atlas.Score{Criterion: y.Criterion, Kind: atlas.ScorePoints, Points: y.Points, Justification: y.Text}
		if y.Evidence != "" {
			z.Evidence = []atlas.Evidence{{Kind: atlas.EvidenceDocument, Text: y.Evidence}}
		}
		s.Scores = append(s.Scores, z)
	}
	for _, g := range d.Rubric.Gates {
		s.Gates = append(s.Gates, atlas.GateAnswer{Code: g.Code, Yes: atlas.No})
	}
	for _, o := range x.Opinions {
		s.Opinions = append(s.Opinions, atlas.Opinion{Of: atlas.OpinionOf(o.Of), Text: o.Text, Source: o.Source})
	}
	return l.app.SubmitSheet(ctx, v, "", s)
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
