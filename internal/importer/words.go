package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"atlas/internal/czech"
)

// columnKey is the form in which names of columns are compared: folded words,
// that is letters and digits, with one space between them.
func columnKey(s string) string {
	s = czech.Fold(s)
	if onlyWords(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	gap := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if !inWord(r) {
			gap = len(out) > 0
		} else {
			if gap {
				out = append(out, ' ')
				gap = false
			}
			out = append(out, s[i:i+size]...)
		}
		i += size
	}
	return string(out)
}

// onlyWords says whether a text is words with one space between them already.
func onlyWords(s string) bool {
	gap := true
	for i := range len(s) {
		switch b := s[i]; {
		case 'a' <= b && b <= 'z' || '0' <= b && b <= '9' || 'A' <= b && b <= 'Z':
			gap = false
		case b == ' ' && !gap:
			gap = true
		default:
			return false
		}
	}
	return !gap || s == ""
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// clean makes a cell fit to be stored: valid text without control characters,
// with plain spaces and line ends, without blanks around.
func clean(s string) string {
	if !isClean(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
		s = strings.ReplaceAll(s, "\r\n", "\n")
		s = strings.Map(cleanRune, s)
	}
	return strings.TrimSpace(s)
}

// isClean says whether a text has, but for blanks around, nothing to clean; a
// rare one that has nothing may be told as one that has.
func isClean(s string) bool {
	for i := 0; i < len(s); {
		b := s[i]
		switch {
		case b >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError || r < 0xc0 || r >= 0x180 && cleanRune(r) != r {
				return false
			}
			i += size
			continue
		case b < ' ' && b != '\n' || b == 0x7f:
			return false
		}
		i++
	}
	return true
}

// cleanRune is what stands for a sign in a clean text; -1 where nothing does.
func cleanRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\r':
		return '\n'
	case r == '\u200b' || r == '\ufeff' || r == '\u00ad':
		return -1
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r):
		return -1
	}
	return r
}

// oneLine is a text with one space for each run of blanks.
func oneLine(s string) string {
	gap := true // none at the beginning
	for i := range len(s) {
		b := s[i]
		if b < ' ' || b == ' ' && gap || b == 0xc2 || 0xe1 <= b && b <= 0xe3 { // blanks beyond ASCII begin so
			return strings.Join(strings.Fields(s), " ")
		}
		gap = b == ' '
	}
	if gap {
		return strings.TrimSuffix(s, " ")
	}
	return s
}
