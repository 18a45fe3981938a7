package territories_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"atlas/internal/web/webtest"
)

func TestChartsOfATerritoryAreTakenAwayAsFiles(t *testing.T) {
	i := webtest.Start(t)
	p := i.Get(t, "/uzemi/CZ042")
	links := p.Find("figcaption a[download]")
	if links.Length() != 4 {
		t.Fatalf("%d files of two charts", links.Length())
	}
	for n := range links.Length() {
		address := links.Eq(n).AttrOr("href", "")
		status, head, data := i.File(t, address)
		if strings.HasSuffix(address, ".png") {
			if _, err := png.Decode(bytes.NewReader(data)); err != nil {
				t.Errorf("%s: %v", address, err)
			}
		}
		if status != 200 || !strings.Contains(head.Get("Content-Disposition"), "graf-") {
			t.Errorf("%s: %d %v", address, status, head)
		}
	}
	if text := p.Find("section:has(#podle-let) figcaption").Text(); !strings.Contains(text, "Známé projekty: od roku") {
		t.Errorf("said %s", text)
	}
	if status, _, _ := i.File(t, "/graf/uzemi/NIC/temata.png"); status != 404 {
		t.Errorf("a territory that is none has a chart: %d", status)
	}
}
