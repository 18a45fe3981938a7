package projects

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
)

// whole is a project with something in every column of the export, of an
// instance of its own.
func whole(t *testing.T, i *instance) *atlas.Project {
	t.Helper()
	abroad := &atlas.Actor{Name: "Stadt Zittau", Type: "OBEC", Country: "DE", ForeignID: "DE-HRB-12345", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
	if err := i.app.SaveActor(t.Context(), editor, abroad); err != nil {
		t.Fatal(err)
	}
	office := &atlas.Actor{Name: "Plzeňský kraj", Type: "KRAJ", Country: "CZ", ICO: "70890366", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
	if err := i.app.SaveActor(t.Context(), editor, office); err != nil {
		t.Fatal(err)
	}
	call := &atlas.Call{Title: "Výzva", URL: "https://www.example.org/vyzva", Checked: atlas.Date{Year: 2026, Month: 11, Day: 20}, Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Sources: []atlas.Source{{Kind: "WEB", URL: "https://www.example.org/"}}}
	if err := i.app.SaveCall(t.Context(), editor, call); err != nil {
		t.Fatal(err)
	}
	before := publish(t, i, "Předchozí projekt")
	day := atlas.Date{Year: 2020, Month: 5, Day: 6}
	return publish(t, i, "Celý projekt", func(p *atlas.Project) {
		p.TitleEn, p.Acronym, p.RegNumber, p.Detail, p.NeedRationale, p.Subgoals = "A whole one", "CP", "CZ.1/1", "Dlouze | o něm", "Je třeba", []string{"První | druhý", "Třetí"}
		p.Ongoing, p.Scope, p.PlaceText = true, atlas.ScopeMunicipality, "V centru"
		p.Territories = []atlas.Place{{Territory: "CZ032", Share: atlas.Pct(40)}, {Territory: "CZ064", Share: atlas.Pct(60)}}
		p.Parties = append(p.Parties, atlas.Party{Actor: abroad.ID, Role: "PFIN", Amount: atlas.Crowns(5)})
		p.Funding = []atlas.Funding{{Funder: office.ID, FunderType: first2(i, atlas.ListFunderType)[0], Call: call.ID, Year: 2018, Granted: atlas.Crowns(100), Currency: "CZK"}}
		p.TotalCost, p.IntegrationShare = atlas.Amount{Minor: 20_000, State: atlas.AmountEstimate}, atlas.Pct(75)
		p.Areas = []atlas.AreaShare{{Code: "JAZ", Share: atlas.Pct(30)}, {Code: "STR", Primary: true, Share: atlas.Pct(70)}}
		p.TargetSituation, p.Citizenships, p.Activities = first2(i, atlas.ListTargetSituation), []string{"UA", "VN"}, []atlas.Activity{{Text: "Bez druhu | a s čarou"}, {Code: "A35", Text: "Slova"}}
		p.ServiceForms, p.PriceForClient = first2(i, atlas.ListServiceForm), first2(i, atlas.ListPrice)[0]
		kind := first2(i, atlas.ListCountKind)[0]
		p.PeoplePlanned, p.PeopleReached = atlas.Count{Known: true, N: 0, Kind: kind}, atlas.Count{Known: true, N: 350, Kind: kind}
		p.Indicators = []atlas.Indicator{{Name: "Absolventi kurzů", Unit: "osoby"}}
		p.Follows = []string{before.ID}
		p.Innovation, p.Upscaling = atlas.Flag{State: atlas.No, Reason: "Proto"}, atlas.Flag{State: atlas.Yes, Reason: "Jde to"}
		p.Transfer, p.TransferNote, p.ReplicationNotes = first2(i, atlas.ListTransfer)[0], "Všude", "Takto"
		p.Barriers = []atlas.Barrier{{Code: first2(i, atlas.ListBarrier)[0], Text: "Čas"}}
		p.Evaluated = atlas.EvaluationDone{State: atlas.Yes, When: day, Method: "Dotazník", Who: "Ústav", URL: "https://www.example.org/hodnoceni"}
		p.Measures, p.GoodPractice = []atlas.Reference{{Title: "Opatření 1, druhé", URL: "https://www.example.org/o"}}, []atlas.Reference{{Title: "Karta"}}
		p.Web = "https://www.example.org/projekt"
		p.Contacts = []atlas.Person{{Name: "Jana Nová", Email: "jana@example.org", Public: true, Consent: "e-mailem 1. 9. 2020"}}
		p.Media = []atlas.Media{{Kind: "foto", URL: "https://www.example.org/f.jpg", Title: "Foto", Author: "Jan", Licence: first2(i, atlas.ListLicence)[0], Alt: "Lidé"}}
	})
}

// first2 are the first two codes of a list.
func first2(i *instance, list string) []string {
	l, _ := i.app.Lists().List(list)
	return []string{l.Items[0].Code, l.Items[1].Code}
}

func TestWhatAnExportTellsAndNoImportReadsIsExactlyTheListOfIt(t *testing.T) {
	i := empty(t)
	p := whole(t, i)
	columns := (&area{site: i.site, app: i.app}).columns("cs", "https://example.org")
	heads, row := columns.Heads(), columns.Row(p)
	read := func(row []string) (atlas.Project, map[string]importer.NamedActor) {
		d := reread(t, i, "csv", heads, [][]string{row})[0]
		d.Settle(&d.Project, p)
		d.Project.Verbatim = nil
		return d.Project, d.Actors
	}
	want, actors := read(row)
	var idle []string
	for n, head := range heads {
		if row[n] == "" {
			t.Errorf("the whole project says nothing of %s", head.Key)
		}
		blank := slices.Clone(row)
		blank[n] = ""
		if got, found := read(blank); reflect.DeepEqual(got, want) && reflect.DeepEqual(found, actors) {
			idle = append(idle, head.Key)
		}
	}
	slices.Sort(idle)
	if listed := slices.Sorted(maps.Keys(importer.NotReadBack())); !slices.Equal(idle, listed) {
		t.Errorf("without these columns the same is read:\n%v\nlisted are\n%v", idle, listed)
	}
	for key, why := range importer.NotReadBack() {
		if why == "" {
			t.Error(key)
		}
	}
}

func (i *instance) imported(t *testing.T, name string, data []byte) (*atlas.Batch, []app.ImportRow) {
	t.Helper()
	plan, err := i.app.PrepareImport(t.Context(), editor, app.ImportOptions{Accessed: atlas.Date{Year: 2026, Month: 11, Day: 20}, Publish: true}, name, data)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := plan.Page("", 0, plan.Batch.Rows)
	if err != nil {
		t.Fatal(err)
	}
	b, err := i.app.ApplyImport(t.Context(), editor, plan)
	if err != nil {
		t.Fatal(err)
	}
	return b, rows
}

func (i *instance) lastChange(t *testing.T) int64 {
	t.Helper()
	n, err := i.app.Reader().LastChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnExportReadIntoItsOwnDatabaseChangesNothing(t *testing.T) {
	i := empty(t)
	p := whole(t, i)
	before := i.lastChange(t)
	for _, face := range []string{"", "/en"} {
		for _, format := range []string{"csv", "json", "xlsx"} {
			a := i.get(t, face+"/export/projekty."+format+"?q="+p.Acronym)
			if a.Code != http.StatusOK {
				t.Fatal(a.Code)
			}
			b, rows := i.imported(t, "projekty."+format, a.Body.Bytes())
			if b.Unchanged != 1 || b.Rows != 1 || len(rows[0].Problems) > 0 || i.lastChange(t) != before {
				t.Fatalf("%s %s: %+v %+v", face, format, b, rows)
			}
		}
	}
}

func TestTheSameExportAgainChangesNothingInAnotherDatabase(t *testing.T) {
	i := empty(t)
	p := whole(t, i)
	for _, format := range []string{"csv", "json", "xlsx"} {
		other := empty(t)
		file := func(question string) []byte { return i.get(t, "/export/projekty."+format+question).Body.Bytes() }
		if b, rows := other.imported(t, "projekty."+format, file("?q="+p.Acronym)); b.Created != 1 {
			t.Fatalf("%s: %+v %+v", format, b, rows)
		}
		if b, rows := other.imported(t, "projekty."+format, file("")); b.Unchanged != 1 || b.Updated > 0 { // with another project, so by other bytes
			t.Fatalf("%s: %+v %+v", format, b, rows)
		}
		if format == "csv" {
			keptInWords(t, other, p)
		}
	}
}

// keptInWords looks at what another database has of the whole project.
func keptInWords(t *testing.T, other *instance, p *atlas.Project) {
	t.Helper()
	id, err := other.app.Reader().ProjectByRegNumber(t.Context(), p.RegNumber)
	if err != nil {
		t.Fatal(err)
	}
	got, err := other.app.Reader().Project(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, v := range got.Verbatim {
		words = append(words, v.Field)
	}
	slices.Sort(words)
	if got, want := strings.Join(words, "; "), "Financování; Navazuje na (kódy); Videa a fotografie; Výstupy a výsledky"; strings.ReplaceAll(got, "\u00a0", " ") != want {
		t.Errorf("kept in words: %s", got)
	}
	if len(got.Follows) > 0 || got.Funding[0].Call != "" || len(got.Contacts) > 0 {
		t.Errorf("codes of another database: %v %v %v", got.Follows, got.Funding, got.Contacts)
	}
}

func TestCodesThatNoListHasAreKeptInWords(t *testing.T) {
	i := empty(t)
	p := whole(t, i)
	columns := (&area{site: i.site, app: i.app}).columns("cs", "https://example.org")
	p.TargetLegal, p.ServiceForms, p.PriceForClient, p.Transfer = []string{"NOVA", "TG-ALL"}, []string{"NOVA2"}, "NOVA3", "NOVA4"
	p.Activities, p.Barriers, p.Areas = []atlas.Activity{{Code: "A35"}, {Code: "NOVA5", Text: "slova"}}, []atlas.Barrier{{Code: "NOVA6"}}, []atlas.AreaShare{{Code: "STR", Primary: true}, {Code: "NOVA7"}}
	d := reread(t, i, "csv", columns.Heads(), [][]string{columns.Row(p)})[0]
	q := d.Project
	if !slices.Equal(q.TargetLegal, []string{"TG-ALL"}) || len(q.ServiceForms)+len(q.Barriers)+len(q.Areas) > 0 || q.PriceForClient+q.Transfer != "" || len(q.Activities) != 1 {
		t.Errorf("%+v", q)
	}
	text := fmt.Sprint(q.Verbatim)
	for _, code := range []string{"NOVA}", "NOVA2", "NOVA3", "NOVA4", "NOVA5, slova", "NOVA6", "NOVA7"} {
		if !strings.Contains(text, code) {
			t.Errorf("%s is lost: %s", code, text)
		}
	}
	if len(d.Problems) != 7 {
		t.Errorf("%d problems: %+v", len(d.Problems), d.Problems)
	}
}
