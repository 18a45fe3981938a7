package reference

import (
	"bufio"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"atlas"
)

var update = flag.Bool("update", false, "add new codes to testdata/codes.txt")

// codes.txt holds every code ever released, "CL-01 JAZ" a line. A code may be
// retired by valid_to but never removed or given another meaning; -update adds
// new ones and takes none away.
func TestEveryReleasedCodeIsStillThere(t *testing.T) {
	const file = "testdata/codes.txt"
	now := map[string]bool{}
	for _, l := range Lists() {
		for _, it := range l.Items {
			now[l.Code+" "+it.Code] = true
		}
	}
	released := map[string]bool{}
	f, err := os.Open(file)
	if err == nil {
		for sc := bufio.NewScanner(f); sc.Scan(); {
			released[sc.Text()] = true
		}
		f.Close()
	}
	if *update {
		maps.Copy(released, now)
		all := strings.Join(slices.Sorted(maps.Keys(released)), "\n") + "\n"
		if err := os.WriteFile(file, []byte(all), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for code := range released {
		if !now[code] {
			t.Errorf("%s was released and is gone; retire it by valid_to instead", code)
		}
	}
	for code := range now {
		if !released[code] {
			t.Errorf("%s is new: run go test ./internal/reference -update", code)
		}
	}
}

func TestEveryListOfChapter5IsThere(t *testing.T) {
	have := map[string]bool{}
	for _, l := range Lists() {
		have[l.Code] = true
	}
	want := []string{
		atlas.ListPeriod, atlas.ListSphere, atlas.ListPeriodicity, atlas.ListDirection, atlas.ListServiceForm,
		atlas.ListPrice, atlas.ListTransfer, atlas.ListCountry, atlas.ListCurrency,
		ListMembership, ListAmountBand, ListPeopleBand,
	}
	for n := 1; n <= 39; n++ {
		want = append(want, fmt.Sprintf("CL-%02d", n))
	}
	for _, code := range want {
		if !have[code] {
			t.Errorf("list %s is missing", code)
		}
	}
}

func TestListsHaveTheNumberOfItemsThatChapter5Gives(t *testing.T) {
	lists := atlas.NewLists(Lists())
	for code, want := range map[string]int{
		"CL-01": 18, "CL-02": 17, "CL-03": 17, "CL-04": 12, "CL-05": 42, "CL-06": 11, "CL-07": 47,
		"CL-07-OBD": 5, "CL-08": 33, "CL-08-SF": 6, "CL-09": 8, "CL-10": 22, "CL-11": 9, "CL-12": 6,
		"CL-13": 8, "CL-14": 10, "CL-15": 6, "CL-16": 5, "CL-16-PER": 5, "CL-16-SM": 3, "CL-17": 12,
		"CL-18": 9, "CL-19": 5, "CL-20": 7, "CL-21": 5, "CL-22": 12, "CL-23": 4, "CL-24": 17, "CL-25": 7,
		"CL-26": 15, "CL-27": 13, "CL-28": 15, "CL-30": 20, "CL-31": 7, "CL-32": 7, "CL-33": 6,
		"CL-34": 4, "CL-35": 17, "CL-36": 14, "CL-37": 19, "CL-37-CEFR": 6, "CL-38": 5, "CL-39": 7,
		"ISO-3166": 250,
	} {
		l, ok := lists.List(code)
		if !ok || len(l.Items) != want {
			t.Errorf("%s has %d items, want %d", code, len(l.Items), want)
		}
	}
}

func TestCodesThatRulesSpeakOfAreInTheirLists(t *testing.T) {
	lists := atlas.NewLists(Lists())
	for list, codes := range map[string][]string{
		atlas.ListStatus: {atlas.StatusIntent, atlas.StatusApplied, atlas.StatusSupported, atlas.StatusRunning, atlas.StatusEnded,
			atlas.StatusSustained, atlas.StatusRejected, atlas.StatusCancelled, atlas.StatusUnknown},
		atlas.ListScope: {atlas.ScopeMunicipality, atlas.ScopeORP, atlas.ScopeDistrict, atlas.ScopeRegion,
			atlas.ScopeRegions, atlas.ScopeCountry, atlas.ScopeAbroad, atlas.ScopeUnknown},
		atlas.ListRole:       {atlas.RoleImplementer, atlas.RoleFunder},
		atlas.ListCurrency:   {"CZK", "EUR", "USD"},
		atlas.ListCountry:    {"CZ", "UA", "VN", "SK", "MN"},
		atlas.ListActivity:   {"A01", "A99"},
		atlas.ListProgramme:  {"EIF", "ERF", "RF", "IROP14", "IROP21", "KRAJ", "OBEC", "NAD", "UNHCR"},
		atlas.ListSourceKind: {"JINY", "SEZNAM", "WEB"},
	} {
		for _, code := range codes {
			if !lists.Has(list, code) {
				t.Errorf("%s has no %s", list, code)
			}
		}
	}
}

func TestEveryActorTypeHasASectorThatRulesKnow(t *testing.T) {
	lists := atlas.NewLists(Lists())
	l, _ := lists.List(atlas.ListActorType)
	for _, it := range l.Items {
		if it.Parent != atlas.SectorPublic && it.Parent != atlas.SectorPrivate {
			t.Errorf("%s has sector %q", it.Code, it.Parent)
		}
	}
}

func TestMembershipOfTheUnionDependsOnTheDate(t *testing.T) {
	lists := atlas.NewLists(Lists())
	gb, _ := lists.Item(ListMembership, "GB")
	hr, _ := lists.Item(ListMembership, "HR")
	if gb.ValidTo != (atlas.Date{Year: 2020, Month: 1, Day: 31}) {
		t.Errorf("GB left on %s", gb.ValidTo)
	}
	if hr.ValidFrom != (atlas.Date{Year: 2013, Month: 7, Day: 1}) {
		t.Errorf("HR joined on %s", hr.ValidFrom)
	}
	l, _ := lists.List(ListMembership)
	members := 0
	for _, it := range l.Items {
		if it.NoteCs == "EU" && !it.ValidTo.Known() {
			members++
		}
	}
	if members != 27 {
		t.Errorf("%d members today, want 27", members)
	}
}

func TestEveryBandThatIsComputedIsInItsList(t *testing.T) {
	lists := atlas.NewLists(Lists())
	for _, c := range []struct {
		amount atlas.Amount
		want   string
	}{
		{atlas.Amount{}, "NEZN"}, {atlas.Crowns(0), "DO-100T"}, {atlas.Crowns(100_000), "DO-100T"},
		{atlas.Amount{Minor: 10_000_001, State: atlas.AmountKnown}, "DO-500T"},
		{atlas.Crowns(500_000), "DO-500T"}, {atlas.Crowns(1_000_000), "DO-1M"}, {atlas.Crowns(1_000_001), "DO-5M"},
		{atlas.Crowns(20_000_000), "DO-20M"}, {atlas.Crowns(20_000_001), "NAD-20M"},
		{atlas.Amount{Minor: 1, State: atlas.AmountEstimate}, "DO-100T"},
	} {
		if got := AmountBand(c.amount); got != c.want || !lists.Has(ListAmountBand, got) {
			t.Errorf("AmountBand(%s) = %s, want %s", c.amount, got, c.want)
		}
	}
	for n, want := range map[int64]string{0: "DO-50", 50: "DO-50", 51: "DO-200", 200: "DO-200", 201: "DO-1000",
		1_000: "DO-1000", 5_000: "DO-5000", 5_001: "NAD-5000"} {
		if got := PeopleBand(atlas.Count{Known: true, N: n}); got != want || !lists.Has(ListPeopleBand, got) {
			t.Errorf("PeopleBand(%d) = %s, want %s", n, got, want)
		}
	}
	if got := PeopleBand(atlas.Count{N: 7}); got != "NEZN" {
		t.Errorf("unknown number of people is in band %s", got)
	}
}

func TestUpperLevelsAreComplete(t *testing.T) {
	n := map[atlas.Level]int{}
	for _, p := range Territories() {
		n[p.Level]++
		if !p.HasPoint || p.Source == "" {
			t.Errorf("%s %s has no point or no source", p.Code, p.Name)
		}
	}
	want := map[atlas.Level]int{atlas.LevelCountry: 1, atlas.LevelRegion: 14, atlas.LevelDistrict: 77, atlas.LevelORP: 206}
	if !maps.Equal(n, want) {
		t.Errorf("levels %v, want %v", n, want)
	}
}

func TestAliasesJoinSpellingsAcrossAlphabets(t *testing.T) {
	groups := Aliases()
	if len(groups) < 60 {
		t.Errorf("%d groups, want at least 60", len(groups))
	}
	for _, pair := range [][2]string{{"Charkov", "Харків"}, {"Praha", "Prague"}, {"Hanoj", "Hà Nội"}, {"OMJ", "odlišný mateřský jazyk"}} {
		if !slices.ContainsFunc(groups, func(g []string) bool { return slices.Contains(g, pair[0]) && slices.Contains(g, pair[1]) }) {
			t.Errorf("%s and %s are not in one group", pair[0], pair[1])
		}
	}
}

func TestLoaderRefusesFaultyFiles(t *testing.T) {
	const index = "code,slug,cs,en,source_cs,source_en,parent_list\nX,x,X,X,s,s,\n"
	const header = "code,cs,en,note_cs,note_en,order,valid_from,valid_to,parent\n"
	for name, items := range map[string]string{
		"another header":             "code,cs,en\nA,a,a\n",
		"no rows":                    header,
		"no English name":            header + "A,a,,,,1,,,\n",
		"a code twice":               header + "A,a,a,,,1,,,\nA,b,b,,,2,,,\n",
		"a gap in the order":         header + "A,a,a,,,2,,,\n",
		"a note in one language":     header + "A,a,a,n,,1,,,\n",
		"a day no calendar has":      header + "A,a,a,,,1,2020-02-30,,\n",
		"an end before its start":    header + "A,a,a,,,1,2020,2019,\n",
		"a parent that is nowhere":   header + "A,a,a,,,1,,,B\n",
		"a code with a blank":        header + "A B,a,a,,,1,,,\n",
		"a row of another length":    header + "A,a,a\n",
		"a quote that is not closed": header + "\"A,a,a,,,1,,,\n",
	} {
		fsys := fstest.MapFS{"lists/lists.csv": {Data: []byte(index)}, "lists/x.csv": {Data: []byte(items)}}
		if _, _, err := loadLists(fsys); err == nil {
			t.Errorf("a file with %s was accepted", name)
		}
	}
}

func TestThereAre26StatutoryCitiesAndPraha(t *testing.T) { // § 4 of Act 128/2000
	all := StatutoryCities()
	if len(all) != 27 || all["554782"] != "Praha" {
		t.Fatalf("%d cities", len(all))
	}
	seats := map[string]bool{}
	for _, place := range Territories() {
		if place.Level == atlas.LevelORP {
			seats[place.Name] = true
		}
	}
	for code, name := range all {
		if len(code) != 6 || !seats[name] {
			t.Errorf("%s %s is no seat of an ORP", code, name)
		}
	}
}
