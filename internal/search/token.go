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

// tokens cuts a text into words and folds them.
func tokens(text string) iter.Seq[token] {
	return func(yield func(token) bool) {
		for start, end := range spans(text) {
			if word := foldWord(text[start:end]); word != "" && !yield(token{word, start, end}) {
				return
			}
		}
	}
}

// foldWord gives a word as it is looked for; "" if nothing is left of it.
func foldWord(written string) string { return dropApostrophes(czech.Fold(written)) }

// spans says where the words of a text of any script stand. A word is a run of
// letters, digits and the marks on them; an apostrophe inside a Cyrillic word
// belongs to it; each ideograph is a word of its own. A number such as
// "CZ.03.3.X/0.0/0.0/15_124/0006483" therefore comes as its parts, one after
// another, and is found whole as a phrase. Bytes that are not UTF-8 separate.
func spans(text string) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		start := -1
		for i, r := range text {
			inside := wordRune(r) || start >= 0 && joiner(text, i, r)
			alone := ideograph(r)
			if start >= 0 && (!inside || alone || i-start >= maxWord) {
				if !yield(start, i) {
					return
				}
				start = -1
			}
			if start < 0 && inside && !unicode.Is(unicode.Mn, r) {
				start = i
			}
			if alone {
				if !yield(i, i+utf8.RuneLen(r)) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(start, len(text))
		}
	}
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
	if word == "" || word[0] < utf8.RuneSelf {
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
