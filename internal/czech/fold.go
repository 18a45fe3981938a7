// Package czech holds what is particular to this country: its alphabet and
// order of words, its inflection, and the numbers its registers give out.
package czech

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// latin gives the plain letter of each character from U+00C0 to U+017F; a dot
// stands for those that need several letters or none.
const latin = "aaaaaa.ceeeeiiii" + // À–Ï
	"dnooooo.ouuuuy.." + // Ð–ß
	"aaaaaa.ceeeeiiii" + // à–ï
	"dnooooo.ouuuuy.y" + // ð–ÿ
	"aaaaaacccccccc" + "dddd" + "eeeeeeeeee" + "gggggggg" + "hhhh" + "iiiiiiiiii" + // Ā–ı
	".." + "jj" + "kk" + "k" + "llllllllll" + "nnnnnn" + "." + "nn" + "oooooo" + ".." + // Ĳ–œ
	"rrrrrr" + "ssssssss" + "tttttt" + "uuuuuuuuuuuu" + "ww" + "yyy" + "zzzzzz" + "s" // Ŕ–ſ

// Fold gives the form of a text in which words are compared: lower case, Latin
// letters without diacritics ("Žďár" is "zdar"), Cyrillic left Cyrillic. Bytes
// that are not UTF-8 become U+FFFD. Everything else stays where it was.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf:
			b.WriteByte(lowerASCII(byte(r)))
		case r >= 0xC0 && r < 0x180 && latin[r-0xC0] != '.':
			b.WriteByte(latin[r-0xC0])
		case r == utf8.RuneError:
			b.WriteRune(r)
		default:
			foldRune(&b, r, s[i:])
		}
	}
	return b.String()
}

// folded says whether nothing is left to do: the common case of ASCII words.
func folded(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// foldRune writes the folded form of a rarer character. rest starts with r and
// shows what follows: й and ї may come as a letter and a mark.
func foldRune(b *strings.Builder, r rune, rest string) {
	if several, ok := ligature(r); ok {
		b.WriteString(several)
		return
	}
	switch {
	case r == '\u0306' || r == '\u0308': // breve and diaeresis make й, ї of и, і
		joinMark(b, r)
	case unicode.Is(unicode.Mn, r):
	case unicode.Is(unicode.Cyrillic, r):
		b.WriteRune(lowerCyrillic(r))
	default:
		for _, d := range norm.NFKD.String(rest[:utf8.RuneLen(r)]) {
			writePart(b, unicode.ToLower(d))
		}
	}
}

// writePart writes one part of a decomposed character.
func writePart(b *strings.Builder, r rune) {
	several, ok := ligature(r)
	switch {
	case unicode.Is(unicode.Mn, r):
	case ok:
		b.WriteString(several)
	case r >= 0xC0 && r < 0x180:
		b.WriteByte(latin[r-0xC0])
	case unicode.Is(unicode.Cyrillic, r):
		b.WriteRune(lowerCyrillic(r))
	default:
		b.WriteRune(r)
	}
}

// ligature spells the letters that no decomposition takes apart.
func ligature(r rune) (string, bool) {
	switch r {
	case 'ß', 'ẞ':
		return "ss", true
	case 'æ', 'Æ':
		return "ae", true
	case 'œ', 'Œ':
		return "oe", true
	case 'þ', 'Þ':
		return "th", true
	case 'ĳ', 'Ĳ':
		return "ij", true
	case 'ŉ':
		return "n", true
	case '×', '÷':
		return string(r), true
	}
	return "", false
}

// lowerCyrillic lowers a letter and writes ё as е, which is how most people
// write it.
func lowerCyrillic(r rune) rune {
	if r = unicode.ToLower(r); r == 'ё' {
		return 'е'
	}
	return r
}

// joinMark puts a mark back on the Cyrillic letter written before it and drops
// it after any other letter.
func joinMark(b *strings.Builder, mark rune) {
	text := b.String()
	last, size := utf8.DecodeLastRuneInString(text)
	var joined rune
	switch {
	case mark == '\u0306' && last == 'и':
		joined = 'й'
	case mark == '\u0308' && last == 'і':
		joined = 'ї'
	default:
		return
	}
	b.Reset()
	b.WriteString(text[:len(text)-size])
	b.WriteRune(joined)
}
