package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// judges has an account judge projects in every way, stand on cards of good practice
// and write to other towns; somebody else writes what stays.
func judges(t *testing.T, s *store.Store, a *atlas.Account) {
	t.Helper()
	const other = "U-77777"
	by := func(who string) store.Write { return store.Write{By: who, Origin: "form", At: noon} }
	meta := atlas.Meta{RecordStatus: atlas.RecordDraft}
	sheet := func(role atlas.SheetRole, evaluation, who string, submitted bool, words string) *atlas.Sheet {
		x := &atlas.Sheet{Meta: meta, Role: role, Evaluation: evaluation, Project: "P-00001", Rubric: "R-00001", Mode: atlas.ModeExPost, Account: who, Strengths: words,
			Scores: []atlas.Score{{Criterion: "K1", Kind: atlas.ScorePoints, Points: 3, Justification: words, Evidence: []atlas.Evidence{{Kind: atlas.EvidenceVisit, Text: words}}}},
			Gates:  []atlas.GateAnswer{{Code: "H1", Yes: atlas.No, Note: words}}, Opinions: []atlas.Opinion{{Of: atlas.OpinionExperts, Text: words, Source: words}}}
		if submitted {
			x.Submitted = noon
		}
		if role == atlas.SheetCheck {
			x.Title = words
		}
		return x
	}
	assigned := func(who string, state atlas.AssignmentState, reason string) atlas.Assignment {
		return atlas.Assignment{Account: who, State: state, Reason: reason, Asked: noon}
	}
	evaluation := func(state atlas.EvaluationState, all ...atlas.Assignment) *atlas.Evaluation {
		return &atlas.Evaluation{Meta: meta, Project: "P-00001", Mode: atlas.ModeExPost, Rubric: "R-00001", State: state, Assignments: all}
	}
	const own = "Sestavila VENDULA\n Ryzova, pište na Vendula.Ryzova@mesto.example. Výsledek stojí."
	counted := evaluation(atlas.EvaluationPublished, assigned(a.ID, atlas.AssignmentSubmitted, ""), assigned(other, atlas.AssignmentSubmitted, ""))
	counted.Statement, counted.Settlements = own, []atlas.Settlement{{Criterion: "K1", Text: own}}
	left := evaluation(atlas.EvaluationOpen, assigned(a.ID, atlas.AssignmentConflict, "Ryzová je teta vedoucího"), assigned(other, atlas.AssignmentConflict, "cizí důvod"))
	given := evaluation(atlas.EvaluationCancelled, assigned(a.ID, atlas.AssignmentSubmitted, ""))
	replied := evaluation(atlas.EvaluationPublished, assigned(other, atlas.AssignmentSubmitted, ""))
	replied.Reply, replied.RepliedBy = own, a.ID
	contact, speaks := atlas.Person{Name: "V. R.", Email: "VENDULA.ryzova@mesto.example", Phone: "777 123 456"}, atlas.Video{URL: "https://youtu.be/abc", Title: "Rozhovor", Speaker: "Vendula  Ryzová", Function: "referentka Ryzová"}
	stays := atlas.Video{URL: "https://youtu.be/def", Title: "Jiný", Speaker: "Karel Zůstává", Function: "vedoucí"}
	mine := &atlas.Practice{Meta: meta, Title: "Moje karta", Contacts: []atlas.Person{{Name: "Karel Zůstává", Email: "karel@mesto.example"}, contact}, Videos: []atlas.Video{speaks, stays}}
	theirs := &atlas.Practice{Meta: meta, Title: "Cizí karta", Contacts: []atlas.Person{contact}, Videos: []atlas.Video{stays}}
	measured := project("Měřený")
	measured.Indicators = []atlas.Indicator{{Name: "Účastníci", Measurements: []atlas.Measurement{{Period: "2024", Value: "5", EnteredBy: "Vendula Ryzová"}}}}
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		err := errors.Join(tx.PutEvaluation(ctx, counted, by(other)), tx.PutEvaluation(ctx, left, by(other)), tx.PutEvaluation(ctx, given, by(other)), tx.PutEvaluation(ctx, replied, by(other)),
			tx.PutPractice(ctx, mine, by(a.ID)), tx.PutPractice(ctx, theirs, by(other)), tx.PutProject(ctx, measured, by(a.ID)))
		for _, x := range []*atlas.Sheet{ // L-00001 … L-00007
			sheet(atlas.SheetCheck, "", a.ID, false, "Ryzová se ptá sama sebe"), sheet(atlas.SheetEvaluator, counted.ID, a.ID, true, own),
			sheet(atlas.SheetEvaluator, left.ID, a.ID, true, "Ryzová odešla"), sheet(atlas.SheetEvaluator, given.ID, a.ID, true, "Ryzová zbytečně"),
			sheet(atlas.SheetSelf, counted.ID, a.ID, false, "Ryzová nedopsala"), sheet(atlas.SheetEvaluator, counted.ID, other, true, "Cizí list"),
			sheet(atlas.SheetCheck, "", other, false, "Cizí sebekontrola"),
		} {
			err = errors.Join(err, tx.PutSheet(ctx, x, by(other)))
			x.Weaknesses = x.Strengths
			err = errors.Join(err, tx.PutSheet(ctx, x, by(other)))
		}
		for n, card := range []*atlas.Practice{mine, theirs} {
			link := &atlas.Replication{Meta: meta, Practice: card.ID, PlaceText: "Jinde"}
			err = errors.Join(err, tx.PutReplication(ctx, link, by(other)))
			text := []string{"Karel odpovídá", "odpovídá Ryzová"}[n]
			err = errors.Join(err, tx.PutTransferMessage(ctx, &store.TransferMessage{Replication: link.ID, Side: store.SideSource, Text: text, At: noon}),
				tx.PutTransferMessage(ctx, &store.TransferMessage{Replication: link.ID, Side: store.SideFollower, Text: "ptáme se", By: other, At: noon}))
		}
		return err
	})
}

