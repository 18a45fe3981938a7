package statistics

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/reference"
)

func obec(code, name, region, district, orp string) atlas.Territory {
	return atlas.Territory{Code: code, Level: atlas.LevelMunicipality, Name: name, Region: region, District: district, ORP: orp}
}

func mc(code, name, city, region, district string) atlas.Territory {
	return atlas.Territory{Code: code, Level: atlas.LevelCityDistrict, Name: name, Municipality: city, Region: region, District: district}
}

// world is the kraje, okresy and ORP of the product with a few municipalities.
func world() Env {
	brdy := obec("539996", "Brdy", "CZ020", "CZ020B", "2119")
	brdy.ValidTo = atlas.Date{Year: 2015, Month: 12, Day: 31}
	cheb := obec("554481", "Cheb", "CZ041", "CZ0411", "4102")
	cheb.Population = 31977
	places := append(reference.Territories(), brdy, cheb,
		obec("554782", "Praha", "CZ010", "CZ0100", "1000"), obec("554791", "Plzeň", "CZ032", "CZ0323", "3209"),
		obec("554961", "Karlovy Vary", "CZ041", "CZ0412", "4103"), obec("555134", "Pardubice", "CZ053", "CZ0532", "5309"),
		obec("581429", "Březina", "CZ064", "CZ0643", "6216"), obec("582891", "Březina", "CZ064", "CZ0643", "6214"),
		mc("545970", "Plzeň 1", "554791", "CZ032", "CZ0323"), mc("545988", "Plzeň 2-Slovany", "554791", "CZ032", "CZ0323"),
		mc("500054", "Praha 1", "554782", "CZ010", "CZ0100"),
	)
	d := atlas.ShippedDatasets()
	return Env{Places: place.New(places), Lists: atlas.NewLists(reference.Lists()), Dataset: d[0], Today: atlas.Date{Year: 2026, Month: 11, Day: 21}}
}

func of(code string) Env {
	env := world()
	for _, d := range atlas.ShippedDatasets() {
		if d.Code == code {
			env.Dataset = d
		}
	}
	return env
}

// got is what a file gave.
type got struct {
	*Report
	slices map[string]*atlas.Slice // by territory and date
}

func readText(t *testing.T, env Env, name, text string) got {
	t.Helper()
	g, err := tryRead(t, env, name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func tryRead(t *testing.T, env Env, name string, data []byte) (got, error) {
	t.Helper()
	f, err := Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return got{}, err
	}
	return gather(t, env, f)
}

// gather reads all of an open file and closes it.
func gather(t *testing.T, env Env, f *File) (got, error) {
	t.Helper()
	defer f.Close()
	r, err := f.Read(t.Context(), env)
	if err != nil {
		return got{}, err
	}
	defer r.Close()
	g := got{slices: map[string]*atlas.Slice{}}
	g.Report, err = r.Slices(t.Context(), func(s *atlas.Slice) error {
		c := *s
		c.Figures = slices.Clone(s.Figures)
		key := s.Territory + " " + s.Date.String()
		if g.slices[key] != nil {
			t.Errorf("two slices %s", key)
		}
		g.slices[key] = &c
		return nil
	})
	if err != nil {
		return got{}, err
	}
	if c := g.Counts; c.Read+c.Repeated+c.Skipped+c.Refused != c.Rows {
		t.Errorf("of %d rows %d were read, %d repeated, %d skipped and %d refused", c.Rows, c.Read, c.Repeated, c.Skipped, c.Refused)
	}
	return g, nil
}

// value is a number as text, "?" when it is not known.
func (g got) value(key string, c atlas.Category) string {
	s := g.slices[key]
	if s == nil {
		return "no slice"
	}
	switch f := s.Figure(c); f.State {
	case atlas.FigureKnown:
		return fmt.Sprint(f.Value)
	case atlas.FigureSuppressed:
		return "<"
	}
	return "?"
}

func (g got) want(t *testing.T, key string, c atlas.Category, want string) {
	t.Helper()
	if have := g.value(key, c); have != want {
		t.Errorf("%s [%v] is %s, want %s", key, c, have, want)
	}
}

func (g got) wantProblem(t *testing.T, key string, n int) *Group {
	t.Helper()
	for i := range g.Groups {
		if g.Groups[i].Key == ProblemPrefix+key {
			if g.Groups[i].Count != n {
				t.Errorf("%s %d times, want %d", key, g.Groups[i].Count, n)
			}
			return &g.Groups[i]
		}
	}
	if n > 0 {
		t.Errorf("no problem %s among %+v", key, g.Groups)
	}
	return &Group{Examples: make([]atlas.RowProblem, 1)}
}

var (
	all   = atlas.Category{}
	men   = atlas.Category{Sex: atlas.SexMen}
	women = atlas.Category{Sex: atlas.SexWomen}
)
