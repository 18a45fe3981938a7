package search

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"atlas"
)

// titled makes an index of documents that have only titles; ids are D0, D1 …
func titled(titles ...string) *Index {
	x := New(Options{Aliases: [][]string{{"Charkov", "Kharkiv", "Харків", "Харьков"}, {"MPSV", "Ministerstvo práce a sociálních věcí"}}})
	var docs []Document
	for i, title := range titles {
		docs = append(docs, Document{ID: fmt.Sprint("D", i), Title: title, Texts: map[Field]string{FieldTitle: title}})
	}
	x.Build(slices.Values(docs))
	return x
}

func find(x *Index, text string) string {
	hits := x.Search(Query{Text: text, Limit: 100}).Hits
	slices.Sort(hits)
	return strings.Join(hits, " ")
}

func TestWordsAreFoundWithoutDiacriticsCaseAndInflection(t *testing.T) { // acceptance example 16
	x := titled("Žďár nad Sázavou", "zdar", "Kurzy pro cizince", "Podpora cizinců v Praze", "Integration of migrants", "Допомога у Харкові", "MIS CZ.03.3.X/0.0/0.0/15_124/0006483", "Frýdek-Místek", "Práce a sociální věci", "Ministerstvo práce a sociálních věcí", "Straße zum Erfolg", "移民融合项目")
	for query, want := range map[string]string{
		"Žďár": "D0 D1", "zdar": "D0 D1", "ŽĎÁR": "D0 D1",
		"cizinec": "D2 D3", "cizincům": "D2 D3", "CIZINCI PRAHA": "D3",
		`"cizinců"`: "D3", `"cizincu v praze"`: "D3", `"praze cizinců"`: "", "„podpora cizinců“": "D3",
		"cizinec -praha": "D2", "cizinec -\"v praze\"": "D2", "-cizinec -zdar -migrant -Харків -mis -mistek -prace -strasse -移民": "",
		"migrant": "D4", "migration": "", "integra*": "D4",
		"Charkov": "D5", "Charkově": "D5", "kharkiv": "D5", "Харків": "D5", "Харьков": "D5",
		"CZ.03.3.X/0.0/0.0/15_124/0006483": "D6", "cz.03.3.x/0.0/0.0/15_124/0006483": "D6", "15_124": "D6", "0006483": "D6", "0006*": "D6", "15_125": "", "15_124/0006*": "D6",
		"frydek mistek": "D7", "Frýdku-Místku": "D7", "mpsv": "D9", "ministerstvo prace a socialnich veci": "D9",
		"strasse": "D10", "移民": "D11", "nic takového": "", "a": "D8 D9", "pro cizince": "D2 D3", "pro": "D2",
		"\xff\xfežďár\xc5": "D0 D1", "* - \" !": "D0 D1 D10 D11 D2 D3 D4 D5 D6 D7 D8 D9",
	} {
		if got := find(x, query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestExactWordsRankBeforeFormsAndTitlesBeforeTexts(t *testing.T) {
	x := New(Options{})
	add := func(id string, f Field, text string) {
		x.Put(Document{ID: id, Title: id, Texts: map[Field]string{f: text, FieldGoal: "výplň výplň"}})
	}
	add("detail", FieldDetail, "školy")
	add("annotation", FieldAnnotation, "školy")
	add("form", FieldTitle, "škola")
	add("exact", FieldTitle, "školy")
	add("actor", FieldActors, "školy")
	got := x.Search(Query{Text: "školy", Limit: 10}).Hits
	if want := []string{"exact", "form", "actor", "annotation", "detail"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheLastWordIsUnfinishedOnlyWhileTyping(t *testing.T) {
	x := titled("Ostrava", "ost", "kurzy")
	for _, c := range []struct {
		text   string
		typing bool
		want   int
	}{{"ost", true, 2}, {"ost", false, 1}, {"ost ", true, 1}, {"o", true, 0}, {"ost*", false, 2}, {`"ost"`, true, 1}} {
		if got := x.Search(Query{Text: c.text, Typing: c.typing}).Total; got != c.want {
			t.Errorf("%q typing=%v finds %d, want %d", c.text, c.typing, got, c.want)
		}
	}
}

func TestAMistypedWordIsCorrected(t *testing.T) {
	x := titled("Škola češtiny", "Škola hrou", "Integrace cizinců", "Integrace dětí", "Žďár")
	for query, want := range map[string]string{
		"intergace cizincu": "integrace cizincu", "skkola": "škola", "škola": "", "integrcae": "integrace",
		"xyzxyzxyz": "", "0006483": "", "ab": "", "žďir hrou": "žďár hrou", `"intergace"`: "", "": "",
	} {
		if got := x.Search(Query{Text: query, Correct: true}).DidYouMean; got != want {
			t.Errorf("%q is corrected to %q, want %q", query, got, want)
		}
	}
}

func TestTitlesSortInCzechOrder(t *testing.T) { // acceptance example 16
	x := titled("Cheb", "Havlíčkův Brod", "Ivančice", "Čáslav", "Cvikov")
	x.Put(Document{ID: "new", Title: "Chomutov"})
	x.Delete("D2")
	got := x.Search(Query{Sort: SortTitle, Limit: 10}).Hits
	if want := []string{"D4", "D3", "D1", "D0", "new"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestManyTitlesBetweenTwoOthersKeepTheirOrder(t *testing.T) {
	x := titled("a", "b")
	for i := range 200 { // far more than a label can be halved
		x.Put(Document{ID: fmt.Sprintf("x%03d", i), Title: fmt.Sprintf("a%03d", 999-i)})
	}
	hits := x.Search(Query{Sort: SortTitle, Limit: 300}).Hits
	for i := range 200 {
		if want := fmt.Sprintf("x%03d", 199-i); hits[i+1] != want {
			t.Fatalf("place %d is %s, want %s", i+1, hits[i+1], want)
		}
	}
}

func TestSensibleAnswersToBadInput(t *testing.T) {
	x := titled("Cheb", "Brno")
	for _, q := range []Query{
		{Offset: -5, Limit: -1}, {Offset: math.MaxInt, Limit: math.MaxInt}, {Offset: math.MinInt, Limit: math.MinInt},
		{Sort: "neznámé", Limit: 1}, {Count: []Facet{"nic", ""}}, {Filters: map[Facet][]string{"nic": nil, FacetArea: {}}}, {Only: map[Facet][]string{"nic": {"x"}}, Count: []Facet{"nic"}},
	} {
		if got := x.Search(q); got.Total != 2 {
			t.Errorf("%+v finds %d", q, got.Total)
		}
	}
	for _, f := range []map[Facet][]string{{FacetArea: {"x"}}, {"nic": {""}}, {"": {"x"}}} {
		if got := x.Search(Query{Filters: f, Limit: 5}); got.Total != 0 || len(got.Hits) != 0 {
			t.Errorf("%v finds %d", f, got.Total)
		}
	}
	if got := x.Search(Query{Offset: -3, Limit: 1, Sort: SortTitle}).Hits; !slices.Equal(got, []string{"D1"}) {
		t.Errorf("a negative offset gives %q", got)
	}
}

func TestAQueryOfAMillionWordsUsesTheFirstAndSaysSo(t *testing.T) {
	x := titled("Cheb a cheb", "Brno")
	got := x.Search(Query{Text: strings.Repeat("cheb ", 1_000_000), Limit: 5})
	if got.Truncated != TooManyWords || !slices.Equal(got.Hits, []string{"D0"}) {
		t.Errorf("%+v", got)
	}
	if got := x.Search(Query{Text: strings.Repeat("cheb-", 1_000_000)}); got.Truncated != TooManyWords {
		t.Errorf("one word of a million parts: %+v", got)
	}
	if got := x.Search(Query{Text: strings.Repeat("cheb ", maxWords)}); got.Truncated != "" {
		t.Errorf("%d words are too many: %+v", maxWords, got)
	}
}

func TestAWordWithoutEndIsCutButStillFound(t *testing.T) {
	long := strings.Repeat("abcdefghij", 100)
	if got := find(titled(long), long); got != "D0" {
		t.Errorf("%q", got)
	}
}

func TestSimilarProjectsSayWhy(t *testing.T) {
	x := New(Options{})
	put := func(id, title string, facets map[Facet][]string) {
		x.Put(Document{ID: id, Title: title, Texts: map[Field]string{FieldTitle: title}, Facets: facets})
	}
	put("mis", "Místní integrace cizinců", map[Facet][]string{FacetArea: {"JAZ", "VZD"}, FacetTerritory: {"CZ", "plzen"}, FacetImplementer: {"simi"}, FacetYear: {"2017"}})
	put("near", "Tlumočníci", map[Facet][]string{FacetArea: {"JAZ"}, FacetTerritory: {"CZ", "plzen"}, FacetYear: {"2017"}})
	put("word", "Vzdělávání cizince", map[Facet][]string{FacetTerritory: {"CZ"}})
	put("far", "Sportovní den", map[Facet][]string{FacetTerritory: {"CZ"}, FacetYear: {"2017"}})
	got := x.Similar("mis", 3)
	if len(got) != 3 || got[0].ID != "near" || got[1].ID != "word" || got[2].ID != "far" {
		t.Fatalf("%+v", got)
	}
	for _, hit := range got {
		sum := 0.0
		for _, r := range hit.Reasons {
			sum += r.Weight
		}
		if math.Abs(sum-hit.Score) > 1e-9 || len(hit.Reasons) == 0 {
			t.Errorf("%s: reasons add up to %v of %v", hit.ID, sum, hit.Score)
		}
	}
	if r := got[0].Reasons; len(r) != 3 || r[0].Value != "JAZ" || r[1].Value != "plzen" || r[2].Value != "CZ" || r[1].Weight <= r[2].Weight {
		t.Errorf("reasons of near: %+v", r)
	}
	if r := got[1].Reasons[0]; r.Word != "cizinců" {
		t.Errorf("reasons of word: %+v", got[1].Reasons)
	}
	if x.Similar("nobody", 3) != nil || x.Similar("mis", 0) != nil {
		t.Error("something is similar to nothing")
	}
}

func TestSuggestionsFinishTheWordAndNameTitles(t *testing.T) {
	x := titled("Škola češtiny", "Školka u lesa", "Školy bez bariér", "Školka hrou")
	got := x.Suggest("moje školk", 4)
	if len(got) != 1 || got[0] != "moje školka" {
		t.Errorf("%q", got)
	}
	got = x.Suggest("skolk", 4)
	if want := []string{"školka", "Školka hrou", "Školka u lesa"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, nothing := range []string{"", " ", "\xff", "zzz"} {
		if got := x.Suggest(nothing, 4); len(got) != 0 {
			t.Errorf("%q suggests %q", nothing, got)
		}
	}
}

func TestAmountsOfTheResultAreAddedAndUnknownOnesCounted(t *testing.T) {
	x := titled()
	x.Put(Document{ID: "a", Amount: atlas.Crowns(100)})
	x.Put(Document{ID: "b", Amount: atlas.Amount{Minor: 50, State: atlas.AmountEstimate}})
	x.Put(Document{ID: "c"})
	want := atlas.Sum{Minor: 10050, Known: 2, Estimates: 1, Unknown: 1}
	if got := x.Search(Query{}).Amount; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := x.Search(Query{Sort: SortAmount, Limit: 3}).Hits; !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("largest first: %q", got)
	}
}

func TestNormalisedTermsHighlightWhatTheQueryFound(t *testing.T) {
	x := titled("x")
	terms := x.Search(Query{Text: `cizinec "do školy" Charkov -praha kurz*`}).Normalised
	text := "Cizinkám a cizincům: kurzy do školy, škola; до Харкова. Praha!"
	var marked []string
	for _, s := range Highlight(text, terms) {
		if s.Hit {
			marked = append(marked, s.Text)
		}
	}
	if want := []string{"Cizinkám", "cizincům", "kurzy", "do školy", "Харкова"}; !slices.Equal(marked, want) {
		t.Errorf("%q, want %q (terms %q)", marked, want, terms)
	}
}

func TestASnippetShowsThePartWithMostTerms(t *testing.T) {
	text := strings.Repeat("Výplň o cizinci a ničem. ", 20) + "Kurzy češtiny pro cizince v Plzni." + strings.Repeat(" Další výplň.", 20)
	whole := ""
	marked := 0
	for _, s := range Snippet(text, []string{"kurz", "cizinec", "plzen"}, 80) {
		whole += s.Text
		if s.Hit {
			marked++
		}
	}
	if !strings.HasPrefix(whole, "…") || !strings.HasSuffix(whole, "…") || !strings.Contains(whole, "Kurzy češtiny pro cizince v Plzni") || marked < 3 {
		t.Errorf("%q, %d marked", whole, marked)
	}
	if got := Snippet("Krátký text", nil, 80); len(got) != 1 || got[0].Text != "Krátký text" {
		t.Errorf("%+v", got)
	}
	if got := Snippet(strings.Repeat("á", 100), nil, 10); got[0].Text != strings.Repeat("á", 10) {
		t.Errorf("%+v", got)
	}
}

func FuzzAnyTextIsAQueryAndAText(f *testing.F) {
	for _, s := range []string{"", `"`, "-", "a*", `-"cizinec praha" zdar*`, "CZ.03/0_1", "\xff\xfe", "移民 融合", "зв'язок '", "e\u0301\u0301", "-−--x"} {
		f.Add(s)
	}
	x := titled("Cizinec v Praze", "Žďár", "зв'язок")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for tok := range tokens(s) {
			if tok.word == "" || tok.start < end || tok.end <= tok.start || tok.end > len(s) {
				t.Fatalf("%q: token %+v after %d", s, tok, end)
			}
			end = tok.end
		}
		r := x.Search(Query{Text: s, Typing: true, Limit: 10})
		if len(r.Hits) != r.Total {
			t.Fatalf("%q: %+v", s, r)
		}
		for _, spans := range [][]Span{Highlight(s, r.Normalised), Snippet(s, r.Normalised, len(s)+1)} {
			whole := ""
			for _, span := range spans {
				whole += span.Text
			}
			if whole != s {
				t.Fatalf("%q is cut to %q", s, whole)
			}
		}
		Snippet(s, r.Normalised, 5)
		x.Suggest(s, 3)
		y := titled(s)
		if !strings.ContainsAny(s, "-−\"„“”«»*") && len(s) < 60 && len(slices.Collect(tokens(s))) > 0 && find(y, s) != "D0" {
			t.Fatalf("%q does not find itself", s)
		}
	})
}
