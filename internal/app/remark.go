package app

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// RemarkLimit is how many letters a note may have.
const RemarkLimit = 4000

// Remarks reads what was said and done about a matter, the oldest first.
func (a *App) Remarks(ctx context.Context, v atlas.Viewer, m *Matter) ([]store.Remark, error) {
	if !a.concerns(v, m) {
		return nil, atlas.ErrNotFound
	}
	return a.Reader().Remarks(ctx, m.ID)
}

// AddRemark writes a note about a matter and tells the other side by a letter:
// the author of what an editor writes, the last editor of what others write.
func (a *App) AddRemark(ctx context.Context, v atlas.Viewer, id, text string) error {
	text = strings.TrimSpace(text)
	if wrong := checkWords("note", text, true); wrong != nil {
		return wrong
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		m, err := a.matter(ctx, tx.Reader, v, id)
		if err != nil {
			return err
		}
		before, err := tx.Remarks(ctx, m.ID)
		if err != nil {
			return err
		}
		if n := len(before); n > 0 && before[n-1].Deed == store.DeedNote && before[n-1].By == v.Name && before[n-1].Text == text {
			return nil // a double click
		}
		to := m.Author
		if !v.May(atlas.RightPublish) {
			to = lastEditor(before)
		}
		if err := a.remark(ctx, tx, v, m.ID, store.DeedNote, text); err != nil {
			return err
		}
		return a.tell(ctx, tx, v, to, m.ID, func(link string) mail.Content {
			return mail.RemarkAdded{Record: m.ID, Title: m.Title, Note: text, Link: link}
		})
	})
}

func lastEditor(all []store.Remark) string {
	last := ""
	for _, m := range all {
		if m.Staff {
			last = m.By
		}
	}
	return last
}

// checkWords refuses words of a person that are missing or too long.
func checkWords(field, text string, needed bool) error {
	switch n := utf8.RuneCountInString(text); {
	case n == 0 && needed:
		return &atlas.InvalidError{Problems: []atlas.Problem{{Field: field, Key: "problem.required"}}}
	case n > RemarkLimit:
		return &atlas.InvalidError{Problems: []atlas.Problem{{Field: field, Key: "problem.too_long", Args: map[string]any{"limit": RemarkLimit, "n": n}}}}
	}
	return nil
}

// remark notes what was said or done.
func (a *App) remark(ctx context.Context, tx *store.Tx, v atlas.Viewer, about, deed, text string) error {
	return tx.PutRemark(ctx, &store.Remark{About: about, Deed: deed, Text: text, Staff: v.May(atlas.RightPublish), By: v.Name, At: a.now().UTC()})
}

// tell has a letter sent to an account in its own language. Nobody is told of
// what they did themselves, and nothing is sent where no letters are.
func (a *App) tell(ctx context.Context, tx *store.Tx, v atlas.Viewer, to, about string, what func(link string) mail.Content) error {
	if a.letters == nil || to == "" || to == v.Account {
		return nil
	}
	return a.post(ctx, tx, to, about, what)
}

// post has a letter sent to an account; to one that was erased or is blocked none
// goes.
func (a *App) post(ctx context.Context, tx *store.Tx, to, about string, what func(link string) mail.Content) error {
	who, err := tx.Account(ctx, to)
	if errors.Is(err, atlas.ErrNotFound) { // written by an import or a command
		return nil
	}
	if err != nil || who.State != atlas.AccountActive {
		return err
	}
	l, err := a.letters.Compose(mail.Recipient{Address: who.Email, Name: who.Name, Lang: who.Lang}, what(a.pages(who.Lang, about)))
	if errors.Is(err, mail.ErrAddress) {
		return nil // what is decided is decided
	}
	if err != nil {
		return err
	}
	return PutLetter(ctx, tx, l, a.now())
}

// tellMoved writes to the author of a record or a proposal what became of it.
// That it was received they are told even though they sent it themselves.
func (a *App) tellMoved(ctx context.Context, tx *store.Tx, v atlas.Viewer, author, id, deed, reason string, title func(lang string) string) error {
	if a.letters == nil || author == "" {
		return nil
	}
	name := title("cs")
	switch deed {
	case store.DeedSent:
		return a.post(ctx, tx, author, id, func(link string) mail.Content {
			return mail.ProposalReceived{Record: id, Title: name, Link: link}
		})
	case store.DeedReturned:
		return a.tell(ctx, tx, v, author, id, func(link string) mail.Content {
			return mail.ProposalReturned{Record: id, Title: name, Reason: reason, Link: link}
		})
	case store.DeedPublished, store.DeedAccepted:
		return a.tell(ctx, tx, v, author, id, func(link string) mail.Content {
			return mail.ProposalPublished{Record: id, Title: name, Link: link}
		})
	}
	return nil
}
