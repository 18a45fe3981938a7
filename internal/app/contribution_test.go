package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/mail"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// desk is an application that writes letters, with an author and an editor.
type desk struct {
	*app.App
	store          *store.Store
	author, editor atlas.Viewer
}

func newDesk(t *testing.T, s *store.Store) *desk {
	t.Helper()
	letters, err := mail.NewComposer(mail.Site{BaseURL: "https://atlas.example"})
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(s, app.Options{
		Now: func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }, Letters: letters,
		Pages: func(lang, about string) string { return "https://atlas.example/" + lang + "/" + about },
	})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := &desk{App: a, store: s}
	for email, v := range map[string]*atlas.Viewer{"jana@mesto.example": &d.author, "eva@atlas.example": &d.editor} {
		who := &atlas.Account{Email: email, Name: "Jana", Lang: "en", State: atlas.AccountActive, CreatedAt: a.Now()}
		if err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutAccount(t.Context(), who) }); err != nil {
			t.Fatal(err)
		}
		*v = atlas.Viewer{Account: who.ID, Name: who.ID, Lang: "cs"}
	}
	d.editor.Grants = []atlas.Grant{{Role: atlas.RoleMethodologist}}
	return d
}

// letters are the kinds of letters to an address, in their order.
func (d *desk) letters(t *testing.T, to string) []string {
	t.Helper()
	all, err := d.store.Letters(t.Context(), "waiting", 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range all {
		if l.To == to {
			out = append(out, l.Kind)
		}
	}
	slices.Sort(out)
	return out
}

func TestBothSidesAreToldByALetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		p := mis(simi(t, d.App).ID)
		p.RecordStatus = atlas.RecordReview
		if err := d.SaveProject(t.Context(), d.author, p); err != nil {
			t.Fatal(err)
		}
		if err := d.Decide(t.Context(), d.editor, p.ID, 1, store.DeedReturned, "Chybí rok."); err != nil {
			t.Fatal(err)
		}
		if err := d.AddRemark(t.Context(), d.author, p.ID, "Doplním."); err != nil {
			t.Fatal(err)
		}
		if err := d.Send(t.Context(), d.author, p.ID); err != nil {
			t.Fatal(err)
		}
		if err := d.Decide(t.Context(), d.editor, p.ID, 3, store.DeedPublished, ""); err != nil {
			t.Fatal(err)
		}
		if got, want := d.letters(t, "jana@mesto.example"), []string{"published", "received", "received", "returned"}; !slices.Equal(got, want) {
			t.Errorf("to the author: %v", got)
		}
		if got, want := d.letters(t, "eva@atlas.example"), []string{"remark"}; !slices.Equal(got, want) {
			t.Errorf("to the editor: %v", got)
		}
	})
}

func TestADecisionThatFailsTellsNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		p := mis(simi(t, d.App).ID)
		p.RecordStatus, p.Goal = atlas.RecordReview, ""
		if err := d.SaveProject(t.Context(), d.author, p); err != nil {
			t.Fatal(err)
		}
		var invalid *atlas.InvalidError
		if err := d.Decide(t.Context(), d.editor, p.ID, 1, store.DeedPublished, ""); !errors.As(err, &invalid) || invalid.Problems[0].Field != "goal" {
			t.Errorf("unfinished: %v", err)
		}
		if err := d.Decide(t.Context(), d.editor, p.ID, 9, store.DeedReturned, "ne"); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("another version: %v", err)
		}
		if err := d.Decide(t.Context(), d.author, p.ID, 1, store.DeedPublished, ""); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("by the author: %v", err)
		}
		if err := d.Decide(t.Context(), d.editor, p.ID, 1, store.DeedReturned, strings.Repeat("ž", app.RemarkLimit+1)); !errors.As(err, &invalid) {
			t.Errorf("a long reason: %v", err)
		}
		if got := d.letters(t, "jana@mesto.example"); !slices.Equal(got, []string{"received"}) {
			t.Errorf("%v", got)
		}
		if all, _ := d.Reader().Remarks(t.Context(), p.ID); len(all) != 1 {
			t.Errorf("%+v", all)
		}
	})
}

