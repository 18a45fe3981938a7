package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// RemarkLimit is how many letters a note may have.
const RemarkLimit = 4000

// Matter (věc) is what authors and editors write about: a record or a proposal.
type Matter struct {
	Kind   string // of the record; also of that which a proposal would change
	ID     string // "P-00001", "A-00001", "N-00001"
	Title  string
	Author string // account, "" where no person wrote it
	Record any    // as it stands
	// Proposal is nil of a record.
	Proposal *store.Proposal
}

// Matter reads a record or a proposal for its author, for who may edit it and for
// editors; for all others it does not exist.
func (a *App) Matter(ctx context.Context, v atlas.Viewer, id string) (*Matter, error) {
	return a.matter(ctx, a.Reader(), v, id)
}

func (a *App) matter(ctx context.Context, r *store.Reader, v atlas.Viewer, id string) (*Matter, error) {
	m := &Matter{ID: id}
	var record string
	switch {
	case strings.HasPrefix(id, "N-"):
		p, err := r.Proposal(ctx, id)
		if err != nil {
			return nil, err
		}
		m.Proposal, m.Kind, m.Author, record = &p, p.Kind, p.By, p.Record
	case strings.HasPrefix(id, "P-"):
		m.Kind, record = atlas.KindProject, id
	case strings.HasPrefix(id, "A-"):
		m.Kind, record = atlas.KindActor, id
	default:
		return nil, fmt.Errorf("matter %q: %w", id, atlas.ErrNotFound)
	}
	var err error
	if m.Record, err = recordOf(ctx, r, m.Kind, record); err != nil {
		return nil, err
	}
	if m.Title = titleOf(m.Record, v.Lang); m.Proposal == nil {
		m.Author = metaOf(m.Record).CreatedBy
	}
	if !a.concerns(v, m) {
		return nil, fmt.Errorf("matter %q: %w", id, atlas.ErrNotFound)
	}
	return m, nil
}

// concerns says whether a viewer may read and write notes about a matter.
func (a *App) concerns(v atlas.Viewer, m *Matter) bool {
	if v.May(atlas.RightPublish) || v.SignedIn() && m.Author == v.Account {
		return true
	}
	return m.Proposal == nil && a.may(v, atlas.RightEdit, subjectOf(m.Record))
}

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

// saved does what goes with a record that was saved: its draft goes, the move of
// its status is noted and its author is told.
func (a *App) saved(ctx context.Context, tx *store.Tx, v atlas.Viewer, form string, stored, record any) error {
	if form != "" && v.SignedIn() {
		if err := tx.DropDraft(ctx, v.Account, form); err != nil {
			return err
		}
	}
	from := ""
	if stored != nil {
		from = metaOf(stored).RecordStatus
	}
	if !v.SignedIn() || from == metaOf(record).RecordStatus {
		return nil
	}
	_, err := a.moved(ctx, tx, v, record, from, "", "")
	return err
}

// deeds are what a move of the status is called.
var deeds = map[string]string{
	atlas.RecordReview: store.DeedSent, atlas.RecordPublished: store.DeedPublished,
	atlas.RecordReturned: store.DeedReturned, atlas.RecordArchived: store.DeedArchived,
}

// moved notes that a record has another status, takes the organisations that came
// with it along, which it gives, and tells its author.
func (a *App) moved(ctx context.Context, tx *store.Tx, v atlas.Viewer, record any, from, reason, origin string) (along []store.ReviewItem, err error) {
	meta, id := metaOf(record), idOf(record)
	deed := deeds[meta.RecordStatus]
	if meta.RecordStatus == atlas.RecordDraft && from == atlas.RecordReview {
		deed = store.DeedWithdrawn
	}
	if deed == "" {
		return nil, nil
	}
	if err := a.remark(ctx, tx, v, id, deed, reason); err != nil {
		return nil, err
	}
	if p, ok := record.(*atlas.Project); ok {
		if along, err = a.accompany(ctx, tx, v, p, origin); err != nil {
			return nil, err
		}
	}
	return along, a.tellMoved(ctx, tx, v, meta.CreatedBy, id, deed, reason, func(lang string) string { return titleOf(record, lang) })
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

// accompany moves the organisations that a project names and that came with it:
// drafts of its author go to editors with it, and what waits is published with
// it. One that breaks a rule stays and waits for itself.
func (a *App) accompany(ctx context.Context, tx *store.Tx, v atlas.Viewer, p *atlas.Project, origin string) ([]store.ReviewItem, error) {
	if p.RecordStatus != atlas.RecordReview && p.RecordStatus != atlas.RecordPublished {
		return nil, nil
	}
	var ids []string
	for _, q := range p.Parties {
		ids = append(ids, q.Actor)
	}
	for _, f := range p.Funding {
		ids = append(ids, f.Funder)
	}
	all, err := tx.Actors(ctx, distinct(ids))
	if err != nil {
		return nil, err
	}
	var along []store.ReviewItem
	w := a.write(v)
	if origin != "" {
		w.Origin = origin
	}
	for _, r := range all {
		mine := r.CreatedBy == p.CreatedBy && (r.RecordStatus == atlas.RecordDraft || r.RecordStatus == atlas.RecordReview)
		if !mine || r.RecordStatus == p.RecordStatus {
			continue
		}
		if r.RecordStatus = p.RecordStatus; len(a.prepareActor(r)) > 0 {
			continue
		}
		if err := tx.PutActor(ctx, r, w); err != nil {
			return nil, err
		}
		along = append(along, store.ReviewItem{Kind: atlas.KindActor, ID: r.ID, Version: r.Version})
	}
	return along, nil
}

// Subject is the record of a matter for permissions.
func (m *Matter) Subject() atlas.Subject { return subjectOf(m.Record) }

// Sources are those of the record of a matter.
func (m *Matter) Sources() []atlas.Source { return *sourcesOf(m.Record) }
