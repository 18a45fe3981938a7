package atlas

// PageText (text stránky) is words of a page that the operator of an instance
// may put in place of those which the product ships with: paragraphs parted by
// an empty line. What is empty in a language is as shipped.
type PageText struct {
	Code    string // "home.lead"
	Cs, En  string
	Version int64 // grows by one with each write; 0 = never written
}

// In is the text in a language; "" where it is as shipped.
func (t PageText) In(lang string) string {
	if lang == "en" {
		return t.En
	}
	return t.Cs
}

// Spellings (spisovné a jiné podoby jmen) are groups of spellings of one name:
// Charkov, Kharkiv, Харків. A search for one finds the others.
type Spellings struct {
	Groups  [][]string
	Version int64 // grows by one with each write; 0 = as shipped
}
