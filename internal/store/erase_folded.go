package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"atlas/internal/czech"
)

// foldedText is a text folded, with one blank between words, and where each of its
// bytes stands in the text it was made of.
type foldedText struct {
	text   string
	places []int // one more than bytes: the end
}

func foldWithPlaces(text string) foldedText {
	var b strings.Builder
	var places []int
	blank := true
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		for i+size < len(text) { // marks belong to the letter before them
			r, more := utf8.DecodeRuneInString(text[i+size:])
			if !unicode.Is(unicode.Mn, r) {
				break
			}
			size += more
		}
		part := czech.Fold(text[i : i+size])
		if strings.TrimSpace(part) == "" && part != "" {
			if part = " "; blank {
				part = ""
			}
			blank = true
		} else if part != "" {
			blank = false
		}
		b.WriteString(part)
		for range len(part) {
			places = append(places, i)
		}
		i += size
	}
	return foldedText{b.String(), append(places, len(text))}
}

// inWord says whether a place is between two letters or digits.
func (f foldedText) inWord(at int) bool {
	before, _ := utf8.DecodeLastRuneInString(f.text[:at])
	after, _ := utf8.DecodeRuneInString(f.text[at:])
	return word(before) && word(after)
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
