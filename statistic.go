package atlas

import (
	"cmp"
	"slices"
	"strings"
)

// KindDataset is a data set among the kinds of records.
const KindDataset = "dataset"

// Data sets that the product ships with: their descriptions, never their numbers.
const (
	// DatasetForeigners is ČSÚ 290038: foreigners by citizenship, age and sex in
	// the state, kraje and okresy on 31 December.
	DatasetForeigners = "csu-cizinci"
	// DatasetPopulation is ČSÚ 130149: inhabitants of municipalities.
	DatasetPopulation = "csu-obyvatele"
	// DatasetProtection is holders of temporary protection by municipality and
	// city district, of the Ministry of the Interior.
	DatasetProtection = "mv-docasna-ochrana"
)

// NoAddress is the territory "bez adresy": people without a valid address. It is
// never spread over municipalities (9.2) and no register knows it.
const NoAddress = "BEZ-ADRESY"

// Dataset (datová sada) is one source with one definition of what it counts.
// Numbers of two data sets are never put into one series (U-16).
type Dataset struct {
	Code           string // "csu-cizinci", lasting and part of addresses
	NameCs, NameEn string
	// What exactly is counted, of whom and when. What was counted otherwise is
	// another definition: a later edition of the text has another Edition.
	DefinitionCs, DefinitionEn string
	Edition                    string // of the definition; "" = the first
	Publisher                  string
	URL                        string
	Licence                    string // CL-38
	Periodicity                string // CL-39
	Indicator                  string // what is measured, in Czech: "cizinci"
	IndicatorEn                string
	Unit, UnitEn               string  // "osoby"
	Decimals                   int     // places after the decimal point of every value
	Levels                     []Level // on which the source tells numbers
	Owner                      string  // actor whose own data they are; "" = of a public source
	Territory                  string  // where own data belong; "" = anywhere
	Version                    int64
}

// Own says whether these are somebody's own data and not of a public source.
func (d *Dataset) Own() bool { return d.Owner != "" || d.Territory != "" }

// Name is the name in a language.
func (d *Dataset) Name(lang string) string { return inLanguage(lang, d.NameCs, d.NameEn) }

// Definition is what is counted, in a language.
func (d *Dataset) Definition(lang string) string {
	return inLanguage(lang, d.DefinitionCs, d.DefinitionEn)
}

// IndicatorName is what is measured, in a language.
func (d *Dataset) IndicatorName(lang string) string {
	return inLanguage(lang, d.Indicator, d.IndicatorEn)
}

// UnitName is the unit in a language.
func (d *Dataset) UnitName(lang string) string { return inLanguage(lang, d.Unit, d.UnitEn) }

// Subject is the data set for permissions: own data belong to the organisation
// and the territory that they are of.
func (d *Dataset) Subject() Subject {
	s := Subject{ID: d.Code, Status: RecordPublished}
	if d.Owner != "" {
		s.Organisations = []string{d.Owner}
	}
	if d.Territory != "" {
		s.Territories = []string{d.Territory}
	}
	return s
}

func inLanguage(lang, cs, en string) string {
	if lang == "en" && en != "" {
		return en
	}
	return cs
}

// Sexes of a category.
const (
	SexMen     = "m"
	SexWomen   = "z"
	SexUnknown = "x" // nezjištěno; a part of every total
)

// Citizenships that ISO 3166 has no code for.
const (
	CitizenshipKosovo    = "XK"
	CitizenshipStateless = "XA"
	CitizenshipUnknown   = "XX"
)

// Category (třída) says of whom a figure is. What is unset is all together, so
// the zero Category is the total.
type Category struct {
	Citizenship string // ISO 3166 alpha-2, or one of those above
	Sex         string // SexMen, …
	Age         Ages
	Residence   string // CL-04 or a group of its items
}

// Total says whether everybody is meant.
func (c Category) Total() bool { return c == Category{} }

// Attributes is by how many attributes people are told apart.
func (c Category) Attributes() int {
	n := 0
	for _, set := range []bool{c.Citizenship != "", c.Sex != "", c.Age.Set(), c.Residence != ""} {
		if set {
			n++
		}
	}
	return n
}

// Compare orders categories by what they leave together first, so the total
// stands first.
func (c Category) Compare(d Category) int {
	return cmp.Or(strings.Compare(c.Citizenship, d.Citizenship), strings.Compare(c.Residence, d.Residence),
		c.Age.Compare(d.Age), strings.Compare(c.Sex, d.Sex))
}

