package atlas

// Level is a level of the Czech territorial order.
type Level string

// Levels from the widest. Okres and ORP both stand between kraj and obec and
// do not nest in one another (10.3), so an obec keeps both parents.
const (
	LevelCountry      Level = "stat"
	LevelRegion       Level = "kraj"
	LevelDistrict     Level = "okres"
	LevelORP          Level = "orp"
	LevelMunicipality Level = "obec"
	LevelCityDistrict Level = "mc" // městská část, městský obvod
)

// Territory (území) is one place of the Czech territorial order.
//
// Code is unique over all levels: "CZ", kraj NUTS 3 "CZ072", okres LAU 1
// "CZ0724", ORP ČSÚ "7213", obec and městská část RÚIAN "585068".
type Territory struct {
	Code                                string
	Level                               Level
	Name                                string
	CSU                                 string  // ČSÚ number: kraj 3131, okres 40851; "" when the same as Code
	RUIAN                               string  // RÚIAN number where it differs: kraj 141
	Region, District, ORP, Municipality string  // codes of the parents; "" where the level has none
	Lat, Lon                            float64 // definition point; see HasPoint
	HasPoint                            bool
	Population                          int64 // 0 = not known
	PopulationDate                      Date
	ValidFrom, ValidTo                  Date // an extinct municipality keeps ValidTo
	Source                              string
}

// Parents lists the codes of the territories this one lies in, widest first,
// without the country.
func (t Territory) Parents() []string {
	var out []string
	for _, c := range []string{t.Region, t.District, t.ORP, t.Municipality} {
		if c != "" && c != t.Code {
			out = append(out, c)
		}
	}
	return out
}

// VersionOn is since when the territory has had the extent (územní verze) in which
// a number of a day is about it, as far as the register tells; "" where it does not
// say or the territory was not there yet.
func (t Territory) VersionOn(d Date) string {
	if !t.ValidFrom.Known() || d.Last().Compare(t.ValidFrom.First()) < 0 {
		return ""
	}
	return t.ValidFrom.String()
}
