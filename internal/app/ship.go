package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/reference"
	"atlas/internal/rubric"
	"atlas/internal/store"
)

// shipped signs what came with the product.
var shipped = store.Write{By: "atlas", Origin: "shipped"}

// ship writes the code lists, territories, data sets, spellings and the rubric that the product ships
// with into the database: all of them into a new one, and into an older one
// those that what was loaded lacks. It says whether it wrote anything. What
// somebody edited is never overwritten.
func (a *App) ship(ctx context.Context) (wrote bool, err error) {
	missing := missingLists(a.Lists().All(), reference.Lists())
	newPlaces := missingTerritories(a.Places().All(), reference.Territories())
	aliases, err := a.Reader().Aliases(ctx)
	if err != nil {
		return false, err
	}
	newDatasets, err := a.missingDatasets(ctx)
	if err != nil {
		return false, err
	}
	newRubric, err := a.missingRubric(ctx)
	if err != nil {
		return false, err
	}
	if len(missing) == 0 && len(newPlaces) == 0 && len(newDatasets) == 0 && newRubric == nil && len(aliases) > 0 {
		return false, nil
	}
	return true, a.store.Update(ctx, func(tx *store.Tx) error {
		for _, l := range missing {
			if err := tx.PutList(ctx, l, shipped); err != nil {
				return err
			}
		}
		if len(newPlaces) > 0 {
			if _, _, _, err := tx.PutTerritories(ctx, newPlaces, shipped); err != nil {
				return err
			}
		}
		for i := range newDatasets {
			d := newDatasets[i]
			if err := tx.PutDataset(ctx, &d, shipped); err != nil {
				return err
			}
		}
		if newRubric != nil {
			if err := tx.PutRubric(ctx, newRubric, shipped); err != nil {
				return err
			}
		}
		if len(aliases) == 0 {
			return tx.PutAliases(ctx, reference.Aliases())
		}
		return nil
	})
}

// missingDatasets gives the shipped descriptions of data sets that are not there.
func (a *App) missingDatasets(ctx context.Context) ([]atlas.Dataset, error) {
	have, err := a.Reader().Datasets(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(atlas.ShippedDatasets(), func(d atlas.Dataset) bool {
		return slices.ContainsFunc(have, func(h store.DatasetExtent) bool { return h.Code == d.Code })
	}), nil
}

// missingRubric gives the shipped rubric where there is none of its family.
func (a *App) missingRubric(ctx context.Context) (*atlas.Rubric, error) {
	have, err := a.rubricsOf(ctx, a.Reader(), rubric.DefaultFamily)
	if err != nil || len(have) > 0 {
		return nil, err
	}
	r := rubric.Default()
	r.RecordStatus = atlas.RecordPublished
	return r, nil
}

// missingLists gives the shipped lists that are not there, and those there with
// the shipped items they lack added.
func missingLists(have, ship []atlas.List) []atlas.List {
	stored := atlas.NewLists(have)
	var out []atlas.List
	for _, l := range ship {
		old, ok := stored.List(l.Code)
		if !ok {
			out = append(out, l)
			continue
		}
		grown := *old
		grown.Items = slices.Clone(old.Items)
		for _, it := range l.Items {
			if !stored.Has(l.Code, it.Code) {
				grown.Items = append(grown.Items, it)
			}
		}
		if len(grown.Items) > len(old.Items) {
			out = append(out, grown)
		}
	}
	return out
}

func missingTerritories(have, ship []atlas.Territory) []atlas.Territory {
	there := make(map[string]bool, len(have))
	for _, t := range have {
		there[t.Code] = true
	}
	return slices.DeleteFunc(slices.Clone(ship), func(t atlas.Territory) bool { return there[t.Code] })
}
