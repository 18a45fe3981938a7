package app

import (
	"context"
	"fmt"

	"atlas"
	"atlas/internal/store"
)

// SaveNeed writes a new need or a change of one, like SaveProject.
func (a *App) SaveNeed(ctx context.Context, v atlas.Viewer, n *atlas.Need) error {
	return a.SaveNeedOf(ctx, v, "", n)
}

// SaveNeedOf is SaveNeed of what was typed into a form, like SaveProjectOf. That a
// need is true only those say who may publish.
func (a *App) SaveNeedOf(ctx context.Context, v atlas.Viewer, form string, n *atlas.Need) error {
	return a.update(ctx, func(tx *store.Tx) error {
		stored, err := a.guard(ctx, tx.Reader, v, atlas.KindNeed, n)
		if err != nil {
			return err
		}
		if n.Status == "" {
			n.Status = atlas.NeedReported
		}
		before := ""
		if now, ok := stored.(*atlas.Need); ok {
			before = now.Status
		}
		if atlas.VerifiesNeed(before, n.Status) && !v.May(atlas.RightPublish) {
			return refusal("status", "problem.verified_by_editor")
		}
		if err := a.put(ctx, tx, a.writeOf(v, n.Subject()), n); err != nil {
			return err
		}
		return a.saved(ctx, tx, v, form, stored, n)
	})
}

// CheckNeed says what is wrong with a need, what it names included.
func (a *App) CheckNeed(ctx context.Context, n *atlas.Need) ([]atlas.Problem, error) {
	return a.needProblems(ctx, a.Reader(), n)
}

// needProblems also keeps few people from being found by a part of a town (8.10).
func (a *App) needProblems(ctx context.Context, r *store.Reader, n *atlas.Need) ([]atlas.Problem, error) {
	stage := atlas.StageSave
	if n.RecordStatus == atlas.RecordPublished || n.RecordStatus == atlas.RecordReview {
		stage = atlas.StageListed
	}
	wrong := n.Problems(a.Lists(), stage, a.year())
	if t, ok := a.Places().Get(n.Territory); n.Territory != "" && !ok {
		wrong = append(wrong, missing("territory", n.Territory))
	} else if ok && t.Level == atlas.LevelCityDistrict && n.ConcernsFew() {
		wrong = append(wrong, atlas.Problem{Field: "territory", Key: "problem.few_place", Args: map[string]any{"limit": atlas.FewPeople}})
	}
	for _, named := range []struct {
		field, kind string
		ids         []string
	}{{"projects", atlas.KindProject, n.Projects}, {"calls", atlas.KindCall, n.Calls}} {
		found, err := readMany(ctx, r, named.kind, named.ids)
		if err != nil {
			return nil, err
		}
		there := map[string]bool{}
		for _, record := range found {
			there[idOf(record)] = true
		}
		for i, id := range named.ids {
			if !there[id] {
				wrong = append(wrong, missing(place2(named.field, i), id))
			}
		}
	}
	return wrong, nil
}

// OpenNeeds is the needs that the need index weighs: published, verified and not
// resolved (8.1.6). The list is never changed.
func (a *App) OpenNeeds() []store.OpenNeed { return *a.needs.Load() }

// NeedSeverity adds up the severities of open needs by territory and area: of
// those that name the territory itself. Who wants those of the territories below
// adds them up by the ancestors of each key.
func (a *App) NeedSeverity() map[[2]string]int {
	out := map[[2]string]int{}
	for _, n := range a.OpenNeeds() {
		out[[2]string{n.Territory, n.Area}] += n.Severity
	}
	return out
}

func (a *App) loadNeeds(ctx context.Context) error {
	all, err := a.Reader().OpenNeeds(ctx)
	if err != nil {
		return fmt.Errorf("open needs: %w", err)
	}
	a.needs.Store(&all)
	return nil
}
