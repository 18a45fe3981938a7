package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/store"
)

// Follow applies the changes of every process to what is in memory until ctx
// ends. Whatever is being read then breaks off in one of many ways: rows may be
// closed between two of them. None of these is an error.
func (a *App) Follow(ctx context.Context) error {
	err := a.store.Follow(ctx, a.appliedNow(), func([]atlas.Change) error { return a.catchUp(ctx) })
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// update writes in one transaction and has the index see it before it returns.
func (a *App) update(ctx context.Context, fn func(*store.Tx) error) error {
	before := a.appliedNow()
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return a.settleMarks(ctx, tx)
	})
	if err != nil {
		return err
	}
	if err := a.catchUp(ctx); err != nil {
		return err
	}
	if a.appliedNow()-before >= manyChanges { // somebody else may be building the index of them
		a.building.Lock()
		defer a.building.Unlock()
	}
	return nil
}

func (a *App) appliedNow() int64 {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.applied
}

// catchUp applies the changes that are not in memory yet.
func (a *App) catchUp(ctx context.Context) error {
	if !a.indexed { // nothing but the lists and territories is in memory
		_, err := a.loadShipped(ctx)
		return err
	}
	if err := a.rebuildIfMany(ctx); err != nil {
		return err
	}
	for {
		changes, err := a.Reader().Changes(ctx, a.appliedNow(), 500)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			return a.rebuildIfReworded(ctx)
		}
		if err := a.apply(ctx, changes); err != nil {
			return err
		}
	}
}

// rebuildIfReworded builds the index anew when an item of a code list has other
// words than those that records were put into it by.
func (a *App) rebuildIfReworded(ctx context.Context) error {
	if !a.reworded.Load() {
		return nil
	}
	a.building.Lock()
	defer a.building.Unlock()
	if !a.reworded.Swap(false) { // somebody did it meanwhile
		return nil
	}
	err := a.rebuild(ctx)
	if err != nil {
		a.reworded.Store(true)
	}
	return err
}

// apply takes changes into memory. Applying one twice is harmless: each reads
// the record as it stands now.
func (a *App) apply(ctx context.Context, changes []atlas.Change) error {
	touched := map[string][]string{}
	renamed := map[string]bool{} // actors that were there before
	for _, c := range changes {
		touched[c.Kind] = append(touched[c.Kind], c.ID)
		if c.Kind == atlas.KindActor && c.Action != atlas.ActionCreate {
			renamed[c.ID] = true
		}
	}
	if len(touched[atlas.KindExtent]) > 0 {
		if err := a.loadExtents(ctx); err != nil {
			return err
		}
	}
	if len(touched[atlas.KindNeed]) > 0 {
		if err := a.loadNeeds(ctx); err != nil {
			return err
		}
	}
	if len(touched[atlas.KindRubric]) > 0 {
		if err := a.loadBands(ctx); err != nil {
			return err
		}
	}
	if len(touched[atlas.KindList]) > 0 {
		before := a.Lists()
		if err := a.loadLists(ctx); err != nil {
			return err
		}
		if !sameWords(before, a.Lists()) {
			a.reworded.Store(true)
		}
	}
	if len(touched[atlas.KindText]) > 0 {
		if err := a.loadTexts(ctx); err != nil {
			return err
		}
	}
	if len(touched[atlas.KindSpellings]) > 0 {
		if err := a.loadAliases(ctx); err != nil {
			return err
		}
	}
	if len(touched[atlas.KindTerritory]) > 0 {
		before := a.Places()
		if err := a.loadPlaces(ctx); err != nil {
			return err
		}
		if !sameOrder(before, a.Places()) {
			a.reworded.Store(true)
		}
	}
	projects := touched[atlas.KindProject]
	if err := a.nameActors(ctx, distinct(touched[atlas.KindActor])); err != nil {
		return err
	}
	for id := range renamed { // the projects of a new one come as changes of their own
		theirs, err := a.Reader().ProjectsOfActor(ctx, id)
		if err != nil {
			return err
		}
		projects = append(projects, theirs...)
	}
	marked, err := a.mentionEvaluations(ctx, distinct(touched[atlas.KindEvaluation]))
	if err != nil {
		return err
	}
	projects = append(projects, marked...)
	practiced, err := a.mentionPractices(ctx, touched)
	if err != nil {
		return err
	}
	projects = append(projects, practiced...)
	for chunk := range slices.Chunk(distinct(projects), 500) {
		if err := a.reindex(ctx, chunk); err != nil {
			return err
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.applied = max(a.applied, changes[len(changes)-1].Seq)
	return nil
}

// sameWords says whether two states of the code lists would be found by the same
// words: an item added is in no project yet.
func sameWords(before, after *atlas.Lists) bool {
	for _, l := range before.All() {
		for _, it := range l.Items {
			now, ok := after.Item(l.Code, it.Code)
			if !ok || now.Cs != it.Cs || now.En != it.En || now.Parent != it.Parent {
				return false
			}
		}
	}
	return true
}

// sameOrder says whether every territory still lies in the same ones, which the
// index knows of each project.
func sameOrder(before, after *place.Gazetteer) bool {
	if before.Len() != after.Len() {
		return false
	}
	for _, t := range before.All() {
		now, ok := after.Get(t.Code)
		if !ok || now.Name != t.Name || !slices.Equal(now.Parents(), t.Parents()) {
			return false
		}
	}
	return true
}

// nameActors takes the names of actors into memory.
func (a *App) nameActors(ctx context.Context, ids []string) error {
	found, err := a.Reader().Actors(ctx, ids)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, r := range found {
		if r.MergedInto == "" {
			a.actors[r.ID] = namesOf(r)
		}
	}
	return nil
}
