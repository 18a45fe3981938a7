package statistics_test

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// row is a row of ČSÚ 290038 for Karlovarský kraj, or for another one by its code.
func row(value, sex, citizenship, age, year, kraj string) string {
	return fmt.Sprintf(`"1","%s","2407","","%s","","%s","","%s","%s","100","%s","","","","","","",""`, value, sex, citizenship, age, year, kraj) + "\n"
}

// withCharts has five years with 2021 missing, citizenships in all, ages and sexes
// in the last; of Plzeňský kraj only the last year.
func withCharts(t *testing.T) *webtest.Instance {
	t.Helper()
	i := start(t)
	head, _, _ := strings.Cut(foreigners, "\n")
	for year, n := range map[string]int{"2019": 1000, "2020": 1200, "2022": 1100, "2023": 1500} {
		text := head + "\n" + row(fmt.Sprint(n), "", "", "", year, "3051") + row(fmt.Sprint(n/2), "", "804", "", year, "3051") + row(fmt.Sprint(n/4), "", "703", "", year, "3051")
		if year == "2023" {
			text += row("700", "", "", "", year, "3042")
			for age, men := range map[string]string{"400000600005000": "300", "400005610010000": "500"} {
				text += row(men, "1", "", age, year, "3051") + row("350", "2", "", age, year, "3051")
			}
		}
		imported(t, i, nil, "290038-24data"+year+".csv", text)
	}
	return i
}

const series = "/statistiky/csu-cizinci/CZ041"

func TestASeriesIsDrawnWithItsGapItsSentenceAndItsSource(t *testing.T) {
	i := withCharts(t)
	p := i.Get(t, series)
	wants(t, p, "od roku 2019 do roku 2023 nárůst o 500 (+50 %), na začátku 1 000, na konci 1 500", "Údaje chybějí: 2021", "Český statistický úřad", "31. 12. 2023",
		"největší část je Ukrajina (50 %), pak Slovensko (25 %); ostatní dohromady 25 %", "nejpočetnější věková skupina je 5–9, 850")
	if n := p.Find("#nadpis-rada").Parent().Find("svg polyline").Length(); n != 2 {
		t.Errorf("%d lines, want one on each side of 2021", n)
	}
	rows := p.Find("#nadpis-rada").Parent().Find("table tbody tr")
	if rows.Length() != 5 {
		t.Errorf("the table has %d rows, want a row for every year", rows.Length())
	}
	wants(t, i.Get(t, "/en"+series), "a rise of 500", "Data missing: 2021")
}

