package czech

import (
	"strings"
	"testing"
)

func TestInflectedFormsOfAWordShareItsStem(t *testing.T) {
	for _, forms := range []string{
		"cizinec cizince cizinci cizincem cizinců cizincům cizincích cizinka cizinky cizince cizinku cizinkou cizinek cizinkám cizinkách",
		"Praha Prahy Praze Prahu Prahou",
		"Plzeň Plzně Plzni Plzní",
		"Brno Brna Brně Brnu Brnem",
		"děti dětí dětem dětech dětmi dítě dítěte dítěti dítětem",
		"škola školy škole školu školou škol školám školách školami",
		"školka školky školce školku školkou školek školkám",
		"čeština češtiny češtině češtinu češtinou",
		"uprchlík uprchlíka uprchlíku uprchlíci uprchlíků uprchlíkům uprchlíky uprchlících uprchlíkem",
		"město města městě městu městem měst městům městech městy",
		"integrace integraci integrací integracemi integracím integrační integračního integračním integračních integračními",
		"obec obce obci obcí obcím obcích obcemi",
		"služba služby službě službu službou služeb službám službách službami",
		"jazyk jazyka jazyce jazyku jazykem jazyky jazyků jazykům jazycích",
		"program programu programem programy programů programům programech",
		"systém systému systémem systémy systémů systémům systémech",
		"výzkum výzkumu výzkumem výzkumy výzkumů",
		"centrum centra centru centrem center centrům centrech",
		"Ukrajinec Ukrajince Ukrajinci Ukrajinců Ukrajincům Ukrajinkám",
		"ukrajinský ukrajinská ukrajinské ukrajinského ukrajinskému ukrajinských ukrajinským ukrajinskými ukrajinští",
		"německý německá německého němečtí německým",
		"Charkov Charkova Charkově Charkovem Charkovu",
		"Karlovy Karlových Karlův Karlova",
		"Liberec Liberce Liberci Libercem",
		"Cheb Chebu Chebem Chebě",
		"Ostrava Ostravy Ostravě Ostravu Ostravou",
		"kniha knihy knize knihu knihou knih knihám knihách",
		"rodina rodiny rodině rodin rodinám rodinách rodinami",
		"sociální sociálního sociálnímu sociálním sociálních sociálními",
		"vzdělávání vzděláváním vzděláváních",
		"certifikát certifikátu certifikáty certifikátů certifikátem",
		"akademie akademii akademií akademiích akademiemi",
		"lidé lidí lidem lidech lidmi",
		"pomoc pomoci pomocí",
		"kurz kurzu kurzy kurzů kurzem kurzech kurzům",
		"domov domova domově domovu domovem domovy domovů",
		"Krnov Krnova Krnově Krnovem",
		"Prostějov Prostějova Prostějově Prostějovem",
		"zaměstnavatel zaměstnavatele zaměstnavateli zaměstnavatelů zaměstnavatelům",
		"sestra sestry sestře sester sestrám",
	} {
		words := strings.Fields(forms)
		want := Stem(Fold(words[0]))
		for _, w := range words[1:] {
			if got := Stem(Fold(w)); got != want {
				t.Errorf("%s is %q, %s is %q", words[0], want, w, got)
			}
		}
	}
}

func TestDifferentWordsKeepDifferentStems(t *testing.T) {
	for _, pair := range [][2]string{
		{"cesta", "český"}, {"cesta", "čeština"}, {"město", "most"}, {"škola", "školka"},
		{"Praha", "práce"}, {"cizinec", "cizina"}, {"rodina", "rod"}, {"Plzeň", "plzeňský"},
		{"program", "progres"}, {"Ukrajina", "Ukrajinec"}, {"domov", "dům"},
	} {
		if a, b := Stem(Fold(pair[0])), Stem(Fold(pair[1])); a == b {
			t.Errorf("%s and %s are both %q", pair[0], pair[1], a)
		}
	}
}

func TestNumbersShortWordsAndOtherScriptsHaveNoCzechEndings(t *testing.T) {
	for _, w := range []string{"", "a", "pro", "2014", "0006483", "c2", "харкові", "b2b4a"} {
		if got := Stem(w); got != w {
			t.Errorf("Stem(%q) = %q", w, got)
		}
	}
}

func FuzzStemNeverPanicsNorLengthens(f *testing.F) {
	f.Add("cizincích")
	f.Add("acn")
	f.Fuzz(func(t *testing.T, s string) {
		w := Fold(s)
		if got := Stem(w); len(got) > len(w) {
			t.Errorf("Stem(%q) = %q", w, got)
		}
	})
}
