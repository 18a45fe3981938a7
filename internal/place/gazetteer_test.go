package place

import (
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/reference"
)

func obec(code, name, region, district, orp string) atlas.Territory {
	return atlas.Territory{Code: code, Level: atlas.LevelMunicipality, Name: name, Region: region, District: district, ORP: orp}
}

func part(code, name, city, region, district, orp string) atlas.Territory {
	return atlas.Territory{Code: code, Level: atlas.LevelCityDistrict, Name: name,
		Municipality: city, Region: region, District: district, ORP: orp}
}

// sample is the built-in levels with a few real municipalities that show what
// is hard about names.
func sample() *Gazetteer {
	brdy := obec("539996", "Brdy", "CZ020", "CZ020B", "2119")
	brdy.ValidTo = atlas.Date{Year: 2015, Month: 12, Day: 31}
	return New(append(reference.Territories(),
		obec("554782", "Praha", "CZ010", "CZ0100", "1000"),
		obec("582786", "Brno", "CZ064", "CZ0642", "6203"),
		obec("554821", "Ostrava", "CZ080", "CZ0806", "8119"),
		obec("554791", "Plzeň", "CZ032", "CZ0323", "3209"),
		obec("554481", "Cheb", "CZ041", "CZ0411", "4102"),
		obec("554961", "Karlovy Vary", "CZ041", "CZ0412", "4103"),
		obec("555428", "Ostrov", "CZ041", "CZ0412", "4106"),
		obec("595209", "Žďár nad Sázavou", "CZ063", "CZ0635", "6115"),
		obec("561380", "Česká Lípa", "CZ051", "CZ0511", "5101"),
		obec("597635", "Město Albrechtice", "CZ080", "CZ0801", "8114"),
		obec("572551", "Vysočina", "CZ053", "CZ0531", "5302"),
		obec("560294", "Březová", "CZ041", "CZ0413", "4107"),
		obec("531090", "Březová", "CZ020", "CZ0202", "2108"),
		obec("506451", "Březová", "CZ080", "CZ0805", "8122"),
		obec("582891", "Březina", "CZ064", "CZ0643", "6217"),
		obec("581429", "Březina", "CZ064", "CZ0643", "6216"),
		obec("577669", "Vítkovice", "CZ051", "CZ0514", "5104"),
		part("539694", "Praha 13", "554782", "CZ010", "CZ0100", "1000"),
		part("500054", "Praha 1", "554782", "CZ010", "CZ0100", "1000"),
		part("547051", "Praha-Libuš", "554782", "CZ010", "CZ0100", "1000"),
		part("550973", "Brno-střed", "582786", "CZ064", "CZ0642", "6203"),
		part("551198", "Brno-Bystrc", "582786", "CZ064", "CZ0642", "6203"),
		part("546003", "Plzeň 3", "554791", "CZ032", "CZ0323", "3209"),
		part("554731", "Plzeň 5-Křimice", "554791", "CZ032", "CZ0323", "3209"),
		part("554227", "Vítkovice", "554821", "CZ080", "CZ0806", "8119"),
		brdy,
	))
}