// FigureState says what is known of a number.
type FigureState uint8

// States of a figure. What nobody said anything about is not known; that is
// never 0.
const (
	FigureNotKnown   FigureState = iota
	FigureKnown                  // Value is the number
	FigureSuppressed             // somebody knows it and does not say it, because it is small
)

// Figure (údaj) is one number. The value is exact: units of the last decimal
// place that the data set tells, so for counts of people simply their number.
type Figure struct {
	Category Category
	Value    int64
	State    FigureState
}

// Known says whether there is a number.
func (f Figure) Known() bool { return f.State == FigureKnown }

// Slice (řez) is all figures of one data set about one territory at one date,
// as one source said them at one time. A later correction is another version.
type Slice struct {
	Dataset   string
	Edition   string // of the definition
	Territory string // code, or NoAddress
	// TerritoryVersion is since when the territory has had the extent that the
	// numbers are about: as the source says, else by the date of the numbers and the
	// register (Territory.VersionOn); "" where neither does.
	TerritoryVersion string
	Date             Date
	Version          int64 // 1, 2, …; the highest is the one that counts
	// Figures in the order of Category.Compare, each category once.
	Figures []Figure
	// Summed says that the source told only parts (city districts) and the figures
	// are their sums.
	Summed bool
	// Of a sum of municipalities that we make when it is asked for (see Sums):
	// Parts is how many of them the source tells and Untold how many others lie
	// inside, NoCount where that is not known. Neither is stored.
	Parts, Untold int
	Note          string
	// Where the numbers are from.
	Batch    string // D-00001
	File     string
	Row      int // in the file, the first of them
	URL      string
	Accessed Date
}

// Figure finds the number of a category. One that the slice does not tell is not
// known.
func (s *Slice) Figure(c Category) Figure {
	i, ok := slices.BinarySearchFunc(s.Figures, c, func(f Figure, c Category) int { return f.Category.Compare(c) })
	if !ok {
		return Figure{Category: c}
	}
	return s.Figures[i]
}

// Total is the number of everybody.
func (s *Slice) Total() Figure { return s.Figure(Category{}) }

// Sort puts the figures in their order.
func (s *Slice) Sort() {
	slices.SortStableFunc(s.Figures, func(a, b Figure) int { return a.Category.Compare(b.Category) })
}

// Series (řada) is what makes numbers comparable over time: one source, one
// definition, one extent of a territory, one category.
type Series struct {
	Dataset, Edition, Territory, TerritoryVersion string
	Category                                      Category
}

// Series is the one that a category of the slice belongs to.
func (s *Slice) Series(c Category) Series {
	return Series{s.Dataset, s.Edition, s.Territory, s.TerritoryVersion, c}
}

// Observation (pozorování) is one number of one territory, for maps and rankings.
type Observation struct {
	Territory string
	Date      Date
	Value     int64
	State     FigureState
	Batch     string
	// Edition and TerritoryVersion as of a Slice: numbers of two are not compared.
	Edition, TerritoryVersion string
	Parts, Untold             int // of a sum of municipalities, as of a Slice
}

// Comparable says whether two numbers of a territory belong to one series.
func (o Observation) Comparable(p Observation) bool {
	return o.Edition == p.Edition && o.TerritoryVersion == p.TerritoryVersion
}

// Slice is the observation as a slice of nothing but its total.
func (o Observation) Slice(dataset string) Slice {
	return Slice{Dataset: dataset, Edition: o.Edition, Territory: o.Territory, TerritoryVersion: o.TerritoryVersion, Date: o.Date, Version: 1,
		Figures: []Figure{{Value: o.Value, State: o.State}}, Batch: o.Batch, Summed: o.Parts > 0, Parts: o.Parts, Untold: o.Untold}
}

// NoCount stands for how many municipalities there are where the register of them
// is not loaded whole.
const NoCount = -1

// Sums (součty) says that numbers of municipalities of the data set may be added up
// to okresy, ORP and kraje: everybody is in one municipality or stands apart as
// without an address, and the source does not tell those levels itself.
func (d *Dataset) Sums(level Level) bool {
	return d.Code == DatasetProtection && (level == LevelDistrict || level == LevelORP || level == LevelRegion)
}

// String writes a category for programs and logs: "UA z 0-4 TP"; "" is the total.
func (c Category) String() string {
	var all []string
	for _, s := range []string{c.Citizenship, c.Sex, c.Age.String(), c.Residence} {
		if s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, " ")
}
