package czech

import (
	"slices"
	"testing"
)

func TestSpellingsOfOneWordFoldAlike(t *testing.T) { // acceptance example 16
	for in, want := range map[string]string{
		"Žďár": "zdar", "ŽĎÁR": "zdar", "zdar": "zdar", "Z\u030cd\u030ca\u0301r": "zdar",
		"Příliš žluťoučký kůň úpěl ďábelské ódy": "prilis zlutoucky kun upel dabelske ody",
		"Łódź": "lodz", "Đorđe": "dorde", "Straße": "strasse", "Ærø": "aero", "İzmir": "izmir",
		"Nguyễn Thị": "nguyen thi", "ﬁn": "fin", "Харків": "харків", "Київ": "київ", "Миколаї\u0301в": "миколаїв",
		"и\u0306": "й", "Орёл": "орел", "٣": "٣", "×": "×", "\xff": "\ufffd", "": "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldTableCoversExactlyItsCharacters(t *testing.T) {
	if len(latin) != 0x180-0xC0 {
		t.Fatalf("%d letters for %d characters", len(latin), 0x180-0xC0)
	}
	for r, want := range map[rune]byte{'Á': 'a', 'č': 'c', 'Ď': 'd', 'ě': 'e', 'ň': 'n', 'Ř': 'r', 'š': 's', 'ť': 't', 'ů': 'u', 'ý': 'y', 'Ž': 'z', 'ł': 'l', 'ı': 'i', 'ſ': 's', 'Ķ': 'k', 'ĵ': 'j', 'Ŵ': 'w', 'Ō': 'o', 'Ĥ': 'h', 'ğ': 'g'} {
		if got := latin[r-0xC0]; got != want {
			t.Errorf("%c is %c, want %c", r, got, want)
		}
	}
}

func FuzzFoldTwiceIsFoldOnce(f *testing.F) {
	f.Add("Žďár nad Sázavou")
	f.Add("\u0306и\u0306")
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, again %q", s, once, twice)
		}
	})
}

func TestCzechOrderPutsChAfterH(t *testing.T) { // acceptance example 16, 10.5
	want := []string{"Cáb", "Cvikov", "Čáslav", "Český Krumlov", "Dačice", "Havlíčkův Brod", "Hradec Králové", "Cheb", "Chomutov", "Ivančice", "Rokycany", "Říčany", "Sušice", "Šumperk", "Zlín", "Žďár nad Sázavou"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return compareKeys(SortKey(a), SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("by key: %q", got)
	}
	slices.Reverse(got)
	slices.SortFunc(got, NewCollator().Compare)
	if !slices.Equal(got, want) {
		t.Errorf("by comparison: %q", got)
	}
}

func compareKeys(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func TestICOIsCheckedByItsLastDigit(t *testing.T) { // acceptance example 13
	for _, s := range []string{"70098085", "00025593", "00254657", "06997651", "25492781", "00075370"} {
		if !ValidICO(s) {
			t.Errorf("%s is refused", s)
		}
	}
	for _, s := range []string{"70098086", "12345678", "", "7009808", "700980855", "7009808a", "７0098085"} {
		if ValidICO(s) {
			t.Errorf("%q is taken", s)
		}
	}
}

func TestICOIsTrimmedAndPaddedFromTheLeft(t *testing.T) {
	for in, want := range map[string]string{" 25593 ": "00025593", "700 98 085": "70098085", "75370": "00075370", "06997651": "06997651"} {
		if got, ok := NormaliseICO(in); !ok || got != want {
			t.Errorf("NormaliseICO(%q) = %q, %v", in, got, ok)
		}
	}
	for in, want := range map[string]string{" 12345678 ": "12345678", "": "", "abc ": "abc", "123456789": "123456789"} {
		if got, ok := NormaliseICO(in); ok || got != want {
			t.Errorf("NormaliseICO(%q) = %q, %v", in, got, ok)
		}
	}
}

func TestAccountIsCheckedModulo11(t *testing.T) { // acceptance example 13
	for _, s := range []string{"482968953/0300", "19-2000145399/0800", "000019-2000145399/0800"} {
		if !ValidAccount(s) {
			t.Errorf("%s is refused", s)
		}
	}
	for _, s := range []string{"482968954/0300", "482968953", "482968953/030", "18-2000145399/0800", "-2000145399/0800", "0000000000/0300", "1/0300", "48296895x/0300", "1234567-2000145399/0800", ""} {
		if ValidAccount(s) {
			t.Errorf("%q is taken", s)
		}
	}
}

func TestTaxNumberOfANaturalPersonIsRefused(t *testing.T) {
	if !ValidDIC("CZ70098085") {
		t.Error("a legal person is refused")
	}
	for _, s := range []string{"CZ8001011234", "CZ12345678", "70098085", "SK70098085", ""} {
		if ValidDIC(s) {
			t.Errorf("%q is taken", s)
		}
	}
}

func TestDataBoxHasSevenLettersOrDigits(t *testing.T) {
	for s, want := range map[string]bool{"6bnaawp": true, "ABC1234": true, "abc123": false, "abc12345": false, "abc-123": false, "": false} {
		if got := ValidDataBox(s); got != want {
			t.Errorf("ValidDataBox(%q) = %v", s, got)
		}
	}
}
