package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/importer"
	"atlas/internal/place"
	"atlas/internal/reference"
)

// given is what the schema of the 360Giving Data Standard 1.4 says of the
// members we write (360-giving-schema.json and 360-giving-package-schema.json of
// ThreeSixtyGiving/standard): their JSON type, a form where it asks for one, and
// whether they must be there.
type given struct {
	kind     string
	form     *regexp.Regexp
	required bool
	inside   map[string]given // of an object, or of the objects of a list
}

var (
	anyDay   = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$`)
	instant  = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)
	currency = regexp.MustCompile(`^[A-Z]{3}$`)
	country  = regexp.MustCompile(`^[A-Z]{2}$`)
	uri      = regexp.MustCompile(`^https?://[^ ]+$`)
	version  = regexp.MustCompile(`^(\d+\.)(\d+)$`)

	givenOrganisation = map[string]given{"id": {kind: "string", required: true}, "name": {kind: "string", required: true}}
	givenEvent        = map[string]given{"startDate": {kind: "string", form: anyDay}, "endDate": {kind: "string", form: anyDay}, "description": {kind: "string"}}
	givenLocation     = map[string]given{
		"name": {kind: "string"}, "countryCode": {kind: "string", form: country}, "geoCode": {kind: "string"}, "latitude": {kind: "string"}, "longitude": {kind: "string"},
	}
	givenGrant = map[string]given{
		"id": {kind: "string", required: true}, "title": {kind: "string", required: true}, "description": {kind: "string", required: true},
		"currency": {kind: "string", form: currency, required: true}, "amountAwarded": {kind: "number", required: true},
		"amountAppliedFor": {kind: "number"}, "amountDisbursed": {kind: "number"}, "awardDate": {kind: "string", form: anyDay, required: true},
		"plannedDates": {kind: "array", inside: givenEvent}, "recipientOrganization": {kind: "array", required: true, inside: givenOrganisation},
		"fundingOrganization": {kind: "array", required: true, inside: givenOrganisation},
		"grantProgramme":      {kind: "array", inside: map[string]given{"code": {kind: "string"}, "title": {kind: "string"}}},
		"beneficiaryLocation": {kind: "array", inside: givenLocation}, "relatedActivity": {kind: "array"},
		"url": {kind: "string", form: uri}, "dateModified": {kind: "string", form: instant}, "dataSource": {kind: "string", form: uri},
	}
	givenPackage = map[string]given{
		"version": {kind: "string", form: version, required: true}, "grants": {kind: "array", required: true, inside: givenGrant},
		"title": {kind: "string"}, "license": {kind: "string", form: uri}, "metadata": {kind: "object"}, // metadata is ours
	}
)

// check holds a value to what is given of its members.
func check(path string, value map[string]any, want map[string]given) (wrong []string) {
	for name, g := range want {
		if _, ok := value[name]; g.required && !ok {
			wrong = append(wrong, path+name+" is not there")
		}
	}
	for name, v := range value {
		g, ok := want[name]
		kind := "null"
		switch v := v.(type) {
		case string:
			kind = "string"
			if g.form != nil && !g.form.MatchString(v) {
				wrong = append(wrong, path+name+" is "+v)
			}
		case json.Number:
			kind = "number"
		case []any:
			kind = "array"
			if len(v) == 0 && path != "" {
				wrong = append(wrong, path+name+" is empty")
			}
			for _, x := range v {
				if o, isObject := x.(map[string]any); isObject {
					wrong = append(wrong, check(path+name+".", o, g.inside)...)
				}
			}
		case map[string]any:
			kind = "object"
		}
		if !ok || kind != g.kind {
			wrong = append(wrong, fmt.Sprintf("%s%s is a %s, want %q", path, name, kind, g.kind))
		}
	}
	return wrong
}

var places = place.New(reference.Territories())

func giving() *export.Giving {
	return &export.Giving{
		Lang: "cs", Prefix: "example.org", Place: places.Get, Label: places.Label, Programme: func(code string) string { return "Program " + code },
		Actor: func(id string) (export.Organisation, bool) {
			r := &atlas.Actor{ID: id, Name: "Organizace " + id}
			switch id {
			case "":
				return export.Organisation{}, false
			case "A-00001":
				r.ICO = "00064581"
			case "A-00002":
				r.ForeignID = "GB-CHC-1136419"
			}
			return export.Organisation{ID: export.OrganisationID(r), Name: r.Name}, true
		},
		URL: func(id string) string { return "https://example.org/projekty/" + id },
	}
}

