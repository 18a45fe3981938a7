package page

import (
	"regexp"
	"strings"
)

// Paragraph is a paragraph of a text written by the operator: words and links,
// never marks of a language of its own.
type Paragraph []Span

// Span is a piece of a paragraph; Href is "" of plain words.
type Span struct{ Text, Href string }

// linkable are addresses of the web and e-mails as people write them in a text.
var linkable = regexp.MustCompile(`https?://[^\s<>"]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)

// Prose parts a text into paragraphs by empty lines and makes links of the
// addresses in it.
func Prose(text string) []Paragraph {
	var out []Paragraph
	for _, block := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if block = strings.Join(strings.FieldsFunc(block, func(r rune) bool { return r == '\n' }), " "); strings.TrimSpace(block) != "" {
			out = append(out, spans(strings.TrimSpace(block)))
		}
	}
	return out
}

func spans(s string) Paragraph {
	var out Paragraph
	at := 0
	for _, m := range linkable.FindAllStringIndex(s, -1) {
		end := m[0] + len(strings.TrimRight(s[m[0]:m[1]], ".,;:!?)"))
		if m[0] > at {
			out = append(out, Span{Text: s[at:m[0]]})
		}
		link := Span{Text: s[m[0]:end], Href: s[m[0]:end]}
		if !strings.HasPrefix(link.Href, "http") {
			link.Href = "mailto:" + link.Href
		}
		out, at = append(out, link), end
	}
	if at < len(s) {
		out = append(out, Span{Text: s[at:]})
	}
	return out
}

// TextKey is the message that a text of a page stands in place of; "" where the
// product ships with none.
func TextKey(code string) string {
	return map[string]string{"home.title": "home.title", "home.lead": "home.lead", "about.lead": "home.about.lead"}[code]
}
