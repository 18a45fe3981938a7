package rubric

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"atlas"
)

// Format names the JSON of rubrics; FileLimit is how many bytes of it are read.
const (
	Format    = "atlas-rubric/1"
	FileLimit = 256 << 10
)

// The JSON of a rubric. Its names never change within a format; what is new gets
// another format.
type (
	words struct {
		Cs string `json:"cs"`
		En string `json:"en,omitempty"`
	}
	step struct {
		Points int `json:"points"`
		words
	}
	namedFile struct {
		Code string `json:"code"`
		words
	}
	weights struct {
		ExAnte  int `json:"ex-ante"`
		Interim int `json:"interim"`
		ExPost  int `json:"ex-post"`
	}
	criterionFile struct {
		Code      string  `json:"code"`
		Title     words   `json:"title"`
		Questions []words `json:"questions"`
		Anchors   []step  `json:"anchors"`
		Weights   weights `json:"weights"`
	}
	bandFile struct {
		From json.Number `json:"from"`
		namedFile
	}
	leastFile struct {
		Criterion string `json:"criterion"`
		Points    int    `json:"points"`
	}
	ruleFile struct {
		Total        json.Number `json:"total"`
		All          []leastFile `json:"all"`
		OneOf        []leastFile `json:"one_of"`
		Months       int         `json:"months"`
		Completeness int         `json:"completeness_percent"`
		Upscaling    []leastFile `json:"upscaling"`
		Valid        int         `json:"valid_months"`
	}
	file struct {
		Format       string          `json:"format"`
		Family       string          `json:"family"`
		Number       int             `json:"number"`
		Title        words           `json:"title"`
		Note         words           `json:"note"`
		Scale        []step          `json:"scale"`
		Criteria     []criterionFile `json:"criteria"`
		Gates        []namedFile     `json:"gates"`
		Bands        []bandFile      `json:"bands"`
		Floor        int             `json:"floor_percent"`
		Evaluators   int             `json:"evaluators"`
		CriterionGap int             `json:"criterion_gap"`
		TotalGap     int             `json:"total_gap"`
		Rule         ruleFile        `json:"good_practice"`
	}
)

// Write gives a rubric as JSON: what Read reads back. It holds nothing of whose it
// is or when it was written, so the same rubric is always the same bytes.
func Write(r *atlas.Rubric) []byte {
	f := file{
		Format: Format, Family: r.Family, Number: r.Number, Title: words(r.Title), Note: words(r.Note),
		Scale: steps(r.Scale), Criteria: []criterionFile{}, Gates: []namedFile{}, Bands: []bandFile{},
		Floor: r.Floor, Evaluators: r.Evaluators, CriterionGap: r.CriterionGap, TotalGap: r.TotalGap, Rule: ruleOf(r),
	}
	for _, c := range r.Criteria {
		out := criterionFile{Code: c.Code, Title: words(c.Title), Questions: []words{}, Anchors: steps(c.Anchors), Weights: weights(c.Weights)}
		for _, q := range c.Questions {
			out.Questions = append(out.Questions, words(q))
		}
		f.Criteria = append(f.Criteria, out)
	}
	for _, g := range r.Gates {
		f.Gates = append(f.Gates, namedFile{g.Code, words(g.Words)})
	}
	for _, b := range r.Bands {
		f.Bands = append(f.Bands, bandFile{pointsNumber(b.From), namedFile{b.Code, words(b.Words)}})
	}
	return encode(f)
}

// WriteRule gives the rule of the mark as JSON, the same as in Write.
func WriteRule(r *atlas.Rubric) []byte { return encode(ruleOf(r)) }

func ruleOf(r *atlas.Rubric) ruleFile {
	m := r.Mark
	return ruleFile{pointsNumber(m.Total), leasts(m.All), leasts(m.OneOf), m.Months, m.Completeness, leasts(m.Upscaling), m.Valid}
}

func encode(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic("rubric as JSON: " + err.Error()) // numbers and texts only
	}
	return out.Bytes()
}

func steps(all []atlas.Step) []step {
	out := []step{}
	for _, s := range all {
		out = append(out, step{s.Points, words(s.Words)})
	}
	return out
}

func leasts(all []atlas.AtLeast) []leastFile {
	out := []leastFile{}
	for _, l := range all {
		out = append(out, leastFile(l))
	}
	return out
}

// pointsNumber writes 650 tenths as 65 and 655 as 65.5.
func pointsNumber(tenths int) json.Number {
	if tenths%10 == 0 {
		return json.Number(strconv.Itoa(tenths / 10))
	}
	return json.Number(fmt.Sprintf("%d.%d", tenths/10, tenths%10))
}

// Read reads a rubric of JSON that comes from anywhere. What it does not
// understand it refuses by place, "criteria.2.weights.interim", never by guessing;
// whether the rubric makes sense its own rules say (Rubric.Problems). With problems
// there is no rubric.
func Read(data []byte) (*atlas.Rubric, []atlas.Problem) {
	if len(data) > FileLimit {
		return nil, []atlas.Problem{{Key: "rubric.file.size", Args: map[string]any{"limit": FileLimit >> 10}}}
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, []atlas.Problem{{Key: "rubric.file.json", Args: map[string]any{"line": lineOf(data, err, d.InputOffset())}}}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, []atlas.Problem{{Key: "rubric.file.more"}}
	}
	var x reading
	x.twice(data)
	r := x.rubric(tree)
	if len(x.problems) > 0 {
		return nil, x.problems
	}
	return r, nil
}

// lineOf is the line of the text where reading it failed.
func lineOf(data []byte, err error, at int64) int {
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		at = syntax.Offset
	}
	at = min(max(at, 0), int64(len(data)))
	return 1 + bytes.Count(data[:at], []byte("\n"))
}
