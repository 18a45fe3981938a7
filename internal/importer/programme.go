package importer

import (
	"regexp"
	"strings"

	"atlas"
)

// donor is a funder as a cell names it.
type donor struct {
	text       string
	kind       string // CL-06; "" when the name does not say
	noActor    bool   // a budget or a union and not an organisation that gives
	programme  string // a programme named beside it
	inBrackets string
}

// readDonors parts a cell of funders.
func readDonors(cell string) []donor {
	var out []donor
	for _, text := range splitNames(cell) {
		d := donor{text: text}
		if m := bracketed.FindStringSubmatch(text); m != nil {
			d.text, d.inBrackets = m[1], m[2]
		}
		if name, rest, ok := strings.Cut(d.text, ","); ok && programmeOf(rest, 0) != "" {
			d.text, d.programme = strings.TrimSpace(name), strings.TrimSpace(rest)
		}
		d.kind, d.noActor = donorKind(d.text)
		out = append(out, d)
	}
	return out
}

// ministryShort are ministries by their usual abbreviations.
var ministryShort = regexp.MustCompile(`^(mv|mpsv|msmt|mmr|mk|mz)( cr)?$`)

// donorKind says the type of a funder where its name leaves no doubt.
func donorKind(name string) (kind string, noActor bool) {
	key := columnKey(name)
	base, _ := NameKey(name)
	switch {
	case key == "statni rozpocet" || key == "statni rozpocet cr":
		return "STA", true
	case key == "evropska unie" || key == "eu":
		return "", true
	case key == "evropsky socialni fond" || key == "esf":
		return "EU-S", false
	case strings.HasPrefix(base, "ministerstvo "), ministryShort.MatchString(key):
		return "STA", false
	case strings.HasSuffix(base, " kraj"):
		return "KRA", false
	case strings.HasPrefix(base, "obec "), strings.HasPrefix(base, "mc "), key == "hmp", key == "mhmp":
		return "OBC", false
	case key == "unhcr", key == "unicef", key == "iom":
		return "MEZ", false
	case strings.HasPrefix(key, "nadace "), strings.HasPrefix(key, "nadacni fond "):
		return "NAD", false
	}
	return "", false
}

// programmeWords are words by which lists call a programme of CL-07, folded;
// longer ones come first, so that "OP Zaměstnanost plus" is not taken for "OP
// Zaměstnanost".
var programmeWords = [...][2]string{
	{" operacni program zamestnanost plus ", "OPZP"}, {" op zamestnanost plus ", "OPZP"}, {" opz plus ", "OPZP"},
	{" operacni program lidske zdroje a zamestnanost ", "OPLZZ"}, {" op lidske zdroje a zamestnanost ", "OPLZZ"}, {" op lzz ", "OPLZZ"}, {" oplzz ", "OPLZZ"},
	{" operacni program zamestnanost ", "OPZ"}, {" op zamestnanost ", "OPZ"}, {" opz ", "OPZ"},
	{" operacni program praha adaptabilita ", "OPPA"}, {" op praha adaptabilita ", "OPPA"}, {" oppa ", "OPPA"},
	{" operacni program praha pol rustu ", "OPPPR"}, {" op praha pol rustu ", "OPPPR"},
	{" operacni program vzdelavani pro konkurenceschopnost ", "OPVK"}, {" op vzdelavani pro konkurenceschopnost ", "OPVK"}, {" opvk ", "OPVK"},
	{" evropsky integracni fond ", "EIF"}, {" evropsky uprchlicky fond ", "ERF"},
	{" projekty obci na podporu integrace cizincu ", "MV-OBCE"}, {" projekt obce na podporu integrace cizincu ", "MV-OBCE"},
	{" projekty obci na podporu integrace drzitelu docasne ochrany ", "MV-OBCE-DO"}, {" projekt obce na podporu integrace drzitelu docasne ochrany ", "MV-OBCE-DO"},
	{" erasmus ", "ERASMUS"},
}

var yearInText = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// programmeOf finds the programme (CL-07) that a text names; "" when none is
// named. AMIF runs under one name in two periods, so the year decides; 0 is not
// known.
func programmeOf(text string, year int) string {
	if text == "" {
		return ""
	}
	key := " " + columnKey(text+plusWord(text)) + " "
	for _, w := range programmeWords {
		if strings.Contains(key, w[0]) {
			return w[1]
		}
	}
	if strings.Contains(key, " amif ") || strings.Contains(key, " azylovy migracni a integracni fond ") {
		switch {
		case year >= 2014 && year <= 2020:
			return "AMIF14"
		case year >= 2023 && year <= 2027: // in 2021 and 2022 both ran
			return "AMIF21"
		}
	}
	return ""
}

// plusWord spells out the sign in "OPZ+".
func plusWord(text string) string {
	if strings.Contains(text, "OPZ+") || strings.Contains(text, "Zaměstnanost+") {
		return " opz plus"
	}
	return ""
}

// inForce says whether a programme of CL-07 ran in a year; unknown years and
// programmes without dates pass.
func (e Env) inForce(programme string, year int) bool {
	it, ok := e.Lists.Item(atlas.ListProgramme, programme)
	if !ok {
		return false
	}
	return year == 0 || (!it.ValidFrom.Known() || it.ValidFrom.Year <= year) && (!it.ValidTo.Known() || year <= it.ValidTo.Year+3)
}

var callNumber = regexp.MustCompile(`(?i)výzva\s+(?:č\.\s*)?([0-9][0-9/_.-]*)`)

// callOf finds the number of a call in words: "výzva 124".
func callOf(text string) string {
	if m := callNumber.FindStringSubmatch(text); m != nil {
		return strings.TrimRight(m[1], "./-_")
	}
	return ""
}
