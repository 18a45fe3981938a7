package opendata_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/web"
	"atlas/internal/web/webtest"
)

func TestWhatIsWrongIsNamedInTheLanguageAskedFor(t *testing.T) {
	p := connect(t, webtest.Start(t))
	for _, c := range []struct {
		path, parameter, cs, en string
	}{
		{"projects?strana=0", "strana", "celé číslo od 1 do", "whole number from 1 to"},
		{"projects?strana=druha", "strana", "„druha“", "“druha”"},
		{"projects?na_strance=101", "na_strance", "do 100", "to 100"},
		{"projects?strana=1&strana=2", "strana", "jen jednou", "only once"},
		{"projects?razeni=podle-barvy", "razeni", "shoda, rok, castka, nove, nazev", "shoda, rok"},
		{"projects?oblsat=JAZ", "oblsat", "q, razeni, oblast", "q, razeni, oblast"},
		{"projects?q=%zz", "?", "nejde přečíst", "cannot be read"},
		{"projects/P-00001?q=x", "q", "–", "–"},
		{"facets?facet=barva", "facet", "„barva“", "“barva”"},
		{"facets?facet=oblast,zdroj", "facet", "třeba facet=oblast&facet=uzemi", "such as facet=oblast&facet=uzemi"},
		{"projects?facet=barva&q=x", "facet", "„barva“", "“barva”"},
		{"projects?facet=oblast&facet=oblast,zdroj", "facet", "třeba facet=oblast&facet=uzemi", "such as facet=oblast&facet=uzemi"},
		{"projects?facet=oblast&hodnot=5000", "hodnot", "do 1000", "to 1000"},
		{"facets?hodnot=5000", "hodnot", "do 1000", "to 1000"},
		{"territories?uroven=vesnice", "uroven", "stat, kraj, okres", "stat, kraj"},
		{"datasets/csu-cizinci/values?datum=31.12.2023", "datum", "„31.12.2023“ není datum", "“31.12.2023” is not a date"},
		{"datasets/csu-cizinci/values?uroven=vesnice", "uroven", "stat, kraj, okres", "stat, kraj"},
		{"sources?rok=vloni", "rok", "celé číslo", "whole number"},
		{"calls?typ=x", "typ", "rok, program, poskytovatel", "rok, program"},
	} {
		for lang, want := range map[string]string{"": c.cs, "cs-CZ,en;q=0.5": c.cs, "en-GB,en;q=0.9": c.en, "de, en;q=0.3": c.en, "uk": c.cs, "###": c.cs} {
			v := p.refused(t, http.MethodGet, "/api/v1/"+c.path, http.StatusBadRequest, "Accept-Language", lang)
			said := v["errors"].([]any)
			first := said[0].(map[string]any)
			if len(said) != 1 || first["parameter"] != c.parameter || !strings.Contains(strings.ReplaceAll(first["detail"].(string), "\u00a0", " "), want) {
				t.Errorf("%s in %q: %v", c.path, lang, said)
			}
		}
	}
	all := p.refused(t, http.MethodGet, "/api/v1/projects?strana=x&na_strance=y&barva=z", http.StatusBadRequest)
	if len(all["errors"].([]any)) != 3 {
		t.Errorf("all mistakes come at once: %v", all["errors"])
	}
}

func TestRefusalsSayTheirKindAndLeadToItsExplanation(t *testing.T) {
	p := connect(t, webtest.Start(t))
	for _, c := range []struct {
		method, path string
		status       int
		kind         string
	}{
		{http.MethodGet, "/api/v1/projects/P-99999", 404, "not_found"},
		{http.MethodGet, "/api/v1/actors/x", 404, "not_found"},
		{http.MethodGet, "/api/v1/lists/CL-99", 404, "not_found"},
		{http.MethodGet, "/api/v1/territories/CZ999", 404, "not_found"},
		{http.MethodGet, "/api/v2/projects", 404, "not_found"},
		{http.MethodGet, "/api/v1/projects/%ff", 404, "not_found"},
		{http.MethodGet, "/katalog/nic", 404, "not_found"},
		{http.MethodPost, "/api/v1/projects", 405, "method"},
		{http.MethodDelete, "/api/v1/projects/P-00001", 405, "method"},
		{http.MethodPut, "/katalog.jsonld", 405, "method"},
		{http.MethodGet, "/api/v1/projects?strana=-1", 400, "bad_request"},
	} {
		v := p.refused(t, c.method, c.path, c.status)
		if v["type"] != p.Origin(t)+"/api#"+c.kind || v["title"] == "" || v["detail"] == "" {
			t.Errorf("%s %s: %v", c.method, c.path, v)
		}
		if n := p.Get(t, "/api").Find("#" + c.kind).Length(); n != 1 {
			t.Errorf("the page explains %s %d times", c.kind, n)
		}
	}
	res, _ := p.Ask(t, http.MethodPost, "/api/v1/projects", "Origin", "https://jinde.example")
	if res.StatusCode != http.StatusForbidden || res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a form of another site: %s", res.Status)
	}
	if res, _ := p.Ask(t, http.MethodDelete, "/api/v1/projects"); res.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
		t.Errorf("Allow: %s", res.Header.Get("Allow"))
	}
}

