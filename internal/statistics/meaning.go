package statistics

// meanings says how columns were understood, for people to check before they
// apply a file.
func (f *File) meanings() []Meaning {
	var out []Meaning
	add := func(key string, c column, args ...any) {
		if !c.there() {
			return
		}
		m := Meaning{Header: c.name, Key: "statistics.column." + key}
		for i := 0; i+1 < len(args); i += 2 {
			if m.Args == nil {
				m.Args = map[string]any{}
			}
			m.Args[args[i].(string)] = args[i+1]
		}
		out = append(out, m)
	}
	r := &Reading{}
	switch f.Layout {
	case LayoutForeigners, LayoutPopulation:
		c := newCSU(f, r)
		add("value", c.value)
		add("date", c.year)
		add("date", c.day)
		add("territory", c.territory)
		add("citizenship", c.citizenship)
		add("sex", c.sex)
		add("age", c.age)
	case LayoutLong:
		l := newLong(f, r)
		add("value", l.value)
		add("date", l.date)
		add("territory", l.territory)
		add("citizenship", l.citizenship)
		add("sex", l.sex)
		add("age", l.from)
		add("age", l.to)
		add("residence", l.residence)
	case LayoutProtection:
		p := newProtectionColumns(f)
		add("date", p.date)
		add("territory", p.municipalityCode)
		add("territory", p.districtCode)
		add("territory", p.municipality)
		add("territory", p.district)
		add("total", p.total)
		for _, b := range p.bands {
			add("band", b.column, "sex", b.category.Sex, "ages", b.category.Age.String())
		}
	}
	return out
}
