package rubrics

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// parts are the fields of the form in their order.
var parts = []string{"family", "title", "note", "owner", "weights", "criteria", "scale", "gates", "bands", "floor", "evaluators", "criterion_gap", "total_gap", "mark"}

// needed are the fields without which a rubric cannot be saved.
var needed = []string{"family", "title.cs", "criteria.code", "criteria.title.cs", "scale.cs", "gates.code", "gates.cs", "bands.from", "bands.code", "bands.cs", "floor", "evaluators", "criterion_gap", "total_gap"}

// rowGroups are the groups of the form whose rows are added and dropped.
var rowGroups = form.Groups{"criteria": "code", "scale": "cs", "gates": "code", "bands": "from"}

// fill writes a rubric into a form so that decode reads the same back. owner is the
// name of the actor whose own it is.
func fill(lang string, r *atlas.Rubric, owner string) *typed.Form {
	f := typed.New(nil)
	set := func(name, value string) {
		if value != "" {
			f.Set(name, value)
		}
	}
	both := func(prefix string, w atlas.Words) { set(prefix+"cs", w.Cs); set(prefix+"en", w.En) }
	count := func(name string, n int) {
		if n != 0 {
			f.Set(name, strconv.Itoa(n))
		}
	}
	set("family", r.Family)
	both("title.", r.Title)
	both("note.", r.Note)
	if r.Owner != "" {
		set("owner", form.Coded(owner, r.Owner))
	}
	for i, s := range r.Scale {
		both(form.Row("scale", i), s.Words)
	}
	for i, c := range r.Criteria {
		p := form.Row("criteria", i)
		f.Set(p+"row", "1")
		set(p+"code", c.Code)
		both(p+"title.", c.Title)
		for _, m := range atlas.Modes() {
			count(p+"weights."+string(m), c.Weights.In(m))
		}
		setLines(f, p+"questions.", c.Questions, func(int) string { return "" })
		setLines(f, p+"anchors.", words(c.Anchors), func(i int) string { return strconv.Itoa(c.Anchors[i].Points) + ": " })
	}
	for i, g := range r.Gates {
		set(form.Row("gates", i)+"code", g.Code)
		both(form.Row("gates", i), g.Words)
	}
	for i, b := range r.Bands {
		set(form.Row("bands", i)+"from", tenths(lang, b.From))
		set(form.Row("bands", i)+"code", b.Code)
		both(form.Row("bands", i), b.Words)
	}
	f.Set("floor", strconv.Itoa(r.Floor))
	count("evaluators", r.Evaluators)
	count("criterion_gap", r.CriterionGap)
	count("total_gap", r.TotalGap)
	set("mark.total", tenths(lang, r.Mark.Total))
	set("mark.all", leastText(r.Mark.All))
	set("mark.one_of", leastText(r.Mark.OneOf))
	count("mark.months", r.Mark.Months)
	count("mark.completeness", r.Mark.Completeness)
	set("mark.upscaling", leastText(r.Mark.Upscaling))
	count("mark.valid", r.Mark.Valid)
	return f
}

func words(all []atlas.Step) []atlas.Words {
	var out []atlas.Words
	for _, s := range all {
		out = append(out, s.Words)
	}
	return out
}

// setLines writes texts one to a line; the line of a text that there is not in
// English is empty as long as others follow, so that both stay side by side.
func setLines(f *typed.Form, prefix string, all []atlas.Words, before func(int) string) {
	var cs, en []string
	english := false
	for i, w := range all {
		cs = append(cs, before(i)+oneLine(w.Cs))
		line := ""
		if w.En != "" {
			line, english = before(i)+oneLine(w.En), true
		}
		en = append(en, line)
	}
	if len(cs) > 0 {
		f.Set(prefix+"cs", strings.Join(cs, "\n"))
	}
	if english {
		f.Set(prefix+"en", strings.TrimRight(strings.Join(en, "\n"), "\n"))
	}
}

// oneLine keeps a text on its line; hard blanks stay what they are.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == '\n' || c == '\r' }), " ")
}

func leastText(all []atlas.AtLeast) string {
	var out []string
	for _, l := range all {
		out = append(out, fmt.Sprintf("%s %d", l.Criterion, l.Points))
	}
	return strings.Join(out, ", ")
}

