package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"atlas"
)

// loadBands reads what published rubrics call their bands, those withdrawn too: what
// was judged by them stands.
func (a *App) loadBands(ctx context.Context) error {
	words := map[string][]atlas.Words{}
	all, err := a.rubricsOf(ctx, a.Reader(), "")
	if err != nil {
		return fmt.Errorf("rubrics: %w", err)
	}
	for _, r := range all {
		for _, b := range r.Bands {
			if r.Number > 0 && !slices.Contains(words[b.Code], b.Words) {
				words[b.Code] = append(words[b.Code], b.Words)
			}
		}
	}
	a.bands.Store(&words)
	return nil
}

// BandWords is what a band is called; all its words where rubrics call it differently,
// "" where none has it.
func (a *App) BandWords(code, lang string) string {
	var out []string
	for _, w := range (*a.bands.Load())[code] {
		out = append(out, w.In(lang))
	}
	return strings.Join(distinct(out), " / ")
}
