package czech

import "strings"

// Stem gives the part that the inflected forms of a Czech word share. The word
// comes folded (see Fold) and so does the stem: "cizinec", "cizinců", "cizinka"
// are all "cizink". A stem is for comparing, not for reading.
//
// It follows the light stemmer of Dolamic and Savoy (Indexing and stemming
// approaches for the Czech language, 2009): case endings, possessives,
// palatalisation. Folding takes away the length of vowels and the softness of
// consonants that their rules look at, so the rules are fitted to folded words:
// endings that are also common ends of bare nouns (program, systém, výzkum) go
// in a second round too, so that all forms of such a noun end alike, and the
// endings of the rare neuters in -at are left out.
func Stem(word string) string {
	if len(word) < 4 || !plainLetters(word) {
		return word
	}
	if stem, ok := irregular(word); ok {
		return stem
	}
	return normalise(dropPossessive(dropBareNoun(dropCase(word))))
}

// irregular lists the words of our field whose vowel changes inside.
func irregular(word string) (string, bool) {
	switch word {
	case "dite", "ditete", "diteti", "ditetem":
		return "det", true
	case "lide", "lidi", "lidem", "lidmi", "lidech":
		return "lid", true
	case "pratele", "pratel", "pratelum", "prately", "pratelich":
		return "pritel", true
	}
	return "", false
}

// plainLetters says whether a word is of a to z only; others (numbers, words
// of other scripts) have no Czech endings.
func plainLetters(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// dropCase takes off the case ending of a noun or adjective, the longest that
// leaves enough of the word.
func dropCase(w string) string {
	if s, ok := softPlural(w); ok {
		return s
	}
	if len(w) > 6 {
		if s, ok := dropOne(w, "ove", "ovi"); ok {
			return s
		}
	}
	if len(w) > 5 {
		if s, ok := dropOne(w, "ech", "ich", "ach", "ych", "eho", "iho", "emi", "imi", "ymi", "ami", "ama", "emu", "imu"); ok {
			return s
		}
	}
	if len(w) > 4 {
		if s, ok := dropOne(w, "em", "im", "um", "am", "ym", "mi", "ou"); ok {
			return s
		}
	}
	if vowel(w[len(w)-1]) {
		return w[:len(w)-1]
	}
	return w
}

// softPlural undoes the change before the plural of adjectives in -ský, -cký:
// ukrajinští, němečtí.
func softPlural(w string) (string, bool) {
	n := len(w)
	if n < 7 {
		return w, false
	}
	if strings.HasSuffix(w, "sti") && !vowel(w[n-4]) {
		return w[:n-3] + "sk", true
	}
	if strings.HasSuffix(w, "cti") && vowel(w[n-4]) {
		return w[:n-3] + "ck", true
	}
	return w, false
}

// dropBareNoun takes off what looks like an ending although it belongs to the
// noun: "programu" has lost its u, "program" its am, and they must meet.
func dropBareNoun(w string) string {
	if len(w) > 4 {
		w, _ = dropOne(w, "em", "im", "um", "am", "ym")
	}
	return w
}

// dropPossessive takes off -ův and -ov(a): Karlův, Karlova; by the same step
// Charkov and Charkova meet.
func dropPossessive(w string) string {
	if len(w) > 5 {
		w, _ = dropOne(w, "ov", "uv")
	}
	return w
}

// normalise evens out the end of the stem: the adjective of a noun in -ace
// (integrační, integrace), the fleeting e (Plzeň, Plzně; služeb, služba) and
// the softened consonant (Praze, Praha; uprchlíci, uprchlík).
func normalise(w string) string {
	if len(w) > 6 && strings.HasSuffix(w, "acn") {
		w = w[:len(w)-1]
	}
	n := len(w)
	if n > 3 && w[n-2] == 'e' && !vowel(w[n-1]) {
		w = w[:n-2] + w[n-1:]
		n--
	}
	switch {
	case w[n-1] == 'c':
		return w[:n-1] + "k"
	case w[n-1] == 'z':
		return w[:n-1] + "h"
	}
	return w
}

func dropOne(w string, endings ...string) (string, bool) {
	for _, e := range endings {
		if strings.HasSuffix(w, e) {
			return w[:len(w)-len(e)], true
		}
	}
	return w, false
}

func vowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}