// decode reads a form. What cannot be read is in the form as a problem.
func decode(f *typed.Form, base atlas.Rubric) *atlas.Rubric {
	for group := range rowGroups {
		f.Compact(group)
	}
	r := base
	r.Family, r.Owner = f.Text("family"), form.Code(f.Text("owner"))
	if owner := f.Text("owner"); owner != "" && r.Owner == "" {
		r.Owner = owner
	}
	r.Title, r.Note = wordsOf(f, "title."), wordsOf(f, "note.")
	r.Scale, r.Criteria, r.Gates, r.Bands = nil, nil, nil, nil
	for i, row := range f.Rows("scale") {
		r.Scale = append(r.Scale, atlas.Step{Points: i, Words: wordsOf(f, row.Prefix)})
	}
	for _, row := range f.Rows("criteria") {
		p := row.Prefix
		r.Criteria = append(r.Criteria, atlas.Criterion{
			Code: f.Text(p + "code"), Title: wordsOf(f, p+"title."), Questions: questions(f, p), Anchors: anchors(f, p),
			Weights: atlas.Weights{ExAnte: whole(f, p+"weights.ex-ante"), Interim: whole(f, p+"weights.interim"), ExPost: whole(f, p+"weights.ex-post")},
		})
	}
	for _, row := range f.Rows("gates") {
		r.Gates = append(r.Gates, atlas.Gate{Code: f.Text(row.Prefix + "code"), Words: wordsOf(f, row.Prefix)})
	}
	for _, row := range f.Rows("bands") {
		r.Bands = append(r.Bands, atlas.Band{From: decimal(f, row.Prefix+"from"), Code: f.Text(row.Prefix + "code"), Words: wordsOf(f, row.Prefix)})
	}
	r.Floor, r.Evaluators, r.CriterionGap, r.TotalGap = whole(f, "floor"), whole(f, "evaluators"), whole(f, "criterion_gap"), whole(f, "total_gap")
	r.Mark = atlas.MarkRule{
		Total: decimal(f, "mark.total"), All: leasts(f, "mark.all"), OneOf: leasts(f, "mark.one_of"), Months: whole(f, "mark.months"),
		Completeness: whole(f, "mark.completeness"), Upscaling: leasts(f, "mark.upscaling"), Valid: whole(f, "mark.valid"),
	}
	return &r
}

func wordsOf(f *typed.Form, prefix string) atlas.Words {
	return atlas.Words{Cs: f.Text(prefix + "cs"), En: f.Text(prefix + "en")}
}

// rawLines are the lines of a field, empty ones included.
func rawLines(f *typed.Form, name string) []string {
	text := strings.TrimRight(strings.ReplaceAll(f.Get(name), "\r\n", "\n"), "\n \t")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return lines
}

// questions pairs the lines of both languages.
func questions(f *typed.Form, prefix string) []atlas.Words {
	cs, en := rawLines(f, prefix+"questions.cs"), rawLines(f, prefix+"questions.en")
	if len(en) > len(cs) {
		f.Fail(prefix+"questions.en", "problem.lines", map[string]any{"cs": len(cs), "en": len(en)})
	}
	var out []atlas.Words
	for i, line := range cs {
		w := atlas.Words{Cs: line}
		if i < len(en) {
			w.En = en[i]
		}
		if w != (atlas.Words{}) {
			out = append(out, w)
		}
	}
	return out
}

// anchorLine is "2: described, data general".
var anchorLine = regexp.MustCompile(`^(\d{1,3})\s*[:–—.)-]\s*(\S.*)$`)

// anchors reads lines "2: text" of both languages, put together by their points.
func anchors(f *typed.Form, prefix string) []atlas.Step {
	var out []atlas.Step
	at := map[int]int{}
	for _, field := range []string{"anchors.cs", "anchors.en"} {
		for _, line := range rawLines(f, prefix+field) {
			if line == "" {
				continue
			}
			m := anchorLine.FindStringSubmatch(line)
			if m == nil {
				f.Fail(prefix+field, "problem.anchor_line", map[string]any{"line": line})
				continue
			}
			points, _ := strconv.Atoi(m[1])
			i, there := at[points]
			switch {
			case field == "anchors.cs":
				at[points] = len(out)
				out = append(out, atlas.Step{Points: points, Words: atlas.Words{Cs: m[2]}})
			case !there:
				f.Fail(prefix+field, "problem.anchor_alone", map[string]any{"points": points})
			default:
				out[i].En = m[2]
			}
		}
	}
	return out
}

// whole reads a whole number; an empty field is 0.
func whole(f *typed.Form, name string) int {
	text := f.Text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 100_000 {
		f.Fail(name, "problem.whole", map[string]any{"value": text})
		return 0
	}
	return n
}

// decimal reads a number with one decimal place at most in tenths.
func decimal(f *typed.Form, name string) int {
	text := f.Text(name)
	head, tail, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(head + (tail + "0")[:1])
	if err != nil || n < 0 || n > 100_000 || len(tail) > 1 {
		f.Fail(name, "problem.tenths", map[string]any{"value": text})
		return 0
	}
	return n
}

// leastPart is "K5 3", also "K5: 3" and "K5 ≥ 3".
var leastPart = regexp.MustCompile(`^([\pL\d][\pL\d_-]*)\s*(?:≥|>=|=|:)?\s+?(\d{1,3})$`)

// leasts reads "K5 3, K10 3".
func leasts(f *typed.Form, name string) []atlas.AtLeast {
	var out []atlas.AtLeast
	for _, part := range strings.FieldsFunc(f.Text(name), func(c rune) bool { return c == ',' || c == ';' || c == '\n' || c == '\r' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		m := leastPart.FindStringSubmatch(part)
		if m == nil {
			f.Fail(name, "problem.least", map[string]any{"value": part})
			continue
		}
		points, _ := strconv.Atoi(m[2])
		out = append(out, atlas.AtLeast{Criterion: m[1], Points: points})
	}
	return out
}
