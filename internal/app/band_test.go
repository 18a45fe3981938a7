package app_test

import (
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestABandIsCalledByTheWordsOfItsRubrics(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		r := *shippedRubric(t, d)
		r.ID, r.Family, r.Meta = "", "mesto", atlas.Meta{}
		r.Bands = []atlas.Band{{From: 650, Code: "dobre", Words: atlas.Words{Cs: "velmi dobré", En: "good"}}, {Code: "ostatni", Words: atlas.Words{Cs: "ostatní"}}}
		ok(t, d.SaveRubric(t.Context(), editor, "", &r))
		said := func() string {
			return d.BandWords("dobre", "cs") + "; " + d.BandWords("dobre", "en") + "; " + d.BandWords("ostatni", "en") + "; " + d.BandWords("nic", "cs")
		}
		if got := said(); got != "dobré; good; ; " {
			t.Errorf("a draft has its say: %q", got)
		}
		ok(t, d.PublishRubric(t.Context(), editor, r.ID, r.Version))
		if got := said(); got != "dobré / velmi dobré; good; ostatní; " {
			t.Errorf("published: %q", got)
		}
	})
}
