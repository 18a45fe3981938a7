package atlas_test

import (
	"testing"

	"atlas"
)

func TestTextsOfNeedsHoldNoDataOfPersons(t *testing.T) { // 6.14
	ls := atlas.NewLists(nil)
	for text, wrong := range map[string]bool{
		"Napište na jana@mesto.cz": true, "Volejte 777 123 456": true, "+420 377 123 456": true, "777123456": true, "rodné číslo 855512/1234": true,
		"Chybí 120 000 000 Kč": false, "V roce 2024/2025 přibylo 12 345 dětí": false, "IČO 00551023": false, "usnesení 123456": false, "§ 5 zákona č. 65/2022 Sb.": false,
	} {
		n := atlas.Need{Title: "Kurzy", Description: text}
		if got := len(n.Problems(ls, atlas.StageSave, 2026)) > 0; got != wrong {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestANumberUnderFiveIsHidden(t *testing.T) { // 8.10
	for n, few := range map[int64]bool{1: true, 4: true, 5: false, 120: false} {
		x := atlas.Need{People: atlas.Count{Known: true, N: n, Kind: "ODH"}}
		x.HideFew()
		if x.Few != few || x.People.Known == few {
			t.Errorf("%d: %+v", n, x)
		}
	}
	var unknown atlas.Need
	if unknown.HideFew(); unknown.Few {
		t.Error("what is not known is not few")
	}
}

func TestOnlyTheFirstVerifyingIsOne(t *testing.T) {
	for _, x := range []struct {
		from, to string
		want     bool
	}{
		{"", atlas.NeedReported, false}, {"", atlas.NeedVerified, true}, {atlas.NeedReported, atlas.NeedAddressed, true}, {atlas.NeedRejected, atlas.NeedResolved, true},
		{atlas.NeedVerified, atlas.NeedPriority, false}, {atlas.NeedResolved, atlas.NeedRecurring, false}, {atlas.NeedVerified, atlas.NeedRejected, false},
	} {
		if got := atlas.VerifiesNeed(x.from, x.to); got != x.want {
			t.Errorf("%q to %q: %v", x.from, x.to, got)
		}
	}
}
