package page_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlas/internal/web/page"
)

func TestATextIsPartedIntoParagraphsAndItsAddressesBecomeLinks(t *testing.T) {
	for text, want := range map[string][]page.Paragraph{
		"":              nil,
		" \n\n \n":      nil,
		"a\nb\r\n\r\nc": {{{Text: "a b"}}, {{Text: "c"}}},
		"Viz https://mesto.example/a?b=1, nebo info@mesto.example.": {{
			{Text: "Viz "}, {Text: "https://mesto.example/a?b=1", Href: "https://mesto.example/a?b=1"}, {Text: ", nebo "},
			{Text: "info@mesto.example", Href: "mailto:info@mesto.example"}, {Text: "."}}},
		"javascript:alert(1) <a href=x>": {{{Text: "javascript:alert(1) <a href=x>"}}},
	} {
		if diff := cmp.Diff(want, page.Prose(text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}
