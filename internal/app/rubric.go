package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// Rubrics are all versions of all rubrics that a viewer may read: family by family,
// the newest version first, drafts before it.
func (a *App) Rubrics(ctx context.Context, v atlas.Viewer) ([]*atlas.Rubric, error) {
	all, err := a.rubricsOf(ctx, a.Reader(), "")
	return slices.DeleteFunc(all, func(r *atlas.Rubric) bool { return !a.may(v, atlas.RightRead, r.Subject()) }), err
}

// OpenRubrics are the versions by which an evaluation may begin in a mode, the
// newest of each family only; the zero mode asks for any.
func (a *App) OpenRubrics(ctx context.Context, mode atlas.Mode) ([]*atlas.Rubric, error) {
	all, err := a.rubricsOf(ctx, a.Reader(), "")
	if err != nil {
		return nil, err
	}
	var out []*atlas.Rubric
	for _, r := range all {
		if r.Open() && (len(out) == 0 || out[len(out)-1].Family != r.Family) {
			out = append(out, r)
		}
	}
	return slices.DeleteFunc(out, func(r *atlas.Rubric) bool { return mode != "" && !r.Uses(mode) }), nil
}

// rubricsOf reads the versions of a family, "" of all of them, in the order of
// Rubrics.
func (a *App) rubricsOf(ctx context.Context, r *store.Reader, family string) ([]*atlas.Rubric, error) {
	var all []*atlas.Rubric
	err := r.EachRubric(ctx, func(x *atlas.Rubric) error {
		if family == "" || x.Family == family {
			all = append(all, x)
		}
		return nil
	})
	slices.SortStableFunc(all, func(x, y *atlas.Rubric) int {
		unpublished := func(r *atlas.Rubric) int { return min(r.Number, 1) }
		return cmp.Or(cmp.Compare(x.Family, y.Family), cmp.Compare(unpublished(x), unpublished(y)), cmp.Compare(y.Number, x.Number), cmp.Compare(x.ID, y.ID))
	})
	return all, err
}

// SaveRubric writes a draft of a rubric, new or changed; form is what was typed
// into, "" of none. A published version is refused. Of a new one r.Family must be a
// family that there is not, or NextRubric has begun it.
func (a *App) SaveRubric(ctx context.Context, v atlas.Viewer, form string, r *atlas.Rubric) error {
	return a.changeRubrics(ctx, v, func(tx *store.Tx) error {
		if r.ID == "" {
			if others, err := a.rubricsOf(ctx, tx.Reader, r.Family); err != nil {
				return err
			} else if len(others) > 0 {
				return refusal("family", "problem.family_taken", "family", r.Family)
			}
			r.Meta = atlas.Meta{Sample: r.Sample}
		} else {
			now, err := tx.Rubric(ctx, r.ID)
			if err != nil {
				return err
			}
			if now.RecordStatus != atlas.RecordDraft {
				return refusal("", "problem.rubric_frozen") // 8.2.8
			}
			read := r.Version
			r.Meta, r.Family = now.Meta, now.Family
			r.Version = read
		}
		r.RecordStatus, r.Number = atlas.RecordDraft, 0
		if err := a.putRubric(ctx, tx, v, r, atlas.StageSave); err != nil {
			return err
		}
		if form == "" || !v.SignedIn() {
			return nil
		}
		return tx.DropDraft(ctx, v.Account, form)
	})
}

// TakeRubric writes a rubric from elsewhere as a draft: of a family that there is,
// its next version. Whose it is the file does not say.
func (a *App) TakeRubric(ctx context.Context, v atlas.Viewer, r *atlas.Rubric) error {
	return a.changeRubrics(ctx, v, func(tx *store.Tx) error {
		others, err := a.rubricsOf(ctx, tx.Reader, r.Family)
		if err != nil {
			return err
		}
		r.ID, r.Number, r.Owner, r.Meta = "", 0, "", atlas.Meta{RecordStatus: atlas.RecordDraft}
		if len(others) > 0 {
			r.Owner = others[len(others)-1].Owner
		}
		return a.putRubric(ctx, tx, v, r, atlas.StageSave)
	})
}

