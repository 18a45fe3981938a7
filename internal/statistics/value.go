package statistics

import (
	"errors"
	"regexp"

	"atlas"
	"atlas/internal/czech"
)

// greatest is more people than any number of a Czech territory can be.
const greatest = 20_000_000

var small = regexp.MustCompile(`^(?:<\s*\d{1,2}|i\. ?d\.|duverne|utajeno|potlaceno|suppressed|confidential)$`)

// figureOf reads a number of a cell. Blank and "." are not known, "< 5" and the
// like suppressed by who made the file. why is the key of the problem.
func figureOf(text string, d *atlas.Dataset) (f atlas.Figure, why string) {
	switch text {
	case "", ".", "-", "–", "x", "NA", "n/a", "null", "NULL":
		return f, ""
	}
	if small.MatchString(czech.Fold(text)) {
		f.State = atlas.FigureSuppressed
		return f, ""
	}
	n, err := atlas.ParseValue(text, d.Decimals)
	switch {
	case errors.Is(err, atlas.ErrNegative):
		return f, "negative"
	case errors.Is(err, atlas.ErrTooPrecise):
		return f, "decimals"
	case errors.Is(err, atlas.ErrTooGreat), err == nil && d.Decimals == 0 && !d.Own() && n > greatest:
		return f, "great"
	case err != nil:
		return f, "value"
	}
	f.Value, f.State = n, atlas.FigureKnown
	return f, ""
}

// impossibleTimes is how many times more people than its inhabitants no territory
// has.
const impossibleTimes = 3

// impossible says whether a number of people cannot be of a territory.
func impossible(d *atlas.Dataset, t atlas.Territory, f atlas.Figure) bool {
	return !d.Own() && f.Known() && f.Value > 1000 && t.Population > 0 && f.Value > impossibleTimes*t.Population
}

// checkDate says what is wrong with a date that was understood.
func (r *Reading) checkDate(d atlas.Date) string {
	if r.env.Today.Known() && d.First().Compare(r.env.Today) > 0 {
		return "future"
	}
	return ""
}

// checkTerritory says what is wrong with a territory at a date. One that ended
// before is told and read.
func (r *Reading) checkTerritory(row int, column, value string, t atlas.Territory, d atlas.Date) (refusal *atlas.RowProblem) {
	var p atlas.RowProblem
	switch {
	case r.env.Within != nil && !r.env.Within(t.Code):
		p = problem(row, column, value, "outside", "territory", label(&r.env, r.env.Dataset.Territory))
	case t.ValidFrom.Known() && d.Last().Compare(t.ValidFrom.First()) < 0:
		p = problem(row, column, value, "not_born", "name", label(&r.env, t.Code), "from", t.ValidFrom.String())
	case t.ValidTo.Known() && d.First().Compare(t.ValidTo.Last()) > 0:
		r.book.add(problem(row, column, value, "extinct", "name", label(&r.env, t.Code), "to", t.ValidTo.String()), false)
		return nil
	default:
		return nil
	}
	return &p
}