func projects(all ...*atlas.Project) iter.Seq2[*atlas.Project, error] {
	return func(yield func(*atlas.Project, error) bool) {
		for _, p := range all {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func granted(t interface{ Fatal(...any) }, all ...*atlas.Project) (map[string]any, []byte) {
	var b bytes.Buffer
	if err := giving().Write(&b, []export.Member{{Name: "title", Value: "Projekty"}}, projects(all...), nil); err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(b.Bytes()))
	d.UseNumber()
	var out map[string]any
	if err := d.Decode(&out); err != nil {
		t.Fatal(err, b.String())
	}
	return out, b.Bytes()
}

// draw makes a project with lines of funding of every sort.
func draw(t *rapid.T) *atlas.Project {
	text := rapid.StringMatching(`[A-ZÁČŽa-zěřů0-9<>&"„“=+@-][A-Za-zěřů ,;|"=]{0,20}[a-zá]`)
	date := func(name string) atlas.Date {
		d := atlas.Date{Year: rapid.IntRange(2004, 2026).Draw(t, name)}
		if d.Month = rapid.IntRange(0, 12).Draw(t, name+" month"); d.Month > 0 {
			d.Day = rapid.IntRange(0, 28).Draw(t, name+" day")
		}
		return d
	}
	p := &atlas.Project{ID: "P-00007", TitleCs: text.Draw(t, "title"), Annotation: rapid.OneOf(rapid.Just(""), text).Draw(t, "annotation"), Country: "CZ", RegNumber: "CZ.1"}
	if rapid.Bool().Draw(t, "dated") {
		p.From = date("from")
		p.To = atlas.Date{Year: p.From.Year + 1, Month: p.From.Month}
	}
	if rapid.Bool().Draw(t, "place") {
		p.Territories = []atlas.Place{{Territory: rapid.SampledFrom([]string{"CZ010", "CZ064", "CZ0642"}).Draw(t, "territory")}}
	}
	if rapid.IntRange(0, 5).Draw(t, "implementer") > 0 {
		p.Parties = []atlas.Party{{Actor: rapid.SampledFrom([]string{"A-00001", "A-00002", "A-00003"}).Draw(t, "who"), Role: atlas.RoleImplementer}}
	}
	amount := func(name string) atlas.Amount {
		return atlas.Amount{
			Minor: rapid.Int64Range(1, 99_999_999_999).Draw(t, name),
			State: rapid.SampledFrom([]atlas.AmountState{atlas.AmountKnown, atlas.AmountKnown, atlas.AmountEstimate, ""}).Draw(t, name+" state"),
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "lines") {
		p.Funding = append(p.Funding, atlas.Funding{
			Funder: rapid.SampledFrom([]string{"A-00001", "A-00002", "A-00004", ""}).Draw(t, "funder"), ProgrammeText: rapid.OneOf(rapid.Just(""), text).Draw(t, "programme"),
			Year: rapid.SampledFrom([]int{0, 2015, 2020}).Draw(t, "year"), Requested: amount("requested"), Granted: amount("granted"), Spent: amount("spent"),
			Currency: rapid.SampledFrom([]string{"", "CZK", "EUR"}).Draw(t, "currency"),
		})
	}
	return p
}

func TestEveryPackageIsWhatTheSchemaOf360GivingAsksFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got, text := granted(t, draw(t), draw(t))
		if wrong := check("", got, givenPackage); len(wrong) > 0 {
			t.Fatalf("%s\n%s", strings.Join(wrong, "\n"), text)
		}
	})
}

func TestTheCheckOfTheSchemaFindsWhatIsWrong(t *testing.T) {
	bad := map[string]any{"version": "1.4", "grants": []any{map[string]any{"id": json.Number("1"), "awardDate": "2017", "fundingOrganization": []any{}}}}
	wrong := strings.Join(check("", bad, givenPackage), "\n")
	for _, want := range []string{"grants.id is a number", "grants.awardDate is 2017", "grants.fundingOrganization is empty", "grants.amountAwarded is not there"} {
		if !strings.Contains(wrong, want) {
			t.Errorf("%q is not in\n%s", want, wrong)
		}
	}
}

