package importer

import (
	"os"
	"strings"
	"testing"

	"atlas"
)

// mapped reads a file by the mapping proposed for it.
func mapped(t *testing.T, name string, data []byte) (Mapping, []*Draft) {
	t.Helper()
	read, err := ReadBytes(name, data)
	if err != nil {
		t.Fatal(err)
	}
	m := Propose(read)
	return m, draftsOf(t, MappedSource(m), env(), read)
}

// keys are the problems of a draft, without the prefix.
func keys(d *Draft) string {
	var out []string
	for _, p := range d.Problems {
		out = append(out, strings.TrimPrefix(p.Key, ProblemPrefix)+":"+p.Column)
	}
	return strings.Join(out, " ")
}

func TestAListThatNobodyKnowsBecomesProjects(t *testing.T) {
	data, err := os.ReadFile("testdata/obecny.csv")
	if err != nil {
		t.Fatal(err)
	}
	m, got := mapped(t, "obecny.csv", data)
	if m.Country != "CZ" || m.Currency != "CZK" {
		t.Errorf("country %q, currency %q", m.Country, m.Currency)
	}
	p := got[0].Project
	if p.TitleCs != "Společně" || p.RegNumber != "CZ.03.2.60/0.0/0.0/15_001/0000001" || p.Annotation != "Kurzy češtiny a poradna" ||
		p.From.String() != "2017-09-01" || p.To.String() != "2020-08-31" || p.Status != atlas.StatusEnded || p.Country != "CZ" {
		t.Errorf("%+v", p)
	}
	if p.TotalCost.String() != "800000.00" || p.Currency != "CZK" {
		t.Errorf("costs %v %s", p.TotalCost, p.Currency)
	}
	if len(p.Territories) != 1 || p.Territories[0].Territory != "CZ0411" || p.Scope != atlas.ScopeDistrict {
		t.Errorf("places %v %s", p.Territories, p.Scope)
	}
	if n := got[0].Actors[got[0].Order[0]]; n.ICO != "70098085" || n.Name != "Centrum pro cizince, z. s." || p.Parties[0].Role != atlas.RoleImplementer {
		t.Errorf("%+v %+v", n, p.Parties)
	}
	if v := (atlas.Verbatim{Field: "Barva", Value: "modrá"}); len(p.Verbatim) == 0 || p.Verbatim[len(p.Verbatim)-1] != v {
		t.Errorf("what has no field is not kept: %v", p.Verbatim)
	}
	p = got[1].Project
	if p.From.String() != "2018" || !p.Ongoing || p.PlaceText != "Březová" || len(p.Territories) != 0 {
		t.Errorf("%+v", p)
	}
	if k := keys(got[1]); !strings.Contains(k, "ico:Žadatel IČO") || !strings.Contains(k, "place_ambiguous:Místo realizace") {
		t.Error(k)
	}
	p = got[2].Project
	if p.From.String() != "2007" || p.To.String() != "2008" || p.Status != "" || p.TotalCost.Known() {
		t.Errorf("%+v", p)
	}
	if k := keys(got[2]); !strings.Contains(k, "no_implementer:Žadatel název") || !strings.Contains(k, "status:Stav projektu") || !strings.Contains(k, "zero:") {
		t.Error(k)
	}
	if !got[3].Skip || keys(got[3]) != "header_row:Evidenční č." || !got[4].Skip {
		t.Errorf("%v %s, %v %s", got[3].Skip, keys(got[3]), got[4].Skip, keys(got[4]))
	}
}

