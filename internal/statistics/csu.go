package statistics

import (
	"strconv"

	"atlas"
	"atlas/internal/importer"
)

// csu reads the sets of ČSÚ 290038 (foreigners) and 130149 (inhabitants of
// municipalities): one number on each row, a blank code meaning all together.
// Totals and parts are kept apart as they are told; nothing is added up.
type csu struct {
	r     *Reading
	codes *codes
	value, year, day, indicator, sex, sexWords,
	citizenship, age, ageWords, level, territory, name column
	stapro    string // the indicator of the file
	found     map[[2]string]csuPlace
	foreigner bool
}

type csuPlace struct {
	atlas.Territory
	why string
}

func newCSU(f *File, r *Reading) *csu {
	h := f.head()
	return &csu{
		r: r, codes: newCodes(r.env.Lists), found: map[[2]string]csuPlace{}, foreigner: f.Layout == LayoutForeigners,
		value: columnOf(h, "hodnota"), year: columnOf(h, "rok"), day: columnOf(h, "casref do"), indicator: columnOf(h, "stapro kod"),
		sex: columnOf(h, "pohlavi kod"), sexWords: columnOf(h, "pohlavi txt"), citizenship: columnOf(h, "stobcan kod"),
		age: columnOf(h, "vek kod"), ageWords: columnOf(h, "vek txt"),
		level: columnOf(h, "vuzemi cis"), territory: columnOf(h, "vuzemi kod", "uzemi kod"), name: columnOf(h, "vuzemi txt"),
	}
}

// populationIndicator is the number of inhabitants among the indicators of ČSÚ.
const populationIndicator = "2406"

func (c *csu) row(row importer.Row) error {
	p := part{kind: partOwn, row: row.Number}
	var f atlas.Figure
	for _, wrong := range []*atlas.RowProblem{
		c.readIndicator(row), c.readDate(row, &p), c.readTerritory(row, &p), c.readCategory(row, &f.Category), c.readValue(row, &f),
	} {
		if wrong != nil {
			c.r.refuse(*wrong)
			return nil
		}
	}
	if t, ok := c.r.env.Places.Get(p.territory); ok && impossible(&c.r.env.Dataset, t, f) {
		c.r.refuse(problem(row.Number, c.value.name, c.value.in(row.Cells), "impossible", "name", label(&c.r.env, t.Code), "population", t.Population))
		return nil
	}
	p.figures = []atlas.Figure{f}
	return c.r.take(&p)
}

func at(row importer.Row, c column, key string, args ...any) *atlas.RowProblem {
	p := problem(row.Number, c.name, c.in(row.Cells), key, args...)
	return &p
}

// readIndicator demands that all rows are of one indicator: that of the data set,
// where its number is known, or else that of the first row.
func (c *csu) readIndicator(row importer.Row) *atlas.RowProblem {
	code := c.indicator.in(row.Cells)
	if c.stapro == "" {
		c.stapro = code
		if !c.foreigner && code != "" {
			c.stapro = populationIndicator
		}
	}
	if code != c.stapro {
		return at(row, c.indicator, "indicator", "expected", c.stapro)
	}
	return nil
}

func (c *csu) readDate(row importer.Row, p *part) *atlas.RowProblem {
	column := c.year
	if d, ok := parseDate(c.day.in(row.Cells)); ok {
		column, p.date = c.day, d
	} else if c.day.in(row.Cells) != "" {
		return at(row, c.day, "date")
	}
	if text := c.year.in(row.Cells); text != "" {
		year, err := strconv.Atoi(text)
		switch {
		case err != nil, year < 1850, year > 2200, p.date.Known() && p.date.Year != year:
			return at(row, c.year, "date")
		case !p.date.Known():
			p.date = atlas.Date{Year: year, Month: 12, Day: 31} // the state at the end of the year
		}
	}
	if !p.date.Known() {
		return at(row, column, "no_date")
	}
	if why := c.r.checkDate(p.date); why != "" {
		return at(row, column, why, "today", c.r.env.Today.String())
	}
	return nil
}

// levels are the lists of territories of ČSÚ.
var levels = map[string]atlas.Level{
	"97": atlas.LevelCountry, "100": atlas.LevelRegion, "101": atlas.LevelDistrict, "109": atlas.LevelDistrict,
	"65": atlas.LevelORP, "43": atlas.LevelMunicipality, "44": atlas.LevelCityDistrict,
}

// countryOfCSU is the state among the territories of ČSÚ; the same number is
// Praha for RÚIAN.
const countryOfCSU = "19"

func (c *csu) readTerritory(row importer.Row, p *part) *atlas.RowProblem {
	list, code := c.level.in(row.Cells), c.territory.in(row.Cells)
	found, ok := c.found[[2]string{list, code}]
	if !ok {
		found.Territory, found.why = c.place(list, code)
		if len(c.found) < rememberedMost {
			c.found[[2]string{list, code}] = found
		}
	}
	switch {
	case found.why == "territory_level":
		return at(row, c.level, found.why, "level", list)
	case found.why != "":
		return at(row, c.territory, found.why)
	}
	p.territory = found.Code
	return c.r.checkTerritory(row.Number, c.territory.name, code, found.Territory, p.date)
}

// place finds a territory by its number, which is unique in its list only: Praha
// is the kraj 3018 and the okres 40924, both within one border and never added
// together.
func (c *csu) place(list, code string) (atlas.Territory, string) {
	places := c.r.env.Places
	if code == countryOfCSU && (list == "97" || list == "") || code == "" && (list == "" || list == "97") {
		if t, ok := places.Get("CZ"); ok {
			return t, ""
		}
	}
	if code == "" {
		return atlas.Territory{}, "no_territory"
	}
	if level, ok := levels[list]; ok {
		if t, ok := places.ByCodeAt(level, code); ok {
			return t, ""
		}
		return atlas.Territory{}, "territory"
	}
	if list != "" {
		return atlas.Territory{}, "territory_level"
	}
	order := []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelMunicipality}
	for _, level := range order {
		if t, ok := places.ByCodeAt(level, code); ok {
			return t, ""
		}
	}
	return atlas.Territory{}, "territory"
}

func (c *csu) readCategory(row importer.Row, to *atlas.Category) *atlas.RowProblem {
	var ok bool
	if to.Citizenship, ok = c.codes.citizenship(c.citizenship.in(row.Cells)); !ok {
		return at(row, c.citizenship, "citizenship")
	}
	if to.Sex, ok = sex(c.sex.in(row.Cells)); !ok {
		return at(row, c.sex, "sex")
	}
	words := c.ageWords.in(row.Cells)
	if c.age.in(row.Cells) == "" && c.age.there() {
		words = "" // a blank code is all ages, whatever the words
	}
	ages, why := c.codes.age(c.age.in(row.Cells), words)
	if why != "" {
		return at(row, c.age, why, "text", words)
	}
	to.Age = ages
	return nil
}

func (c *csu) readValue(row importer.Row, f *atlas.Figure) *atlas.RowProblem {
	figure, why := figureOf(c.value.in(row.Cells), &c.r.env.Dataset)
	if why != "" {
		return at(row, c.value, why, "decimals", c.r.env.Dataset.Decimals)
	}
	f.Value, f.State = figure.Value, figure.State
	return nil
}
