package app

// Text is a text in the languages of the interface, where it stands in a table of
// code and not on a page.
type Text struct{ Cs, En string }

// In is the text in a language.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.En
	}
	return t.Cs
}
