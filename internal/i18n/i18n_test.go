package i18n

import (
	"strings"
	"testing"
	"testing/fstest"

	"atlas"
)

func load(t *testing.T, cs, en string) (*Catalog, error) {
	t.Helper()
	return Load(fstest.MapFS{"cs.json": {Data: []byte(cs)}, "en.json": {Data: []byte(en)}})
}

func TestCzechCountsProjectsByItsPluralForms(t *testing.T) {
	c, err := load(t,
		`{"projects": {"one":"{n} projekt","few":"{n} projekty","many":"{n} projektu","other":"{n} projektů"}}`,
		`{"projects": {"one":"{n} project","other":"{n} projects"}}`)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int64]string{0: "0 projektů", 1: "1 projekt", 2: "2 projekty", 4: "4 projekty", 5: "5 projektů", 22: "22 projektů", 1234: "1\u00a0234 projektů"} {
		if got := c.N("cs", "projects", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := c.N("en", "projects", 1) + c.N("en", "projects", 1234); got != "1 project1,234 projects" {
		t.Error(got)
	}
}

func TestAForgottenTranslationFails(t *testing.T) {
	cases := map[string][2]string{
		"missing":   {`{"a":"x","b":"y"}`, `{"a":"x"}`},
		"superflu":  {`{"a":"x"}`, `{"a":"x","b":"y"}`},
		"arguments": {`{"a":"x {n}"}`, `{"a":"x {m}"}`},
		"forms":     {`{"a":{"one":"x","few":"x","other":"x"}}`, `{"a":{"one":"x","other":"x"}}`},
		"one-sided": {`{"a":"x"}`, `{"a":{"one":"x","other":"x"}}`},
	}
	for name, c := range cases {
		if _, err := load(t, c[0], c[1]); err == nil {
			t.Errorf("%s went through", name)
		}
	}
}

func TestMoneyNumbersAndDatesAreWrittenTheCzechWay(t *testing.T) {
	plain := func(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
	cases := []struct{ got, want string }{
		{Number("cs", 1234567), "1 234 567"},
		{Number("en", -1234), "−1,234"},
		{Money("cs", atlas.Amount{Minor: 74057685, State: atlas.AmountKnown}, "CZK"), "740 576,85 Kč"},
		{Money("cs", atlas.Crowns(1800000), ""), "1 800 000 Kč"},
		{Money("en", atlas.Crowns(15000), "GBP"), "15,000 GBP"},
		{MoneyShort("cs", 180_000_000, "CZK"), "1,8 mil. Kč"},
		{MoneyShort("cs", 1_234_567_890_00, "CZK"), "1,2 mld. Kč"},
		{MoneyShort("en", 180_000_000, "CZK"), "1.8 m CZK"},
		{MoneyShort("cs", 99_999_00, "CZK"), "99 999 Kč"},
		{Date("cs", atlas.Date{Year: 2017, Month: 9, Day: 1}), "1. 9. 2017"},
		{Date("cs", atlas.Date{Year: 2017, Month: 9}), "září 2017"},
		{Date("cs", atlas.Date{Year: 2017}), "2017"},
		{Date("en", atlas.Date{Year: 2017, Month: 9}), "September 2017"},
		{Date("cs", atlas.Date{}), ""},
		{Percent("cs", atlas.Percent{Known: true, Hundredths: 3333}), "33,33 %"},
		{Percent("cs", atlas.Pct(95)), "95 %"},
	}
	for _, c := range cases {
		if plain(c.got) != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if !strings.Contains(Number("cs", 1234), "\u00a0") {
		t.Error("thousands are not held together by a non-breaking space")
	}
}