// erased is a database in which an account that judged was erased.
func erased(t *testing.T, s *store.Store) *atlas.Account {
	t.Helper()
	a := &atlas.Account{Email: "vendula.ryzova@mesto.example", Name: "Vendula Ryzová", Lang: "cs", State: atlas.AccountActive, CreatedAt: noon, SeenAt: noon}
	update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutAccount(ctx, a) })
	judges(t, s, a)
	update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EraseAccount(ctx, a.ID, noon.Add(time.Hour)) })
	return a
}

func TestASheetThatAResultRestsOnStaysWithoutTheNameOfItsAuthor(t *testing.T) { // 12.2, 8.2.8
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, ctx := erased(t, s), t.Context()
		const nameless = "Sestavila […], pište na […]. Výsledek stojí."
		x := must(s.Sheet(ctx, "L-00002"))
		if x.Account != a.ID || !x.Done() || x.Scores[0].Points != 3 || x.Strengths != nameless || x.Scores[0].Justification != nameless ||
			x.Scores[0].Evidence[0].Text != nameless || x.Gates[0].Note != nameless || x.Opinions[0].Source != nameless {
			t.Errorf("the sheet: %+v", x)
		}
		for v := range x.Version {
			var old atlas.Sheet
			if err := json.Unmarshal(must(s.Version(ctx, atlas.KindSheet, x.ID, v+1)), &old); err != nil || old.Strengths != nameless || old.Scores[0].Points != 3 {
				t.Errorf("version %d: %+v, %v", v+1, old, err)
			}
		}
		if e := must(s.Evaluation(ctx, "E-00001")); e.Statement != nameless || e.Settlements[0].Text != nameless || e.Assignments[0].Account != a.ID {
			t.Errorf("the evaluation: %+v", e)
		}
		if e := must(s.Evaluation(ctx, "E-00002")); e.Assignments[0].Reason != "" || e.Assignments[0].State != atlas.AssignmentConflict || e.Assignments[1].Reason != "cizí důvod" {
			t.Errorf("reasons: %+v", e.Assignments)
		}
		if e := must(s.Evaluation(ctx, "E-00004")); e.Reply != nameless {
			t.Errorf("the reply: %q", e.Reply)
		}
		if other := must(s.Sheet(ctx, "L-00006")); other.Strengths != "Cizí list" || other.Version != 2 {
			t.Errorf("the sheet of another: %+v", other)
		}
		verified(t, s)
	})
}

