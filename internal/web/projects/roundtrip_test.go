package projects

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/importer"
)

// again exports projects in a format and reads the file by the import.
func again(t interface{ Fatal(...any) }, i *instance, format, lang string, all []*atlas.Project) []*importer.Draft {
	columns := (&area{site: i.site, app: i.app}).columns(lang, "https://example.org")
	var rows [][]string
	for _, p := range all {
		rows = append(rows, columns.Row(p))
	}
	return reread(t, i, format, columns.Heads(), rows)
}

// reread writes a table in a format and reads the file by the import.
func reread(t interface{ Fatal(...any) }, i *instance, format string, heads []export.Column, rows [][]string) []*importer.Draft {
	f, _ := export.ByName(format)
	var b bytes.Buffer
	err := f.Write(&b, export.Table{Columns: heads, Rows: func(yield func([]string, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	table, err := importer.ReadBytes("projekty."+format, b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	source, err := importer.Recognise(table)
	if err != nil || source.Name != "atlas" {
		t.Fatal(source.Name, err)
	}
	env := importer.Env{Places: i.app.Places(), Lists: i.app.Lists(), Year: 2026}
	reading := source.Open(env, table)
	var drafts []*importer.Draft
	for row, err := range table.Rows(0) {
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, reading.Draft(row))
	}
	if len(drafts) != len(rows) {
		t.Fatal(len(drafts))
	}
	return drafts
}

// expected is a project as its own database gets it again: organisations by
// their numbers or else their names.
func expected(i *instance, lang string, p *atlas.Project) *atlas.Project {
	q := *p
	key := func(id string) string {
		if id == "" {
			return ""
		}
		ico, abroad := i.app.ActorNumbers(id)
		return importer.NamedActor{Name: i.app.ActorName(id, lang), ICO: ico, ForeignID: abroad}.Key()
	}
	q.Parties, q.Funding = slices.Clone(p.Parties), slices.Clone(p.Funding)
	for n := range q.Parties {
		q.Parties[n].Actor = key(q.Parties[n].Actor)
	}
	for n := range q.Funding {
		q.Funding[n].Funder = key(q.Funding[n].Funder)
	}
	return &q
}

// cameBack compares a draft with the project that it was written from, first as
// the database gets it that wrote the file and then as another one does, to which
// codes of its records mean nothing.
func cameBack(t interface{ Fatalf(string, ...any) }, where string, want *atlas.Project, got *importer.Draft) {
	here, there := got.Project, got.Project
	there.Funding, there.Verbatim = slices.Clone(got.Project.Funding), slices.Clone(got.Project.Verbatim)
	allFieldsSame(t, where, want, got, &here, got.Settle(&here, want))
	if len(got.Problems) > 0 {
		t.Fatalf("%s: %+v", where, got.Problems)
	}
	problems := got.Settle(&there, nil)
	elsewhere := *want
	elsewhere.Follows, elsewhere.Funding = nil, slices.Clone(want.Funding)
	kept := len(want.Follows) == 0
	for n := range elsewhere.Funding {
		elsewhere.Funding[n].Call = ""
	}
	for _, v := range there.Verbatim {
		kept = kept || v.Value == strings.Join(want.Follows, " | ")
	}
	if !kept {
		t.Fatalf("%s: the codes of %v are lost: %v", where, want.Follows, there.Verbatim)
	}
	allFieldsSame(t, where+", elsewhere", &elsewhere, got, &there, problems)
}

func allFieldsSame(t interface{ Fatalf(string, ...any) }, where string, want *atlas.Project, d *importer.Draft, got *atlas.Project, more []atlas.RowProblem) {
	for _, f := range importer.Fields() {
		if !f.Same(got, want) {
			t.Fatalf("%s, %s:\n%#v\nwant\n%#v\nproblems %v %v", where, f.Key, *got, *want, d.Problems, more)
		}
	}
}

func TestEveryProjectOfTheDemoComesBackFromItsExport(t *testing.T) {
	i := demo(t)
	var all []*atlas.Project
	err := i.app.Reader().EachProject(t.Context(), func(p *atlas.Project) error {
		if p.Public() {
			all = append(all, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"csv", "json", "xlsx"} {
		for _, lang := range []string{"cs", "en"} {
			byNumber := 0
			for n, d := range again(t, i, format, lang, all) {
				cameBack(t, format+" "+lang+" "+all[n].ID, expected(i, lang, all[n]), d)
				for key := range d.Actors {
					if strings.HasPrefix(key, "ico:") {
						byNumber++
					}
				}
			}
			if byNumber == 0 {
				t.Errorf("%s %s: no organisation came back by its IČO", format, lang)
			}
		}
	}
	t.Logf("%d projects", len(all))
}

// someProject draws a project with every field that the import maps.
func someProject(t *rapid.T, i *instance, actors []string) *atlas.Project {
	text := rapid.StringMatching(`[A-Za-zÁČŽěřů0-9<>&"„“=+@|;-]([A-Za-zěřů0-9 :|"()=\n]{0,24}[a-zá.])?`)
	line := rapid.StringMatching(`[A-Za-zÁČŽěřů=+@-]([A-Za-zěřů0-9 ,;|"()]{0,24}[a-zá.])?`)
	maybe := func(name string, g *rapid.Generator[string]) string {
		return rapid.OneOf(rapid.Just(""), g).Draw(t, name)
	}
	code := func(name, list string) string {
		l, _ := i.app.Lists().List(list)
		codes := []string{""}
		for _, it := range l.Items {
			codes = append(codes, it.Code)
		}
		return rapid.SampledFrom(codes).Draw(t, name)
	}
	amount := func(name string) atlas.Amount {
		a := atlas.Amount{Minor: rapid.Int64Range(0, 99_999_999_999_999).Draw(t, name), State: rapid.SampledFrom([]atlas.AmountState{"", atlas.AmountKnown, atlas.AmountEstimate}).Draw(t, name+" state")}
		if !a.Known() {
			a.Minor = 0
		}
		return a
	}
	percent := func(name string) atlas.Percent {
		if !rapid.Bool().Draw(t, name+" known") {
			return atlas.Percent{}
		}
		return atlas.Percent{Known: true, Hundredths: rapid.Int64Range(0, 10_000).Draw(t, name)}
	}
	date := func(name string, year int) atlas.Date {
		d := atlas.Date{Year: year, Month: rapid.IntRange(0, 12).Draw(t, name+" month")}
		if d.Month > 0 {
			d.Day = rapid.IntRange(0, 28).Draw(t, name+" day")
		}
		return d
	}
	codes := func(name, list string) []string {
		l, _ := i.app.Lists().List(list)
		var all []string
		for _, it := range l.Items {
			all = append(all, it.Code)
		}
		return rapid.SliceOfNDistinct(rapid.SampledFrom(all), 0, 4, rapid.ID[string]).Draw(t, name)
	}
	flag := func(name string) atlas.Flag {
		return atlas.Flag{State: rapid.SampledFrom([]atlas.Tri{atlas.Unknown, atlas.Yes, atlas.No}).Draw(t, name), Reason: maybe(name+" reason", text)}
	}
	count := func(name string) atlas.Count {
		c := atlas.Count{Kind: code(name+" kind", atlas.ListCountKind)}
		if c.Kind != "" && rapid.Bool().Draw(t, name+" known") {
			c.Known, c.N = true, rapid.Int64Range(0, 1_000_000).Draw(t, name)
		}
		return c
	}
	address := rapid.SampledFrom([]string{"", "https://example.org/a?b=c,%20d|e", "http://example.cz"})
	references := func(name string) []atlas.Reference {
		var out []atlas.Reference
		for range rapid.IntRange(0, 3).Draw(t, name) {
			r := atlas.Reference{Title: maybe(name+" title", line), URL: address.Draw(t, name+" url")}
			if r != (atlas.Reference{}) {
				out = append(out, r)
			}
		}
		return out
	}
	p := &atlas.Project{
		Acronym: maybe("acronym", line), NeedRationale: maybe("need", text), Goal: maybe("goal", text), Subgoals: rapid.SliceOfN(text, 0, 3).Draw(t, "subgoals"),
		IntegrationShare: percent("integration"), TargetLegal: codes("legal", atlas.ListTargetLegal), TargetSituation: codes("situation", atlas.ListTargetSituation),
		Citizenships: codes("citizenships", atlas.ListCountry), ServiceForms: codes("forms", atlas.ListServiceForm), PriceForClient: code("price", atlas.ListPrice),
		PeoplePlanned: count("planned"), PeopleReached: count("reached"), Follows: rapid.SliceOfN(rapid.SampledFrom([]string{"P-00002", "P-00003"}), 0, 2).Draw(t, "follows"),
		Innovation: flag("innovation"), Upscaling: flag("upscaling"), Transfer: code("transfer", atlas.ListTransfer), TransferNote: maybe("transfer note", text),
		ReplicationNotes: maybe("replication", text), Measures: references("measures"), GoodPractice: references("practice"), Web: address.Draw(t, "web"),
		Evaluated: atlas.EvaluationDone{State: flag("evaluated").State, Method: maybe("method", text), Who: maybe("who", line), URL: address.Draw(t, "evaluation url")},
		Meta:      atlas.Meta{CreatedAt: time.Date(2026, 11, 21, 10, 0, 0, 123, time.UTC)},
		ID:        "P-00001", TitleCs: text.Draw(t, "title"), TitleEn: maybe("title en", text), RegNumber: maybe("reg", line), Annotation: maybe("annotation", text), Detail: maybe("detail", text),
		Ongoing: rapid.Bool().Draw(t, "ongoing"), Status: code("status", atlas.ListStatus), Country: code("country", atlas.ListCountry), Scope: code("scope", atlas.ListScope),
		PlaceText: maybe("place", text), TotalCost: amount("cost"), Currency: code("currency", atlas.ListCurrency),
	}
	if rapid.Bool().Draw(t, "dated") {
		p.From = date("from", 2015)
		p.To = date("to", 2019)
		p.Evaluated.When = date("evaluated", 2020)
	}
	areas := codes("areas", atlas.ListArea)
	for n, c := range areas {
		p.Areas = append(p.Areas, atlas.AreaShare{Code: c, Primary: n == len(areas)/2, Share: percent("share of " + c)})
	}
	for range rapid.IntRange(0, 3).Draw(t, "activities") {
		if a := (atlas.Activity{Code: code("activity", atlas.ListActivity), Text: maybe("activity text", text)}); a != (atlas.Activity{}) {
			p.Activities = append(p.Activities, a)
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "barriers") {
		if b := (atlas.Barrier{Code: code("barrier", atlas.ListBarrier), Text: maybe("barrier text", text)}); b != (atlas.Barrier{}) {
			p.Barriers = append(p.Barriers, b)
		}
	}
	for _, c := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"CZ010", "CZ064", "CZ0642", "CZ032"}), func(s string) string { return s }).Draw(t, "territories") {
		p.Territories = append(p.Territories, atlas.Place{Territory: c, Share: percent("share of " + c)})
	}
	for range rapid.IntRange(0, 3).Draw(t, "parties") {
		role := code("role", atlas.ListRole)
		if role == "" {
			role = atlas.RoleImplementer
		}
		p.Parties = append(p.Parties, atlas.Party{Actor: rapid.SampledFrom(actors).Draw(t, "actor"), Role: role, Amount: amount("part")})
	}
	for range rapid.IntRange(0, 3).Draw(t, "lines") {
		p.Funding = append(p.Funding, atlas.Funding{
			Funder: rapid.SampledFrom(actors).Draw(t, "funder"), FunderType: code("type", atlas.ListFunderType), Programme: code("programme", atlas.ListProgramme),
			ProgrammeText: maybe("programme text", line), CallNo: maybe("call", line), Call: rapid.SampledFrom([]string{"", "V-00001"}).Draw(t, "call code"), Year: rapid.SampledFrom([]int{0, 2015, 2026}).Draw(t, "year"),
			Requested: amount("requested"), Granted: amount("granted"), Spent: amount("spent"), Currency: code("line currency", atlas.ListCurrency),
			Rate: atlas.Rate(rapid.Int64Range(0, 99_000_000).Draw(t, "rate")), RateDate: date("rate date", 2016), Share: percent("share"),
		})
	}
	return p
}

func TestAnExportReadByTheImportLosesNothing(t *testing.T) {
	i := demo(t)
	var actors []string
	err := i.app.Reader().EachActor(t.Context(), func(r *atlas.Actor) error {
		actors = append(actors, r.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := someProject(t, i, actors)
		format, lang := rapid.SampledFrom([]string{"csv", "csv", "json", "xlsx"}).Draw(t, "format"), rapid.SampledFrom([]string{"cs", "en"}).Draw(t, "lang")
		cameBack(t, format+" "+lang, expected(i, lang, p), again(t, i, format, lang, []*atlas.Project{p})[0])
	})
}

func TestASmallWorkbookIsReadFromItsListAndNotFromItsExplanations(t *testing.T) {
	i := demo(t)
	for _, face := range []string{"", "/en"} {
		a := i.get(t, face+"/export/projekty.xlsx?q=%22spole%C4%8Dn%C3%A1+adresa%22")
		table, err := importer.ReadBytes("projekty.xlsx", a.Body.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		source, err := importer.Recognise(table)
		if err != nil || source.Name != "atlas" || table.Len() != 1 {
			t.Errorf("%s: %s, %d rows of the sheet %q, %v", face, source.Name, table.Len(), table.Sheet, err)
		}
	}
}
