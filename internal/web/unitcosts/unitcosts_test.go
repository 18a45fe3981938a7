package unitcosts_test

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
	"atlas/internal/web/webtest"
)

// course is an ended course of 2024 for ten participants.
func course(t *testing.T, i *webtest.Instance, n int, crowns int64) *atlas.Project {
	t.Helper()
	p, err := i.App.Reader().Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.ID, p.Meta, p.RegNumber, p.Follows, p.PlaceText, p.Ongoing = "", atlas.Meta{RecordStatus: atlas.RecordPublished}, "", nil, "", false
	p.TitleCs, p.TitleEn = fmt.Sprintf("Kurz číslo %d", n), ""
	p.From, p.To, p.Status = atlas.Date{Year: 2024, Month: 1}, atlas.Date{Year: 2024, Month: 12}, atlas.StatusEnded
	p.Funding, p.TotalCost, p.IntegrationShare = nil, atlas.Crowns(crowns), atlas.Pct(100)
	p.Activities = []atlas.Activity{{Code: "A01"}}
	p.Indicators = []atlas.Indicator{{Name: "Lidé", Kind: atlas.IndicatorOutput, Unit: "účastník kurzu", Measurements: []atlas.Measurement{{Value: "10", CountKind: "UNIK"}}}}
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	return p
}

const page = "/jednotkove-naklady"

func TestFewerThanFiveProjectsShowNoAmountAndSayWhy(t *testing.T) {
	i := webtest.Start(t)
	if got := i.Get(t, page).Words(".nothing"); !strings.Contains(got, "Zatím žádný projekt") {
		t.Errorf("nobody says a cost: %q", got)
	}
	if got := i.Get(t, page).Words("#bez + ul"); !strings.Contains(got, "víc klíčových aktivit") {
		t.Errorf("what is left out: %q", got)
	}
	for n := range 4 {
		course(t, i, n, 26_000+int64(n)*10_000)
	}
	got := i.Get(t, page)
	if words := got.Words(".nothing"); !strings.Contains(words, "jen 4 projekty") || !strings.Contains(words, "méně než pěti") {
		t.Errorf("%q", words)
	}
	if got.Find("svg.chart-spread, table").Length() > 0 || strings.Contains(got.Words("main"), "Kč") {
		t.Error("amounts of four projects are shown")
	}
	if rows := i.Table(t, "/export/jednotkove-naklady.csv"); len(rows) != 0 {
		t.Errorf("the file has %v", rows)
	}
	if i.Get(t, page+"?aktivita=A02").Words(".nothing") == "" || i.Get(t, page+"?jednotka=%3Cx%7C&rok=1700&strana=-1").Words(".notice") == "" {
		t.Error("an address that asks for nothing known says nothing of it")
	}
}

// TestTheMiddleIsThatOfTheRows: 2 600, 3 600, 4 600, 5 600 and 6 600 CZK have the
// median 4 600 and the quartiles 3 600 and 5 600.
func TestTheMiddleIsThatOfTheRows(t *testing.T) {
	i := webtest.Start(t)
	var first *atlas.Project
	for n := range 5 {
		if p := course(t, i, n, 26_000+int64(n)*10_000); first == nil {
			first = p
		}
	}
	for path, want := range map[string]string{page + "?rok=2024": "4 600", "/en" + page + "?rok=2024": "4,600"} {
		got := i.Get(t, path)
		if words := strings.ReplaceAll(got.Words(".takeaway-words"), "\u00a0", " "); !strings.Contains(words, want) {
			t.Errorf("%s: %q", path, words)
		}
		if dots, rows := got.Find(".spread-dot").Length(), got.Find("#projekty-popis").Closest("table").Find("tbody tr").Length(); dots != 5 || rows != 5 {
			t.Errorf("%s: %d dots, %d rows", path, dots, rows)
		}
		if got.Find("tbody th .field-hint").Length() != 5 {
			t.Errorf("%s does not say that it is the total cost", path)
		}
	}
	rows := i.Table(t, "/export/jednotkove-naklady.csv?rok=2024")
	if len(rows) != 5 || rows[0]["Náklad na jednotku"] == "" {
		t.Errorf("%v", rows)
	}
	if got := i.Get(t, "/projekty/"+first.ID).Words("#naklady"); got != "" {
		t.Errorf("four others are not enough to compare with: %q", got)
	}
	course(t, i, 5, 76_000) // others: 3 600 to 7 600, median 5 600
	got := i.Get(t, "/projekty/"+first.ID)
	words := strings.ReplaceAll(got.Words("#naklady"), "\u00a0", " ")
	if !strings.Contains(words, "2 600 Kč") || !strings.Contains(words, "5 600 Kč") || !strings.Contains(words, "5 podobných projektů") {
		t.Errorf("%q", words)
	}
	link := got.Find("#naklady a").AttrOr("href", "")
	if u, err := url.Parse(link); err != nil || u.Path != page || i.Get(t, link).Find(".chart-spread").Length() != 1 {
		t.Errorf("%s does not show the comparison", link)
	}
	got.Find("#naklady a").Each(func(_ int, a *goquery.Selection) {
		if strings.TrimSpace(a.Text()) == "" {
			t.Error("a link without words")
		}
	})
}

func TestThePictureOfASpreadIsAFileWithItsSourceAndOfFewNoneIs(t *testing.T) {
	i := webtest.Start(t)
	for n := range 4 {
		course(t, i, n, 26_000+int64(n)*10_000)
	}
	if status, _, _ := i.File(t, "/graf"+page+"/rozpeti.png"); status != http.StatusNotFound {
		t.Errorf("a picture of four projects: %d", status)
	}
	course(t, i, 4, 66_000)
	links := i.Get(t, page).Find("figcaption a[download]")
	if links.Length() != 2 {
		t.Fatalf("%d files", links.Length())
	}
	status, head, data := i.File(t, links.First().AttrOr("href", ""))
	img, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || status != http.StatusOK || head.Get("Content-Type") != "image/png" || img.Width < 1000 {
		t.Errorf("%d %v %v", status, img, err)
	}
	if csv := i.Get(t, links.Last().AttrOr("href", "")); strings.Count(csv.Body, "Zdroj: zveřejněné záznamy") != 5 || !strings.Contains(csv.Body, ";4600.00;") {
		t.Errorf("%s", csv.Body)
	}
}
