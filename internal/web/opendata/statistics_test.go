package opendata_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/webtest"
)

// applied imports a file of statistics.
func applied(t *testing.T, i *webtest.Instance, dataset, name, text string) {
	t.Helper()
	plan, err := i.App.OpenStatistics(t.Context(), webtest.Editor, app.StatisticsOptions{Dataset: dataset}, app.ImportFile{Name: name, Data: strings.NewReader(text), Size: int64(len(text))})
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	if _, err := i.App.ApplyStatistics(t.Context(), webtest.Editor, plan); err != nil {
		t.Fatal(err)
	}
}

func said(p *program, t *testing.T, path string, fields ...string) string {
	t.Helper()
	records, _ := p.walk(t, "/api/v1/"+path)
	var out []string
	for _, r := range records {
		var cells []string
		for _, f := range fields {
			at, in, _ := strings.Cut(f, ".")
			v := r[at]
			if m, ok := v.(map[string]any); ok {
				v = m[in]
			}
			if v == nil {
				v = "null"
			}
			cells = append(cells, fmt.Sprint(v))
		}
		out = append(out, strings.Join(cells, " "))
	}
	return strings.Join(out, "; ")
}

func TestNumbersComeWithTheirSourceAndSmallOnesNever(t *testing.T) {
	i := webtest.Empty(t)
	_, _, _, err := i.App.SaveTerritories(t.Context(), webtest.Editor, []atlas.Territory{
		{Code: "554481", Level: atlas.LevelMunicipality, Name: "Cheb", Region: "CZ041", District: "CZ0411", ORP: "4102"},
		{Code: "554961", Level: atlas.LevelMunicipality, Name: "Karlovy Vary", Region: "CZ041", District: "CZ0412", ORP: "4103"}})
	if err != nil {
		t.Fatal(err)
	}
	own := &atlas.Dataset{NameCs: "Žáci", DefinitionCs: "Žáci škol.", Publisher: "Kraj", Indicator: "žáci", Unit: "žáci", Licence: "CC-BY-4.0", Territory: "CZ041"}
	if err := i.App.SaveDataset(t.Context(), webtest.Editor, own); err != nil {
		t.Fatal(err)
	}
	const head = "datum;uzemi_kod;stobcan_kod;pohlavi_kod;vek_od;vek_do;hodnota\n"
	var text strings.Builder
	text.WriteString(head)
	for place, few := range map[string]int{"554481": 3, "554961": 31, "CZ041": 34} {
		for _, row := range []string{fmt.Sprintf("UA;z;6;14;%d", few), "UA;m;6;14;37", "UA;z;15;18;41", "UA;m;15;18;52", fmt.Sprintf("UA;;;;%d", few+130), fmt.Sprintf(";;;;%d", few+500)} {
			text.WriteString("2025-09-30;" + place + ";" + row + "\n")
		}
	}
	applied(t, i, own.Code, "zaci.csv", text.String())
	applied(t, i, "", "ochrana.csv", "datum,obec_kod,obec_mc,mc_kod,celkem,m_do_3,z_do_3,m_sen,z_sen\n2022-06-06,554481,Cheb,,10,1,2,3,4\n2022-06-06,554961,Karlovy Vary,,5,1,1,1,2\n2022-06-06,,,,7,1,1,1,4\n")
	p := connect(t, i)
	for path, want := range map[string]string{
		"datasets/zaci/territories/554961?pohlavi=z&vek=6-14": "UA 6 14 31 known",
		"datasets/zaci/territories/554481?pohlavi=z&vek=6-14": "UA 6 14 null hidden",
		"datasets/zaci/territories/CZ041?pohlavi=z&vek=6-14":  "UA 6 14 null hidden", // or it is 34 less 31
	} {
		if got := said(p, t, path, "citizenship.code", "age_from", "age_to", "value", "state"); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	for path, want := range map[string]string{
		"datasets/mv-docasna-ochrana/values?uroven=kraj":  "CZ041 15 known 2 null",
		"datasets/mv-docasna-ochrana/values?lezi_v=CZ041": "554481 10 known null null; 554961 5 known null null",
		"datasets/mv-docasna-ochrana/values":              "554481 10 known null null; 554961 5 known null null; BEZ-ADRESY 7 known null null",
		"datasets/mv-docasna-ochrana/values?datum=2021":   "",
		"datasets/zaci/values?uroven=kraj":                "CZ041 534 known null null",
	} {
		if got := said(p, t, path, "territory.code", "value", "state", "municipalities", "municipalities_untold"); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if got := said(p, t, "datasets/mv-docasna-ochrana/territories/CZ0411?datum=2022-06-06&pohlavi=z", "sex", "age_from", "value", "municipalities", "batch"); got != "z 0 2 1 D-00002; z 3 4 1 D-00002" {
		t.Errorf("our sum: %s", got)
	}
	for _, missing := range []string{"datasets/neni", "datasets/neni/values", "datasets/zaci/territories/neni", "needs/T-99999", "sources/Z-99999"} {
		p.refused(t, http.MethodGet, "/api/v1/"+missing, http.StatusNotFound)
	}
}

func TestNeedsAndSourcesForProgramsAreThoseThatArePublic(t *testing.T) {
	i := webtest.Start(t)
	meta := atlas.Meta{RecordStatus: atlas.RecordPublished}
	few := &atlas.Need{Meta: meta, Title: "Nedoslýchaví cizinci", Kind: "SLUZBA", Area: "JAZ", Territory: "CZ041", TargetLegal: []string{"TG-ALL"}, Severity: 2, Origin: "OBEC",
		Reported: atlas.Date{Year: 2025}, Status: atlas.NeedReported, People: atlas.Count{Known: true, N: 3}, Sources: []atlas.Source{{Kind: "WEB", URL: "https://example.cz", Accessed: atlas.Date{Year: 2025, Month: 1, Day: 1}}}}
	for list, field := range map[string]*string{atlas.ListNeedKind: &few.Kind, atlas.ListNeedOrigin: &few.Origin, atlas.ListTargetLegal: &few.TargetLegal[0], atlas.ListCountKind: &few.People.Kind} {
		l, _ := i.App.Lists().List(list)
		*field = l.Items[0].Code
	}
	if err := i.App.SaveNeed(t.Context(), webtest.Editor, few); err != nil {
		t.Fatal(err)
	}
	draft := *few
	draft.Meta, draft.ID, draft.Title = atlas.Meta{RecordStatus: atlas.RecordDraft}, "", "Tajná potřeba"
	if err := i.App.SaveNeed(t.Context(), webtest.Editor, &draft); err != nil {
		t.Fatal(err)
	}
	p := connect(t, i)
	one := p.get(t, "/api/v1/needs/"+few.ID)
	if one["people"] != nil || one["few"] != true {
		t.Errorf("three people are counted: %v %v", one["people"], one["few"])
	}
	p.refused(t, http.MethodGet, "/api/v1/needs/"+draft.ID, http.StatusNotFound)
	if got := said(p, t, "needs?q=potreba+tajna", "id"); got != "" {
		t.Errorf("a draft is in the list: %s", got)
	}
	if got := said(p, t, "needs?q=nedosl&uzemi=CZ0411", "id"); got != few.ID {
		t.Errorf("of what it lies in: %s", got)
	}
	all, part := said(p, t, "sources", "state"), said(p, t, "sources?rok=1995", "state")
	if all == "" || part != "" {
		t.Errorf("extents: %s; of 1995 %s", all, part)
	}
}
