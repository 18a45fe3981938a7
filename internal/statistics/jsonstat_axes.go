package statistics

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/importer"
)

// axis is a dimension with what each of its categories means.
type axis struct {
	id     string
	means  []meaning
	all    bool
	chosen []bool // categories of the data set, where not all are
}

// meaning of a category of a dimension: what it sets, or why it means nothing.
type meaning struct {
	code string
	why  string
	more []any // arguments of the problem
	set  func(*part, *atlas.Category)
}

func (a *axis) apply(at int, p *part, c *atlas.Category) *atlas.RowProblem {
	m := a.means[at]
	if m.why != "" {
		wrong := problem(0, a.id, m.code, m.why, m.more...)
		return &wrong
	}
	m.set(p, c)
	return nil
}

// axes says what each dimension is: by its role, else by its name.
func (c *cube) axes(r *Reading) ([]axis, error) {
	known := newCodes(r.env.Lists)
	out := make([]axis, len(c.ID))
	dated, placed := false, false
	for i, id := range c.ID {
		d := c.Dimension[id]
		codes, _ := d.codes() // checked when the file was opened
		a := axis{id: id, all: true}
		kind := c.kind(id)
		dated, placed = dated || kind == "time", placed || kind == "geo"
		if kind == "metric" {
			if err := c.choose(&a, r, d, codes); err != nil {
				return nil, err
			}
		}
		for _, code := range codes {
			m, ok := mean(r, known, kind, code, d.Category.Label[code])
			if !ok && len(codes) > 1 {
				return nil, &importer.FileError{Key: ErrorDimension, Args: map[string]any{"file": c.name, "dimension": first(d.Label, id)}}
			}
			a.means = append(a.means, m)
		}
		out[i] = a
	}
	if !dated || !placed {
		missing := "time"
		if dated {
			missing = "geo"
		}
		return nil, &importer.FileError{Key: ErrorColumns, Args: map[string]any{"file": c.name, "columns": missing}}
	}
	return out, nil
}

var kindsByName = []struct {
	kind string
	name *regexp.Regexp
}{
	{"metric", regexp.MustCompile(`^(indicatortype|ukazatel|indicator|stapro|metric)`)},
	{"time", regexp.MustCompile(`^(casr|cas|rok|time|year|obdobi|casref)`)},
	{"geo", regexp.MustCompile(`^(uz\d|uzemi|vuzemi|geo|territory)`)},
	{"sex", regexp.MustCompile(`^(pohl|sex|poh)`)},
	{"age", regexp.MustCompile(`^(vek|age)`)},
	{"citizenship", regexp.MustCompile(`^(stobcan|statobc|citizen|obcan)`)},
	{"residence", regexp.MustCompile(`^(typpobyt|pobyt|residence)`)},
}

// kind is what a dimension is.
func (c *cube) kind(id string) string {
	for _, role := range []string{"time", "geo", "metric"} {
		if slices.Contains(c.Role[role], id) {
			return role
		}
	}
	name := strings.ReplaceAll(plain(id), " ", "")
	label := strings.ReplaceAll(plain(c.Dimension[id].Label), " ", "")
	for _, k := range kindsByName {
		if k.name.MatchString(name) || k.name.MatchString(label) {
			return k.kind
		}
	}
	return ""
}

// choose leaves of several indicators the one that is asked for.
func (c *cube) choose(a *axis, r *Reading, d dimension, codes []string) error {
	if len(codes) == 1 {
		return nil
	}
	a.all, a.chosen = false, make([]bool, len(codes))
	var names []string
	found := false
	for i, code := range codes {
		label := d.Category.Label[code]
		names = append(names, code+" "+label)
		want := r.env.Indicator
		if want == code || want == "" && sameWords(label, r.env.Dataset.Indicator) {
			a.chosen[i], found = true, true
		}
	}
	if !found {
		return &importer.FileError{Key: ErrorIndicator, Args: map[string]any{"file": c.name, "indicators": strings.Join(names[:min(len(names), 8)], "; ")}}
	}
	return nil
}

// mean says what a category sets; false where its dimension is of no known kind.
func mean(r *Reading, known *codes, kind, code, label string) (meaning, bool) {
	m := meaning{code: first(label, code), set: func(*part, *atlas.Category) {}}
	ok := true
	switch kind {
	case "metric":
	case "time":
		d, good := dateOfCode(code)
		if m.set = func(p *part, _ *atlas.Category) { p.date = d }; !good {
			m.why = "date"
		}
	case "geo":
		found := placeOf(&r.env, code, "")
		if found.why != "" {
			found = placeOfCSU(&r.env, code, label)
		}
		m.set = func(p *part, _ *atlas.Category) { p.territory = found.Code }
		m.why, m.more = found.why, []any{"candidates", found.candidates}
	case "sex":
		s, good := sex(code)
		if !good {
			s, good = sex(label)
		}
		if m.set = func(_ *part, c *atlas.Category) { c.Sex = s }; !good {
			m.why = "sex"
		}
	case "age":
		ages, why := known.age(code, label)
		if why == "age" {
			ages, why = known.age("", label)
		}
		m.set, m.why = func(_ *part, c *atlas.Category) { c.Age = ages }, why
	case "citizenship":
		country, good := known.citizenship(code)
		if m.set = func(_ *part, c *atlas.Category) { c.Citizenship = country }; !good {
			m.why = "citizenship"
		}
	case "residence":
		residence, good := known.residence(code)
		if m.set = func(_ *part, c *atlas.Category) { c.Residence = residence }; !good {
			m.why = "residence"
		}
	default:
		ok = false
	}
	return m, ok
}

// placeOfCSU finds a territory by a number that means several, with the help of
// its name.
func placeOfCSU(env *Env, code, name string) nameFound {
	if code == countryOfCSU || strings.EqualFold(code, "CZ") {
		if t, ok := env.Places.Get("CZ"); ok {
			return nameFound{Territory: t}
		}
	}
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelMunicipality} {
		if t, ok := env.Places.ByCodeAt(level, code); ok && (name == "" || strings.Contains(plain(name), plain(t.Name)) || strings.Contains(plain(t.Name), plain(name))) {
			return nameFound{Territory: t}
		}
	}
	return nameFound{why: "territory"}
}

var (
	yearMonth   = regexp.MustCompile(`^(\d{4})[-_]?M(\d{1,2})$`)
	yearQuarter = regexp.MustCompile(`^(\d{4})[-_]?Q([1-4])$`)
)

// dateOfCode reads 2023, 2023-12-31, 2023M05 and 2023Q1, whose date is its last
// month.
func dateOfCode(code string) (atlas.Date, bool) {
	if m := yearMonth.FindStringSubmatch(code); m != nil {
		return monthOf(m[1], m[2], 1)
	}
	if m := yearQuarter.FindStringSubmatch(code); m != nil {
		return monthOf(m[1], m[2], 3)
	}
	return parseDate(code)
}

func monthOf(year, n string, months int) (atlas.Date, bool) {
	y, _ := strconv.Atoi(year)
	k, _ := strconv.Atoi(n)
	d := atlas.Date{Year: y, Month: k * months}
	return d, d.Month > 0 && d.Valid()
}