func TestOtherSitesMayReadDataAndNothingElse(t *testing.T) {
	i := webtest.Start(t)
	for _, path := range []string{"/api/v1", "/api/v1/projects?q=x", "/api/v1/projects/P-00001", "/export/projekty.csv", "/en/export/akteri.json", "/katalog.jsonld", "/katalog/projekty", "/api/v1/nic"} {
		res, body := i.Ask(t, http.MethodOptions, path, "Origin", "https://jinde.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match")
		h := res.Header
		if res.StatusCode != http.StatusNoContent || len(body) != 0 || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Methods") != "GET, HEAD, OPTIONS" ||
			!strings.Contains(h.Get("Access-Control-Allow-Headers"), "If-None-Match") || h.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %s %v", path, res.Status, h)
		}
		res, _ = i.Ask(t, http.MethodGet, path, "Origin", "https://jinde.example")
		if res.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s cannot be read elsewhere", path)
		}
	}
	for _, path := range []string{"/", "/projekty", "/projekty/P-00001", "/api", "/en/api", "/metrics", "/projekty/novy"} {
		res, _ := i.Ask(t, http.MethodGet, path, "Origin", "https://jinde.example")
		if res.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s can be read elsewhere", path)
		}
	}
}

func TestWhatDidNotChangeIsNotSentAgainAndAChangeIs(t *testing.T) {
	i := webtest.Start(t)
	for _, path := range []string{"/api/v1/projects", "/api/v1/projects?facet=oblast", "/api/v1/projects/P-00001", "/api/v1/facets", "/api/v1/actors", "/api/v1/calls", "/api/v1/lists", "/api/v1/territories", "/api/v1/needs", "/api/v1/sources", "/api/v1/datasets", "/api/v1/openapi.json", "/katalog.jsonld"} {
		res, whole := i.Ask(t, http.MethodGet, path)
		tag := res.Header.Get("ETag")
		if tag == "" || res.Header.Get("Cache-Control") != "no-cache" || len(whole) == 0 {
			t.Errorf("%s: %v", path, res.Header)
		}
		if res, body := i.Ask(t, http.MethodGet, path, "If-None-Match", `"jina", `+tag); res.StatusCode != http.StatusNotModified || len(body) != 0 || res.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s again: %s, %d bytes", path, res.Status, len(body))
		}
		if res, body := i.Ask(t, http.MethodHead, path); res.StatusCode != http.StatusOK || len(body) != 0 || res.Header.Get("ETag") != tag {
			t.Errorf("HEAD %s: %s, %d bytes, %s", path, res.Status, len(body), res.Header.Get("ETag"))
		}
		res, packed := i.Ask(t, http.MethodGet, path, "Accept-Encoding", "gzip")
		r, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatalf("%s: %v %v", path, err, res.Header)
		}
		if unpacked, err := io.ReadAll(r); err != nil || !bytes.Equal(unpacked, whole) {
			t.Errorf("%s packed is something else: %v", path, err)
		}
		t.Logf("%s: %d bytes, %d packed", path, len(whole), len(packed))
	}
	res, _ := i.Ask(t, http.MethodGet, "/api/v1/projects")
	put(t, i, "Nový projekt", func(*atlas.Project) {})
	if again, _ := i.Ask(t, http.MethodGet, "/api/v1/projects", "If-None-Match", res.Header.Get("ETag")); again.StatusCode != http.StatusOK {
		t.Errorf("after a change: %s", again.Status)
	}
}

func TestAMergedProjectLeadsToWhereItLives(t *testing.T) {
	i := webtest.Start(t)
	keep, drop := put(t, i, "Zůstane", func(*atlas.Project) {}), put(t, i, "Zmizí", func(*atlas.Project) {})
	if err := i.App.MergeProjects(t.Context(), webtest.Editor, app.Merge{Keep: keep, Drop: drop}); err != nil {
		t.Fatal(err)
	}
	res, _ := i.Ask(t, http.MethodGet, "/api/v1/projects/"+drop)
	if res.StatusCode != http.StatusPermanentRedirect || res.Header.Get("Location") != "/api/v1/projects/"+keep {
		t.Errorf("%s to %s", res.Status, res.Header.Get("Location"))
	}
}

