package app

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/statistics"
	"atlas/internal/store"
)

var notOfCode = regexp.MustCompile(`[^a-z0-9]+`)

// MayOwnDataset says whether a viewer may keep own data of an organisation or a
// territory.
func (a *App) MayOwnDataset(v atlas.Viewer, d *atlas.Dataset) bool {
	return d.Own() && a.may(v, atlas.RightEdit, d.Subject())
}

// SaveDataset creates or changes the description of own data. Without a code it
// is new and gets one of its name. Public sources are described by the product.
func (a *App) SaveDataset(ctx context.Context, v atlas.Viewer, d *atlas.Dataset) error {
	return a.update(ctx, func(tx *store.Tx) error {
		now, err := a.standing(ctx, tx.Reader, v)
		if err != nil {
			return err
		}
		if !a.MayOwnDataset(now, d) {
			return atlas.ErrForbidden
		}
		if d.Version > 0 {
			stored, err := tx.Dataset(ctx, d.Code)
			if err != nil {
				return err
			}
			if !a.MayOwnDataset(now, &stored.Dataset) {
				return atlas.ErrForbidden
			}
			if stored.Slices > 0 && stored.Decimals != d.Decimals {
				return refusal("decimals", "problem.statistics_decimals")
			}
		}
		if wrong, err := a.datasetProblems(ctx, tx, d); err != nil {
			return err
		} else if len(wrong) > 0 {
			return &atlas.InvalidError{Problems: wrong}
		}
		if d.Version == 0 {
			if d.Code, err = freeCode(ctx, tx, d.NameCs); err != nil {
				return err
			}
		}
		return tx.PutDataset(ctx, d, a.writeOf(v, d.Subject()))
	})
}

func (a *App) datasetProblems(ctx context.Context, tx *store.Tx, d *atlas.Dataset) ([]atlas.Problem, error) {
	var out []atlas.Problem
	for field, text := range map[string]string{"name_cs": d.NameCs, "definition_cs": d.DefinitionCs, "publisher": d.Publisher, "indicator": d.Indicator, "unit": d.Unit} {
		if strings.TrimSpace(text) == "" {
			out = append(out, atlas.Problem{Field: field, Key: "problem.required"})
		}
		limit := longestLabel
		if field == "definition_cs" {
			limit = 2 * longestRemark
		}
		tooLong(&out, field, text, limit)
	}
	if u, err := url.Parse(d.URL); d.URL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		out = append(out, atlas.Problem{Field: "url", Key: "problem.url", Args: map[string]any{"value": d.URL}})
	}
	if !a.Lists().Has(atlas.ListLicence, d.Licence) {
		out = append(out, atlas.Problem{Field: "licence", Key: "problem.code", Args: map[string]any{"code": d.Licence}})
	}
	if d.Periodicity != "" && !a.Lists().Has(periodicities, d.Periodicity) {
		out = append(out, atlas.Problem{Field: "periodicity", Key: "problem.code", Args: map[string]any{"code": d.Periodicity}})
	}
	if d.Decimals < 0 || d.Decimals > atlas.MaxDecimals {
		out = append(out, atlas.Problem{Field: "decimals", Key: "problem.value"})
	}
	if _, ok := a.Places().Get(d.Territory); d.Territory != "" && !ok {
		out = append(out, atlas.Problem{Field: "territory", Key: "problem.reference", Args: map[string]any{"value": d.Territory}})
	}
	if d.Owner != "" {
		found, err := tx.Actors(ctx, []string{d.Owner})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			out = append(out, atlas.Problem{Field: "owner", Key: "problem.reference", Args: map[string]any{"value": d.Owner}})
		}
	}
	return out, nil
}

// periodicities is the list of update periodicities (CL-39).
const periodicities = "CL-39"

// freeCode makes a code of a name that no other data set has.
func freeCode(ctx context.Context, tx *store.Tx, name string) (string, error) {
	base := strings.Trim(notOfCode.ReplaceAllString(czech.Fold(name), "-"), "-")
	if base = base[:min(len(base), 40)]; base == "" {
		base = "sada"
	}
	all, err := tx.Datasets(ctx)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, d := range all {
		taken[d.Code] = true
	}
	code := base
	for n := 2; taken[code]; n++ {
		code = fmt.Sprintf("%s-%d", base, n)
	}
	return code, nil
}

// Entry is one number of own data as somebody types it, in the words of the
// columns of the long table.
type Entry map[string]string

// EnterStatistics reads numbers that were typed into a form as it would read them
// from a table, so both obey the same rules. Rows of problems count from 2, as
// under a header. The plan is previewed and applied as that of a file.
func (a *App) EnterStatistics(ctx context.Context, v atlas.Viewer, dataset string, entries []Entry) (*StatisticsPlan, error) {
	var text strings.Builder
	columns := statistics.LongColumns()
	text.WriteString(strings.Join(columns, ";") + "\n")
	for _, e := range entries {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = `"` + strings.ReplaceAll(strings.ReplaceAll(e[c], `"`, `""`), "\n", " ") + `"`
		}
		text.WriteString(strings.Join(cells, ";") + "\n")
	}
	data := strings.NewReader(text.String())
	return a.OpenStatistics(ctx, v, StatisticsOptions{Dataset: dataset, Accessed: a.today(), typed: true},
		ImportFile{Name: "formular.csv", Data: data, Size: data.Size()})
}
