package rubric

import "atlas"

// Cell is what an evaluator gave for a criterion beside the median of the panel.
type Cell struct {
	Given  bool // they gave points
	Points int
	Known  bool // others gave points too, so that there is a median to stand beside
	Median int  // hundredths
}

// Off is how far the points lie from the median, in hundredths.
func (c Cell) Off() int {
	if !c.Given || !c.Known {
		return 0
	}
	return c.Points*hundred - c.Median
}

// Beside sets what one evaluator gave beside the medians: for each criterion asked in
// the mode a line of the evaluations of a round, in their order. Evaluations that
// they did not judge are left out; judged says which are there.
func Beside(r *atlas.Rubric, mode atlas.Mode, round []Judged, account string) (lines [][]Cell, judged []Judged) {
	asked := r.Asked(mode)
	lines = make([][]Cell, len(asked))
	for _, j := range round {
		sheets := counted(j.Sheets)
		own := of(sheets, account)
		if own == nil {
			continue
		}
		judged = append(judged, j)
		for i, c := range asked {
			var cell Cell
			a, n := answerOf(r, own, c.Code)
			if cell.Given = a == scored; cell.Given {
				cell.Points = n
			}
			if points := pointsOf(r, c.Code, sheets); len(points) > 1 {
				cell.Known, cell.Median = true, median(points)
			}
			lines[i] = append(lines[i], cell)
		}
	}
	return lines, judged
}

func of(sheets []*atlas.Sheet, account string) *atlas.Sheet {
	for _, s := range sheets {
		if s.Account == account {
			return s
		}
	}
	return nil
}
