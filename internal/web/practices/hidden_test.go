package practices_test

import (
	"strings"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// TestAnAddressOfACardThatIsNotPublishedTellsNothing guesses every address that has to
// do with an unpublished card, as the public and as somebody with an account.
func TestAnAddressOfACardThatIsNotPublishedTellsNothing(t *testing.T) {
	const word = "UKRYTAKARTA"
	i := webtest.Empty(t)
	sum := strings.Repeat("ab", 32)
	c := card(t, i, func(p *atlas.Practice) {
		p.RecordStatus, p.Title, p.Summary, p.Description, p.Lessons = atlas.RecordDraft, word, word, word, word
		p.Segments = []atlas.Segment{{Name: word}}
		p.Prerequisites = []atlas.Prerequisite{{Code: "p1", Kind: atlas.NeedsOther, Text: word}}
		p.Photos = []atlas.Photo{{File: sum, Small: sum, Alt: word, Source: word, Licence: "CC0"}}
	})
	open := card(t, i, nil)
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		w := store.Write{By: "test", At: webtest.Now}
		published := atlas.Meta{RecordStatus: atlas.RecordPublished}
		for _, x := range []*atlas.Replication{
			{Meta: published, Practice: c.ID, Territory: "CZ0532", Kind: atlas.TransferInspired},
			{Meta: published, Practice: open.ID, Card: c.ID, Territory: "CZ0631", Kind: atlas.TransferInspired},
		} {
			if err := tx.PutReplication(t.Context(), x, w); err != nil {
				return err
			}
		}
		return tx.PutCollection(t.Context(), &atlas.Collection{Meta: published, Title: "Sbírka", Practices: []string{c.ID, open.ID}}, w)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := i.App.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	stranger := i.Account(t, "cizi@n.example").ID
	asked := 0
	for _, who := range []string{"", stranger} {
		if who != "" {
			i.SignIn(t, who, true)
		}
		for _, path := range []string{
			"", "/upravit", "/fotografie", "/znacka", "/ewsi.docx", "/cesta", "/cesta.jsonld", "/sedi-nam", "/sedi-nam?obec=CZ0532", "/historie", "/historie?verze=1", "/porovnani?od=1&do=1", "/slouceni",
		} {
			p := i.Get(t, "/dobra-praxe/"+c.ID+path)
			if asked++; p.Status == 200 || strings.Contains(p.Body, word) {
				t.Errorf("%s answers %d to %q", path, p.Status, who)
			}
		}
		for _, path := range []string{
			"/dobra-praxe", "/dobra-praxe?q=ukrytakarta", "/prenosy", "/prenosy/B-00001", "/prenosy/B-00002", "/prenosy/novy?praxe=" + c.ID, "/dobra-praxe/nova", "/inspirace?obec=CZ0532", "/sbirky", "/sbirky/S-00001",
			"/dobra-praxe/" + open.ID + "/cesta", "/dobra-praxe/" + open.ID + "/cesta.jsonld", "/dobra-praxe/" + open.ID + "/sedi-nam?obec=CZ0631", "/export/dobra-praxe.csv", "/export/dobra-praxe.json",
			"/export/prenosy.csv", "/export/prenosy.json", "/api/v1/practices", "/api/v1/practices/" + c.ID, "/api/v1/replications", "/api/v1/replications/B-00001", "/sitemap.xml", "/projekty?q=ukrytakarta",
			"/uzemi/CZ0323", "/uzemi/CZ0532", "/obrazky/" + sum + ".jpg", "/k/2026-11-21/dobra-praxe/" + c.ID, "/en/dobra-praxe/" + c.ID, "/prenosy/B-00001/historie", "/sbirky/S-00001/upravit",
		} {
			_, _, data := i.File(t, path)
			if asked++; strings.Contains(string(data), word) {
				at := strings.Index(string(data), word)
				t.Errorf("%s tells %q: …%s…", path, who, data[max(0, at-120):min(len(data), at+60)])
			}
		}
	}
	t.Logf("%d addresses", asked)
}
