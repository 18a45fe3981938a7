package search

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"atlas/internal/czech"
)

// token is a word of a text: its folded form and where it stands in bytes.
type token struct {
	word       string
	start, end int
}

// maxWord is the longest word that is kept whole, in bytes. Longer runs of
// letters (encoded data, keys) are cut so that they cannot swell the dictionary.
const maxWord = 64

// tokens cuts a text of any script into words. A word is a run of letters,
// digits and the marks on them; an apostrophe inside a Cyrillic word belongs to
// it; each ideograph is a word of its own. A number such as
// "CZ.03.3.X/0.0/0.0/15_124/0006483" therefore comes as its parts, one after
// another, and is found whole as a phrase. Bytes that are not UTF-8 separate.
func tokens(text string) iter.Seq[token] {
	return func(yield func(token) bool) {
		start := -1
		for i, r := range text {
			inside := wordRune(r) || start >= 0 && joiner(text, i, r)
			alone := ideograph(r)
			if start >= 0 && (!inside || alone || i-start >= maxWord) {
				if !emit(text, start, i, yield) {
					return
				}
				start = -1
			}
			if start < 0 && inside && !unicode.Is(unicode.Mn, r) {
				start = i
			}
			if alone {
				if !emit(text, i, i+utf8.RuneLen(r), yield) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			emit(text, start, len(text), yield)
		}
	}
}

// emit hands over the word text[start:end] unless nothing is left of it.
func emit(text string, start, end int, yield func(token) bool) bool {
	word := czech.Fold(text[start:end])
	if word == "" {
		return true
	}
	return yield(token{dropApostrophes(word), start, end})
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// joiner says whether r at place i is an apostrophe between Cyrillic letters
// (зв'язок).
func joiner(text string, i int, r rune) bool {
	if r != '\'' && r != '’' && r != 'ʼ' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
	return unicode.Is(unicode.Cyrillic, before) && unicode.Is(unicode.Cyrillic, after)
}

func dropApostrophes(word string) string {
	if word[0] < utf8.RuneSelf {
		return word
	}
	out := []rune(word)[:0]
	for _, r := range word {
		if r != '\'' && r != '’' && r != 'ʼ' {
			out = append(out, r)
		}
	}
	return string(out)
}

func ideograph(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
