package projects

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestTheMapAndTheGrantsCountAsManyProjectsAsThePageSays(t *testing.T) {
	i := demo(t)
	for _, query := range []string{"", "?oblast=JAZ", "?q=kurz", "?oblast=XXX"} {
		n := total(t, i.page(t, "/projekty"+query))
		var atlas struct {
			Features []struct{ Geometry any }
			Metadata struct {
				Features, With, Without int
				WithPoint               int `json:"with_point"`
				WithoutPoint            int `json:"without_point"`
				Source, Date, Licence   string
			}
		}
		a := i.get(t, "/export/projekty.geojson"+query)
		if err := json.Unmarshal(a.Body.Bytes(), &atlas); err != nil || a.Header().Get("Content-Type") != "application/geo+json" {
			t.Fatal(err, a.Header())
		}
		m, with := atlas.Metadata, 0
		for _, f := range atlas.Features {
			if f.Geometry != nil {
				with++
			}
		}
		if len(atlas.Features) != n || m.Features != n || m.WithPoint != with || m.WithPoint+m.WithoutPoint != n {
			t.Errorf("%s: %d features, %+v, the page says %d", query, len(atlas.Features), m, n)
		}
		if m.Source != "http://example.com/export/projekty.geojson"+query || m.Date != "2026-11-21" || !strings.HasPrefix(m.Licence, "https://") {
			t.Errorf("%+v", m)
		}
		var grants struct {
			Grants   []map[string]any
			Metadata struct {
				Projects, Grants int
				Left             map[string]int `json:"lines_left_out"`
			}
		}
		a = i.get(t, "/en/export/projekty-360giving.json"+query)
		if err := json.Unmarshal(a.Body.Bytes(), &grants); err != nil {
			t.Fatal(err)
		}
		lines := len(exported(t, i, "/export/financovani.csv"+query))
		for _, left := range grants.Metadata.Left {
			lines -= left
		}
		if grants.Metadata.Projects != n || grants.Metadata.Grants != len(grants.Grants) || lines != len(grants.Grants) {
			t.Errorf("%s: %d grants, %+v, the page says %d projects", query, len(grants.Grants), grants.Metadata, n)
		}
		t.Logf("%s: %d projects, %d with a point, %d grants, left out %v", query, n, with, len(grants.Grants), grants.Metadata.Left)
	}
}

func TestNoPersonWhoDidNotAgreeAndNoDraftIsInAMapOrAmongGrants(t *testing.T) { // acceptance example 20
	i := empty(t)
	everything(t, i)
	for _, file := range []string{"projekty.geojson", "projekty-360giving.json"} {
		a := i.get(t, "/export/"+file)
		if a.Code != http.StatusOK {
			t.Fatalf("%s: %d", file, a.Code)
		}
		for _, secret := range secrets {
			if strings.Contains(a.Body.String(), secret) {
				t.Errorf("%s holds %q", file, secret)
			}
		}
	}
	if a := i.get(t, "/export/projekty-jinak.json"); a.Code != http.StatusNotFound {
		t.Errorf("status %d", a.Code)
	}
}
