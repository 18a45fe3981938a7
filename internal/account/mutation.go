package account

import (
	"encoding/json"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go/data"
)

const (
	// shortestCore is how many letters or digits a frequent password must have to
	// count as the core of another.
	shortestCore = 4
	// mostAround is how many digits and signs around a core tell nothing: a date and
	// an exclamation mark. More of them are no habit any more.
	mostAround = 9
)

// frequent are some seven thousand passwords that leaks have most often (list of
// zxcvbn, MIT licence). Hardly any of them is long enough to be typed here: they
// are what long ones are made of.
func frequent() []string {
	text, err := data.Asset("data/Passwords.json")
	var file struct {
		List []string `json:"list"`
	}
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err != nil {
		panic(err) // it is embedded; a test reads it
	}
	return file.List
}

// cores are passwords that are tried first, folded.
type cores map[string]bool

func newCores(lists ...[]string) cores {
	c := cores{}
	for _, list := range lists {
		for _, word := range list {
			if word = fold(word); utf8.RuneCountInString(word) >= shortestCore {
				c[word] = true
			}
		}
	}
	return c
}

// mutated says whether a password is a frequent one, or two of them, as people
// lengthen them when twelve letters are demanded: in capitals, with signs for
// letters, backwards, repeated, with a year, a date or signs before, between or
// after. Three words and more are a pass phrase.
func (c cores) mutated(password string) bool {
	text := []rune(fold(password))
	first, last := slices.IndexFunc(text, unicode.IsLetter), len(text)
	for last > 0 && !unicode.IsLetter(text[last-1]) {
		last--
	}
	if first < 0 { // digits and signs only
		return false
	}
	// Digits at the edge may belong to the core: abc123, 1qaz2wsx.
	for from := range first + 1 {
		for to := last; to <= len(text); to++ {
			if from+len(text)-to <= mostAround && c.joined(text[from:to]) {
				return true
			}
		}
	}
	return false
}

// joined says whether a text is a core, or cores with few digits and signs between.
func (c cores) joined(text []rune) bool {
	if c.has(string(text)) {
		return true
	}
	for end := shortestCore; end <= len(text)-shortestCore; end++ {
		if !c.has(string(text[:end])) {
			continue
		}
		for begin := end; begin <= min(end+mostAround, len(text)-shortestCore); begin++ {
			rest := string(text[begin:])
			if unicode.IsLetter(text[begin]) && c.has(rest) || repeated(string(text[:end]), string(text[end:begin]), text[begin:]) {
				return true
			}
			if unicode.IsLetter(text[begin]) {
				break // not between any more
			}
		}
	}
	return false
}

// repeated says whether the rest of a text is a word and what stood behind it over
// and over.
func repeated(word, between string, rest []rune) bool {
	unit := []rune(word + between)
	for i, r := range rest {
		if r != unit[i%len(unit)] {
			return false
		}
	}
	return len(rest)%len(unit) == 0 || len(rest)%len(unit) == utf8.RuneCountInString(word)
}

// has looks for a text as it is written, with signs read as letters, and backwards.
func (c cores) has(text string) bool {
	if c[text] {
		return true
	}
	spoken := plain.Replace(text)
	if c[spoken] {
		return true
	}
	back := []rune(text)
	slices.Reverse(back)
	return c[string(back)]
}