func TestWhatIsNoGrantIsCountedAndNeverFilledIn(t *testing.T) {
	who := []atlas.Party{{Actor: "A-00001", Role: atlas.RoleImplementer}}
	estimate := atlas.Amount{Minor: 5_00, State: atlas.AmountEstimate}
	got, text := granted(t,
		&atlas.Project{ID: "P-00001", TitleCs: "a", Parties: who, From: atlas.Date{Year: 2019, Month: 5}, Funding: []atlas.Funding{
			{Funder: "A-00002", Year: 2018, Granted: atlas.Crowns(1)}, {Funder: "A-00002", Granted: atlas.Crowns(2)},
			{Funder: "A-00002", Spent: atlas.Crowns(3)}, {Funder: "A-00002", Granted: estimate}, {Granted: atlas.Crowns(4)},
		}},
		&atlas.Project{ID: "P-00002", TitleCs: "b", Parties: who, Funding: []atlas.Funding{{Funder: "A-00002", Granted: atlas.Crowns(5)}}},
		&atlas.Project{ID: "P-00003", TitleCs: "c", Funding: []atlas.Funding{{Funder: "A-00002", Year: 2018, Granted: atlas.Crowns(6)}}},
	)
	want := `{"projects":3,"projects_without_grant":2,"grants":2,"lines_left_out":{"amount_unknown":1,"amount_estimated":1,"funder_unknown":1,"recipient_unknown":1,"date_unknown":1},"award_date":{"first_day_of_year_of_funding":1,"first_day_of_project":1}}`
	if meta, _ := json.Marshal(got["metadata"]); !bytes.Contains(text, []byte(want)) {
		t.Errorf("%s", meta)
	}
	var dates []string
	for _, g := range got["grants"].([]any) {
		dates = append(dates, g.(map[string]any)["awardDate"].(string))
	}
	if !slices.Equal(dates, []string{"2018-01-01", "2019-05-01"}) {
		t.Errorf("%v", dates)
	}
}

func TestAPackageThatBrokeDoesNotEnd(t *testing.T) {
	broken := errors.New("broken")
	var b bytes.Buffer
	err := giving().Write(&b, nil, func(yield func(*atlas.Project, error) bool) { yield(nil, broken) }, nil)
	if !errors.Is(err, broken) || json.Valid(b.Bytes()) {
		t.Errorf("%v %s", err, b.String())
	}
}

// Grants come back as projects: one for each, with everything that the import
// of 360Giving maps.
func TestGrantsReadBackByTheImportLoseNothing(t *testing.T) {
	env := importer.Env{Places: places, Lists: atlas.NewLists(reference.Lists()), Year: 2026}
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		grants := giving().Grants(p)
		_, text := granted(t, p)
		table, err := importer.ReadBytes("x.json", text)
		if len(grants) == 0 {
			return // an empty list is refused, and says so
		}
		if err != nil {
			t.Fatal(err)
		}
		source, err := importer.Recognise(table)
		if err != nil || source.Name != "360giving" {
			t.Fatal(source.Name, err)
		}
		if table.Len() != len(grants) {
			t.Fatal(table.Len())
		}
		reading := source.Open(env, table)
		for i := range grants {
			row, err := table.Row(i)
			if err != nil {
				t.Fatal(err)
			}
			sameGrant(t, p, &grants[i], reading.Draft(row))
		}
	})
}

func sameGrant(t *rapid.T, p *atlas.Project, g *export.Grant, d *importer.Draft) {
	q, line := &d.Project, atlas.Funding{}
	for i := range p.Funding {
		if strings.HasSuffix(g.ID, fmt.Sprint("-", i+1)) {
			line = p.Funding[i]
		}
	}
	if len(q.Funding) != 1 || len(q.Parties) != 1 {
		t.Fatalf("%+v", q)
	}
	exact := func(a atlas.Amount) atlas.Amount {
		if a.State != atlas.AmountKnown {
			return atlas.Amount{} // the standard has no estimates
		}
		return a
	}
	f, year := q.Funding[0], line.Year
	if year == 0 {
		year = p.From.Year
	}
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for name, pair := range map[string][2]any{
		"id": {q.RegNumber, g.ID}, "title": {q.Title("cs"), words(p.TitleCs)}, "description": {q.Annotation, strings.TrimSpace(g.Description)},
		"granted": {f.Granted, line.Granted}, "requested": {f.Requested, exact(line.Requested)}, "spent": {f.Spent, exact(line.Spent)},
		"currency": {f.Currency, g.Currency}, "year": {f.Year, year}, "programme": {f.ProgrammeText, words(line.ProgrammeText)},
		"from": {q.From, p.From.First()}, "to": {q.To, p.To.Last()}, "country": {q.Country, "CZ"},
		"recipient": {identifier(d.Actors[q.Parties[0].Actor]), g.Recipients[0]}, "funder": {identifier(d.Actors[f.Funder]), g.Funders[0]},
	} {
		if pair[0] != pair[1] {
			t.Fatalf("%s: %#v, want %#v; problems %v", name, pair[0], pair[1], d.Problems)
		}
	}
	if len(g.Locations) > 0 && q.PlaceText != g.Locations[0].Name {
		t.Fatalf("place %q, want %q", q.PlaceText, g.Locations[0].Name)
	}
}

func identifier(n importer.NamedActor) export.Organisation {
	if n.ICO != "" {
		return export.Organisation{ID: "CZ-ICO-" + n.ICO, Name: n.Name}
	}
	return export.Organisation{ID: n.ForeignID, Name: n.Name}
}
