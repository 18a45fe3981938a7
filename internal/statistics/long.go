package statistics

import (
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/importer"
)

// LongColumns are the columns of the table of own data, in the order of the
// template. Only the date, the territory and the value have to be there.
func LongColumns() []string {
	return []string{"zdroj", "datum", "uzemi_kod", "uzemi_uroven", "ukazatel", "stobcan_kod", "pohlavi_kod",
		"vek_od", "vek_do", "typ_pobytu", "hodnota", "poznamka"}
}

// long reads the table of own data: one number on each row.
type long struct {
	r                                                                                                    *Reading
	codes                                                                                                *codes
	source, date, territory, level, indicator, citizenship, sex, from, to, residence, value, note, since column
	said                                                                                                 string // the source of the first row
	found                                                                                                map[[2]string]nameFound
}

func newLong(f *File, r *Reading) *long {
	h := f.head()
	return &long{
		r: r, codes: newCodes(r.env.Lists), found: map[[2]string]nameFound{},
		source: columnOf(h, "zdroj", "source"), date: columnOf(h, "datum", "date", "rok"),
		territory: columnOf(h, "uzemi kod", "uzemi", "territory"), level: columnOf(h, "uzemi uroven", "uroven", "level"),
		indicator: columnOf(h, "ukazatel", "indicator"), citizenship: columnOf(h, "stobcan kod", "obcanstvi", "citizenship"),
		sex: columnOf(h, "pohlavi kod", "pohlavi", "sex"), from: columnOf(h, "vek od", "age from"), to: columnOf(h, "vek do", "age to"),
		residence: columnOf(h, "typ pobytu", "pobyt", "residence"), value: columnOf(h, "hodnota", "value"), note: columnOf(h, "poznamka", "note"),
		since: columnOf(h, "uzemi platne od", "uzemi verze", "platnost uzemi od", "territory since"),
	}
}

func (l *long) row(row importer.Row) error {
	p := part{kind: partOwn, row: row.Number, note: l.note.in(row.Cells)}
	const longestNote = 500
	if letters := []rune(p.note); len(letters) > longestNote {
		p.note = string(letters[:longestNote])
	}
	var f atlas.Figure
	for _, wrong := range []*atlas.RowProblem{
		l.readSource(row), l.readDate(row, &p), l.readTerritory(row, &p), l.readSince(row, &p), l.readCategory(row, &f.Category), l.readValue(row, &f),
	} {
		if wrong != nil {
			l.r.refuse(*wrong)
			return nil
		}
	}
	p.figures = []atlas.Figure{f}
	return l.r.take(&p)
}

// readSource demands one source and the indicator of the data set: numbers of two
// are never put into one series.
func (l *long) readSource(row importer.Row) *atlas.RowProblem {
	d := &l.r.env.Dataset
	if text := l.source.in(row.Cells); text != "" {
		if l.said == "" {
			l.said = text
		}
		if text != l.said {
			return at(row, l.source, "source", "expected", l.said)
		}
	}
	if text := l.indicator.in(row.Cells); text != "" && !sameWords(text, d.Indicator) && !sameWords(text, d.Code) && !sameWords(text, d.IndicatorEn) {
		return at(row, l.indicator, "indicator", "expected", d.Indicator)
	}
	return nil
}

func sameWords(a, b string) bool { return plain(a) == plain(b) }

func (l *long) readDate(row importer.Row, p *part) *atlas.RowProblem {
	text := l.date.in(row.Cells)
	d, ok := parseDate(text)
	switch {
	case text == "":
		return at(row, l.date, "no_date")
	case !ok:
		return at(row, l.date, "date")
	}
	if why := l.r.checkDate(d); why != "" {
		return at(row, l.date, why, "today", l.r.env.Today.String())
	}
	p.date = d
	return nil
}

func (l *long) readTerritory(row importer.Row, p *part) *atlas.RowProblem {
	code, level := l.territory.in(row.Cells), strings.ToLower(l.level.in(row.Cells))
	if withoutAddress(code) && code != "" || strings.EqualFold(code, atlas.NoAddress) {
		p.territory = atlas.NoAddress
		return nil
	}
	if code == "" {
		return at(row, l.territory, "no_territory")
	}
	key := [2]string{code, level}
	found, ok := l.found[key]
	if !ok {
		found = placeOf(&l.r.env, code, level)
		if len(l.found) < rememberedMost {
			l.found[key] = found
		}
	}
	if found.why == "territory_level" {
		return at(row, l.level, found.why, "level", level)
	}
	if found.why != "" {
		return at(row, l.territory, found.why, "candidates", found.candidates)
	}
	p.territory = found.Code
	return l.r.checkTerritory(row.Number, l.territory.name, code, found.Territory, p.date)
}

