package comparisons

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/rubric"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
)

// Names of pictures in addresses.
const (
	chartTotals   = "rozlozeni"
	chartCriteria = "kriteria"
)

// bins is into how many columns totals from 0 to 100 are put.
const bins = 10

// drawing draws what may be compared; own is told apart where it is given.
type drawing struct {
	*area
	q *page.Request
	teller
	rubric   *atlas.Rubric
	in       atlas.Mode
	peers    rubric.Peers
	own      *atlas.Evaluation
	path     string
	question url.Values
}

// source says where numbers are from, of which day and what is not among them.
func (d drawing) source() string {
	return d.T("comparisons.source", "day", i18n.Day(d.lang, d.app.Now()), "version", d.version(d.rubric), "mode", d.teller.mode(d.in),
		"ranked", d.N("comparisons.evaluations_n", len(d.peers.Ranked)), "insufficient", len(d.peers.Insufficient), "excluded", len(d.peers.Excluded))
}

// totals draws how totals spread: a column for every ten points.
func (d drawing) totals() *figure.Figure {
	all := d.peers.Totals()
	var counts [bins]int
	for _, n := range all {
		counts[binOf(n)]++
	}
	f := &figure.Figure{
		Name: chartTotals, Title: d.T("comparisons.totals", "version", d.version(d.rubric), "mode", d.teller.mode(d.in)), Sentence: d.sentence(rubric.MiddleOf(all), d.peers), Source: d.source(),
		Columns: []figure.Column{{Key: "points", Label: d.T("comparisons.column.points")}, {Key: "evaluations", Label: d.T("comparisons.column.evaluations"), Number: true}},
	}
	drawn := chart.Bars{ID: "graf-rozlozeni", Title: f.Title, Desc: f.Sentence}
	for i, n := range counts {
		bar := chart.Bar{Label: strconv.Itoa(10 * i), Value: n, Text: strconv.Itoa(n)}
		from, to := d.total(100*i), d.total(100*i+99)
		if i == bins-1 {
			to = d.total(1000)
		}
		words := from + "–" + to
		bar.Name = words + ": " + d.N("comparisons.evaluations_n", n)
		if d.own != nil && binOf(d.own.Result.Total) == i {
			bar.Current, bar.Name = true, bar.Name+", "+d.T("comparisons.own_here")
			words += " (" + d.T("comparisons.own_here") + ")"
		}
		drawn.Bars = append(drawn.Bars, bar)
		f.Rows = append(f.Rows, []figure.Cell{figure.Word(words), figure.Number(strconv.Itoa(n), strconv.Itoa(n))})
	}
	f.Pictures, f.Note = []chart.Picture{drawn}, d.T("comparisons.totals.note")
	if d.own != nil {
		f.Note += " " + d.T("comparisons.totals.own")
	}
	f.Stand(d.q, d.app, d.path, d.question)
	return f
}

func binOf(tenths int) int { return min(max(tenths/100, 0), bins-1) }

// criteria draws each criterion on one line: least, quartiles, median, most.
func (d drawing) criteria() *figure.Figure {
	f := &figure.Figure{
		Name: chartCriteria, Title: d.T("comparisons.criteria", "version", d.version(d.rubric), "mode", d.teller.mode(d.in)), Sentence: d.criteriaWords(), Source: d.source(),
		Note: d.T("comparisons.criteria.note"),
	}
	if d.own != nil {
		f.Note += " " + d.T("comparisons.criteria.own")
	}
	column := func(key string, number bool) {
		f.Columns = append(f.Columns, figure.Column{Key: key, Label: d.T("comparisons.column." + key), Number: number})
	}
	column("criterion", false)
	column("weight", true)
	if d.own != nil {
		column("own", true)
	}
	for _, key := range []string{"count", "least", "lower", "median", "upper", "most"} {
		column(key, true)
	}
	drawn := chart.Dots{ID: "graf-kriteria", Title: f.Title, Desc: f.Sentence, Most: float64(d.rubric.Max())}
	for _, s := range d.rubric.Scale {
		drawn.Ticks = append(drawn.Ticks, float64(s.Points))
	}
	for _, c := range d.rubric.Asked(d.in) {
		row, cells := d.criterionRow(c)
		drawn.Rows, f.Rows = append(drawn.Rows, row), append(f.Rows, cells)
	}
	f.Pictures = []chart.Picture{drawn}
	f.Stand(d.q, d.app, d.path, d.question)
	return f
}

