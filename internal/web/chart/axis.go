package chart

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// axis is a scale of values that begins and ends at a round number and has 0.
type axis struct{ low, high, step float64 }

// axisFor makes the scale for values from low to high with about as many steps as
// wanted; whole numbers have no tick between two of them.
func axisFor(low, high float64, wanted int, whole bool) axis {
	low, high = math.Min(low, 0), math.Max(high, 0)
	if low == high {
		high = 1
	}
	step := roundStep((high - low) / float64(wanted))
	if whole {
		step = math.Max(1, step)
	}
	return axis{low: math.Floor(low/step+tiny) * step, high: math.Ceil(high/step-tiny) * step, step: step}
}

// tiny is what two numbers may differ by and still be the same tick.
const tiny = 1e-9

// roundStep is the least of 1, 2, 2.5, 5 and 10 times a power of ten that is no
// smaller.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 2, 5} {
		if step := n * power; step >= least*(1-tiny) {
			return step
		}
	}
	return 10 * power
}

// ticks are the round values of the scale, from the lowest.
func (a axis) ticks() []float64 {
	var out []float64
	for i := range int(math.Round((a.high-a.low)/a.step)) + 1 {
		v := a.low + float64(i)*a.step
		if math.Abs(v) < a.step*tiny {
			v = 0
		}
		out = append(out, v)
	}
	return out
}

// share is how far along the scale a value lies.
func (a axis) share(v float64) float64 { return (v - a.low) / (a.high - a.low) }

// letterWidth is how wide a letter is on the average, in parts of its size. Texts
// are placed before anybody knows the font, so it is rather too much.
const letterWidth = 0.57

func wide(text string, size float64) float64 {
	return float64(utf8.RuneCountInString(text)) * size * letterWidth
}

// short cuts a text to a width.
func short(text string, size, most float64) string {
	if wide(text, size) <= most {
		return text
	}
	letters := []rune(text)
	return string(letters[:max(1, int(most/size/letterWidth)-1)]) + "…"
}

// plainNumber writes a tick where the caller gave no way to write numbers.
func plainNumber(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}

func itoa(n int) string { return strconv.Itoa(n) }
