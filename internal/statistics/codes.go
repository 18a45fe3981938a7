package statistics

import (
	"regexp"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"

	"golang.org/x/text/language"
)

// codes understands codes of categories. What it found it remembers, as files
// repeat a few codes a million times.
type codes struct {
	lists *atlas.Lists
	known map[string]string // citizenships by what stands in the cell
	ages  map[[2]string]agesFound
}

type agesFound struct {
	ages atlas.Ages
	why  string // key of the problem; "" when they were understood
}

func newCodes(lists *atlas.Lists) *codes {
	return &codes{lists: lists, known: map[string]string{}, ages: map[[2]string]agesFound{}}
}

// rememberedMost bounds what is remembered of one file.
const rememberedMost = 20_000

// ofCSU are the codes of ČSÚ that are of no country, and all together.
var ofCSU = map[string]string{"": "", "0": "", "95": atlas.CitizenshipKosovo, "900": atlas.CitizenshipStateless, "9999": atlas.CitizenshipUnknown}

// citizenship reads a numeric code of ISO 3166, with or without zeros before it,
// an alphabetic one, or one of ČSÚ; "" is all together.
func (c *codes) citizenship(text string) (string, bool) {
	if found, ok := c.known[text]; ok {
		return found, true
	}
	found, ok := c.country(text)
	if ok && len(c.known) < rememberedMost {
		c.known[text] = found
	}
	return found, ok
}

func (c *codes) country(text string) (string, bool) {
	code := strings.ToUpper(strings.TrimSpace(text))
	if n, err := strconv.Atoi(code); err == nil {
		code = strconv.Itoa(n)
	}
	if special, ok := ofCSU[code]; ok {
		return special, true
	}
	switch code {
	case "CELKEM", "TOTAL":
		return "", true
	case atlas.CitizenshipKosovo, atlas.CitizenshipStateless, atlas.CitizenshipUnknown:
		return code, true
	}
	if n, err := strconv.Atoi(code); err == nil {
		region, err := language.EncodeM49(n)
		if err != nil || !region.IsCountry() {
			return "", false
		}
		code = region.String()
	}
	return code, c.lists.Has(atlas.ListCountry, code)
}

// sex reads a code of ČSÚ (1 men, 2 women), ours, or a word; "" is all together.
func sex(text string) (string, bool) {
	switch czech.Fold(strings.TrimSpace(text)) {
	case "", "0", "celkem", "t", "total", "obe pohlavi":
		return "", true
	case "1", "m", "muz", "muzi", "men", "male":
		return atlas.SexMen, true
	case "2", "z", "zena", "zeny", "f", "w", "women", "female":
		return atlas.SexWomen, true
	case "x", "9", "nezjisteno", "neuvedeno", "unknown":
		return atlas.SexUnknown, true
	}
	return "", false
}

// residence reads a type of residence (CL-04) or a group of them.
func (c *codes) residence(text string) (string, bool) {
	code := strings.ToUpper(strings.TrimSpace(text))
	if code == "" || code == "CELKEM" {
		return "", true
	}
	return code, c.lists.Has(atlas.ListResidence, code) || c.lists.Has(residenceGroups, code)
}

// residenceGroups is the list of groups of types of residence.
const residenceGroups = "CL-04-SK"

// age reads ages by their code of ČSÚ and by their words; both blank is all
// together. Where both are there, they have to say the same.
func (c *codes) age(code, words string) (atlas.Ages, string) {
	key := [2]string{code, words}
	if found, ok := c.ages[key]; ok {
		return found.ages, found.why
	}
	var f agesFound
	byCode, ok := agesOfCode(code)
	byWords, told := agesOfWords(words)
	switch {
	case ok && told && byCode != byWords && words != "":
		f.why = "age_differs"
	case ok:
		f.ages = byCode
	case told && words != "":
		f.ages = byWords
	default:
		f.why = "age"
	}
	if len(c.ages) < rememberedMost {
		c.ages[key] = f
	}
	return f.ages, f.why
}

var codeOfAges = regexp.MustCompile(`^4[01]0(\d{3})6[01]0(\d{3})000$`)

// agesOfCode reads a code of the list 7700 of ČSÚ: 400005610010000 is 5–9, the
// upper bound being the first age that is not meant.
func agesOfCode(code string) (atlas.Ages, bool) {
	if code == "" {
		return atlas.Ages{}, true
	}
	m := codeOfAges.FindStringSubmatch(code)
	if m == nil {
		return atlas.Ages{}, false
	}
	from, _ := strconv.Atoi(m[1])
	below, _ := strconv.Atoi(m[2])
	a := atlas.Ages{From: int16(from), Below: int16(below)}
	if below >= 120 {
		a.Below = atlas.OpenAge
	}
	return a, a.Set() && a.Valid()
}

var (
	interval   = regexp.MustCompile(`^[<\[(]\s*(\d{1,3})\s*[;,]\s*(\d{1,3}|inf|∞|\+?nekonecno)\s*([)>\]])$`)
	fromTo     = regexp.MustCompile(`^(\d{1,3})\s*(?:[-–]|az|let az|to)\s*(\d{1,3})(?:\s*let)?$`)
	openEnd    = regexp.MustCompile(`^(\d{1,3})\s*(?:\+|let a vice|a vice let|a vice|a starsi|and more|and over)$`)
	wholeYears = regexp.MustCompile(`^(\d{1,3})(?:\s*(?:rok|roky|let))?$`)
)

// agesOfWords reads ages as people write them: "<0; 5)", "5–9", "0 až 4", "65 a
// více", "celkem".
func agesOfWords(text string) (atlas.Ages, bool) {
	s := czech.Fold(strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " ")))
	if s == "" || s == "celkem" || s == "total" {
		return atlas.Ages{}, true
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	var a atlas.Ages
	if m := interval.FindStringSubmatch(s); m != nil {
		below := number(m[2])
		if m[3] != ")" {
			below++
		}
		if a = (atlas.Ages{From: int16(number(m[1])), Below: int16(below)}); number(m[2]) == 0 || below >= 120 {
			a.Below = atlas.OpenAge
		}
	} else if m := fromTo.FindStringSubmatch(s); m != nil {
		a = atlas.AgesBetween(number(m[1]), number(m[2]))
	} else if m := openEnd.FindStringSubmatch(s); m != nil {
		a = atlas.AgesBetween(number(m[1]), -1)
	} else if m := wholeYears.FindStringSubmatch(s); m != nil {
		a = atlas.AgesBetween(number(m[1]), number(m[1]))
	}
	return a, a.Set() && a.Valid()
}
