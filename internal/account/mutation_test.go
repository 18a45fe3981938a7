package account

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// lengthened are ways in which people lengthen a password until it may be typed.
var lengthened = []func(string) string{
	func(w string) string { return pad(w, "1234567890123") },
	func(w string) string { return pad(w+"2024", "!!!!!!!!") },
	func(w string) string { return pad("Dne24122019"[3:]+w, "!") },
	func(w string) string { return title(w) + "-" + w + "-" + w },
	func(w string) string { return title(w) + title(w) + "1985!" },
	func(w string) string { return strings.ToUpper(leet(w)) + "2026" + leet(w) },
	func(w string) string { return backwards(w) + backwards(w) + backwards(w) },
	func(w string) string { return title(w) + "Password1!" },
	func(w string) string { return "heslo." + w + ".99" },
}

func pad(w, by string) string {
	for i := 0; utf8.RuneCountInString(w) < MinPassword && i < len(by); i++ {
		w += by[i : i+1]
	}
	return w
}

func title(w string) string {
	r := []rune(w)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

func leet(w string) string {
	return strings.NewReplacer("a", "4", "e", "3", "i", "1", "o", "0", "s", "$").Replace(w)
}

func backwards(w string) string {
	r := []rune(w)
	for i := range len(r) / 2 {
		r[i], r[len(r)-1-i] = r[len(r)-1-i], r[i]
	}
	return string(r)
}

// ASVS 5.0, 6.2.4: 3 000 of the most frequent passwords that the rules let through.
// Nobody publishes those of twelve letters and more, so they are derived: each
// frequent password lengthened in each usual way.
func TestFrequentPasswordsAreRefusedHoweverTheyAreLengthened(t *testing.T) {
	c, tried := NewChoice(), map[string]bool{}
	words := 0
	for _, word := range frequent() {
		if !letters(word) || utf8.RuneCountInString(word) < shortestCore {
			continue
		}
		words++
		for i, lengthen := range lengthened {
			p := lengthen(word)
			if n := utf8.RuneCountInString(p); n < MinPassword || n > MaxPassword || tried[p] {
				continue
			}
			tried[p] = true
			if len(c.Check(p, Person{})) == 0 {
				t.Errorf("let through: %q, %s lengthened in way %d", p, word, i)
			}
		}
	}
	t.Logf("%d words, %d passwords tried", words, len(tried))
	if words < 5000 || len(tried) < 40_000 {
		t.Errorf("%d words and %d passwords: too few to prove anything", words, len(tried))
	}
}

// letters says whether a word is one that is written with letters: numbers are
// looked at by what else they are.
func letters(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
}

func TestWhatIsMoreThanALengthenedWordIsLetThrough(t *testing.T) {
	c := NewChoice()
	for _, p := range []string{
		"correct horse battery staple", "monkeys eat wet umbrellas", "dragon8392017465301", "vlak-do-Chebu-v-5:40",
		"839201746352", "Kostelec nad Orlicí 7", "žirafa pije čaj",
	} {
		if got := c.Check(p, hana); got != nil {
			t.Errorf("%q: %v", p, got)
		}
	}
}

func BenchmarkChoice(b *testing.B) {
	c, p := NewChoice(), strings.Repeat("monkey1 ", 16)
	for b.Loop() {
		c.Check(p, hana)
	}
}
