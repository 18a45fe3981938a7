package rubric

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
)

func TestTheShippedRubricIsThatOfTheSpecification(t *testing.T) {
	r := Default()
	if wrong := r.Problems(atlas.StagePublish); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	// Weights of 8.2.2, ex-ante, interim, ex-post.
	want := "14 10 12,8 8 8,12 14 12,10 12 10,8 8 12,8 8 10,8 10 8,6 8 6,5 4 6,4 4 6,3 2 4,6 6 6,8 6 0"
	var got []string
	for i, c := range r.Criteria {
		got = append(got, fmt.Sprint(c.Weights.ExAnte, c.Weights.Interim, c.Weights.ExPost))
		if c.Code != fmt.Sprintf("K%d", i+1) || c.Title.En == "" || len(c.Questions) == 0 || len(c.Anchors) != 3 {
			t.Errorf("%s is not whole", c.Code)
		}
		for j, a := range c.Anchors {
			if a.Points != 2*j || a.En == "" {
				t.Errorf("%s anchors 0, 2, 4 in both languages: %+v", c.Code, a)
			}
		}
	}
	if strings.Join(got, ",") != want {
		t.Errorf("weights %s", got)
	}
	for tenths, band := range map[int]string{1000: "vynikajici", 800: "vynikajici", 799: "dobre", 650: "dobre", 649: "prumerne", 500: "prumerne", 499: "slabe", 350: "slabe", 349: "nevyhovujici", 0: "nevyhovujici"} {
		if BandOf(r, tenths) != band {
			t.Errorf("%d tenths are %s, want %s (8.2.6)", tenths, BandOf(r, tenths), band)
		}
	}
	if r.Max() != 4 || len(r.Gates) != 3 || r.Floor != 70 || r.Evaluators != 2 || r.CriterionGap != 2 || r.TotalGap != 15 || r.Mark.Valid != 36 {
		t.Errorf("%+v", r)
	}
	if len(r.Asked(atlas.ModeExPost)) != 12 {
		t.Error("K13 is not asked ex-post")
	}
}

func TestTheRuleOfTheMarkFallsWithEachOfItsConditions(t *testing.T) {
	r := Default()
	const good = "433233232432" // acceptance example 9
	for _, x := range []struct {
		name, answers string
		months        int
		known         bool
		one, gate     bool
		kind          string // the condition that is not met
		met           atlas.Tri
	}{
		{"whole", good, 12, true, false, false, "", atlas.Yes},
		{"eleven months", good, 11, true, false, false, ConditionMonths, atlas.No},
		{"months not known", good, 0, false, false, false, ConditionMonths, atlas.Unknown},
		{"K5 two", "433224444442", 12, true, false, false, ConditionCriterion, atlas.No},
		{"K10 without data", "433233242?32", 12, true, false, false, ConditionCriterion, atlas.Unknown},
		{"K1 and K9 two", "244434442444", 12, true, false, false, ConditionOneOf, atlas.No},
		{"K9 two, K1 without data", "?44434442444", 12, true, false, false, ConditionOneOf, atlas.Unknown},
		{"K9 three is enough", "244434443444", 12, true, false, false, "", atlas.Yes},
		{"K12 one", "444444444441", 12, true, false, false, ConditionCriterion, atlas.No},
		{"a total under seventy", "322233232432", 12, true, false, false, ConditionTotal, atlas.No},
		{"a gate", good, 12, true, false, true, ConditionGate, atlas.No},
		{"one evaluator", good, 12, true, true, false, ConditionEvaluators, atlas.No},
		{"few data", "4???4????4?4", 12, true, false, false, ConditionCompleteness, atlas.No},
	} {
		sheets := []*atlas.Sheet{sheet("a", x.answers), sheet("b", x.answers)}
		if x.one {
			sheets = sheets[:1]
		}
		if x.gate {
			broken(sheets[1%len(sheets)], "H1")
		}
		cs := Candidate(r, Panel(r, atlas.ModeExPost, sheets), x.months, x.known)
		var fallen []string
		for _, c := range cs {
			if c.Met != atlas.Yes {
				fallen = append(fallen, c.Kind+" "+string(c.Met))
			}
			if c.What.Cs == "" || c.What.En == "" || c.Wanted.Cs == "" || c.Wanted.En == "" || c.Found.Cs == "" || c.Found.En == "" {
				t.Errorf("%s: a condition without words: %+v", x.name, c)
			}
		}
		if x.kind == "" && len(fallen) > 0 || x.kind != "" && !slices.Equal(fallen, []string{x.kind + " " + string(x.met)}) {
			t.Errorf("%s: %v, want %q %q", x.name, fallen, x.kind, x.met)
		}
		if Met(cs) != (x.kind == "") {
			t.Errorf("%s: candidate %v", x.name, Met(cs))
		}
	}
	r.Mark.All, r.Mark.OneOf = nil, nil
	if Met(Candidate(r, atlas.Result{Known: true, Total: 1000}, 99, true)) {
		t.Error("a rule without criteria proposes nothing")
	}
}

