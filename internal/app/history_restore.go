package app

import (
	"context"
	"fmt"

	"atlas"
	"atlas/internal/store"
)

// RestoreVersion makes a record what it was at an older version, as a new
// version of it; why may be said. current is the version the viewer has seen; when another stands
// by now, the error is an atlas.ConflictError. The rules of today hold: what
// breaks them is an atlas.InvalidError. Of a report only the texts go back: its
// editions are published and stay.
//
// The record status goes back too when the viewer has the right to publish;
// otherwise it stays as it is. A merged record is an atlas.RedirectError: its
// merge can be undone instead. What is restored by a mandate names it. Of rubrics and
// rounds nothing is restored: evaluations rest on them.
func (a *App) RestoreVersion(ctx context.Context, v atlas.Viewer, kind, id string, version, current int64, why string) error {
	if kind == atlas.KindRubric || kind == atlas.KindRound {
		return atlas.ErrForbidden
	}
	now, err := recordOf(ctx, a.Reader(), kind, id)
	if err != nil {
		return err
	}
	if !a.may(v, atlas.RightEdit, subjectOf(now)) || kind == atlas.KindReport && !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	if stands := MetaOf(now).Version; stands != current {
		return &atlas.ConflictError{Kind: kind, ID: id, Read: current, Current: stands}
	}
	old, err := a.EditionOf(ctx, v, kind, id, version)
	if err != nil {
		return err
	}
	// What is not public was hidden from who could not edit the record then.
	if !a.may(v, atlas.RightEdit, subjectOf(old.Record)) {
		return atlas.ErrForbidden
	}
	*MetaOf(old.Record) = restoredMeta(v, *MetaOf(now), *MetaOf(old.Record))
	if r, ok := old.Record.(*atlas.Report); ok {
		r.Editions, r.RecordStatus = now.(*atlas.Report).Editions, MetaOf(now).RecordStatus
	}
	w := a.writeOf(v, subjectOf(now))
	from := fmt.Sprintf("v%d", version)
	if mandate := (atlas.Change{Origin: w.Origin}).Mandate(); mandate != "" {
		from = mandate + " " + from
	}
	w.Action, w.Origin, w.Why = atlas.ActionRestore, from, why
	return a.update(ctx, func(tx *store.Tx) error { return a.put(ctx, tx, w, old.Record) })
}

// restoredMeta is the present Meta with what goes back of the older one: whether
// the content is invented, and the status by those who may publish. That a
// record was merged once does not come back.
func restoredMeta(v atlas.Viewer, now, old atlas.Meta) atlas.Meta {
	now.Sample = old.Sample
	if v.May(atlas.RightPublish) && old.RecordStatus != atlas.RecordMerged && old.RecordStatus != "" {
		now.RecordStatus = old.RecordStatus
	}
	return now
}