// NextRubric begins the next version of the family of a version: a draft that is a
// copy of the newest one that was published, or the draft that somebody has begun.
// It gives its code.
func (a *App) NextRubric(ctx context.Context, v atlas.Viewer, id string) (next string, err error) {
	err = a.changeRubrics(ctx, v, func(tx *store.Tx) error {
		from, err := tx.Rubric(ctx, id)
		if err != nil {
			return err
		}
		all, err := a.rubricsOf(ctx, tx.Reader, from.Family)
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.RecordStatus == atlas.RecordDraft {
				next = r.ID
				return nil
			}
			if r.Number > from.Number {
				from = r
			}
		}
		r := *from
		r.ID, r.Number, r.Meta = "", 0, atlas.Meta{RecordStatus: atlas.RecordDraft, Sample: from.Sample}
		if err := a.putRubric(ctx, tx, v, &r, atlas.StageSave); err != nil {
			return err
		}
		next = r.ID
		return nil
	})
	return next, err
}

// PublishRubric makes a draft the next version of its family, which never changes
// any more, or opens a withdrawn version again. version is the one that was read.
func (a *App) PublishRubric(ctx context.Context, v atlas.Viewer, id string, version int64) error {
	return a.moveRubric(ctx, v, id, version, func(tx *store.Tx, r *atlas.Rubric) error {
		if r.RecordStatus != atlas.RecordDraft && !r.Withdrawn() {
			return ErrTransition
		}
		r.RecordStatus = atlas.RecordPublished
		if r.Number > 0 {
			return nil
		}
		all, err := a.rubricsOf(ctx, tx.Reader, r.Family)
		for _, other := range all {
			r.Number = max(r.Number, other.Number)
		}
		r.Number++
		return err
	})
}

// WithdrawRubric puts a version away: no evaluation begins by it any more; those
// made by it stay as they are. A draft is given up.
func (a *App) WithdrawRubric(ctx context.Context, v atlas.Viewer, id string, version int64) error {
	return a.moveRubric(ctx, v, id, version, func(_ *store.Tx, r *atlas.Rubric) error {
		if r.RecordStatus != atlas.RecordDraft && !r.Open() {
			return ErrTransition
		}
		r.RecordStatus = atlas.RecordArchived
		return nil
	})
}

// moveRubric changes the state of a version and nothing else of it.
func (a *App) moveRubric(ctx context.Context, v atlas.Viewer, id string, version int64, move func(*store.Tx, *atlas.Rubric) error) error {
	return a.changeRubrics(ctx, v, func(tx *store.Tx) error {
		r, err := tx.Rubric(ctx, id)
		if err != nil {
			return err
		}
		if r.Version != version {
			return &atlas.ConflictError{Kind: atlas.KindRubric, ID: id, Read: version, Current: r.Version}
		}
		if err := move(tx, r); err != nil {
			return err
		}
		stage := atlas.StageSave
		if r.Open() {
			stage = atlas.StagePublish
		}
		return a.putRubric(ctx, tx, v, r, stage)
	})
}

// changeRubrics is a transaction of whoever may change rubrics.
func (a *App) changeRubrics(ctx context.Context, v atlas.Viewer, fn func(*store.Tx) error) error {
	if !v.May(atlas.RightLists) {
		return atlas.ErrForbidden
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightLists, atlas.Subject{}); err != nil {
			return err
		}
		return fn(tx)
	})
}

func (a *App) putRubric(ctx context.Context, tx *store.Tx, v atlas.Viewer, r *atlas.Rubric, stage atlas.Stage) error {
	wrong := r.Problems(stage)
	if r.Owner != "" {
		if _, err := tx.Actor(ctx, r.Owner); errors.Is(err, atlas.ErrNotFound) {
			wrong = append(wrong, missing("owner", r.Owner))
		} else if err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return tx.PutRubric(ctx, r, a.write(v))
}
