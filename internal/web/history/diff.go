package history

import (
	"slices"
	"strings"
)

// What became of a piece of a text.
const (
	pieceRemoved = "removed"
	pieceAdded   = "added"
)

// piece is a part of a text with what became of it, "" when it stayed.
type piece struct{ Text, What string }

// mostCells bounds the comparison of two texts; beyond it, what lies between
// their common start and end counts as exchanged.
const mostCells = 4_000_000

// differ compares two texts word by word: what of the first one stayed and was
// removed, what of the second one stayed and was added.
func differ(before, after string) (old, made []piece) {
	a, b := tokens(before), tokens(after)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	keepA, keepB := common(a[start:len(a)-end], b[start:len(b)-end])
	mark := func(all []string, keep []bool, what string) []piece {
		var out []piece
		for i, t := range all {
			w := what
			if i < start || i >= len(all)-end || keep[i-start] {
				w = ""
			}
			if n := len(out); n > 0 && out[n-1].What == w {
				out[n-1].Text += t
			} else {
				out = append(out, piece{t, w})
			}
		}
		return out
	}
	return mark(a, keepA, pieceRemoved), mark(b, keepB, pieceAdded)
}

// tokens cuts a text into words, each with the blanks after it.
func tokens(text string) []string {
	var out []string
	for text != "" {
		end := strings.IndexAny(text, " \n\t")
		if end < 0 {
			return append(out, text)
		}
		for end < len(text) && strings.IndexByte(" \n\t", text[end]) >= 0 {
			end++
		}
		out, text = append(out, text[:end]), text[end:]
	}
	return out
}

// common finds a longest common subsequence: which words of each are in it.
func common(a, b []string) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > mostCells {
		return inA, inB
	}
	width := len(b) + 1
	long := make([]int32, (len(a)+1)*width) // of what follows
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				long[i*width+j] = long[(i+1)*width+j+1] + 1
			} else {
				long[i*width+j] = max(long[(i+1)*width+j], long[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i, j = i+1, j+1
		case long[(i+1)*width+j] >= long[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return inA, inB
}

// whole is a text of which all has become the same.
func whole(lines []string, what string) []piece {
	lines = slices.DeleteFunc(slices.Clone(lines), func(s string) bool { return s == "" })
	if len(lines) == 0 {
		return nil
	}
	return []piece{{strings.Join(lines, "\n"), what}}
}
