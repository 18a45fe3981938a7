package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/reference"
)

// env has the built-in territories and a few places with hard names.
func env() Env {
	all := append(reference.Territories(),
		atlas.Territory{Code: "554782", Level: atlas.LevelMunicipality, Name: "Praha", Region: "CZ010", District: "CZ0100", ORP: "1000"},
		atlas.Territory{Code: "500097", Level: atlas.LevelCityDistrict, Name: "Praha 3", Municipality: "554782", Region: "CZ010"},
		atlas.Territory{Code: "539694", Level: atlas.LevelCityDistrict, Name: "Praha 13", Municipality: "554782", Region: "CZ010"},
		atlas.Territory{Code: "554499", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ041", District: "CZ0413"},
		atlas.Territory{Code: "555000", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ020", District: "CZ0202"},
	)
	return Env{Places: place.New(all), Lists: atlas.NewLists(reference.Lists()), Year: 2026}
}

// drafts maps a file.
func drafts(t testing.TB, name string, data []byte) (Source, []*Draft) {
	t.Helper()
	table, err := ReadBytes(name, data)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Recognise(table)
	if err != nil {
		t.Fatal(err)
	}
	return s, joined(t, s, env(), table)
}

// draftsOf is what each row of a table says.
func draftsOf(t testing.TB, s Source, e Env, table *Table) []*Draft {
	t.Helper()
	r := s.Open(e, table)
	var all []*Draft
	for row, err := range table.Rows(0) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r.Draft(row))
	}
	return all
}

// joined is the same, with rows of one project in the first of them.
func joined(t testing.TB, s Source, e Env, table *Table) []*Draft {
	t.Helper()
	all := draftsOf(t, s, e, table)
	first := map[uint64]*Draft{}
	for _, d := range all {
		into := first[d.Identity()]
		if into != nil && into.SameProject(d) {
			into.Join(d)
		} else if !d.Skip {
			first[d.Identity()] = d
		}
	}
	return all
}

func fixture(t testing.TB, name string) (Source, []*Draft) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return drafts(t, name, data)
}

