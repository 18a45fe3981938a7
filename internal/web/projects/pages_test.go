package projects_test

import (
	"net/http"
	"regexp"
	"testing"

	"atlas/internal/web/webtest"
)

// visibleKey is a key of the catalogue where words should be.
var visibleKey = regexp.MustCompile(`\b(projects|problem|typed|search|page|site)\.[a-z]+(\.[a-z_]+|_[a-z_]+)*\b`)

// Beside the keys of this area, webtest looks for those of others, for ids that
// stand twice, for styles and scripts inside the page and for arguments of
// messages that were not filled.
func TestNoPageShowsAKeyInsteadOfWords(t *testing.T) {
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	for _, face := range []string{"", "/en"} {
		for _, address := range []string{
			"/projekty", "/projekty?zobrazeni=tabulka", "/projekty?zobrazeni=mapa&uzemi=CZ010", "/projekty?zobrazeni=roky&rok=2019",
			"/projekty?q=neexistujiciho+slova&oblast=XXX&strana=-1&razeni=x&zobrazeni=y", "/projekty?q=integarce&stav=UKON",
			"/projekty?strana=3", "/projekty/hodnoty?facet=program&hledat=fond", "/projekty/novy", "/projekty/P-00001", "/projekty/P-00001/upravit",
			"/projekty/P-00121", "/projekty/P-00040", "/projekty/P-00099",
		} {
			p := i.Get(t, face+address)
			if found := visibleKey.FindString(p.Find("body").Text()); found != "" || p.Status != http.StatusOK {
				t.Errorf("%s%s: status %d, shows %q", face, address, p.Status, found)
			}
		}
		form := i.Get(t, face+"/projekty/P-00003/upravit").Values()
		form.Set("date_from", "nikdy")
		form.Set("parties.0.actor", "Neznámá organizace")
		form.Set("akce", "ulozit")
		if p := i.Post(t, face+"/projekty/P-00003/upravit", form); p.Status != http.StatusUnprocessableEntity || visibleKey.MatchString(p.Find("body").Text()) {
			t.Errorf("a wrong form in %q: status %d, shows %q", face, p.Status, visibleKey.FindString(p.Find("body").Text()))
		}
	}
}
