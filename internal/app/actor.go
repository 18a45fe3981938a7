package app

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/store"
)

// CheckActor says what is wrong with an actor, the checksums of the country
// included (10.4).
func (a *App) CheckActor(r *atlas.Actor) []atlas.Problem {
	stage := atlas.StageSave
	if r.RecordStatus == atlas.RecordPublished || r.RecordStatus == atlas.RecordReview {
		stage = atlas.StageListed
	}
	wrong := r.Problems(a.Lists(), stage, a.year())
	check := func(ok bool, value, field, key string) {
		if value != "" && !ok {
			wrong = append(wrong, atlas.Problem{Field: field, Key: key, Args: map[string]any{"value": value}})
		}
	}
	check(czech.ValidICO(r.ICO), r.ICO, "ico", "problem.ico")
	check(czech.ValidDIC(r.DIC), r.DIC, "dic", "problem.dic")
	check(czech.ValidDataBox(r.DataBox), r.DataBox, "data_box", "problem.data_box")
	check(czech.ValidAccount(r.BankAccount), r.BankAccount, "bank_account", "problem.bank_account")
	for i, code := range r.Territories {
		_, ok := a.Places().Get(code)
		check(ok, code, place2("territories", i), "problem.reference")
	}
	return wrong
}

// SaveActor writes a new actor or a change of one, like SaveProject.
func (a *App) SaveActor(ctx context.Context, v atlas.Viewer, r *atlas.Actor) error {
	return a.SaveActorOf(ctx, v, "", r)
}

// SaveActorOf is SaveActor of what was typed into a form, like SaveProjectOf.
func (a *App) SaveActorOf(ctx context.Context, v atlas.Viewer, form string, r *atlas.Actor) error {
	return a.update(ctx, func(tx *store.Tx) error {
		stored, err := a.guard(ctx, tx.Reader, v, atlas.KindActor, r)
		if err != nil {
			return err
		}
		if err := a.put(ctx, tx, a.writeOf(v, r.Subject()), r); err != nil {
			return err
		}
		return a.saved(ctx, tx, v, form, stored, r)
	})
}

// prepareActor fills in what follows from the rest and says what is wrong.
func (a *App) prepareActor(r *atlas.Actor) []atlas.Problem {
	if r.RecordStatus == "" {
		r.RecordStatus = atlas.RecordDraft
	}
	r.Sector = a.sectorOf(r)
	if ico, ok := czech.NormaliseICO(r.ICO); ok {
		r.ICO = ico
	}
	return a.CheckActor(r)
}

// sectorOf follows from the type (CL-08) where it is known.
func (a *App) sectorOf(r *atlas.Actor) string {
	if it, ok := a.Lists().Item(atlas.ListActorType, r.Type); ok && it.Parent != "" {
		return it.Parent
	}
	return r.Sector
}

// SaveCall writes a new call or a change of one.
func (a *App) SaveCall(ctx context.Context, v atlas.Viewer, c *atlas.Call) error {
	return a.update(ctx, func(tx *store.Tx) error {
		if _, err := a.guard(ctx, tx.Reader, v, atlas.KindCall, c); err != nil {
			return err
		}
		return a.put(ctx, tx, a.writeOf(v, c.Subject()), c)
	})
}

// callProblems says what is wrong with a call.
func (a *App) callProblems(c *atlas.Call) []atlas.Problem {
	stage := atlas.StageSave
	if c.RecordStatus == atlas.RecordPublished {
		stage = atlas.StagePublish
	}
	return c.Problems(a.Lists(), stage, a.year())
}

// SaveTerritories writes territories read from a register; none is ever
// deleted. It says how many were new, changed and the same.
func (a *App) SaveTerritories(ctx context.Context, v atlas.Viewer, all []atlas.Territory) (created, updated, unchanged int, err error) {
	if !v.May(atlas.RightPublish) {
		return 0, 0, 0, atlas.ErrForbidden
	}
	err = a.update(ctx, func(tx *store.Tx) error {
		created, updated, unchanged, err = tx.PutTerritories(ctx, all, a.write(v))
		return err
	})
	return created, updated, unchanged, err
}

// SaveBoundaries writes the outlines of territories by their codes, as GeoJSON
// geometries.
func (a *App) SaveBoundaries(ctx context.Context, v atlas.Viewer, outlines map[string][]byte) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	return a.update(ctx, func(tx *store.Tx) error {
		for _, code := range slices.Sorted(maps.Keys(outlines)) {
			if err := tx.PutBoundary(ctx, code, outlines[code]); err != nil {
				return err
			}
		}
		return nil
	})
}

// place2 and place3 write the place of a value in a record: "follows.2",
// "parties.0.actor".
func place2(list string, i int) string           { return list + "." + strconv.Itoa(i) }
func place3(list string, i int, f string) string { return place2(list, i) + "." + f }

func keys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