// said lists the problems of a draft: "date:od".
func said(d *Draft) string {
	var out []string
	for _, p := range d.Problems {
		out = append(out, strings.TrimPrefix(p.Key, ProblemPrefix)+":"+p.Column)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// money writes a line of funding.
func money(f atlas.Funding) string {
	return fmt.Sprintf("%s %s %s r%s g%s s%s %s %d", f.FunderType, f.Programme, f.CallNo, f.Requested, f.Granted, f.Spent, f.Currency, f.Year)
}

// parties writes the organisations of a draft with their roles.
func parties(d *Draft) string {
	var out []string
	for _, p := range d.Project.Parties {
		out = append(out, p.Role+" "+d.Actors[p.Actor].Name)
	}
	return strings.Join(out, "; ")
}

func TestOperationsGiveNumberMoneyAndStatus(t *testing.T) {
	s, all := fixture(t, "operace.csv")
	if s.Name != "operace-2014" || len(all) != 9 {
		t.Fatalf("%s, %d rows", s.Name, len(all))
	}
	p := all[0].Project
	if p.RegNumber != "CZ.03.2.60/0.0/0.0/15_001/0000001" || p.TitleCs != "Společně v Ukázkově" || p.Status != atlas.StatusRunning || p.Country != "CZ" {
		t.Errorf("%+v", p)
	}
	if p.From.Known() || len(p.Territories) > 0 || len(p.Areas) > 0 {
		t.Errorf("the list has no dates, places and areas: %+v", p)
	}
	for i, want := range map[int]string{
		0: "EU-S OPZ 03_15_001 r g850000.50 s CZK 0", 1: "EU-S IROP14 06_16_002 r g1700000.08 s CZK 0",
		4: "EU-S JINY 11_16_003 r g s CZK 0", 5: "EU-S JINY 08_15_004 r g1000.00 s CZK 0", 6: "EU-S OPZ 03_15_001 r g s CZK 0",
	} {
		if got := money(all[i].Project.Funding[0]); got != want {
			t.Errorf("row %d: %q, want %q", all[i].Row, got, want)
		}
	}
	for i, want := range []string{
		"", "", "not_project:Registrační číslo projektu", "row_differs:Příspěvek EU row_differs:Žadatel same_project:",
		"status:Název stavu zero:CZV projektu zero:Příspěvek EU", "support_over_cost:Příspěvek EU",
		"money:CZV projektu negative:Příspěvek EU reg_number:Registrační číslo projektu",
		"no_implementer:Žadatel programme_differs:Operační program", "total_row:Registrační číslo projektu",
	} {
		if got := said(all[i]); got != want {
			t.Errorf("row %d: %q, want %q", all[i].Row, got, want)
		}
	}
	if c := all[4].Project.Country; c != "" {
		t.Errorf("an operation across the border is in %q", c)
	}
}

func TestRowsOfOneProjectAreJoinedAndNothingIsLost(t *testing.T) {
	_, all := fixture(t, "operace.csv")
	first, second := all[0], all[3]
	if !slices.Equal(first.Rows, []int{2, 5}) || !second.Skip {
		t.Fatalf("%v %v", first.Rows, second.Skip)
	}
	if got := parties(first); got != "REAL Město Ukázkov; REAL Ukázka o.p.s." {
		t.Error(got)
	}
	if !slices.Contains(first.Project.Verbatim, atlas.Verbatim{Field: "Příspěvek EU (5)", Value: "900000"}) {
		t.Errorf("%+v", first.Project.Verbatim)
	}
}

func TestHandCollectedRowsAreUnderstoodOrKeptWordForWord(t *testing.T) {
	s, all := fixture(t, "rucne.csv")
	if s.Name != "rucne" || len(all) != 7 {
		t.Fatalf("%s, %d rows", s.Name, len(all))
	}
	for i, want := range []string{
		"not_coded:cilova_skupina not_coded:temata partner_role:partneri",
		"money:vlastni_zdroje_kc",
		"date_order:do partner_role:partneri several_countries:uzemi",
		"shared_money:dotace_kc url:zdroj_url",
		"money:celkem_kc place_unknown:uzemi url:zdroj_url",
		"ico:poznamka programme_period:program status:stav",
		"date:do programme:program zero:dotace_kc",
	} {
		if got := said(all[i]); got != want {
			t.Errorf("row %d: %q, want %q", all[i].Row, got, want)
		}
	}
	want := map[string]string{}
	got := map[string]string{}
	for i, text := range []string{
		"Praha 3 – Dobré sousedství 2019 | 2019 | 2019 | UKON | CZ OBEC [{500097 }]  | 300000.50",
		"Žijeme vedle sebe | 2021 | 2021 | PODAN | CZ OKRES [{CZ0411 }]  | 1000000.00",
		"Mosty měst | 2018-01-01 |  | UKON |   [] Bulharsko; Česká republika | ",
		"Společně | 2010 |  | REAL | CZ OBEC [{539694 }]  | ",
		"Práce pro všechny | 2012-09 | 2013-07 |  | CZ  [] Kdesi | ",
		"Ochrana | 2016 | 2016 |  | CZ VICE_KRAJU [{CZ041 } {CZ051 }]  | ",
		"Nadšení | 2017-09-01 |  | UKON | CZ CR []  | ",
	} {
		p := all[i].Project
		want[fmt.Sprint(i)] = text
		got[fmt.Sprint(i)] = fmt.Sprintf("%s | %s | %s | %s | %s %s %v %s | %s", p.TitleCs, p.From, p.To, p.Status, p.Country, p.Scope, p.Territories, p.PlaceText, p.TotalCost)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !all[3].Project.Ongoing {
		t.Error("a project that runs since 2010 goes on")
	}
}

func TestMoneyOfEachFunderGoesToItsLine(t *testing.T) {
	_, all := fixture(t, "rucne.csv")
	for i, want := range map[int][]string{
		0: {"STA MV-OBCE  r g200000.00 s CZK 2019", "OBC   r g70000.00 s CZK 2019", "VLA   r g30000.50 s CZK 2019"},
		1: {"STA MV-OBCE  r g s CZK 2021"},
		3: {"STA   r g s CZK 0", "VLA   r g s CZK 0"}, // one sum of two cannot be parted
		4: {"EU-S OPLZZ  r g s CZK 0", "STA   r g s CZK 0"},
		5: {"STA   r g500000.00 s CZK 2016"},
		6: {"  5 r g s CZK 0"},
	} {
		var got []string
		for _, f := range all[i].Project.Funding {
			got = append(got, money(f))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("row %d: %s", all[i].Row, diff)
		}
	}
	if f := all[4].Project.Funding[1]; f.Funder != "" || f.ProgrammeText != "státní rozpočet ČR" {
		t.Errorf("the state budget is no organisation: %+v", f)
	}
}

func TestMoneyAskedForIsNotMoneyGiven(t *testing.T) {
	data := "nazev,realizator,donor,uzemi,od,do,celkem_kc,dotace_kc,stav\nA,Město A,Nadace B,,,,,100,žádost\n"
	_, all := drafts(t, "a.csv", []byte(data))
	f := all[0].Project.Funding[0]
	if f.Requested != atlas.Crowns(100) || f.Granted.Known() || f.FunderType != "NAD" {
		t.Errorf("%+v", f)
	}
}

func TestOrganisationsKeepWhatTheListSaysOfThem(t *testing.T) {
	_, all := fixture(t, "rucne.csv")
	if got, want := parties(all[2]), "REAL Asociace Příklad; PNEF Druhá nadace; PNEF Ukázkové centrum; PNEF Třetí"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	countries := ""
	for _, key := range all[2].Order {
		countries += all[2].Actors[key].Country + " "
	}
	if countries != " BG CZ  " {
		t.Errorf("countries %q", countries)
	}
	if !slices.Contains(all[2].Project.Verbatim, atlas.Verbatim{Field: "realizator", Value: "Asociace Příklad (koordinátor)"}) {
		t.Error("what stood in brackets is lost")
	}
	if n := all[4].Actors["ico:70098085"]; n.Name != "Ukázkové centrum, o.p.s." || n.LegalForm != "OPS" {
		t.Errorf("%+v", all[4].Actors)
	}
	if n := all[5].Actors[all[5].Order[0]]; n.ICO != "" || n.Type != "OBEC" {
		t.Errorf("%+v", n)
	}
}

func TestAnAmbiguousPlaceIsNamedAndNeverChosen(t *testing.T) {
	data := "nazev,realizator,donor,uzemi,od,do,celkem_kc\nA,Obec Březová,,Březová,,,\nB,X,,\"Březová, okres Sokolov\",,,\n"
	_, all := drafts(t, "a.csv", []byte(data))
	d := all[0]
	if said(d) != "place_ambiguous:uzemi" || len(d.Project.Territories) > 0 || d.Project.PlaceText != "Březová" {
		t.Errorf("%s %+v", said(d), d.Project)
	}
	candidates := d.Problems[0].Args["candidates"]
	if candidates != "Březová (okres Sokolov), Březová (okres Beroun)" {
		t.Errorf("candidates %v", candidates)
	}
	if n := d.Actors[d.Order[0]]; len(n.Namesakes) != 2 {
		t.Errorf("%+v", n)
	}
	if len(all[1].Project.Territories) != 1 || all[1].Project.Territories[0].Territory != "554499" {
		t.Errorf("%+v", all[1].Project.Territories)
	}
}

func TestGrantsAbroadKeepTheirCountryAndCurrency(t *testing.T) {
	s, all := fixture(t, "granty.csv")
	if s.Name != "360giving" {
		t.Fatal(s.Name)
	}
	d := all[0]
	p := d.Project
	if p.TitleEn != "Grant to Example Centre" || p.RegNumber != "360G-Example-1" || p.Country != "GB" || p.Scope != atlas.ScopeAbroad || len(p.Territories) > 0 ||
		p.From.String() != "2015-07-01" || p.To.String() != "2016-06-30" || p.PlaceText != "Leicester" || p.Annotation != "Welcome for newcomers" {
		t.Errorf("%+v", p)
	}
	if got := money(p.Funding[0]); got != "NAD NAD  r g15000.50 s GBP 2015" {
		t.Error(got)
	}
	if n, ok := d.Actors["id:GB-CHC-1000001"]; !ok || n.Country != "GB" || n.LegalForm != "ZAHR" {
		t.Errorf("%+v", d.Actors)
	}
	if known, _, _ := p.Money(); known.Known() {
		t.Error("pounds became crowns")
	}
	for i, want := range []string{
		"", "currency:currency", "date_order:endDate organisation_id:recipient_id country_of_funder:funder_id zero:amountAwarded",
		"country:location_name no_implementer:recipient_name",
	} {
		words := strings.Fields(want)
		slices.Sort(words)
		if got := said(all[i]); got != strings.Join(words, " ") {
			t.Errorf("row %d: %q, want %q", all[i].Row, got, want)
		}
	}
	if f := all[1].Project.Funding[0]; f.Granted.Known() || f.Currency != "" {
		t.Errorf("an amount in no known currency: %+v", f)
	}
	if f := all[2].Project.Funding[0]; f.FunderType != "STA" {
		t.Errorf("%+v", f)
	}
}

func TestTableAndJSONOfAGrantAreOneProject(t *testing.T) {
	_, csv := fixture(t, "granty.csv")
	_, js := fixture(t, "granty.json")
	if diff := cmp.Diff(csv[0].Project, js[0].Project); diff != "" {
		t.Error(diff)
	}
}

func TestAListThatNobodyKnowsIsRefusedWithItsColumns(t *testing.T) {
	table, err := ReadBytes("x.csv", []byte("Jméno,Věk\nA,5\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Recognise(table)
	var refused *FileError
	if !errors.As(err, &refused) || refused.Key != ErrorLayout || refused.Args["columns"] != "Jméno, Věk" {
		t.Error(err)
	}
}

func TestNoValueOfAnyRowIsLost(t *testing.T) {
	for _, name := range []string{"operace.csv", "rucne.csv", "granty.csv", "granty.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		table, err := ReadBytes(name, data)
		if err != nil {
			t.Fatal(err)
		}
		_, all := drafts(t, name, data)
		if len(all) != table.Len() {
			t.Fatalf("%s: %d drafts of %d rows", name, len(all), table.Len())
		}
		for i, r := range rowsOf(table) {
			for j, cell := range r.Cells {
				if all[i].Raw[table.Header[j]] != clean(cell) {
					t.Errorf("%s row %d: %q is %q", name, r.Number, cell, all[i].Raw[table.Header[j]])
				}
			}
		}
	}
}

func TestEveryProblemHasItsMessageInBothLanguages(t *testing.T) {
	messages := map[string]map[string]string{}
	for _, lang := range []string{"cs", "en"} {
		data, err := os.ReadFile(filepath.Join("messages", lang+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		messages[lang] = map[string]string{}
		for key, m := range all {
			if text, ok := m.(string); ok {
				messages[lang][key] = text
			}
		}
	}
	argument := regexp.MustCompile(`\{([a-z]+)\}`)
	for key, args := range Problems() {
		allowed := append([]string{"row", "column", "value"}, args...)
		for lang, all := range messages {
			text, ok := all[ProblemPrefix+key]
			if !ok {
				t.Errorf("%s lacks %q", lang, key)
			}
			for _, m := range argument.FindAllStringSubmatch(text, -1) {
				if !slices.Contains(allowed, m[1]) {
					t.Errorf("%s %q: nobody gives {%s}", lang, key, m[1])
				}
			}
		}
	}
	for _, key := range []string{ErrorTooLarge, ErrorTooManyRows, ErrorManyColumns, ErrorEmpty, ErrorFormat, ErrorBroken, ErrorQuotes, ErrorNoHeader, ErrorLayout, ErrorStale, ErrorNothing, ErrorNoRoom} {
		for lang, all := range messages {
			if all[key] == "" {
				t.Errorf("%s lacks %q", lang, key)
			}
		}
	}
}

// problemKeys adds the keys of problems that the sources of a folder give to
// rows. at is which argument of the method problem is the key.
func problemKeys(t *testing.T, folder, pattern string, at int, found map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		t.Fatal(err)
	}
	note := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok {
			found[strings.Trim(lit.Value, `"`)] = true
		}
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "territories") || strings.Contains(name, "boundaries") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.CallExpr:
				method, ok := x.Fun.(*ast.SelectorExpr)
				switch {
				case ok && method.Sel.Name == "problem":
					note(x.Args[at])
				case ok && (method.Sel.Name == "lost" || method.Sel.Name == "skip"):
					note(x.Args[1])
				}
			case *ast.BinaryExpr:
				if id, ok := x.X.(*ast.Ident); ok && id.Name == "ProblemPrefix" {
					note(x.Y)
				}
				if of, ok := x.X.(*ast.SelectorExpr); ok && of.Sel.Name == "ProblemPrefix" {
					note(x.Y)
				}
			}
			return true
		})
	}
}

func TestEveryProblemThatRowsGetIsListed(t *testing.T) {
	found := map[string]bool{}
	problemKeys(t, ".", "*.go", 1, found)
	problemKeys(t, filepath.Join("..", "app"), "import*.go", 2, found)
	problemKeys(t, filepath.Join("..", "app"), "undo*.go", 2, found)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(Problems())), slices.Sorted(maps.Keys(found))); diff != "" {
		t.Error(diff)
	}
}