func TestEveryCellOfAMappedRowIsKeptWhateverItSays(t *testing.T) {
	_, got := mapped(t, "a.csv", []byte("Projekttitel;Begünstigter;Beginn;Ende;Gesamtkosten;Land;Farbe\nKurs;Stadt Wien;kein Datum;31.12.2018;5.000,00;Atlantis;rot\nHaus;Linz;01.02.2017;01.01.2016;-1,00;Österreich;\n"))
	d := got[0]
	for _, v := range []atlas.Verbatim{{Field: "Gesamtkosten", Value: "5.000,00"}, {Field: "Land", Value: "Atlantis"}, {Field: "Farbe", Value: "rot"}} {
		found := false
		for _, have := range d.Project.Verbatim {
			found = found || have == v
		}
		if !found {
			t.Errorf("%v is not kept: %v", v, d.Project.Verbatim)
		}
	}
	if d.Project.TotalCost.Known() || !strings.Contains(keys(d), "no_currency:Gesamtkosten") {
		t.Errorf("a sum without a currency became money: %v, %s", d.Project.TotalCost, keys(d))
	}
	if p := got[1].Project; p.Country != "AT" || p.Scope != atlas.ScopeAbroad || p.To.Known() || !strings.Contains(keys(got[1]), "negative") && !strings.Contains(keys(got[1]), "no_currency") {
		t.Errorf("%+v %s", p, keys(got[1]))
	}
}

func TestMoneyOfTheUnionAndTheStateAreTwoLines(t *testing.T) {
	_, got := mapped(t, "a.csv", []byte("Project Title,Beneficiary,Fund,EU amount (EUR),National public funding (EUR),Total cost (EUR),Approval date,Country\n"+
		"Course,City,ESF,\"8,000.00\",\"2,000.00\",\"10,000.00\",12/05/2016,Ireland\nHouse,Town,ESF,\"8,000.00\",\"1,000.00\",\"9,000.00\",13/05/2016,Ireland\n"))
	p := got[0].Project
	if len(p.Funding) != 2 || p.Funding[0].FunderType != "EU-S" || p.Funding[0].Granted.String() != "8000.00" || p.Funding[0].Currency != "EUR" ||
		p.Funding[0].Year != 2016 || p.Funding[0].ProgrammeText != "ESF" || p.Funding[1].FunderType != "STA" || p.Funding[1].Granted.String() != "2000.00" ||
		p.TotalCost.String() != "10000.00" || p.Currency != "EUR" || p.TitleEn != "Course" {
		t.Errorf("%+v", p)
	}
}

func TestTheCurrencyOfTheRowGoesBeforeThatOfTheList(t *testing.T) {
	_, got := mapped(t, "a.csv", []byte("Název projektu;Příjemce;Celkové náklady;Měna\nŠkola;Obec Řež;1 000,00;LEI\nDům;Obec Řež;1 000,00;\nPark;Obec Řež;1 000,00;zlaťák\n"))
	for i, want := range []string{"1000.00 RON", "1000.00 CZK", " "} {
		if p := got[i].Project; p.TotalCost.String()+" "+p.Currency != want {
			t.Errorf("row %d: %s %s, want %s; %s", i+1, p.TotalCost, p.Currency, want, keys(got[i]))
		}
	}
}

func TestStatesOfTheMonitoringSystemAreReadByWordsAndByCode(t *testing.T) {
	states := map[string]string{
		"PP30": atlas.StatusSupported, "PP36": atlas.StatusRunning, "PP37": atlas.StatusRunning,
		"Projekt s právním aktem o poskytnutí / převodu podpory": atlas.StatusSupported,
		"Projekt ve fyzické realizaci":                           atlas.StatusRunning,
		"Projekt v plné (fyzické i finanční) realizaci":          atlas.StatusRunning,
	}
	for text, want := range states {
		for _, head := range []string{"Název projektu;Kód stavu", "Název projektu;Název stavu"} {
			if len(text) == 4 != strings.Contains(head, "Kód") {
				continue
			}
			_, got := mapped(t, "stavy.csv", []byte(head+"\nKurz;"+text+"\nKlub;"+text+"\n"))
			if got[0].Project.Status != want {
				t.Errorf("%s is %q: %s", text, got[0].Project.Status, keys(got[0]))
			}
		}
	}
}
