package dataset

import (
	"strings"
	"unicode"
)

// between stands between several values of one cell.
const between = " | "

// Many writes several values in one cell; those not known are left out. A bar
// that stands alone in a value is written twice, so that the cell can be taken
// apart again.
func Many[T any](all []T, text func(T) string) string {
	var out []string
	for _, v := range all {
		if s := text(v); s != "" {
			out = append(out, longerBars(s, 1))
		}
	}
	return strings.Join(out, between)
}

// Beside writes the codes of the values of another cell, one for each: a value
// without a code has an empty one.
func Beside[T any](all []T, code func(T) string) string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = code(v)
	}
	return strings.Join(out, between)
}

// Lines takes the values of a cell apart again; none when nothing is known.
func Lines(cell string) []string {
	if cell == "" {
		return nil
	}
	out := strings.Split(cell, between)
	for i, s := range out {
		out[i] = longerBars(s, -1)
	}
	return out
}

// longerBars makes each word of nothing but bars longer or shorter by so many.
func longerBars(s string, by int) string {
	if !strings.Contains(s, "|") {
		return s
	}
	var b strings.Builder
	bars, alone := 0, true // bars of the word so far, and whether it has nothing else
	end := func(ends bool) {
		if bars > 0 && alone && ends {
			bars += by
		}
		b.WriteString(strings.Repeat("|", bars))
		bars = 0
	}
	for _, r := range s {
		if r == '|' {
			bars++
			continue
		}
		end(unicode.IsSpace(r))
		alone = unicode.IsSpace(r)
		b.WriteRune(r)
	}
	end(true)
	return b.String()
}

// Same writes a value as it is, for Many.
func Same(s string) string { return s }