func TestWhatNoResultRestsOnGoesWithAllItsSnapshots(t *testing.T) { // 12.2, 8.2.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		_, ctx := erased(t, s), t.Context()
		for id, what := range map[string]string{"L-00001": "a self-check", "L-00003": "of a panel that was left", "L-00004": "of what was given up", "L-00005": "never submitted"} {
			if _, err := s.Sheet(ctx, id); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("%s is there: %v", what, err)
			}
			for v := range int64(2) {
				text := string(must(s.Version(ctx, atlas.KindSheet, id, v+1)))
				if !strings.Contains(text, `"`+id+`"`) || strings.Contains(text, "Scores") || strings.Contains(text, "P-00001") || strings.Contains(text, "Title") {
					t.Errorf("%s, version %d: %s", what, v+1, text)
				}
			}
		}
		if x := must(s.Sheet(ctx, "L-00007")); x.Title != "Cizí sebekontrola" {
			t.Errorf("the self-check of another: %+v", x)
		}
		verified(t, s)
	})
}

func TestAnErasedPersonStandsOnNoCardAndSpeaksInNoVideo(t *testing.T) { // 12.2, R2-13
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		_, ctx := erased(t, s), t.Context()
		mine, theirs := must(s.Practice(ctx, "K-00001")), must(s.Practice(ctx, "K-00002"))
		if len(mine.Contacts) != 1 || mine.Contacts[0].Name != "Karel Zůstává" || len(theirs.Contacts) != 0 {
			t.Errorf("contacts: %+v, %+v", mine.Contacts, theirs.Contacts)
		}
		same(t, "videos", []atlas.Video{{URL: "https://youtu.be/abc", Title: "Rozhovor"}, {URL: "https://youtu.be/def", Title: "Jiný", Speaker: "Karel Zůstává", Function: "vedoucí"}}, mine.Videos)
		if got := must(s.TransferMessages(ctx, "B-00001")); len(got) != 2 {
			t.Errorf("what another contact may have written is gone: %+v", got)
		}
		if got := must(s.TransferMessages(ctx, "B-00002")); len(got) != 1 || got[0].By == "" {
			t.Errorf("what the only contact wrote: %+v", got)
		}
		verified(t, s)
	})
}

// A name counts in what the person wrote only, and whole.
func TestNobodyLosesTheirPlaceToANamesake(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := &atlas.Account{Email: "j@mesto.example", Name: "Jan Novák", Lang: "cs", State: atlas.AccountActive, CreatedAt: noon, SeenAt: noon}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutAccount(ctx, a),
				tx.PutPractice(ctx, &atlas.Practice{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Title: "Cizí", Videos: []atlas.Video{{Speaker: "Jan Novák"}}}, write()),
				tx.PutEvaluation(ctx, &atlas.Evaluation{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Project: "P-00001", State: atlas.EvaluationPublished, Statement: "Jan Novák"}, write()))
		})
		mine := &atlas.Evaluation{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Project: "P-00001", State: atlas.EvaluationPublished, Statement: "Jana Nováková, Jan Nováková, ajan novák, Jan  NOVÁK.",
			Assignments: []atlas.Assignment{{Account: a.ID, State: atlas.AssignmentSubmitted}}}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutEvaluation(ctx, mine, write()) })
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EraseAccount(ctx, a.ID, noon) })
		if p, e := must(s.Practice(ctx, "K-00001")), must(s.Evaluation(ctx, "E-00001")); p.Version != 1 || e.Version != 1 {
			t.Errorf("records of others: %+v, %+v", p, e)
		}
		if e := must(s.Evaluation(ctx, mine.ID)); e.Statement != "Jana Nováková, Jan Nováková, ajan novák, […]." {
			t.Errorf("%q", e.Statement)
		}
	})
}
