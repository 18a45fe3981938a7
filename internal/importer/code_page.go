package importer

import (
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// alphabets are how often letters beyond ASCII stand in the languages of each
// code page, in parts of a hundred of all such letters, roughly.
func alphabets() []struct {
	page    encoding.Encoding
	name    string
	letters string
} {
	return []struct {
		page    encoding.Encoding
		name    string
		letters string
	}{
		{charmap.Windows1250, Encoding1250, "í19 á16 ě11 é9 ř8 č8 ž8 š7 ý6 ů5 ú1 ň1 ó1 ť1 ď1"},        // cs
		{charmap.Windows1250, Encoding1250, "á19 í12 é9 ý11 č11 š9 ž9 ľ5 ú8 ô3 ť5 ó2 ň2 ä1 ď1 ĺ1 ŕ1"}, // sk
		{charmap.Windows1250, Encoding1250, "ł24 ó13 ą14 ę17 ś10 ż12 ć5 ń4 ź1"},                       // pl
		{charmap.Windows1250, Encoding1250, "á30 é30 ö10 ó10 ő9 ü6 í6 ú3 ű2"},                         // hu
		{charmap.Windows1250, Encoding1250, "č27 š25 ž22 ć18 đ8"},                                     // hr, sl
		{charmap.Windows1252, Encoding1252, "ä32 ü38 ö18 ß12"},                                        // de
		{charmap.Windows1252, Encoding1252, "é62 è11 à13 ê6 ç3 ô2 î2 â2 û1 ù1 ë1 ï1 œ1"},              // fr
		{charmap.Windows1252, Encoding1252, "ó33 í22 á20 é14 ñ9 ú6 ü1"},                               // es
		{charmap.Windows1252, Encoding1252, "ã22 ç18 á14 é13 í10 ó9 õ5 ê5 ú4 â3 à2 ô1"},               // pt
		{charmap.Windows1252, Encoding1252, "à38 è28 ù13 ò13 é6 ì4"},                                  // it
		{charmap.Windows1252, Encoding1252, "ä38 å32 ö30 é1"},                                         // sv, fi
		{charmap.Windows1252, Encoding1252, "ø38 å38 æ24 é1"},                                         // da, no
		{charmap.Windows1253, Encoding1253, "α9 ο9 ι8 τ7 ε8 ν6 σ5 ρ5 κ4 π4 μ3 λ3 ς4 η5 υ4 ά2 έ2 ί3 ό3 ή2 ώ1 ύ1 ω2 δ2 γ2 θ1 φ1 χ1 β1 ξ1 ζ1 Α2 Ο2 Ι2 Τ2 Ε2 Ν2 Σ2 Ρ2 Κ2 Π2 Μ1 Λ1 Η2 Υ1 Δ1 Γ1"}, // el
	}
}

// letterFloor is how often a letter may stand that a language does not have.
const letterFloor = 0.05

// codePage is the code page in which the letters of the text are likeliest, by
// how often each byte stands in it. Of equal ones the first counts: that of
// Czech.
func codePage(counts *[256]int) (encoding.Encoding, string) {
	all := alphabets()
	page, name, best := all[0].page, all[0].name, math.Inf(-1)
	for _, a := range all {
		often := map[rune]float64{}
		for _, word := range strings.Fields(a.letters) {
			letter, size := utf8.DecodeRuneInString(word)
			for _, d := range word[size:] {
				often[letter] = often[letter]*10 + float64(d-'0')
			}
		}
		score := 0.0
		for b := utf8.RuneSelf; b < 256; b++ {
			if counts[b] > 0 {
				score += float64(counts[b]) * likelihood(a.page, byte(b), often)
			}
		}
		if score > best {
			page, name, best = a.page, a.name, score
		}
	}
	return page, name
}

// likelihood of a byte in a language, as a logarithm; signs that are no letters
// say little, but a byte without a sign says that this is not the code page.
func likelihood(page encoding.Encoding, b byte, often map[rune]float64) float64 {
	out, err := page.NewDecoder().Bytes([]byte{b})
	r, _ := utf8.DecodeRune(out)
	lower := []rune(strings.ToLower(string(r)))[0]
	switch {
	case err != nil || r == utf8.RuneError || r < 0xa0:
		return math.Log(letterFloor / 10)
	case often[r] > 0:
		return math.Log(often[r])
	case often[lower] > 0:
		return math.Log(often[lower])
	case strings.ContainsRune("„“”‚‘’–—…€§°«»\u00a0•·´¨", r):
		return 0
	}
	return math.Log(letterFloor)
}