func codes(list []atlas.Territory) string {
	var out []string
	for _, t := range list {
		out = append(out, t.Code)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestPlaceTextsAreRecognisedOrCalledAmbiguous(t *testing.T) {
	g := sample()
	for text, want := range map[string]string{
		"Praha": "554782", "hl. m. Praha": "554782", "Hlavní město Praha": "554782", "PRAHA": "554782",
		"Cheb": "554481", "okres Cheb": "CZ0411", "okr. Cheb": "CZ0411", "ORP Cheb": "4102", "SO ORP Cheb": "4102",
		"město Česká Lípa": "561380", "Město Albrechtice": "597635", "obec Ostrov": "555428",
		"Statutární město Brno": "582786", "zdar nad sazavou": "595209", "ŽĎÁR NAD SÁZAVOU": "595209", "Žďár n. Sázavou": "595209",
		"Liberecký kraj": "CZ051", "kraj Liberecký": "CZ051", "Liberecký": "CZ051", "kraj Vysočina": "CZ063", "Kraj Vysočina": "CZ063",
		"Vysočina": "572551 CZ063", "obec Vysočina": "572551",
		"Praha 13": "539694", "MČ Praha 13": "539694", "Městská část Praha 13": "539694", "m. č. Praha 13": "539694",
		"Brno-střed": "550973", "Brno - Střed": "550973", "Brno – střed": "550973", "Bystrc, Brno": "551198", "Bystrc (Brno)": "551198",
		"Plzeň 3": "546003", "ÚMO Plzeň 3": "546003", "Plzeň 5": "554731", "Plzeň 5 - Křimice": "554731", "městský obvod Plzeň 3": "546003",
		"Vítkovice": "554227 577669", "Ostrava-Vítkovice": "554227", "Vítkovice (Ostrava)": "554227", "Vítkovice, okres Semily": "577669",
		"Březová": "506451 531090 560294", "Březová, okres Sokolov": "560294", "Březová (okr. Beroun)": "531090",
		"Březová (CZ0805)": "506451", "Březová, Karlovarský kraj": "560294", "obec Březová (okres Sokolov)": "560294",
		"Březina, okres Brno-venkov": "581429 582891", "Březina (ORP Šlapanice)": "581429",
		"CZ0411": "CZ0411", "cz041": "CZ041", "554782": "554782", "3131": "CZ072", "ČR": "CZ", "Česká republika": "CZ",
		"Ostrov, Karlovy Vary": "", "Praha, Brno": "", "Kocourkov": "", "": "", " - ": "", "okres Kocourkov": "", "okres": "",
		"Brdy": "539996",
	} {
		if got := codes(g.Recognise(text)); got != want {
			t.Errorf("Recognise(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFindTakesNameAndDistrictNeverOneOfSeveral(t *testing.T) {
	g := sample()
	for _, c := range []struct{ name, within, want string }{
		{"Březová", "", "506451 531090 560294"}, {"brezova", "sokolov", "560294"}, {"Březová", "CZ0413", "560294"},
		{"Březová", "40444", "560294"}, {"Březová", "okres Opava", "506451"}, {"Březová", "Praha", ""},
		{"Bystrc", "Brno", "551198"}, {"Bystrc", "", ""}, {"Křimice", "554791", "554731"}, {"Praha 1", "Praha", "500054"},
		{"Cheb", "", "554481"}, {"Sokolov", "", "4107 CZ0413"},
	} {
		if got := codes(g.Find(c.name, c.within)); got != c.want {
			t.Errorf("Find(%q, %q) = %q, want %q", c.name, c.within, got, c.want)
		}
	}
}

func TestCodesOfEverySystemAreUnderstood(t *testing.T) {
	g := sample()
	for code, want := range map[string]string{
		"CZ072": "CZ072", "3131": "CZ072", "141": "CZ072", "19": "CZ010", "116": "CZ064", "CZ0724": "CZ0724", "40851": "CZ0724",
		"7213": "7213", "CZ0211": "CZ0201", "CZ021C": "CZ020C", "CZ0611": "CZ0631", "CZ0627": "CZ0647", "CZ0816": "CZ0806",
		"CZ081": "CZ080", "CZ06111": "", " cz0411 ": "CZ0411", "": "", "999999": "",
		"3107": "", // ORP Milevsko and ČSÚ number of Kraj Vysočina
	} {
		if got, _ := g.ByAnyCode(code); got.Code != want {
			t.Errorf("ByAnyCode(%q) = %q, want %q", code, got.Code, want)
		}
	}
	for _, c := range []struct {
		level      atlas.Level
		code, want string
	}{
		{atlas.LevelRegion, "3107", "CZ063"}, {atlas.LevelORP, "3107", "3107"}, {atlas.LevelRegion, "19", "CZ010"},
		{atlas.LevelCountry, "19", "CZ"}, {atlas.LevelDistrict, "40851", "CZ0724"}, {atlas.LevelDistrict, "CZ072", ""},
		{atlas.LevelDistrict, "CZ0615", "CZ0635"},
	} {
		if got, _ := g.ByCodeAt(c.level, c.code); got.Code != c.want {
			t.Errorf("ByCodeAt(%s, %q) = %q, want %q", c.level, c.code, got.Code, c.want)
		}
	}
}

func TestEveryBuiltInTerritoryIsFoundByItsCodes(t *testing.T) {
	g := New(reference.Territories())
	for _, want := range reference.Territories() {
		for _, code := range []string{want.Code, want.CSU, want.RUIAN} {
			if code == "" {
				continue
			}
			if got, ok := g.ByCodeAt(want.Level, code); !ok || got.Code != want.Code {
				t.Errorf("%s %s not found by %s", want.Level, want.Code, code)
			}
		}
	}
}

func TestLabelsTellTwinsApart(t *testing.T) {
	g := sample()
	for code, want := range map[string]string{
		"595209": "Žďár nad Sázavou", "560294": "Březová (okres Sokolov)", "581429": "Březina (okres Brno-venkov, ORP Šlapanice)",
		"CZ0411": "okres Cheb", "4102": "ORP Cheb", "CZ063": "Kraj Vysočina", "539694": "Praha 13", "554227": "Vítkovice (Ostrava)",
		"nic": "nic", "": "",
	} {
		if got := g.Label(code); got != want {
			t.Errorf("Label(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestChildrenStandInCzechOrderAndAncestorsWidestFirst(t *testing.T) { // acceptance example 16
	g := sample()
	var names []string
	for _, c := range g.Children("CZ", atlas.LevelDistrict) {
		names = append(names, c.Name)
	}
	if h, ch := slices.Index(names, "Havlíčkův Brod"), slices.Index(names, "Cheb"); h < 0 || h > ch {
		t.Errorf("Cheb at %d, Havlíčkův Brod at %d", ch, h)
	}
	if n := len(g.Children("CZ", atlas.LevelRegion)); n != 14 {
		t.Errorf("%d regions", n)
	}
	if got := codes(g.Children("CZ041", atlas.LevelDistrict)); got != "CZ0411 CZ0412 CZ0413" {
		t.Errorf("okresy of CZ041: %s", got)
	}
	if got := g.Children("CZ020", atlas.LevelMunicipality); codes(got) != "531090" {
		t.Errorf("an extinct municipality is still a child: %s", codes(got))
	}
	var up []string
	for _, a := range g.Ancestors("551198") {
		up = append(up, a.Code)
	}
	if got := strings.Join(up, " "); got != "CZ064 CZ0642 6203 582786" {
		t.Errorf("ancestors of Brno-Bystrc: %s", got)
	}
	if g.Ancestors("nic") != nil || g.Children("nic", atlas.LevelDistrict) != nil {
		t.Error("an unknown code has relatives")
	}
}

func TestSuggestionsPreferWholeNamesAndMunicipalities(t *testing.T) {
	g := sample()
	for text, want := range map[string]string{"cheb": "554481", "lipa": "561380", "zdar": "595209", "karlovy v": "554961", "praha": "554782"} {
		got := g.Prefix(text, 5)
		if len(got) == 0 || got[0].Code != want {
			t.Errorf("Prefix(%q) begins with %v, want %s", text, codes(got), want)
		}
	}
	if got := g.Prefix("p", 1); len(got) != 1 || got[0].Code != "554791" {
		t.Errorf("Prefix(p) begins with %v, want Plzeň before Praha", codes(got))
	}
	if got := g.Prefix("praha", 2); len(got) != 2 {
		t.Errorf("limit 2 gave %d", len(got))
	}
	for _, text := range []string{"", " ", "xyzzy"} {
		if got := g.Prefix(text, 5); got != nil {
			t.Errorf("Prefix(%q) = %s", text, codes(got))
		}
	}
	if g.Prefix("praha", 0) != nil || len(g.Prefix("brdy", 5)) != 0 {
		t.Error("limit 0 or an extinct municipality suggests something")
	}
}

func TestTheLaterOfTwoTerritoriesWithOneCodeCounts(t *testing.T) {
	g := New([]atlas.Territory{obec("1", "Stará", "", "", ""), obec("1", "Nová", "", "", "")})
	if got, _ := g.Get("1"); g.Len() != 1 || got.Name != "Nová" || len(g.Find("Stará", "")) != 0 {
		t.Errorf("got %d territories, 1 is %s", g.Len(), got.Name)
	}
}

func FuzzRecogniseNeverPanics(f *testing.F) {
	g := sample()
	for _, s := range []string{"Praha 13", "Březová, okres Sokolov", "((", "okres ", "kraj kraj", "\xff", "n. n. n."} {
		f.Add(s, "Brno")
	}
	f.Fuzz(func(t *testing.T, text, within string) {
		g.Recognise(text)
		g.Find(text, within)
		g.Prefix(text, 3)
		g.ByAnyCode(text)
	})
}
