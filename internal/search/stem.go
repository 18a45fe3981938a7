package search

import (
	"strings"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"

	"atlas/internal/czech"
)

// stemKeys gives the stems of a folded word in the languages it may be of: a
// Latin word may be Czech or English, a Cyrillic one Russian or Ukrainian. Two
// words are forms of one when they share a key. The first letter of a key names
// its language, so that stems of two languages never meet.
func stemKeys(word string) []string {
	switch {
	case len(word) < 3 || word[0] >= '0' && word[0] <= '9':
		return nil
	case word[0] >= 'a' && word[0] <= 'z':
		return latinKeys(word)
	case word[0] == 0xD0 || word[0] == 0xD1 || word[0] == 0xD2: // Cyrillic in UTF-8
		return []string{"r" + russian.Stem(word, false), "u" + ukrainianStem(word)}
	}
	return nil
}

// latinKeys leaves the English stem out where it is so short that it would
// join Czech words at random.
func latinKeys(word string) []string {
	keys := []string{"c" + czech.Stem(word)}
	if en := english.Stem(word, false); len(en) > 3 {
		keys = append(keys, "e"+en)
	}
	return keys
}

// sameWord says whether two folded words are forms of one.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	for _, k := range stemKeys(a) {
		for _, l := range stemKeys(b) {
			if k == l {
				return true
			}
		}
	}
	return false
}

// ukrainianStem takes off the commonest case endings, the longest first.
func ukrainianStem(word string) string {
	for _, ending := range [...]string{
		"ового", "овому", "ськими", "ами", "ями", "ові", "еві", "єві", "ого", "ому", "ими", "іми", "ів", "їв", "ах", "ях",
		"ом", "ем", "єм", "ою", "ею", "єю", "ій", "им", "их", "ам", "ям",
		"а", "я", "о", "е", "є", "и", "і", "ї", "у", "ю", "ь", "й",
	} {
		if rest, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(rest) >= 3 {
			return hardEnd(rest)
		}
	}
	return hardEnd(word)
}

// hardEnd evens out the vowel that a closed syllable changes: Харків, Харкова.
func hardEnd(stem string) string {
	for _, ending := range [...]string{"ів", "їв", "ов", "ев", "єв"} {
		if rest, ok := strings.CutSuffix(stem, ending); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return stem
}
