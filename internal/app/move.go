package app

import (
	"context"

	"atlas"
	"atlas/internal/store"
)

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
		from = MetaOf(stored).RecordStatus
	}
	if !v.SignedIn() || from == MetaOf(record).RecordStatus {
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
	meta, id := MetaOf(record), idOf(record)
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
	return along, a.tellMoved(ctx, tx, v, meta.CreatedBy, id, deed, reason, func(lang string) string { return TitleOf(record, lang) })
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

// Withdraw takes back what its author sent and nobody decided yet: a record
// becomes a draft again, a correction is closed.
func (a *App) Withdraw(ctx context.Context, v atlas.Viewer, id string) error {
	return a.update(ctx, func(tx *store.Tx) error {
		m, err := a.matter(ctx, tx.Reader, v, id)
		if err != nil {
			return err
		}
		if m.Proposal == nil {
			_, err := a.moveTo(ctx, tx, v, m.Record, atlas.RecordDraft, "", "")
			return err
		}
		p := m.Proposal
		if !v.SignedIn() || p.By != v.Account {
			return atlas.ErrForbidden
		}
		if p.State != store.ProposalWaiting && p.State != store.ProposalReturned {
			return ErrTransition
		}
		p.State = store.ProposalWithdrawn
		if err := tx.PutProposal(ctx, p); err != nil {
			return err
		}
		return a.remark(ctx, tx, v, id, store.DeedWithdrawn, "")
	})
}

// Send sends a draft of the viewer, or one that came back, to editors.
func (a *App) Send(ctx context.Context, v atlas.Viewer, id string) error {
	return a.update(ctx, func(tx *store.Tx) error {
		m, err := a.matter(ctx, tx.Reader, v, id)
		if err != nil {
			return err
		}
		if m.Proposal != nil {
			return ErrTransition
		}
		_, err = a.moveTo(ctx, tx, v, m.Record, atlas.RecordReview, "", "")
		return err
	})
}

// moveTo gives a record another status and does all that goes with it.
func (a *App) moveTo(ctx context.Context, tx *store.Tx, v atlas.Viewer, record any, to, reason, origin string) ([]store.ReviewItem, error) {
	meta, from := MetaOf(record), MetaOf(record).RecordStatus
	if !a.MayMove(v, subjectOf(record), to) {
		return nil, ErrTransition
	}
	w := a.writeOf(v, subjectOf(record))
	if origin != "" {
		w.Origin = origin
	}
	meta.RecordStatus = to
	if err := a.put(ctx, tx, w, record); err != nil {
		meta.RecordStatus = from
		return nil, err
	}
	return a.moved(ctx, tx, v, record, from, reason, origin)
}
