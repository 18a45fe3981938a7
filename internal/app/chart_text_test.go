package app_test

import (
	"strings"
	"testing"

	"atlas/internal/app"
)

func TestATextUnderAChartIsFoundByTheAddressOfTheChart(t *testing.T) {
	for _, address := range []string{"/uzemi/CZ042/temata", "/pokryti/vyvoj?do=2024&od=2012&q=%C4%8De%C5%A1tina", "/statistiky/csu-cizinci/CZ041/rada?datum=2024-12-31"} {
		code := app.ChartText(address)
		if got := app.ChartOfText(code); got != address || !app.KnownText(code) || strings.Contains(code, "/") {
			t.Errorf("%s is %q and back %q", address, code, got)
		}
	}
	if code := app.ChartText("/pokryti/vyvoj?q=" + strings.Repeat("a", 400)); code != "" {
		t.Errorf("a very long question has the text %s", code)
	}
	for _, code := range []string{"", "graf:", "graf:a b", "graf:a\nb", "home.nothing", "graf:" + strings.Repeat("a", 400)} {
		if app.KnownText(code) {
			t.Errorf("%q may be written", code)
		}
	}
}
