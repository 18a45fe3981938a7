package app

import (
	"context"
	"errors"
	"fmt"

	"atlas"
	"atlas/internal/store"
)

// ErrTransition is a change of the record status that CL-12 does not know, or
// that is not the viewer's to make any more.
var ErrTransition = fmt.Errorf("record status cannot change so: %w", atlas.ErrConflict)

// Transitions lists the statuses a record may go to from one.
func Transitions(from string) []string { return atlas.StatusesAfter(from) }

// MayMove says whether a viewer may give a record, of which the subject as it
// stands is given, another status (CL-12).
func (a *App) MayMove(v atlas.Viewer, s atlas.Subject, to string) bool {
	return atlas.MayMove(v, a.Places().Within(s), to)
}

// guard refuses what a viewer may not write, by the record as it stands and not
// as it was sent, and takes from the store what is never a person's to say: who
// wrote the record first, where its imported sources come from. It gives the
// record that stands; nil of a new one.
func (a *App) guard(ctx context.Context, r *store.Reader, v atlas.Viewer, kind string, posted any) (any, error) {
	var stored any
	if id := idOf(posted); id != "" {
		var err error
		if stored, err = recordOf(ctx, r, kind, id); err != nil && !errors.Is(err, atlas.ErrNotFound) {
			return nil, err
		} else if err != nil {
			stored = nil
		}
	}
	if stored == nil {
		return nil, a.guardNew(v, kind, posted)
	}
	return stored, a.guardStored(v, posted, stored)
}

// guardNew lets those who propose write a new draft or send it to editors.
func (a *App) guardNew(v atlas.Viewer, kind string, posted any) error {
	meta := MetaOf(posted)
	if meta.RecordStatus == "" {
		meta.RecordStatus = atlas.RecordDraft
	}
	if !atlas.MayMove(v, atlas.Subject{}, meta.RecordStatus) || byEditors(kind) && !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	if v.SignedIn() { // neither a command nor the demo content
		*meta = atlas.Meta{RecordStatus: meta.RecordStatus, Version: meta.Version}
		keepOrigins(posted, nil)
	}
	return nil
}

// byEditors says whether records of a kind are only written by those who may
// publish them, and not proposed.
func byEditors(kind string) bool {
	return kind == atlas.KindCall || kind == atlas.KindExtent || kind == atlas.KindCollection
}

func (a *App) guardStored(v atlas.Viewer, posted, stored any) error {
	if !a.may(v, atlas.RightEdit, subjectOf(stored)) {
		return atlas.ErrForbidden
	}
	meta, now := MetaOf(posted), MetaOf(stored)
	if meta.RecordStatus == "" {
		meta.RecordStatus = now.RecordStatus
	}
	publisher := v.May(atlas.RightPublish)
	if meta.RecordStatus != now.RecordStatus && !a.MayMove(v, subjectOf(stored), meta.RecordStatus) {
		if publisher {
			return ErrTransition
		}
		return atlas.ErrForbidden
	}
	meta.CreatedBy, meta.CreatedAt, meta.MergedInto = now.CreatedBy, now.CreatedAt, now.MergedInto
	if publisher {
		if v.SignedIn() {
			keepOrigins(posted, stored)
		}
		return nil
	}
	meta.Sample = now.Sample
	keepOrigins(posted, stored)
	s := subjectOf(posted)
	if s.Status = now.RecordStatus; !a.may(v, atlas.RightEdit, s) {
		return &atlas.InvalidError{Problems: []atlas.Problem{{Field: handedOver(posted), Key: "problem.handed_over"}}}
	}
	return nil
}

// handedOver is the field by which a record would leave those who write it.
func handedOver(posted any) string {
	switch posted.(type) {
	case *atlas.Project:
		return "parties"
	case *atlas.Need, *atlas.Replication:
		return "territory"
	}
	return "territories"
}

// keepOrigins holds the sources of a posted record to those of the stored one.
func keepOrigins(posted, stored any) {
	var before []atlas.Source
	if all := sourcesOf(stored); all != nil {
		before = *all
	}
	if s := sourcesOf(posted); s != nil {
		*s = atlas.KeepOrigins(*s, before)
	}
}

func sourcesOf(record any) *[]atlas.Source {
	switch r := record.(type) {
	case *atlas.Project:
		return &r.Sources
	case *atlas.Actor:
		return &r.Sources
	case *atlas.Call:
		return &r.Sources
	case *atlas.Need:
		return &r.Sources
	case *atlas.Practice:
		return &r.Sources
	case *atlas.Replication:
		return &r.Sources
	}
	return nil
}

