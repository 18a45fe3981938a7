package importer

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Encodings of text files, by the names people know them by.
const (
	EncodingUTF8    = "UTF-8"
	EncodingUTF16LE = "UTF-16 LE"
	EncodingUTF16BE = "UTF-16 BE"
	Encoding1250    = "windows-1250"
	Encoding1252    = "windows-1252"
	Encoding1253    = "windows-1253"
)

// decodeText gives UTF-8 and the encoding that the text was in. Text without a
// mark is UTF-16 when every other byte is zero, UTF-8 when it is valid, and else
// of the code page whose languages have its letters. Where a few lines of UTF-8
// are of a code page, as when lists of several offices are put together, only
// these are read by it; the encoding is then "UTF-8 + windows-1250". Bytes of
// zero are no text.
func decodeText(data []byte) (text []byte, name string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), unmarkedUTF16(data, 1):
		name = EncodingUTF16LE
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}), unmarkedUTF16(data, 0):
		name = EncodingUTF16BE
		text, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case utf8.Valid(data):
		name, text = EncodingUTF8, data
	default:
		text, name, err = decodeMixed(data)
	}
	if err == nil && bytes.IndexByte(text, 0) >= 0 {
		err = errors.New("not a text")
	}
	return bytes.TrimPrefix(text, []byte("\ufeff")), name, err
}

// unmarkedUTF16 says whether most bytes at odd (1) or even (0) places of the
// beginning are zero, and hardly any of the others.
func unmarkedUTF16(data []byte, at int) bool {
	head := data[:min(len(data), 4096)]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	return half > 8 && zeros[at] > half*6/10 && zeros[1-at] < half/20
}

// decodeMixed reads text that is not all UTF-8.
func decodeMixed(data []byte) ([]byte, string, error) {
	lines := bytes.SplitAfter(data, []byte("\n"))
	good, bad := 0, 0
	var foreign []byte
	for _, line := range lines {
		switch {
		case !utf8.Valid(line):
			bad++
			foreign = append(foreign, line...)
		case !ascii(line):
			good++
		}
	}
	page, name := codePage(foreign)
	if good <= bad {
		text, err := page.NewDecoder().Bytes(data)
		return text, name, err
	}
	out := make([]byte, 0, len(data)+len(data)/8)
	for _, line := range lines {
		if !utf8.Valid(line) {
			var err error
			if line, err = page.NewDecoder().Bytes(line); err != nil {
				return nil, "", err
			}
		}
		out = append(out, line...)
	}
	return out, EncodingUTF8 + " + " + name, nil
}

func ascii(s []byte) bool {
	for _, b := range s {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

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

// codePage is the code page in which the letters of the text are likeliest. Of
// equal ones the first counts: that of Czech.
func codePage(data []byte) (encoding.Encoding, string) {
	var counts [256]int
	for _, b := range data {
		counts[b]++
	}
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