func TestTheUpscalingMarkIsNeverThereWithoutTheOther(t *testing.T) {
	r := Default()
	for answers, want := range map[string][2]bool{
		"433233232432": {true, true}, "433233233422": {true, false}, "111111111141": {false, false},
	} {
		res := Panel(r, atlas.ModeExPost, []*atlas.Sheet{sheet("a", answers), sheet("b", answers)})
		Mark(r, &res, 24, true)
		if res.Candidate != want[0] || res.Upscaling != want[1] {
			t.Errorf("%s: candidate %v, upscaling %v (%d)", answers, res.Candidate, res.Upscaling, res.Total)
		}
	}
}

func TestOnlySubmittedSheetsOfEvaluatorsMakeAPanel(t *testing.T) {
	r := Default()
	draft, own, check := sheet("b", strings.Repeat("0", 12)), sheet("c", strings.Repeat("0", 12)), sheet("d", strings.Repeat("0", 12))
	draft.Submitted, own.Role, check.Role = time.Time{}, atlas.SheetSelf, atlas.SheetCheck
	all := []*atlas.Sheet{sheet("a", strings.Repeat("4", 12)), draft, own, check}
	if p := Panel(r, atlas.ModeExPost, all); p.Total != 1000 || p.Evaluators != 1 || !p.Preliminary {
		t.Errorf("%+v", p)
	}
	if d := Disputes(r, atlas.ModeExPost, all); d.Any() {
		t.Errorf("%+v", d)
	}
}

// TestTotalsThatDifferByFifteenAreADispute by 8.2.5, though no criterion differs by
// two: the rule speaks of either.
func TestTotalsThatDifferByFifteenAreADispute(t *testing.T) {
	r := Default()
	two := func(a, b string) Dispute {
		return Disputes(r, atlas.ModeExPost, []*atlas.Sheet{sheet("a", a), sheet("b", b)})
	}
	if d := two("222222222222", "333322333222"); !d.Any() || len(d.Criteria) > 0 || d.Top-d.Low < 150 {
		t.Errorf("%+v", d)
	}
	if d := two("222222222222", "322222222223"); d.Any() {
		t.Errorf("%+v", d)
	}
	gates := Disputes(r, atlas.ModeExPost, []*atlas.Sheet{broken(sheet("a", "2"), "H3"), sheet("b", "2")})
	if !slices.Equal(gates.Gates, []string{"H3"}) {
		t.Errorf("%+v", gates)
	}
}

func TestACriterionNobodyHeldApplicableIsNotMissing(t *testing.T) {
	r := Default()
	p := Panel(r, atlas.ModeExPost, []*atlas.Sheet{sheet("a", "-?-444444444"), sheet("b", "--3444444444")})
	k1, k2, k3 := p.Criteria[0], p.Criteria[1], p.Criteria[2]
	if k1.Scored || k1.Missing || k2.Scored || !k2.Missing || !k3.Scored || k3.Points != 300 {
		t.Errorf("%+v", p.Criteria[:3])
	}
	if p.Completeness != 909 { // 80 of 88
		t.Errorf("completeness %d", p.Completeness)
	}
}

func TestTheMonthsAProjectHasRun(t *testing.T) {
	day := atlas.Date{Year: 2020, Month: 6, Day: 15}
	date := func(s string) atlas.Date { d, _ := atlas.ParseDate(s); return d }
	for _, x := range []struct {
		from, to string
		ongoing  bool
		months   int
		known    bool
	}{
		{"2017-09", "2020-12", false, 34, true}, // to June 2020
		{"2017-09", "2018-08", false, 12, true},
		{"2019-07", "", true, 12, true},
		{"2019-07", "", false, 0, false},
		{"", "2019", false, 0, false},
		{"2021-01", "2022-01", false, 0, true},
	} {
		p := &atlas.Project{From: date(x.from), To: date(x.to), Ongoing: x.ongoing}
		if n, ok := MonthsRun(p, day); n != x.months || ok != x.known {
			t.Errorf("%+v: %d %v", x, n, ok)
		}
	}
	p := &atlas.Project{From: date("2017-09"), To: date("2020-12")}
	if n, _ := MonthsRun(p, atlas.Date{Year: 2021}); n != 40 {
		t.Errorf("%d months, want 40 (acceptance example 6)", n)
	}
}

