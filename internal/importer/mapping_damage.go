package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"atlas/internal/czech"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// lost stands for a letter that a header has lost on its way: whoever saved the
// list put U+FFFD or a question mark in its place ("N?zev", "P��jemce").
const lost = utf8.RuneError

// withLost writes question marks beside letters as lost letters; not the last
// one of a header, which asks.
func withLost(header string) string {
	if !strings.Contains(header, "?") {
		return header
	}
	letters := []rune(header)
	isLetter := func(i int) bool { return i >= 0 && i < len(letters) && unicode.IsLetter(letters[i]) }
	for i := 0; i < len(letters); i++ {
		end := i
		for end < len(letters) && letters[end] == '?' {
			end++
		}
		if beside := isLetter(i-1) || isLetter(end); beside && end < len(letters) {
			for k := i; k < end; k++ {
				letters[k] = lost
			}
		}
		i = max(i, end)
	}
	return string(letters)
}

// fitsLost is fits for a word with lost letters: any may have stood in their
// places, but at least three letters of the stem, and the half, must be there.
func (p part) fitsLost(word string) bool {
	w, stem := []rune(word), []rune(p.text)
	for at := 0; at+len(stem) <= len(w) && (at == 0 || p.inside); at++ {
		there := lettersThere(w[at:], stem)
		if there >= 3 && there*2 >= len(stem) && (!p.ends || at+len(stem) == len(w)) {
			return true
		}
	}
	return false
}

// lettersThere counts the letters with which a word begins like a stem, but for
// lost ones; 0 when another letter is in the place of one.
func lettersThere(word, stem []rune) int {
	there := 0
	for i, r := range stem {
		switch word[i] {
		case r:
			there++
		case lost:
		default:
			return 0
		}
	}
	return there
}

// misread are pairs of code pages of which the second was the right one: a file
// that was once read by the first keeps the wrong letters, whatever it is saved
// in later ("Tytu³ projektu", "PÅ™Ã­jemce").
func misread() [][2]encoding.Encoding {
	return [][2]encoding.Encoding{
		{charmap.Windows1252, charmap.Windows1250}, {charmap.Windows1250, charmap.Windows1252},
		{charmap.Windows1252, encoding.Nop}, {charmap.Windows1250, encoding.Nop}, // UTF-8
		{charmap.Windows1252, charmap.Macintosh}, {charmap.Windows1252, charmap.Windows1253},
	}
}

// judged is how many headers of a table are looked at to tell its damage.
const judged = 100

// repaired gives the headers as they were before they were read by a wrong code
// page: the reading in which most words with other letters than those of ASCII
// are known. Headers of which all such words are known stay as they are.
func (lex *lexicon) repaired(headers []string) []string {
	best, bestKnown, all := headers, 0, 0
	for _, h := range headers[:min(len(headers), judged)] {
		known, words := lex.knownOf(h, h)
		bestKnown, all = bestKnown+known, all+words
	}
	if bestKnown == all {
		return headers
	}
	for _, pages := range misread() {
		again, known := make([]string, len(headers)), 0
		for i, h := range headers {
			again[i] = reread(h, pages[0], pages[1])
			if i < judged {
				k, _ := lex.knownOf(h, again[i])
				known += k
			}
		}
		if known > bestKnown {
			best, bestKnown = again, known
		}
	}
	return best
}

// reread is a text taken back to bytes by one code page and read by another; the
// text itself where that cannot be.
func reread(s string, wrong, right encoding.Encoding) string {
	data, err := wrong.NewEncoder().Bytes([]byte(s))
	if err != nil {
		return s
	}
	out, err := right.NewDecoder().Bytes(data)
	if err != nil || !utf8.Valid(out) || strings.ContainsRune(string(out), lost) {
		return s
	}
	return string(out)
}

// knownOf counts the words of a header with other signs than those of ASCII,
// and how many of them the lexicon knows as they stand in another reading of it.
func (lex *lexicon) knownOf(header, again string) (known, all int) {
	was, is := strings.Fields(header), strings.Fields(again)
	if len(was) != len(is) {
		return 0, 0
	}
	for i, word := range was {
		if !isForeign(word) {
			continue
		}
		all++
		if lex.knows(is[i]) {
			known++
		}
	}
	return known, all
}

// isForeign says whether a text has signs that are not those of ASCII, and
// letters enough for a word.
func isForeign(s string) bool {
	letters, foreign := 0, false
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
		foreign = foreign || r >= utf8.RuneSelf
	}
	return foreign && letters >= 3
}

// knows says whether a word of letters alone begins like some stem of at least
// four of them, or is a shorter one.
func (lex *lexicon) knows(word string) bool {
	word = strings.Trim(word, ".,:;()[]/\"'*")
	if strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf && !unicode.IsLetter(r) }) {
		return false
	}
	word = czech.Fold(word)
	for _, s := range lex.stems {
		for _, p := range s.parts {
			if utf8.RuneCountInString(p.text) >= min(4, utf8.RuneCountInString(word)) && p.fits(word) {
				return true
			}
		}
	}
	return false
}