// What is saved and its draft go in one transaction: a program killed between
// leaves both or neither.
func TestADraftGoesWithTheSavingAndStaysWithoutIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		const form = "/projekty/novy"
		keep := func() {
			if err := d.KeepDraft(t.Context(), d.author, store.Draft{Form: form, Title: "Klub", Content: "title_cs=Klub"}); err != nil {
				t.Fatal(err)
			}
		}
		kept := func() int {
			all, err := d.Drafts(t.Context(), d.author)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		keep()
		p := mis("A-99999")
		p.RecordStatus = atlas.RecordDraft
		if err := d.SaveProjectOf(t.Context(), d.author, form, p); err == nil || kept() != 1 {
			t.Errorf("%v, %d drafts", err, kept())
		}
		p.Parties[0].Actor, p.Funding[0].Funder = simi(t, d.App).ID, ""
		if err := d.SaveProjectOf(t.Context(), d.author, form, p); err != nil || kept() != 0 {
			t.Errorf("%v, %d drafts", err, kept())
		}
		if _, err := d.Draft(t.Context(), d.editor, form); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("of another person: %v", err)
		}
		if err := d.KeepDraft(t.Context(), atlas.Viewer{}, store.Draft{Form: form}); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("of nobody: %v", err)
		}
	})
}

func TestACorrectionSaysNothingOfWhatItsAuthorWasNotShown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		p := mis(simi(t, d.App).ID)
		p.Contacts = []atlas.Person{{Name: "Neveřejná Osoba", Email: "osoba@example.cz"}}
		if err := d.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		shown, err := d.EditionOf(t.Context(), d.author, atlas.KindProject, p.ID, 1)
		if err != nil {
			t.Fatal(err)
		}
		mine := *shown.Record.(*atlas.Project)
		if len(mine.Contacts) != 0 {
			t.Fatal("the contact is shown")
		}
		mine.Acronym = "MIS"
		sent, err := d.Propose(t.Context(), d.author, app.Correction{Kind: atlas.KindProject, Record: p.ID, BaseVersion: 1, Proposed: &mine})
		if err != nil {
			t.Fatal(err)
		}
		m, err := d.Matter(t.Context(), d.editor, sent.ID)
		if err != nil {
			t.Fatal(err)
		}
		fields, err := d.ProposedFields(t.Context(), d.editor, m)
		if err != nil || len(fields) != 1 || fields[0].Key != "acronym" || fields[0].State != app.FieldFree {
			t.Fatalf("%+v %v", fields, err)
		}
		if _, err := d.Matter(t.Context(), atlas.Viewer{Account: "U-77777", Name: "U-77777"}, sent.ID); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("another person: %v", err)
		}
		if err := d.Accept(t.Context(), d.editor, app.Acceptance{ID: sent.ID, Version: 1, Record: 1, Fields: []string{"acronym", "contacts", "record_status"}}); err != nil {
			t.Fatal(err)
		}
		now, err := d.Reader().Project(t.Context(), p.ID)
		if err != nil || now.Acronym != "MIS" || len(now.Contacts) != 1 || !now.Public() {
			t.Errorf("%+v %v", now, err)
		}
		if err := d.Withdraw(t.Context(), d.author, sent.ID); !errors.Is(err, app.ErrTransition) {
			t.Errorf("withdrawn after it was accepted: %v", err)
		}
	})
}

func TestOnlyTheAuthorOfACorrectionSendsItAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		p := mis(simi(t, d.App).ID)
		if err := d.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		changed := *p
		changed.Acronym = "MIS"
		c := app.Correction{Kind: atlas.KindProject, Record: p.ID, BaseVersion: 1, Proposed: &changed}
		sent, err := d.Propose(t.Context(), d.author, c)
		if err != nil {
			t.Fatal(err)
		}
		c.ID, c.Version = sent.ID, sent.Version
		if _, err := d.Propose(t.Context(), atlas.Viewer{Account: "U-77777", Name: "U-77777"}, c); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("by another person: %v", err)
		}
		c.Version = 7
		if _, err := d.Propose(t.Context(), d.author, c); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("over another version: %v", err)
		}
		if _, err := d.Propose(t.Context(), atlas.Viewer{}, c); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("by nobody: %v", err)
		}
	})
}