// recordOf reads a record as it stands.
func recordOf(ctx context.Context, r *store.Reader, kind, id string) (any, error) {
	switch kind {
	case atlas.KindProject:
		return only(r.Project(ctx, id))
	case atlas.KindActor:
		return only(r.Actor(ctx, id))
	case atlas.KindCall:
		return only(r.Call(ctx, id))
	case atlas.KindExtent:
		return only(r.Extent(ctx, id))
	case atlas.KindNeed:
		return only(r.Need(ctx, id))
	case atlas.KindReport:
		return only(r.Report(ctx, id))
	case atlas.KindRubric:
		return only(r.Rubric(ctx, id))
	case atlas.KindRound:
		return only(r.Round(ctx, id))
	case atlas.KindEvaluation:
		return only(r.Evaluation(ctx, id))
	case atlas.KindSheet:
		return only(r.Sheet(ctx, id))
	case atlas.KindPractice:
		return only(r.Practice(ctx, id))
	case atlas.KindCollection:
		return only(r.Collection(ctx, id))
	case atlas.KindReplication:
		return only(r.Replication(ctx, id))
	}
	return nil, fmt.Errorf("%s %s: %w", kind, id, atlas.ErrNotFound)
}

// readMany reads records in the order of ids as they stand, leaving out those not
// there.
func readMany(ctx context.Context, r *store.Reader, kind string, ids []string) ([]any, error) {
	switch kind {
	case atlas.KindProject:
		return anyOf(r.Projects(ctx, ids))
	case atlas.KindActor:
		return anyOf(r.Actors(ctx, ids))
	case atlas.KindCall:
		return anyOf(r.Calls(ctx, ids))
	case atlas.KindExtent:
		return anyOf(r.Extents(ctx, ids))
	case atlas.KindNeed:
		return anyOf(r.Needs(ctx, ids))
	case atlas.KindPractice:
		return anyOf(r.Practices(ctx, ids))
	case atlas.KindReplication:
		return anyOf(r.Replications(ctx, ids))
	case atlas.KindEvaluation:
		return anyOf(r.Evaluations(ctx, ids))
	}
	return nil, fmt.Errorf("records of %s: %w", kind, atlas.ErrNotFound)
}

func anyOf[T any](all []*T, err error) ([]any, error) {
	out := make([]any, len(all))
	for i, r := range all {
		out[i] = r
	}
	return out, err
}

// only keeps a failed reading from giving a pointer to nothing in an interface.
func only[T any](record *T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return record, nil
}

// put writes a record of any kind when nothing stands in its way.
func (a *App) put(ctx context.Context, tx *store.Tx, w store.Write, record any) error {
	switch r := record.(type) {
	case *atlas.Project:
		return a.putProject(ctx, tx, w, r)
	case *atlas.Actor:
		if wrong := a.prepareActor(r); len(wrong) > 0 {
			return &atlas.InvalidError{Problems: wrong}
		}
		return tx.PutActor(ctx, r, w)
	case *atlas.Call:
		if wrong := a.callProblems(r); len(wrong) > 0 {
			return &atlas.InvalidError{Problems: wrong}
		}
		return tx.PutCall(ctx, r, w)
	case *atlas.SourceExtent:
		wrong, err := a.extentProblems(ctx, tx.Reader, r)
		if len(wrong) > 0 {
			err = &atlas.InvalidError{Problems: wrong}
		}
		if err != nil {
			return err
		}
		return tx.PutExtent(ctx, r, w)
	case *atlas.Need:
		wrong, err := a.needProblems(ctx, tx.Reader, r)
		if len(wrong) > 0 {
			err = &atlas.InvalidError{Problems: wrong}
		}
		if err != nil {
			return err
		}
		return tx.PutNeed(ctx, r, w)
	case *atlas.Practice:
		return a.putPractice(ctx, tx, w, r)
	case *atlas.Collection:
		return a.putCollection(ctx, tx, w, r)
	case *atlas.Report:
		if wrong := a.reportProblems(r); len(wrong) > 0 {
			return &atlas.InvalidError{Problems: wrong}
		}
		return tx.PutReport(ctx, r, w)
	case *atlas.Replication:
		return a.putReplication(ctx, tx, w, r)
	}
	return fmt.Errorf("write %T: %w", record, atlas.ErrNotFound)
}

// idOf is the code of a record, "" of a new one.
func idOf(record any) string {
	switch r := record.(type) {
	case *atlas.Project:
		return r.ID
	case *atlas.Actor:
		return r.ID
	case *atlas.Call:
		return r.ID
	case *atlas.SourceExtent:
		return r.ID
	case *atlas.Need:
		return r.ID
	case *atlas.Report:
		return r.ID
	case *atlas.Rubric:
		return r.ID
	case *atlas.Round:
		return r.ID
	case *atlas.Evaluation:
		return r.ID
	case *atlas.Sheet:
		return r.ID
	case *atlas.Practice:
		return r.ID
	case *atlas.Collection:
		return r.ID
	case *atlas.Replication:
		return r.ID
	}
	return ""
}

// TitleOf is what a record is called.
func TitleOf(record any, lang string) string {
	switch r := record.(type) {
	case *atlas.Project:
		return r.Title(lang)
	case *atlas.Actor:
		return r.DisplayName(lang)
	case *atlas.Call:
		return r.Title
	case *atlas.SourceExtent:
		return r.Source
	case *atlas.Need:
		return r.Title
	case *atlas.Report:
		return r.Title
	case *atlas.Rubric:
		return r.Title.In(lang)
	case *atlas.Round:
		return r.Title
	case *atlas.Practice:
		return r.Title
	case *atlas.Collection:
		return r.Title
	case *atlas.Replication: // it is called by its towns, which only places know
		return r.ID
	}
	return ""
}