func TestFilesOfAChartHaveItsNumbersAndAPicture(t *testing.T) {
	i := withCharts(t)
	csv := i.Get(t, "/graf"+series+"/rada.csv")
	for _, want := range []string{"2021;;Zdroj", "2020;1200;Zdroj: Český statistický úřad"} {
		if !strings.Contains(csv.Body, want) {
			t.Errorf("the file lacks %q: %s", want, csv.Body)
		}
	}
	if parts := i.Get(t, "/graf"+series+"/slozeni.csv"); !strings.Contains(parts.Body, "2023;750;375;375;") {
		t.Errorf("composition: %s", parts.Body)
	}
	for _, name := range []string{"rada", "slozeni", "vek"} {
		status, head, data := i.File(t, "/graf"+series+"/"+name+".png")
		img, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || status != http.StatusOK || head.Get("Content-Type") != "image/png" || img.Width < 1000 || img.Height < 500 {
			t.Errorf("%s: %v %v", name, img, err)
		}
	}
	for _, address := range []string{series + "/neni.png", series + "/rada.gif", series + "/rada", "/statistiky/csu-cizinci/CZ042/rada.png", "/statistiky/neni/CZ041/rada.png", "/pokryti/neni.png"} {
		if p := i.Get(t, "/graf"+address); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
}

func TestChangesAreToldOfTerritoriesWithBothFiguresOnly(t *testing.T) {
	i := withCharts(t)
	p := i.Get(t, "/statistiky/csu-cizinci")
	wants(t, p, "Cizinci – kraje, změna 2019–2023", "nejvíc přibylo +500: Karlovarský kraj; nikde neubylo", "13 z nich oba údaje nemá")
	if n := p.Find("#zmena").Parent().Find(".map-region.chart-unknown").Length(); n != 13 {
		t.Errorf("%d territories are hatched, want 13", n)
	}
	csv := i.Get(t, "/graf/statistiky/csu-cizinci/zmena.csv?od=2020&do=2022")
	if !strings.Contains(csv.Body, "Karlovarský kraj;1200;1100;-100;") || !strings.Contains(csv.Body, "Plzeňský kraj;;;;") {
		t.Errorf("%s", csv.Body)
	}
}

func TestAnotherDataSetIsNeverDrawnBesideUnlessAskedFor(t *testing.T) {
	i := withCharts(t)
	if p := i.Get(t, series); p.Find("#nadpis-rada").Parent().Find("g[class^=chart-series]").Length() != 1 {
		t.Error("two series without anybody asking")
	}
	if p := i.Get(t, series+"?srovnat=csu-obyvatele"); !strings.Contains(p.Words("main"), "nic neříká") {
		t.Error("a data set without numbers here is not said to have none")
	}
}

func TestAnEditorMayReplaceTheSentenceAndTheComputedOneStays(t *testing.T) {
	i := withCharts(t)
	write, ok := i.Get(t, series).Find("#nadpis-rada").Parent().Find("figcaption a[href*='/sprava/texty/']").Attr("href")
	if !ok {
		t.Fatal("there is nowhere to write")
	}
	wants(t, i.Get(t, write), "Věta pod grafem /statistiky/csu-cizinci/CZ041/rada")
	i.Post(t, write, url.Values{"cs": {"Po roce 2022 přišli hlavně lidé z Ukrajiny."}, "version": {"0"}})
	p := i.Get(t, series)
	wants(t, p, "Po roce 2022 přišli hlavně lidé z Ukrajiny.", "Tuto větu napsal redaktor", "nárůst o 500")
	wants(t, i.Get(t, "/sprava/texty"), "Věta pod grafem /statistiky/csu-cizinci/CZ041/rada")
	if other := i.Get(t, series+"?obcanstvi=UA"); strings.Contains(other.Words("main"), "Po roce 2022") {
		t.Error("the sentence stands under another chart")
	}
}

// put stores totals of kraje as they come from a source whose definition changes.
func put(t *testing.T, i *webtest.Instance, all ...atlas.Slice) {
	t.Helper()
	for n := range all {
		all[n].Version, all[n].Batch = 1, "D-00001"
		all[n].Date.Month, all[n].Date.Day = 12, 31
	}
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutSlices(t.Context(), atlas.DatasetForeigners, all); err != nil {
			return err
		}
		_, err := tx.SumUpDataset(t.Context(), atlas.DatasetForeigners)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func total(code, edition, since string, year int, n int64) atlas.Slice {
	return atlas.Slice{Territory: code, Edition: edition, TerritoryVersion: since, Date: atlas.Date{Year: year}, Figures: []atlas.Figure{{Value: n, State: atlas.FigureKnown}}}
}

func TestNoChangeIsComputedAcrossDefinitionsOrExtentsAndItIsSaid(t *testing.T) {
	i := start(t)
	put(t, i, total("CZ041", "", "", 2019, 1000), total("CZ041", "", "", 2023, 1500), total("CZ042", "", "", 2019, 1000), total("CZ042", "2021", "", 2023, 9000),
		total("CZ032", "", "", 2019, 500), total("CZ032", "", "2021-01-01", 2023, 400), total("CZ031", "", "", 2023, 7))
	for lang, want := range map[string][3]string{"": {"jiná definice", "U 2 se mezi oběma daty změnila", "11 z nich oba údaje nemá"}, "/en": {"other definition", "For 2 the definition", "11 of them"}} {
		p := i.Get(t, lang+"/statistiky/csu-cizinci?uroven=kraj")
		change := p.Find("section[aria-labelledby=zmena]")
		if change.Find(".chart-more-1, .chart-more-2, .chart-more-3").Not(".chart-swatch").Length() != 1 || change.Find("[class*=chart-less]").Length() != 0 {
			t.Errorf("%s: the map shades %d grown and %d fallen kraje", lang, change.Find("[class*=chart-more]").Length(), change.Find("[class*=chart-less]").Length())
		}
		for code, name := range map[string]string{"CZ042": "Ústecký", "CZ032": "Plzeňský"} {
			row := change.Find("table tr:has(a[href$='" + code + "'])")
			if cell := row.Find("td").Last().Text(); !strings.Contains(cell, want[0]) || strings.ContainsAny(cell, "0123456789") {
				t.Errorf("%s: %s is said to have changed by %q", lang, name, cell)
			}
		}
		text := strings.ReplaceAll(change.Text(), "\u00a0", " ")
		for _, w := range want[1:] {
			if !strings.Contains(text, w) {
				t.Errorf("%s: not said: %q in %s", lang, w, text)
			}
		}
	}
	if csv := i.Get(t, "/graf/statistiky/csu-cizinci/zmena.csv?uroven=kraj"); !strings.Contains(csv.Body, "Ústecký kraj;1000;9000;;") || !strings.Contains(csv.Body, "Karlovarský kraj;1000;1500;500;") {
		t.Errorf("the file: %s", csv.Body)
	}
}

func TestTerritoriesStandSideBySideOnOneScaleWithTheirFilesAndBreaks(t *testing.T) {
	i := start(t)
	put(t, i, total("CZ041", "", "", 2019, 1000), total("CZ041", "", "", 2020, 2000), total("CZ041", "", "", 2022, 4000), total("CZ042", "", "", 2019, 100), total("CZ042", "2021", "", 2022, 50))
	p := i.Get(t, "/statistiky/csu-cizinci?uroven=kraj")
	small := p.Find("section[aria-labelledby=nadpis-vedle-sebe]")
	if n := small.Find("svg.chart-small-lines").Length(); n != 14 {
		t.Fatalf("%d pictures", n)
	}
	y := func(code string) (out []string) { // where the dots of a kraj stand
		small.Find("svg[aria-labelledby='graf-vedle-" + code + "-title'] .chart-target").Each(func(_ int, s *goquery.Selection) { out = append(out, s.AttrOr("cy", "")) })
		return out
	}
	if a, b := y("CZ041"), y("CZ042"); len(a) != 3 || len(b) != 2 || b[0] <= a[0] {
		t.Errorf("dots of one scale: %v and %v", a, b)
	}
	if n := small.Find("svg[aria-labelledby='graf-vedle-CZ042-title'] polyline").Length(); n != 0 {
		t.Error("a line goes over another definition")
	}
	if n := small.Find("svg[aria-labelledby='graf-vedle-CZ041-title'] polyline").Length(); n != 1 {
		t.Errorf("%d lines, want one up to the year without data", n)
	}
	if rows := small.Find("table tbody tr"); rows.Length() != 14 || rows.First().Find("td").Length() != 4 {
		t.Errorf("the equal table has %d rows", rows.Length())
	}
	wants(t, p, "nejvíc přibylo +3 000: Karlovarský kraj", "U 1 se mezi oběma daty změnila")
	file, _ := small.Find("a[href*='vedle-sebe.csv']").Attr("href")
	if csv := i.Get(t, file); !strings.Contains(csv.Body, "Karlovarský kraj;1000;2000;;4000;") || !strings.Contains(csv.Body, "Ústecký kraj;100;;;50;") {
		t.Errorf("the file: %s", csv.Body)
	}
	status, _, data := i.File(t, strings.Replace(file, ".csv", ".png", 1))
	if img, err := png.DecodeConfig(bytes.NewReader(data)); err != nil || status != http.StatusOK || img.Height < 1500 {
		t.Errorf("the picture: %d %v %v", status, img, err)
	}
	if n := i.Get(t, "/statistiky/csu-cizinci?uroven=kraj&v=CZ041").Find("#nadpis-vedle-sebe").Length(); n != 0 {
		t.Error("one kraj has nothing beside it")
	}
}

func TestTwoDataSetsStandInOneChartOnlyByChoiceAndWithAWarningThatGoesWithItsFile(t *testing.T) {
	i := withCharts(t)
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		two := []atlas.Slice{total("CZ041", "", "", 2022, 300), total("CZ041", "", "", 2023, 900)}
		for n := range two {
			two[n].Version, two[n].Batch, two[n].Date.Month, two[n].Date.Day = 1, "D-00009", 12, 31
		}
		if err := tx.PutSlices(t.Context(), atlas.DatasetProtection, two); err != nil {
			return err
		}
		_, err := tx.SumUpDataset(t.Context(), atlas.DatasetProtection)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := i.Get(t, series); strings.Contains(p.Words("main"), "dvě datové sady") || p.Find("select[name=srovnat] option[value=mv-docasna-ochrana]").Length() != 1 || p.Find("select[name=srovnat] option[value=csu-obyvatele]").Length() != 0 {
		t.Error("the choice offers what there is here and warns of nothing yet")
	}
	for lang, want := range map[string][]string{"": {"V grafu jsou dvě datové sady", "Cizinci podle státního občanství, věku a pohlaví a Osoby s dočasnou ochranou podle obcí – Karlovarský kraj"}, "/en": {"two data sets", "Karlovarský kraj"}} {
		p := i.Get(t, lang+series+"?srovnat=mv-docasna-ochrana")
		if p.Find(".notice-warning").Length() != 1 {
			t.Errorf("%s: no warning is seen", lang)
		}
		wants(t, p, want...)
		chart := p.Find("#nadpis-rada").Parent()
		if chart.Find("g.chart-series-1 .chart-dot").Length() != 4 || chart.Find("g.chart-series-2 .chart-dot").Length() != 2 {
			t.Errorf("%s: dots of two lines", lang)
		}
		if ages := p.Find("#nadpis-vek").Parent(); strings.Contains(ages.Find("figcaption").Text(), "Ministerstvo") {
			t.Errorf("%s: a chart of one data set names the other as its source", lang)
		}
	}
	csv := i.Get(t, "/graf"+series+"/rada.csv?srovnat=mv-docasna-ochrana")
	if !strings.Contains(csv.Body, "2022;1100;300;") || !strings.Contains(csv.Body, "2020;1200;;") {
		t.Errorf("%s", csv.Body)
	}
	_, _, one := i.File(t, "/graf"+series+"/rada.png")
	_, _, two := i.File(t, "/graf"+series+"/rada.png?srovnat=mv-docasna-ochrana")
	a, err1 := png.DecodeConfig(bytes.NewReader(one))
	b, err2 := png.DecodeConfig(bytes.NewReader(two))
	if err1 != nil || err2 != nil || b.Height <= a.Height+60 {
		t.Errorf("the file of two does not carry the warning: %v %v", a, b)
	}
}
