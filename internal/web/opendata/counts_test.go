package opendata_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlas/internal/web/question"
	"atlas/internal/web/webtest"
)

// everyFacet names all facets in an address.
func everyFacet() string {
	var b strings.Builder
	for _, f := range question.Offered {
		b.WriteString("&facet=" + string(f))
	}
	return b.String()
}

func TestAListOfProjectsCarriesTheCountsThatTheirOwnAddressGives(t *testing.T) {
	p := connect(t, webtest.Start(t))
	for _, query := range []string{
		everyFacet(), "&facet=oblast", "&facet=zdroj&facet=oblast&facet=zdroj", // in the order of the list, each once
		"q=integrace&stav=UKON&facet=oblast&facet=uzemi&hodnot=5", "oblast=JAZ&oblast=SKO&uzemi=CZ041&facet=oblast&facet=uzemi&facet=poskytovatel&hodnot=1",
		"q=%22kurzy+%C4%8De%C5%A1tiny%22+-d%C4%9Bti&razeni=castka" + everyFacet(), "q=nicneninajdeno&facet=oblast", "oblast=NENI&facet=oblast",
	} {
		query = strings.TrimPrefix(query, "&")
		counted := p.get(t, "/api/v1/facets?"+query)
		for _, page := range []string{"", "&na_strance=3&strana=2", "&strana=999999"} {
			both := p.get(t, "/api/v1/projects?"+query+page)
			for _, field := range []string{"total", "amount", "notes", "facets"} {
				if diff := cmp.Diff(counted[field], both[field]); diff != "" {
					t.Errorf("%s%s: %s: %s", query, page, field, diff)
				}
			}
		}
	}
}

func TestCountsChangeNothingElseOfTheListAndAreNotThereWhereNobodyAsks(t *testing.T) {
	p := connect(t, webtest.Start(t))
	for _, query := range []string{"", "q=kurzy", "uzemi=CZ041&razeni=rok&na_strance=7&strana=2", "facet=", "hodnot=3", "oblast=NENI"} {
		path := "/api/v1/projects?" + query
		var without, with map[string]json.RawMessage
		_, data := p.Ask(t, http.MethodGet, path)
		if err := json.Unmarshal(data, &without); err != nil {
			t.Fatal(err)
		}
		if without["facets"] != nil {
			t.Errorf("%s brings counts", path)
		}
		_, data = p.Ask(t, http.MethodGet, path+"&facet=oblast")
		if err := json.Unmarshal(data, &with); err != nil {
			t.Fatal(err)
		}
		delete(with, "facets")
		if diff := cmp.Diff(slices.Sorted(maps.Keys(without)), slices.Sorted(maps.Keys(with))); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		for field := range without {
			if field != "links" && !bytes.Equal(without[field], with[field]) {
				t.Errorf("%s: %s is %s, with counts %s", path, field, without[field], with[field])
			}
		}
	}
}

func TestLaterPagesCarryTheCountsToo(t *testing.T) {
	p := connect(t, webtest.Start(t))
	first := p.get(t, "/api/v1/projects?q=kurzy&na_strance=2&facet=uzemi&facet=oblast&hodnot=3")
	links := first["links"].(map[string]any)
	if want := p.Origin(t) + "/api/v1/projects?facet=oblast&facet=uzemi&hodnot=3&na_strance=2&q=kurzy"; links["self"] != want {
		t.Errorf("the page is %s, want %s", links["self"], want)
	}
	next := p.get(t, strings.TrimPrefix(links["next"].(string), p.Origin(t)))
	if diff := cmp.Diff(first["facets"], next["facets"]); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(first["items"], next["items"]) {
		t.Error("the next page has the same projects")
	}
}

func TestCountsCostNoQueryToTheDatabase(t *testing.T) {
	p := connect(t, webtest.Start(t))
	cost := func(query string) int64 {
		before := p.Store.Queries()
		p.Ask(t, http.MethodGet, "/api/v1/projects?q=kurzy"+query)
		return p.Store.Queries() - before
	}
	cost(everyFacet()) // names of actors come to memory
	if without, with := cost(""), cost(everyFacet()); without != with {
		t.Errorf("%d queries without counts, %d with them", without, with)
	}
}
