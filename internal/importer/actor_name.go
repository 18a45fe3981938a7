package importer

import (
	"regexp"
	"strings"
	"unicode"
)

// NamedActor is an organisation as a list names it.
type NamedActor struct {
	Name      string
	Others    []string // further spellings in the same file
	Country   string   // ISO 3166; "" when the list does not tell
	ICO       string
	ForeignID string // "GB-CHC-1136419"
	Type      string // CL-08, only where the name itself says it
	LegalForm string // CL-10, likewise
	City, ZIP string // of the seat
	Street    string
	Web       string
	Column    string // of the file, where it was named
	// Namesakes are the places that have an organisation of this name, where
	// there are several: "Obec Březová".
	Namesakes []string
}

// Key tells organisations apart within one file: by IČO, else by the
// identifier abroad, else by the name. It never looks like a code of a record.
func (n NamedActor) Key() string {
	base, form := NameKey(n.Name)
	return n.keyBy(base, form)
}

func (n NamedActor) keyBy(base, form string) string {
	switch {
	case n.ICO != "":
		return "ico:" + n.ICO
	case n.ForeignID != "":
		return "id:" + n.ForeignID
	}
	return "name:" + base + ":" + form
}

// legalForms are the words at the end of names that say a legal form, folded,
// and the code of it (CL-10). Longer ones come first.
var legalForms = [...][2]string{
	{" obecne prospesna spolecnost", "OPS"}, {" o p s", "OPS"}, {" ops", "OPS"},
	{" spolecnost s rucenim omezenym", "SRO"}, {" spol s r o", "SRO"}, {" s r o", "SRO"}, {" sro", "SRO"},
	{" zapsany spolek", "SPOLEK"}, {" obcanske sdruzeni", "SPOLEK"}, {" z s", "SPOLEK"}, {" o s", "SPOLEK"},
	{" pobocny spolek", "POB-SPOLEK"}, {" p s", "POB-SPOLEK"}, {" zapsany ustav", "USTAV"}, {" z u", "USTAV"},
	{" akciova spolecnost", "AS"}, {" a s", "AS"}, {" prispevkova organizace", "PO"}, {" p o", "PO"},
}

// Words before the name of a municipality and of a part of a city.
var (
	municipalityWords = [...]string{"statutarni mesto ", "hlavni mesto ", "hl m ", "mesto ", "mestys ", "obec "}
	cityPartWords     = [...]string{"mestska cast ", "mestsky obvod ", "mc ", "mo "}
)

// NameKey is the form in which names of organisations are compared: folded,
// without punctuation, without the legal form, which comes apart as its code
// ("" when the name has none). "Sdružení pro integraci a migraci, o. p. s." and
// "SDRUŽENÍ PRO INTEGRACI A MIGRACI" have one base. All names of a municipality
// are one: "Statutární město Brno" and "město Brno".
func NameKey(name string) (base, form string) {
	base = columnKey(clean(name))
	for _, f := range legalForms {
		if rest, ok := strings.CutSuffix(base, f[0]); ok {
			return rest, f[1]
		}
	}
	if rest, ok := cutWords(base, municipalityWords[:]); ok {
		return "obec " + rest, ""
	}
	if rest, ok := cutWords(base, cityPartWords[:]); ok {
		return "mc " + rest, ""
	}
	if strings.HasPrefix(base, "ministerstvo ") {
		return ofThisCountry(base), ""
	}
	return base, ""
}

// cutWords cuts the first of some words off the beginning of a name.
func cutWords(base string, words []string) (rest string, ok bool) {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(base, w); ok {
			return rest, true
		}
	}
	return base, false
}

// ofThisCountry cuts the name of the country off the end of the name of a
// ministry, if anything else is left of it.
func ofThisCountry(base string) string {
	for _, country := range [...]string{" cr", " ceske republiky"} {
		if rest, ok := strings.CutSuffix(base, country); ok && len(rest) > len("ministerstvo ") {
			return rest
		}
	}
	return base
}

// describe fills in what the name itself, of which base and form are the key,
// says of an organisation: the legal form, and the type where it is a public
// body by its very name.
func (e Env) describe(n NamedActor, base, form string) NamedActor {
	if n.LegalForm == "" {
		n.LegalForm = form
	}
	switch {
	case strings.HasPrefix(base, "obec "):
		n.Type, n.LegalForm = "OBEC", "OBEC"
		n.Namesakes = e.namesakes(strings.TrimPrefix(base, "obec "))
	case strings.HasPrefix(base, "mc "):
		n.Type, n.LegalForm = "MC", "MC"
	case strings.HasPrefix(base, "ministerstvo ") && !strings.Contains(base, " odbor "):
		n.Type, n.LegalForm = "MIN", "OSS"
	case strings.HasSuffix(base, " kraj") && form == "" && e.isRegion(n.Name):
		n.Type, n.LegalForm = "KRAJ", "KRAJ"
	}
	if n.LegalForm != "" && n.Country == "" {
		n.Country = "CZ" // these forms and bodies are of Czech law
	}
	return n
}

// bracketed parts off what stands in brackets at the end: "Riskmonitor
// foundation (BG)".
var bracketed = regexp.MustCompile(`^(.+?)\s*\(([^()]*)\)$`)

// splitNames parts a cell that names several organisations. Semicolons part
// them; commas do not, because names have them.
func splitNames(cell string) []string {
	var out []string
	for _, s := range strings.Split(cell, ";") {
		s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '…' })
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
