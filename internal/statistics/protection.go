package statistics

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/importer"
)

// band is a column with the number of people of one sex and age.
type band struct {
	column
	category atlas.Category
	until    int // of "do 15"; 0 = the last one, without an end
}

var untilAge = regexp.MustCompile(`(?:^| )(?:do|pod|under) ?(\d{1,2})(?: |$)`)

// bandsOf finds the columns of sexes and ages, however they are called: "m_do_3",
// "do 3 let – ženy", "x sen". Each age goes from the end of the one before it.
func bandsOf(h head) []band {
	var out []band
	for i, key := range h.keys {
		b := band{column: column{i, h.names[i]}}
		name := plain(key)
		for _, w := range strings.Fields(name) {
			if s, ok := sex(w); ok && s != "" && strings.Trim(w, "0123456789") != "" {
				b.category.Sex = s
			}
		}
		m := untilAge.FindStringSubmatch(name)
		switch {
		case b.category.Sex == "":
			continue
		case m != nil:
			b.until, _ = strconv.Atoi(m[1])
		case !strings.Contains(name, "sen") && !strings.Contains(name, "65") && !strings.Contains(name, "starsi"):
			continue
		}
		out = append(out, b)
	}
	var ends []int
	for _, b := range out {
		if b.until > 0 {
			ends = append(ends, b.until)
		}
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	for i := range out {
		b := &out[i]
		from := 0
		if b.until == 0 && len(ends) > 0 {
			from = ends[len(ends)-1]
		} else if at := slices.Index(ends, b.until); at > 0 {
			from = ends[at-1]
		}
		b.category.Age = atlas.AgesBetween(from, b.until-1)
	}
	slices.SortFunc(out, func(x, y band) int { return cmp.Or(x.category.Compare(y.category), cmp.Compare(x.at, y.at)) })
	return slices.CompactFunc(out, func(x, y band) bool { return x.category == y.category })
}

func protectionTotal(h head) column {
	return columnOf(h, "celkem", "celkovy pocet", "celkem osob", "pocet osob", "pocet", "celkovy soucet")
}

// protection reads the tables of the Ministry of the Interior: on each row the
// people of one municipality or city district by sex and age. People whose sex
// is not known are a part of the total; the row without an address stands for
// itself.
type protection struct {
	r *Reading
	date, file, district, districtCode, municipality,
	municipalityCode, okres, kraj, total column
	bands  []band
	ofName atlas.Date // what the name of the file says
	days   map[string]atlas.Date
	names  map[[2]string]nameFound
	cities map[string]bool // have districts
}

type nameFound struct {
	atlas.Territory
	why, candidates string
	cities          []string // whose district it may be
}

// newProtectionColumns finds the columns.
func newProtectionColumns(f *File) *protection {
	h := f.head()
	return &protection{
		bands: bandsOf(h), total: protectionTotal(h),
		date: columnOf(h, "datum", "stav ke dni", "ke dni", "den", "datum stavu"), file: columnOf(h, "zdrojovy soubor", "soubor"),
		district:         columnOf(h, "obec mc", "obec mestska cast", "mestska cast", "mc", "obec ci mestska cast"),
		districtCode:     columnOf(h, "mc kod", "kod mc", "kod mestske casti"),
		municipality:     columnOf(h, "obec", "nazev obce", "obec nazev", "nazev"),
		municipalityCode: columnOf(h, "obec kod", "kod obce", "kod obec", "kod obce csu", "kod"),
		okres:            columnOf(h, "okres", "okres nazev", "nazev okresu"), kraj: columnOf(h, "kraj", "nazev kraje"),
	}
}

func newProtection(f *File, r *Reading) *protection {
	p := newProtectionColumns(f)
	p.r, p.days, p.names, p.cities = r, map[string]atlas.Date{}, map[[2]string]nameFound{}, map[string]bool{}
	if day, ok := dateInName(f.Name); ok && day.Day > 0 { // a year is no day
		p.ofName = day
	}
	for _, t := range r.env.Places.All() {
		if t.Level == atlas.LevelCityDistrict {
			p.cities[t.Municipality] = true
		}
	}
	return p
}

func (p *protection) row(row importer.Row) error {
	if isTotal(p.district.in(row.Cells), p.municipality.in(row.Cells), p.kraj.in(row.Cells)) || p.isNote(row) {
		p.r.skip()
		return nil
	}
	out := part{kind: partOwn, row: row.Number}
	wrong := p.readDate(row, &out)
	var place nameFound
	if wrong == nil {
		place, wrong = p.place(row)
		out.territory = place.Code
	}
	if wrong == nil && place.Code != atlas.NoAddress {
		wrong = p.r.checkTerritory(row.Number, p.placeColumn(row).name, p.placeColumn(row).in(row.Cells), place.Territory, out.date)
	}
	if wrong == nil {
		wrong = p.readFigures(row, &out)
	}
	if wrong == nil && impossible(&p.r.env.Dataset, place.Territory, out.figures[0]) {
		wrong = at(row, p.total, "impossible", "name", label(&p.r.env, place.Code), "population", place.Population)
	}
	if wrong != nil {
		p.r.refuse(*wrong)
		return p.spoil(&out, place)
	}
	if err := p.r.take(&out); err != nil || place.Municipality == "" {
		return err
	}
	out.kind, out.district, out.territory = partCity, place.Code, place.Municipality
	return p.r.take(&out)
}

// spoil notes that the cities whose district a refused row is, or may be, cannot
// be made of their districts.
func (p *protection) spoil(out *part, place nameFound) error {
	if !out.date.Known() {
		return nil
	}
	out.kind, out.figures = partSpoil, nil
	cities := place.cities
	if place.Municipality != "" {
		cities = []string{place.Municipality}
	}
	for _, out.territory = range cities {
		if err := p.r.take(out); err != nil {
			return err
		}
	}
	return nil
}

// isTotal says whether a row sums up others.
func isTotal(names ...string) bool {
	for _, n := range names {
		switch czech.Fold(strings.TrimRight(n, " :")) {
		case "celkem", "celkovy soucet", "soucet", "celkem cr", "ceska republika", "cr celkem":
			return true
		}
	}
	return false
}

// isNote says whether a row has no number at all: a note under the table or a
// title within it.
func (p *protection) isNote(row importer.Row) bool {
	if p.total.in(row.Cells) != "" {
		return false
	}
	return !slices.ContainsFunc(p.bands, func(b band) bool { return b.in(row.Cells) != "" })
}

// readDate takes the day from its column, else from the name of the file that the
// row says it is from, else from the name of the file itself.
func (p *protection) readDate(row importer.Row, out *part) *atlas.RowProblem {
	text := p.date.in(row.Cells)
	column := p.date
	switch {
	case text != "":
		day, ok := p.days[text]
		if !ok {
			if day, ok = parseDate(text); !ok {
				return at(row, p.date, "date")
			}
			if len(p.days) < rememberedMost {
				p.days[text] = day
			}
		}
		out.date = day
	case p.file.in(row.Cells) != "":
		column = p.file
		if day, ok := dateInName(p.file.in(row.Cells)); ok && day.Day > 0 {
			out.date = day
		}
	default:
		out.date = p.ofName
	}
	if !out.date.Known() {
		return at(row, column, "no_date")
	}
	if why := p.r.checkDate(out.date); why != "" {
		out.date = atlas.Date{}
		return at(row, column, why, "today", p.r.env.Today.String())
	}
	return nil
}

func (p *protection) readFigures(row importer.Row, out *part) *atlas.RowProblem {
	out.figures = append(out.figures[:0], atlas.Figure{})
	total, why := figureOf(p.total.in(row.Cells), &p.r.env.Dataset)
	if why != "" {
		return at(row, p.total, why, "decimals", 0)
	}
	sum, whole := int64(0), true
	for _, b := range p.bands {
		f, why := figureOf(b.in(row.Cells), &p.r.env.Dataset)
		f.Category = b.category
		switch {
		case why != "":
			return at(row, b.column, why, "decimals", 0)
		case total.Known() && f.Known() && f.Value > total.Value:
			return at(row, b.column, "greater_than_total", "total", total.Value)
		}
		sum, whole = sum+f.Value, whole && f.Known()
		out.figures = append(out.figures, f)
	}
	if out.figures[0] = total; total.Known() && whole && len(p.bands) > 0 && sum != total.Value {
		p.r.book.add(problem(row.Number, p.total.name, p.total.in(row.Cells), "sum_differs", "total", total.Value, "sum", sum), false)
	}
	return nil
}