// criterionRow is a criterion in the picture and the same in the table.
func (d drawing) criterionRow(c atlas.Criterion) (chart.DotRow, []figure.Cell) {
	values := d.peers.Points(c.Code)
	m := rubric.MiddleOf(values)
	x := d.middle(m, d.points)
	name := d.criterion(d.rubric, c.Code)
	out := chart.DotRow{Label: name, Box: m.Enough, Lower: points(m.Lower), Median: points(m.Median), Upper: points(m.Upper)}
	for _, v := range values {
		out.Values = append(out.Values, points(v))
	}
	weight := strconv.Itoa(c.Weights.In(d.in))
	cells := []figure.Cell{figure.Word(name), figure.Number(weight, weight)}
	out.Text, out.Name = d.T("comparisons.dot", "median", x.Median), d.T("comparisons.dot.name", "criterion", name, "median", x.Median, "least", x.Least, "most", x.Most)
	if m.Count == 0 {
		out.Text = d.T("comparisons.dot.none")
		out.Name = name + ": " + out.Text
	}
	if d.own != nil {
		text, value := d.T("comparisons.no_points"), ""
		if got, ok := resultOf(d.own.Result, c.Code); ok && got.Scored {
			text, value = d.points(got.Points), pointsValue(got.Points)
			out.Owned, out.Own = true, points(got.Points)
			out.Text = d.T("comparisons.dot.own", "own", text, "median", x.Median)
			out.Name += "; " + d.T("comparisons.dot.own_name", "own", text)
		}
		cells = append(cells, figure.Number(text, value))
	}
	cells = append(cells, figure.Number(strconv.Itoa(m.Count), strconv.Itoa(m.Count)))
	for _, v := range []struct {
		known bool
		n     int
		text  string
	}{{m.Count > 0, m.Least, x.Least}, {m.Enough, m.Lower, x.Lower}, {m.Count > 0, m.Median, x.Median}, {m.Enough, m.Upper, x.Upper}, {m.Count > 0, m.Most, x.Most}} {
		if !v.known {
			cells = append(cells, figure.Number("–", ""))
			continue
		}
		cells = append(cells, figure.Number(v.text, pointsValue(v.n)))
	}
	return out, cells
}

// criteriaWords names the criteria with the highest and the lowest median, all of them
// where several share it.
func (d drawing) criteriaWords() string {
	var medians []int
	of := map[int][]string{} // codes by their median
	for _, c := range d.rubric.Asked(d.in) {
		if m := rubric.MiddleOf(d.peers.Points(c.Code)); m.Count > 0 {
			medians = append(medians, m.Median)
			of[m.Median] = append(of[m.Median], c.Code)
		}
	}
	if len(of) < 2 {
		return d.T("comparisons.criteria.same")
	}
	named := func(median int) string {
		if codes := of[median]; len(codes) > 1 {
			return strings.Join(codes, ", ")
		}
		return d.criterion(d.rubric, of[median][0])
	}
	high, low := slices.Max(medians), slices.Min(medians)
	return d.T("comparisons.criteria.words", "best", named(high), "high", d.points(high), "worst", named(low), "low", d.points(low))
}

func points(hundredths int) float64 { return float64(hundredths) / 100 }

// resultOf is what a panel gave for a criterion.
func resultOf(res atlas.Result, code string) (atlas.CriterionResult, bool) {
	for _, c := range res.Criteria {
		if c.Code == code {
			return c, true
		}
	}
	return atlas.CriterionResult{}, false
}
