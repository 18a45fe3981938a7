package evaluations

import (
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// Values of the answer to a criterion beside its points.
const (
	answerNA     = "na"
	answerNoData = "bd"
)

// scoreField is the name of a field of a criterion.
func scoreField(code, part string) string { return "scores." + code + part }

// groups are the rows of evidence of each criterion.
func groups(r *atlas.Rubric) form.Groups {
	g := form.Groups{"scores.evidence": "kind"} // of a criterion whose code is a number
	for _, c := range r.Criteria {
		g[scoreField(c.Code, ".evidence")] = "kind"
	}
	return g
}

// fill writes a sheet into a form so that decode reads the same back.
func fill(s *atlas.Sheet) *typed.Form {
	f := typed.New(nil)
	for _, x := range s.Scores {
		f.Set(scoreField(x.Criterion, ""), answer(x))
		f.Set(scoreField(x.Criterion, ".justification"), x.Justification)
		if x.Confidence > 0 {
			f.Set(scoreField(x.Criterion, ".confidence"), strconv.Itoa(x.Confidence))
		}
		for i, e := range x.Evidence {
			row := form.Row(scoreField(x.Criterion, ".evidence"), i)
			f.Set(row+"kind", string(e.Kind))
			f.Set(row+"text", e.Text)
			f.Set(row+"url", e.URL)
		}
	}
	for _, g := range s.Gates {
		f.Set("gates."+g.Code, string(g.Yes))
		f.Set("gates."+g.Code+".note", g.Note)
	}
	f.Set("strengths", s.Strengths)
	f.Set("weaknesses", s.Weaknesses)
	f.Set("advice", s.Advice)
	for _, o := range s.Opinions {
		f.Set("opinions."+string(o.Of), o.Text)
		f.Set("opinions."+string(o.Of)+".source", o.Source)
	}
	return f
}

func answer(x atlas.Score) string {
	switch x.Kind {
	case atlas.ScoreNA:
		return answerNA
	case atlas.ScoreNoData:
		return answerNoData
	case atlas.ScorePoints:
		return strconv.Itoa(x.Points)
	}
	return ""
}

// decode reads what was typed of a sheet by a rubric in a mode. What is wrong is in
// the form.
func decode(f *typed.Form, r *atlas.Rubric, mode atlas.Mode) *atlas.Sheet {
	s := &atlas.Sheet{Strengths: f.Text("strengths"), Weaknesses: f.Text("weaknesses"), Advice: f.Text("advice")}
	for _, c := range r.Asked(mode) {
		if x := decodeScore(f, c.Code); x != nil {
			s.Scores = append(s.Scores, *x)
		}
	}
	for _, g := range r.Gates {
		x := atlas.GateAnswer{Code: g.Code, Note: f.Text("gates." + g.Code + ".note")}
		if yes := atlas.Tri(f.Get("gates." + g.Code)); yes == atlas.Yes || yes == atlas.No {
			x.Yes = yes
		}
		if x.Yes != atlas.Unknown || x.Note != "" {
			s.Gates = append(s.Gates, x)
		}
	}
	for _, of := range atlas.OpinionsOf() {
		x := atlas.Opinion{Of: of, Text: f.Text("opinions." + string(of)), Source: f.Text("opinions." + string(of) + ".source")}
		if x.Text+x.Source != "" {
			s.Opinions = append(s.Opinions, x)
		}
	}
	return s
}

// decodeScore is what was said of a criterion, nil of nothing.
func decodeScore(f *typed.Form, code string) *atlas.Score {
	x := &atlas.Score{Criterion: code, Justification: f.Text(scoreField(code, ".justification"))}
	switch given := f.Get(scoreField(code, "")); given {
	case "":
	case answerNA:
		x.Kind = atlas.ScoreNA
	case answerNoData:
		x.Kind = atlas.ScoreNoData
	default:
		n, err := strconv.Atoi(given)
		if err != nil {
			n = -1 // refused by the rules of a sheet
		}
		x.Kind, x.Points = atlas.ScorePoints, n
	}
	x.Confidence, _ = strconv.Atoi(f.Text(scoreField(code, ".confidence")))
	group := scoreField(code, ".evidence")
	f.Compact(group)
	for _, row := range f.Rows(group) {
		e := atlas.Evidence{Kind: atlas.EvidenceKind(f.Get(row.Prefix + "kind")), Text: f.Text(row.Prefix + "text"), URL: f.URL(row.Prefix + "url")}
		if e.Kind != "" && !slices.Contains(atlas.EvidenceKinds(), e.Kind) {
			e.Kind = ""
		}
		x.Evidence = append(x.Evidence, e)
	}
	if x.Kind == "" && x.Justification == "" && x.Confidence == 0 && len(x.Evidence) == 0 {
		return nil
	}
	return x
}

// block is a criterion on the form of a sheet, with what its points mean beside
// each of them.
type block struct {
	Code, Title   string
	Weight        int
	Questions     []string
	Name          string // of the fields
	Choices       []choice
	Justification string
	Confidence    []choice
	Evidence      []evidenceRow
	Add           form.Button
	Problems      map[string][]string // by the rest of the field: "", ".justification", ".evidence"
	Answered      bool
}

type choice struct {
	Value, Label, Anchor string
	Chosen               bool
}

type evidenceRow struct {
	Prefix, ID, Text, URL string
	Kinds                 []choice
	Drop                  form.Button
	Problems              []string // of the address
}

// blocks are the criteria of a sheet over what was typed.
func (t teller) blocks(f *typed.Form, r *atlas.Rubric, mode atlas.Mode, closed bool) []block {
	var out []block
	for _, c := range r.Asked(mode) {
		name, given := scoreField(c.Code, ""), f.Get(scoreField(c.Code, ""))
		b := block{
			Code: c.Code, Title: t.in(c.Title), Weight: c.Weights.In(mode), Name: name, Answered: given != "",
			Justification: f.Get(name + ".justification"), Problems: map[string][]string{},
			Add: form.Button{Name: name + ".evidence", Label: t.T("evaluations.evidence.add", "code", c.Code)},
		}
		for _, q := range c.Questions {
			b.Questions = append(b.Questions, t.in(q))
		}
		for _, step := range r.Scale {
			b.Choices = append(b.Choices, choice{strconv.Itoa(step.Points), strconv.Itoa(step.Points) + " – " + t.in(step.Words), t.anchor(c, step.Points), given == strconv.Itoa(step.Points)})
		}
		b.Choices = append(b.Choices,
			choice{answerNA, t.T("evaluations.score.na"), t.T("evaluations.score.na_means"), given == answerNA},
			choice{answerNoData, t.T("evaluations.score.bd"), t.T("evaluations.score.bd_means"), given == answerNoData})
		for n := range atlas.ConfidenceMax + 1 {
			value, chosen := "", f.Get(name+".confidence")
			if n > 0 {
				value = strconv.Itoa(n)
			}
			b.Confidence = append(b.Confidence, choice{Value: value, Label: t.T("evaluations.confidence." + strconv.Itoa(n)), Chosen: chosen == value})
		}
		if !closed {
			f.AtLeast(name+".evidence", 1)
		}
		for _, row := range f.Rows(name + ".evidence") {
			b.Evidence = append(b.Evidence, t.evidenceRow(f, row, c.Code))
		}
		for _, rest := range []string{"", ".justification", ".evidence"} {
			for _, p := range f.ProblemsOf(name + rest) {
				b.Problems[rest] = append(b.Problems[rest], t.said(p))
			}
		}
		out = append(out, b)
	}
	return out
}

func (t teller) evidenceRow(f *typed.Form, row typed.Row, code string) evidenceRow {
	e := evidenceRow{Prefix: row.Prefix, ID: form.ID(row.Prefix), Text: f.Get(row.Prefix + "text"), URL: f.Get(row.Prefix + "url")}
	e.Drop = form.Button{Name: row.Prefix[:len(row.Prefix)-1], Label: t.T("form.drop"), Said: t.T("evaluations.evidence.drop", "n", row.Index+1, "code", code)}
	chosen := f.Get(row.Prefix + "kind")
	e.Kinds = append(e.Kinds, choice{Value: "", Label: "", Chosen: chosen == ""})
	for _, k := range atlas.EvidenceKinds() {
		e.Kinds = append(e.Kinds, choice{Value: string(k), Label: t.T("evaluations.evidence." + string(k)), Chosen: chosen == string(k)})
	}
	for _, p := range f.ProblemsOf(row.Prefix + "url") {
		e.Problems = append(e.Problems, t.said(p))
	}
	return e
}

// anchor is what a number of points of a criterion means, "" where the rubric does
// not say.
func (t teller) anchor(c atlas.Criterion, points int) string {
	for _, x := range c.Anchors {
		if x.Points == points {
			return t.in(x.Words)
		}
	}
	return ""
}

// gateBlock is a question of the horizontal gate on the form.
type gateBlock struct {
	Code, Text, Name, Note string
	Yes, No                bool
	Problems               []string
}

func (t teller) gates(f *typed.Form, r *atlas.Rubric) []gateBlock {
	var out []gateBlock
	for _, g := range r.Gates {
		name := "gates." + g.Code
		b := gateBlock{Code: g.Code, Text: t.in(g.Words), Name: name, Note: f.Get(name + ".note"), Yes: f.Get(name) == string(atlas.Yes), No: f.Get(name) == string(atlas.No)}
		for _, p := range f.ProblemsOf(name) {
			b.Problems = append(b.Problems, t.said(p))
		}
		out = append(out, b)
	}
	return out
}

// wordBlock is a longer text of a sheet; Source is where an opinion comes from.
type wordBlock struct {
	Name, Label, Hint, Value string
	SourceName, Source       string
}

func (t teller) wordBlocks(f *typed.Form) (own, opinions []wordBlock) {
	for _, name := range []string{"strengths", "weaknesses", "advice"} {
		own = append(own, wordBlock{Name: name, Label: t.T("evaluations.field." + name), Value: f.Get(name)})
	}
	for _, of := range atlas.OpinionsOf() {
		name := "opinions." + string(of)
		opinions = append(opinions, wordBlock{Name: name, Label: t.T("evaluations.opinion." + string(of)), Value: f.Get(name), SourceName: name + ".source", Source: f.Get(name + ".source")})
	}
	return own, opinions
}
