package calls_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

func all(t *testing.T, i *webtest.Instance) []*atlas.Call {
	t.Helper()
	var out []*atlas.Call
	err := i.App.Reader().EachCall(t.Context(), func(c *atlas.Call) error {
		out = append(out, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// projectsOf lists the published projects of each call, read one by one.
func projectsOf(t *testing.T, i *webtest.Instance) map[string][]*atlas.Project {
	t.Helper()
	out := map[string][]*atlas.Project{}
	err := i.App.Reader().EachProject(t.Context(), func(p *atlas.Project) error {
		for _, f := range p.Funding {
			if p.Public() && !slices.Contains(out[f.Call], p) {
				out[f.Call] = append(out[f.Call], p)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func save(t *testing.T, i *webtest.Instance, c *atlas.Call) *atlas.Call {
	t.Helper()
	if c.RecordStatus == "" {
		c.RecordStatus = atlas.RecordPublished
	}
	c.URL, c.Checked = "https://www.mvcr.cz/vyzva", atlas.Date{Year: 2026, Month: 11, Day: 20}
	if err := i.App.SaveCall(t.Context(), webtest.Editor, c); err != nil {
		t.Fatal(err)
	}
	return c
}

func titles(p webtest.Page) []string {
	return p.Find("tbody th a").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func TestOpenCallsStandFirstThenTheLatestYear(t *testing.T) {
	i := webtest.Empty(t)
	day := func(y, m, d int) atlas.Date { return atlas.Date{Year: y, Month: m, Day: d} }
	save(t, i, &atlas.Call{Title: "Stará", Year: 2015, Deadline: day(2015, 2, 16)})
	save(t, i, &atlas.Call{Title: "Neznámá", Year: 2026})
	save(t, i, &atlas.Call{Title: "Chystaná", Year: 2027, OpenFrom: day(2027, 1, 1), Deadline: day(2027, 2, 1)})
	save(t, i, &atlas.Call{Title: "Průběžná", Year: 2020, Continuous: true})
	save(t, i, &atlas.Call{Title: "Do prosince", Year: 2026, Deadline: atlas.Date{Year: 2026, Month: 12}})
	save(t, i, &atlas.Call{Title: "Do dneška do večera", Year: 2026, Deadline: day(2026, 11, 21), DeadlineTime: "23:59"})
	save(t, i, &atlas.Call{Title: "Do dneška do rána", Year: 2026, Deadline: day(2026, 11, 21), DeadlineTime: "08:00"})
	p := i.Get(t, "/vyzvy")
	want := []string{"Do dneška do večera", "Do prosince", "Průběžná", "Chystaná", "Do dneška do rána", "Neznámá", "Stará"}
	if got := titles(p); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if text := p.Words("main"); !strings.Contains(text, "jsou otevřené 3 z nich") || !strings.Contains(text, "stav není znám") {
		t.Errorf("%s", text)
	}
}

func TestFiltersAndSearchNarrowTheListAndCountExactly(t *testing.T) {
	i := webtest.Start(t)
	years, programmes, funders := map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range all(t, i) {
		years[strconv.Itoa(c.Year)]++
		programmes[c.Programme]++
		funders[c.Funder]++
	}
	for name, want := range map[string]map[string]int{"rok": years, "program": programmes, "poskytovatel": funders} {
		p := i.Get(t, "/vyzvy")
		seen := 0
		p.Find("select#" + name + " option").Each(func(_ int, o *goquery.Selection) {
			value, _ := o.Attr("value")
			if value == "" || value == "NEZN" {
				return
			}
			seen++
			if !strings.HasSuffix(o.Text(), "("+strconv.Itoa(want[value])+")") {
				t.Errorf("%s %s: %q, by hand %d", name, value, o.Text(), want[value])
			}
			if got := digits(i.Get(t, "/vyzvy?"+name+"="+value).Words("#vysledky-nadpis")); got != strconv.Itoa(want[value]) {
				t.Errorf("%s=%s: %s, by hand %d", name, value, got, want[value])
			}
		})
		if seen == 0 {
			t.Errorf("no choice of %s", name)
		}
	}
	if got := titles(i.Get(t, "/vyzvy?q=OBCI+lokaln+2015")); len(got) != 1 || !strings.Contains(got[0], "2015") {
		t.Errorf("%q", got)
	}
	if p := i.Get(t, "/vyzvy?q=nesmyslneslovo"); !strings.Contains(p.Words("main"), "Takovou výzvu tu nemáme") {
		t.Error("nothing found says nothing")
	}
}

func TestACallNamesItsProjectsAndSources(t *testing.T) {
	i := webtest.Start(t)
	some, projects := 0, projectsOf(t, i)
	for _, c := range all(t, i) {
		for _, lang := range []string{"", "/en"} {
			p := i.Get(t, lang+"/vyzvy/"+c.ID)
			if p.Status != 200 || p.Words("h1") != strings.Join(strings.Fields(c.Title), " ") {
				t.Fatalf("%s: %d", c.ID, p.Status)
			}
			want := projects[c.ID]
			if got := p.Find("#projekty ul.similar > li").Length(); got != len(want) {
				t.Errorf("%s names %d projects, by hand %d", c.ID, got, len(want))
			}
			for _, x := range want {
				some++
				if p.Find(`#projekty a[href="`+lang+"/projekty/"+x.ID+`"]`).Length() != 1 {
					t.Errorf("%s does not lead to %s", c.ID, x.ID)
				}
			}
			for _, s := range c.Sources {
				if !strings.Contains(p.Words("#zdroje"), s.URL) {
					t.Errorf("%s does not name its source %s", c.ID, s.URL)
				}
			}
			if c.Programme != "" && p.Find(`a[href="`+lang+"/projekty?program="+c.Programme+`"]`).Length() != 1 {
				t.Errorf("%s does not lead to the projects of its programme", c.ID)
			}
			if !c.Allocation.Known() && !strings.Contains(p.Words("#podminky .unknown-list"), map[string]string{"": "Alokace", "/en": "Allocation"}[lang]) {
				t.Errorf("%s does not say that the allocation is not known", c.ID)
			}
		}
	}
	if some == 0 {
		t.Error("no call of the demo content has a project")
	}
}

func TestReadersDoNotSeeDrafts(t *testing.T) {
	i := webtest.Empty(t)
	draft := save(t, i, &atlas.Call{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Title: "Tajná výzva", Year: 2026})
	for _, viewer := range []atlas.Viewer{{}, webtest.Editor} {
		i.Viewer = viewer
		one, list := i.Get(t, "/vyzvy/"+draft.ID), i.Get(t, "/vyzvy")
		if strings.Contains(list.Body, "Tajná") != viewer.May(atlas.RightPublish) || strings.Contains(one.Body, "Tajná") != viewer.May(atlas.RightPublish) {
			t.Errorf("viewer %+v: list and page", viewer)
		}
		if want := map[bool]int{true: 200, false: 404}[viewer.May(atlas.RightPublish)]; one.Status != want {
			t.Errorf("viewer %+v: %d", viewer, one.Status)
		}
	}
}

func TestOddAddressesAreAnsweredAndNeverBreak(t *testing.T) {
	i := webtest.Start(t)
	for path, status := range map[string]int{
		"/vyzvy/V-99999": http.StatusNotFound, "/vyzvy/%ff": http.StatusNotFound, "/vyzvy?q=%ff%00&rok=%fe": 200,
		"/vyzvy?strana=-1": 200, "/vyzvy?strana=99999999999999": 200, "/vyzvy?rok=abc&program=XX&poskytovatel=A-9": 200,
		"/vyzvy?q=" + strings.Repeat("slovo+", 20_000): 200, "/en/vyzvy": 200,
	} {
		if p := i.Get(t, path); p.Status != status {
			t.Errorf("%.50s: %d, want %d", path, p.Status, status)
		}
	}
}

func TestQueriesDoNotGrowWithTheCalls(t *testing.T) {
	i := webtest.Empty(t)
	queries := func(path string) int64 {
		before := i.Store.Queries()
		i.Get(t, path)
		return i.Store.Queries() - before
	}
	save(t, i, &atlas.Call{Title: "První", Year: 2020})
	few := queries("/vyzvy")
	for range 60 {
		save(t, i, &atlas.Call{Title: "Další", Year: 2021})
	}
	if many := queries("/vyzvy"); many != few {
		t.Errorf("1 call costs %d queries, 61 cost %d", few, many)
	}
	t.Logf("the list costs %d queries, one call %d", few, queries("/vyzvy/V-00001"))
	if p := i.Get(t, "/vyzvy?strana=2"); p.Find("tbody tr").Length() != 11 {
		t.Errorf("page 2 has %d calls", p.Find("tbody tr").Length())
	}
}
