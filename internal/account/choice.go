package account

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"atlas"

	"golang.org/x/text/unicode/norm"
)

// Length of a password in letters (ASVS 5.0, 6.2.1 and 6.2.9; longer than its
// least, as the password may be the only step of somebody).
const (
	MinPassword = 12
	MaxPassword = 128
	// ownLetters must be in a password besides words that are tried first.
	ownLetters = 6
)

//go:embed common.txt
var commonText string

// Choice says whether a password may be chosen. No mix of kinds of characters is
// asked for: that makes people write Heslo123! (NIST SP 800-63B-4, 3.1.1.2).
type Choice struct {
	common []string // words that count nothing wherever they stand
	cores  cores    // passwords that count nothing when little is added
}

// NewChoice knows the passwords that are tried first, in Czech and elsewhere.
func NewChoice() *Choice {
	c := &Choice{}
	for line := range strings.Lines(commonText) {
		if word := fold(strings.TrimSpace(line)); word != "" && !strings.HasPrefix(word, "#") {
			c.common = append(c.common, word)
		}
	}
	longestFirst(c.common)
	c.cores = newCores(frequent(), c.common)
	return c
}

// Person is what others know of who chooses: a guess starts with it.
type Person struct{ Email, Name, Site string }

// Check says why a password may not be chosen; nothing is wrong with none. The
// field of the problems is "password".
func (c *Choice) Check(password string, who Person) []atlas.Problem {
	if len(password) > maxBytes {
		return problem("problem.password_long", map[string]any{"max": MaxPassword})
	}
	password = norm.NFC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password):
		return problem("problem.password_unreadable", nil)
	case n < MinPassword:
		return problem("problem.password_short", map[string]any{"min": MinPassword, "typed": n})
	case n > MaxPassword:
		return problem("problem.password_long", map[string]any{"max": MaxPassword})
	case madeOf(password, nil):
		return problem("problem.password_repeated", nil)
	case madeOf(password, c.common), c.cores.mutated(password):
		return problem("problem.password_common", nil)
	case madeOf(password, append(who.words(), c.common...)):
		return problem("problem.password_personal", nil)
	}
	return nil
}

func problem(key string, args map[string]any) []atlas.Problem {
	return []atlas.Problem{{Field: "password", Key: key, Args: args}}
}

// words are what of a person a guess starts with: parts of the address and of
// names that are long enough to tell something.
func (p Person) words() []string {
	var words []string
	for _, text := range []string{p.Email, p.Name, p.Site} {
		whole := fold(text)
		parts := strings.FieldsFunc(whole, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for _, w := range append(parts, strings.Join(parts, ""), whole) {
			if utf8.RuneCountInString(w) >= 3 {
				words = append(words, w)
			}
		}
	}
	longestFirst(words)
	return slices.Compact(words)
}

func longestFirst(words []string) {
	slices.SortFunc(words, func(a, b string) int {
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
}

// madeOf says whether a password has too little of its own once words are taken
// out of it, as it is written or with digits and signs read as letters (H3sl0).
func madeOf(password string, words []string) bool {
	written := fold(password)
	return ownOf(written, words) < ownLetters || words != nil && ownOf(plain.Replace(written), words) < ownLetters
}

// plain reads digits and signs as the letters that they are written for.
var plain = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "@", "a", "$", "s", "!", "i", "€", "e")

// ownOf counts the different letters and digits besides words; signs between
// words and a letter repeated tell nothing.
func ownOf(text string, words []string) int {
	for _, w := range words {
		text = strings.ReplaceAll(text, w, " ")
	}
	own := map[rune]bool{}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r > unicode.MaxASCII {
			own[r] = true
		}
	}
	return len(own)
}

// fold is a text in small letters without diacritics.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(text)))
}