func FuzzMap(f *testing.F) {
	for _, name := range []string{"operace.csv", "rucne.csv", "granty.csv", "granty.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	small := limits{bytes: 1 << 20, rows: 1000, columns: 100}
	e := env()
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := readWithin(small, "x", data)
		if err != nil {
			return
		}
		s, err := Recognise(table)
		if err != nil {
			return
		}
		for _, d := range joined(t, s, e, table) {
			if !d.Skip {
				checkDraft(t, e, d)
			}
		}
	})
}

// checkDraft demands that a draft breaks no rule but those that need a person:
// it may lack a title and an implementer, nothing else.
func checkDraft(t *testing.T, e Env, d *Draft) {
	t.Helper()
	p := d.Project
	p.Sources = []atlas.Source{{Kind: "SEZNAM", File: "x"}}
	for _, w := range p.Problems(e.Lists, atlas.StageListed, e.Year) {
		if w.Key != "problem.required" || w.Field != "title_cs" && w.Field != "parties" {
			t.Fatalf("row %d breaks a rule: %+v", d.Row, w)
		}
	}
	for _, q := range p.Parties {
		if _, ok := d.Actors[q.Actor]; !ok {
			t.Fatalf("row %d: nobody is %q", d.Row, q.Actor)
		}
	}
}