// readSince reads since when the territory has had the extent that the number is
// about, where the table tells it.
func (l *long) readSince(row importer.Row, p *part) *atlas.RowProblem {
	text := l.since.in(row.Cells)
	if text == "" {
		return nil
	}
	d, ok := parseDate(text)
	switch {
	case !ok:
		return at(row, l.since, "date")
	case d.First().Compare(p.date.Last()) > 0:
		return at(row, l.since, "version_later", "date", p.date.String())
	}
	p.since = d.String()
	return nil
}

// levelNames are what people call levels.
var levelNames = map[string]atlas.Level{
	"stat": atlas.LevelCountry, "cr": atlas.LevelCountry, "country": atlas.LevelCountry,
	"kraj": atlas.LevelRegion, "region": atlas.LevelRegion, "okres": atlas.LevelDistrict, "district": atlas.LevelDistrict,
	"orp": atlas.LevelORP, "so orp": atlas.LevelORP, "obec": atlas.LevelMunicipality, "municipality": atlas.LevelMunicipality,
	"mc": atlas.LevelCityDistrict, "mestska cast": atlas.LevelCityDistrict, "city district": atlas.LevelCityDistrict,
}

// placeOf finds a territory by a code of any system or by its name, at a level
// where one is said.
func placeOf(env *Env, text, level string) nameFound {
	if level != "" {
		at, ok := levelNames[czech.Fold(level)]
		if !ok {
			return nameFound{why: "territory_level"}
		}
		if t, ok := env.Places.ByCodeAt(at, text); ok {
			return nameFound{Territory: t}
		}
		var named []atlas.Territory
		for _, t := range env.Places.Find(text, "") {
			if t.Level == at {
				named = append(named, t)
			}
		}
		return oneOf(env, named)
	}
	if t, ok := env.Places.ByAnyCode(text); ok {
		return nameFound{Territory: t}
	}
	return oneOf(env, env.Places.Find(text, ""))
}

func oneOf(env *Env, all []atlas.Territory) nameFound {
	switch len(all) {
	case 0:
		return nameFound{why: "territory"}
	case 1:
		return nameFound{Territory: all[0]}
	}
	var names []string
	for _, t := range all[:min(len(all), 12)] {
		names = append(names, env.Places.Label(t.Code)+" "+t.Code)
	}
	return nameFound{why: "name_ambiguous", candidates: strings.Join(names, ", ")}
}

func (l *long) readCategory(row importer.Row, to *atlas.Category) *atlas.RowProblem {
	var ok bool
	if to.Citizenship, ok = l.codes.citizenship(l.citizenship.in(row.Cells)); !ok {
		return at(row, l.citizenship, "citizenship")
	}
	if to.Sex, ok = sex(l.sex.in(row.Cells)); !ok {
		return at(row, l.sex, "sex")
	}
	if to.Residence, ok = l.codes.residence(l.residence.in(row.Cells)); !ok {
		return at(row, l.residence, "residence")
	}
	if to.Age, ok = agesFromTo(l.from.in(row.Cells), l.to.in(row.Cells)); !ok {
		column := l.from
		if column.in(row.Cells) == "" {
			column = l.to
		}
		return at(row, column, "age")
	}
	return nil
}

// agesFromTo reads two ages, both included; the first alone has no end, the
// second alone begins with 0.
func agesFromTo(from, to string) (atlas.Ages, bool) {
	if from == "" && to == "" {
		return atlas.Ages{}, true
	}
	low, high := 0, -1
	var err, err2 error
	if from != "" {
		low, err = strconv.Atoi(from)
	}
	if to != "" {
		high, err2 = strconv.Atoi(to)
	}
	if err != nil || err2 != nil || low < 0 || low > 149 || to != "" && (high < low || high > 149) {
		return atlas.Ages{}, false
	}
	return atlas.AgesBetween(low, high), true
}

func (l *long) readValue(row importer.Row, f *atlas.Figure) *atlas.RowProblem {
	figure, why := figureOf(l.value.in(row.Cells), &l.r.env.Dataset)
	if why != "" {
		return at(row, l.value, why, "decimals", l.r.env.Dataset.Decimals)
	}
	f.Value, f.State = figure.Value, figure.State
	return nil
}
