package coverage_test

import (
	"bytes"
	"image/png"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas/internal/web/webtest"
)

func TestTheTrendIsDrawnToldAndGivenAsFilesOfTheSameNumbers(t *testing.T) {
	i := webtest.Start(t)
	const asked = "?zobrazeni=vyvoj&od=2012&do=2024"
	p := i.Get(t, "/pokryti"+asked)
	charts := p.Find(".chart-many svg.chart-lines").Length()
	if charts < 3 {
		t.Fatalf("%d pictures", charts)
	}
	if words := p.Find("figcaption").Text(); !strings.Contains(words, "od roku 2012 do roku 2024") || !strings.Contains(words, "Zdroj: zveřejněné záznamy") {
		t.Errorf("said %s", words)
	}
	file, _ := p.Find("figcaption a[href$='csv'], figcaption a[href*='vyvoj.csv']").Attr("href")
	csv := i.Get(t, file)
	var page []string
	p.Find("#vyvoj").Parent().Find("table tbody tr").Each(func(_ int, row *goquery.Selection) {
		var cells []string
		row.Find("th, td").Each(func(_ int, c *goquery.Selection) {
			text := strings.TrimSpace(c.Text())
			if text == "–" {
				text = "0" // of projects
			}
			cells = append(cells, text)
		})
		page = append(page, strings.Join(cells, ";"))
	})
	for _, line := range page {
		if !strings.Contains(csv.Body, line+";") && !strings.Contains(csv.Body, strings.SplitN(line, ";", 2)[1]+";") {
			t.Errorf("the file lacks %s", line)
		}
	}
	picture, _ := p.Find("figcaption a[href*='vyvoj.png']").Attr("href")
	status, _, data := i.File(t, picture)
	img, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || status != 200 || img.Height < 300*((charts+2)/3) {
		t.Errorf("the picture: %d %v %v", status, img, err)
	}
}

func TestMoneyThatIsNotKnownIsAGapInTheTrendAndEmptyInItsFile(t *testing.T) {
	i := webtest.Start(t)
	p := i.Get(t, "/pokryti?zobrazeni=vyvoj&ukazat=penize&od=2007&do=2026")
	dots, known := p.Find(".chart-many .chart-dot").Length(), 0
	p.Find("#vyvoj").Parent().Find("table tbody tr:not(:last-child) td").Each(func(_ int, c *goquery.Selection) {
		if text := strings.TrimSpace(c.Text()); text != "?" && text != "–" {
			known++
		}
	})
	if dots != known || known == 0 {
		t.Errorf("%s dots of %s known values", strconv.Itoa(dots), strconv.Itoa(known))
	}
}

// A project of two themes is in both rows and once in the total, which is the one of
// the matrix of that year.
func TestTheTotalOfAYearIsThatOfTheMatrixOfThatYear(t *testing.T) {
	i := webtest.Start(t)
	below := 0
	for _, asked := range []string{"", "&uvnitr=CZ010", "&uvnitr=CZ0323", "&uvnitr=554791", "&ukazat=penize", "&ukazat=mesice&uvnitr=CZ042", "&osa=skupiny", "&oblast=JAZ"} {
		p := i.Get(t, "/pokryti?zobrazeni=vyvoj&od=2018&do=2020"+asked)
		total := p.Find("#vyvoj").Parent().Find("table tbody tr").Last()
		if !strings.Contains(total.Find("th").Text(), "Celkem") || total.Find("td").Length() != 3 {
			t.Fatalf("%s: %s", asked, total.Text())
		}
		for n, year := range []string{"2018", "2019", "2020"} {
			matrix := i.Get(t, "/pokryti?zobrazeni=matice&od="+year+"&do="+year+asked)
			cell := matrix.Find("table.matrix tbody").Eq(1).Find("tr").First().Find("td").First().Clone()
			cell.Find("span").Remove()
			want := strings.TrimSpace(cell.Text())
			got := strings.TrimSuffix(strings.TrimSpace(total.Find("td").Eq(n).Text()), "\u00a0Kč") // over the matrix it stands in the caption
			if want != got && (want != "" || got != "–") && (want != "neznámo" || got != "?") {
				t.Errorf("%s in %s: %q, the matrix has %q", asked, year, got, want)
			}
		}
		if asked == "" {
			sum := 0
			p.Find("#vyvoj").Parent().Find("table tbody tr:not(:last-child)").Each(func(_ int, row *goquery.Selection) {
				k, _ := strconv.Atoi(row.Find("td").First().Text())
				sum += k
			})
			if below, _ = strconv.Atoi(total.Find("td").First().Text()); below == 0 || below >= sum {
				t.Errorf("the rows sum to %d, %d distinct projects", sum, below)
			}
		}
	}
}