func TestWhatIsWrittenIsReadBackAndTheShippedFileIsInTheSameHand(t *testing.T) {
	r := Default()
	if got := Write(r); !bytes.Equal(got, shipped) {
		t.Errorf("the shipped file is not as Write writes it:\n%s", got)
	}
	r.Mark.Total, r.Bands[0].From = 705, 805
	back, wrong := Read(Write(r))
	if len(wrong) > 0 || !bytes.Equal(Write(back), Write(r)) || back.Mark.Total != 705 {
		t.Errorf("%v %+v", wrong, back)
	}
}

func TestAForeignFileIsRefusedByPlaceAndNeverGuessed(t *testing.T) {
	whole := string(shipped)
	change := func(old, new string) string { return strings.Replace(whole, old, new, 1) }
	for _, x := range []struct{ name, data, field, key string }{
		{"no JSON", "{\n\"format\": oops", "", "rubric.file.json"},
		{"two values", whole + "{}", "", "rubric.file.more"},
		{"a list", "[]", "", "rubric.file.object"},
		{"too long", strings.Repeat(" ", FileLimit) + whole, "", "rubric.file.size"},
		{"another format", change(Format, "atlas-rubric/9"), "format", "rubric.file.format"},
		{"an unknown field", change(`"family"`, `"familie"`), "familie", "rubric.file.unknown"},
		{"an unknown field within", change(`"interim": 10`, `"prubezne": 10`), "criteria.0.weights.prubezne", "rubric.file.unknown"},
		{"a field twice", change(`"interim": 10`, `"interim": 10, "interim": 12`), "criteria.0.weights.interim", "rubric.file.twice"},
		{"a weight in words", change(`"interim": 10`, `"interim": "ten"`), "criteria.0.weights.interim", "rubric.file.number"},
		{"half a weight", change(`"interim": 10`, `"interim": 10.5`), "criteria.0.weights.interim", "rubric.file.number"},
		{"less than nothing", change(`"interim": 10`, `"interim": -10`), "criteria.0.weights.interim", "rubric.file.number"},
		{"a huge number", change(`"interim": 10`, `"interim": 1e99`), "criteria.0.weights.interim", "rubric.file.number"},
		{"text instead of a list", change(`"gates": [`, `"gates": "no", "x": [`), "gates", "rubric.file.list"},
		{"a number instead of a text", change(`"code": "K2"`, `"code": 2`), "criteria.1.code", "rubric.file.text"},
		{"a sign that is none", change(`"code": "K2"`, `"code": "K\u0007"`), "criteria.1.code", "rubric.file.signs"},
		{"a long text", change(`"code": "K2"`, `"code": "`+strings.Repeat("K", 3000)+`"`), "criteria.1.code", "rubric.file.long_text"},
	} {
		r, wrong := Read([]byte(x.data))
		if r != nil || !slices.ContainsFunc(wrong, func(p atlas.Problem) bool { return p.Field == x.field && p.Key == x.key }) {
			t.Errorf("%s: %v", x.name, wrong)
		}
	}
	if _, wrong := Read([]byte("{\n\n oops")); wrong[0].Args["line"] != 3 {
		t.Errorf("line %v", wrong[0].Args["line"])
	}
}

func FuzzRead(f *testing.F) {
	f.Add(shipped)
	f.Add([]byte(`{"format":"atlas-rubric/1","scale":[{"points":0,"cs":"x"}],"criteria":[null,1,{}]}`))
	f.Add([]byte(`{"good_practice":{"all":[[]]},"bands":[{"from":1.23}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, wrong := Read(data)
		if (r == nil) != (len(wrong) > 0) {
			t.Fatal("a rubric or problems, one of them")
		}
		if r == nil {
			return
		}
		back, wrong := Read(Write(r))
		if len(wrong) > 0 || !bytes.Equal(Write(back), Write(r)) {
			t.Fatalf("what was read is not read again: %v", wrong)
		}
		if len(r.Problems(atlas.StagePublish)) == 0 {
			Panel(r, atlas.ModeExPost, []*atlas.Sheet{sheet("a", "4444")})
		}
	})
}