// public is an instance that knows its public address and who runs it.
func public(t *testing.T) http.Handler {
	t.Helper()
	a := app.New(webtest.Database(t), app.Options{})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	c.BaseURL, c.OperatorName, c.OperatorURL, c.Contact = "https://atlas.example", "Město Plzeň", "https://rpp-opendata.egon.gov.cz/odrpp/zdroj/orgán-veřejné-moci/00075370", "data@plzen.example"
	h, err := web.New(web.Options{Config: c, App: a, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ask(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://jine-jmeno.example"+path, nil))
	return w
}

func TestTheCatalogueDescribesEveryDataSetAndEachOfItsFilesIsThere(t *testing.T) { // domain.md 9.6
	h := public(t)
	w := ask(h, "/katalog.jsonld")
	var catalogue map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &catalogue); err != nil || w.Header().Get("Content-Type") != "application/ld+json" {
		t.Fatal(err, w.Header())
	}
	needs := func(what string, o map[string]any, names ...string) {
		for _, name := range names {
			if v, ok := o[name]; !ok || v == "" || v == nil {
				t.Errorf("%s has no %s", what, name)
			}
		}
	}
	needs("the catalogue", catalogue, "@context", "iri", "typ", "název", "popis", "poskytovatel", "kontaktní_bod", "domovská_stránka", "datová_sada")
	sets := catalogue["@included"].([]any)
	if len(sets) != len(catalogue["datová_sada"].([]any)) || len(sets) < 6+29 {
		t.Fatalf("%d data sets", len(sets))
	}
	for n, x := range sets {
		set := x.(map[string]any)
		iri := set["iri"].(string)
		needs(iri, set, "typ", "název", "popis", "poskytovatel", "téma", "periodicita_aktualizace", "klíčové_slovo", "prvek_rúian", "dokumentace", "distribuce")
		if iri != catalogue["datová_sada"].([]any)[n] {
			t.Errorf("%s is not listed", iri)
		}
		var own map[string]any
		if err := json.Unmarshal(ask(h, strings.TrimPrefix(iri, "https://atlas.example")).Body.Bytes(), &own); err != nil || own["iri"] != iri || own["@context"] != catalogue["@context"] {
			t.Errorf("%s is not at its address: %v", iri, err)
		}
		for _, x := range set["distribuce"].([]any) {
			d := x.(map[string]any)
			needs(iri, d, "typ", "iri", "název", "podmínky_užití", "přístupové_url")
			needs(iri, d["podmínky_užití"].(map[string]any), "typ", "autorské_dílo", "databáze_jako_autorské_dílo", "databáze_chráněná_zvláštními_právy", "osobní_údaje")
			file := ask(h, strings.TrimPrefix(d["přístupové_url"].(string), "https://atlas.example"))
			media, _, _ := strings.Cut(file.Header().Get("Content-Type"), ";")
			if file.Code != http.StatusOK || file.Body.Len() == 0 {
				t.Errorf("%v: %d", d["přístupové_url"], file.Code)
			}
			if service, ok := d["přístupová_služba"].(map[string]any); ok {
				needs(iri, service, "typ", "iri", "název", "přístupový_bod", "popis_přístupového_bodu")
				continue
			}
			needs(iri, d, "soubor_ke_stažení", "formát", "typ_média")
			if d["typ_média"] != "http://www.iana.org/assignments/media-types/"+media {
				t.Errorf("%v says %v and is %s", d["iri"], d["typ_média"], media)
			}
		}
	}
	for _, file := range []string{"/export/projekty.geojson", "/export/projekty-360giving.json"} {
		if !strings.Contains(w.Body.String(), `"https://atlas.example`+file+`"`) {
			t.Errorf("the catalogue does not know %s", file)
		}
	}
	if strings.Contains(w.Body.String(), "jine-jmeno.example") {
		t.Error("the catalogue says the name under which it was asked, not the public one")
	}
}

func TestThePageExplainsWithExamplesThatWork(t *testing.T) {
	for _, c := range []struct {
		instance *webtest.Instance
		examples int
		rows     int
	}{{webtest.Start(t), 11, 25}, {webtest.Empty(t), 10, 18}} { // an empty one names no record
		p := connect(t, c.instance)
		for _, face := range []string{"", "/en"} {
			page := p.Get(t, face+"/api")
			lines, rows := page.Find("pre code"), page.Find("main table a")
			if page.Status != http.StatusOK || lines.Length() != c.examples || rows.Length() != c.rows {
				t.Errorf("%s/api: %d, %d examples, %d addresses", face, page.Status, lines.Length(), rows.Length())
			}
			for _, raw := range []string{"opendata.", "machine."} {
				if strings.Contains(page.Words("main"), raw) {
					t.Errorf("%s/api shows a key of %s", face, raw)
				}
			}
			for _, line := range strings.Split(lines.Text(), "curl ")[1:] {
				p.get(t, strings.TrimPrefix(strings.Trim(line, "'"), p.Origin(t)))
			}
			for _, n := range rows.Nodes {
				p.get(t, n.Attr[0].Val)
			}
		}
	}
}
