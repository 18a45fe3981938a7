package opendata

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store/storetest"
)

// notPublic are the fields that programs do not get, each for its reason.
var notPublic = []string{
	"Meta.CreatedBy", "Meta.UpdatedBy", "Indicators.Measurements.EnteredBy", // who works with the records
	"Meta.RecordStatus", "Meta.MergedInto", // only published records are there
	"BankAccount",                                                 // never public (6.4)
	"Contacts.Public", "Contacts.Consent", "Contacts.RetainUntil", // people who did not agree are not there at all
	"Verbatim.Field", "Verbatim.Value", // raw cells of lists: no page shows them either
	"Lat", "Lon", // shown with HasPoint
	"Staff.Hundredths", "Confirmed.By", "Confirmed.Until", // shown with Known; an account; only the days
	"People.N", "People.Kind", // of needs, shown with Known
	"PeoplePlanned.N", "PeoplePlanned.Kind", "PeopleReached.N", "PeopleReached.Kind", // shown with Known
	"IntegrationShare.Hundredths", "Territories.Share.Hundredths", "Areas.Share.Hundredths", "Funding.Share.Hundredths", // shown with Known
	"SupportPct.Hundredths", "OwnShare.Hundredths",
}

func testFiller(t *testing.T) filler {
	t.Helper()
	a := app.New(storetest.Open(t, storetest.SQLite(t)), app.Options{})
	return filler{app: a, lists: a.Lists(), places: a.Places(), words: &i18n.Catalog{}}
}

// some is a value of a type that is not its zero value.
func some(v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *atlas.Date:
		*x = atlas.Date{Year: 2017, Month: 9}
	case *atlas.Amount:
		*x = atlas.Amount{Minor: 12345, State: atlas.AmountEstimate}
	case *atlas.Tri:
		*x = atlas.Yes
	case *time.Time:
		*x = time.Date(2017, 9, 1, 2, 3, 4, 0, time.UTC)
	default:
		switch v.Kind() {
		case reflect.String:
			v.SetString("X-1")
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Int, reflect.Int64:
			v.SetInt(7_000_007)
		case reflect.Float64:
			v.SetFloat(49.5)
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			some(v.Index(0))
		default:
			panic(v.Type())
		}
	}
}

// oneValue says which types are those that are set as one value.
func oneValue(t reflect.Type) bool {
	return t.Kind() != reflect.Struct || t == reflect.TypeFor[atlas.Date]() || t == reflect.TypeFor[atlas.Amount]() || t == reflect.TypeFor[time.Time]()
}

// leaf is a place in a record: fields by number, the first element of slices.
type leaf struct {
	name string
	at   []int
}

func leaves(t reflect.Type, name string, at []int) (out []leaf) {
	for i := range t.NumField() {
		f := t.Field(i)
		n, here := strings.TrimPrefix(name+"."+f.Name, "."), append(slices.Clone(at), i)
		inner := f.Type
		if inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if oneValue(inner) {
			out = append(out, leaf{n, here})
		} else {
			out = append(out, leaves(inner, n, here)...)
		}
	}
	return out
}

// reach goes to a leaf and makes the slices on the way one element long.
func reach(v reflect.Value, at []int) reflect.Value {
	for n, i := range at {
		v = v.Field(i)
		if v.Kind() == reflect.Slice && n < len(at)-1 {
			if v.Len() == 0 {
				v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			}
			v = v.Index(0)
			switch x := v.Addr().Interface().(type) {
			case *atlas.Person:
				x.Public = true
			case *atlas.Relation:
				x.Actor = "X-2"
			}
		}
	}
	return v
}

// everyFieldMatters fails for a field whose value does not change what goes
// out.
func everyFieldMatters[T any](t *testing.T, show func(*T) any) {
	t.Helper()
	shown := func(r *T) []byte {
		b, err := encode(show(r))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, l := range leaves(reflect.TypeFor[T](), "", nil) {
		without, with := new(T), new(T)
		reach(reflect.ValueOf(without).Elem(), l.at)
		some(reach(reflect.ValueOf(with).Elem(), l.at))
		same := bytes.Equal(shown(without), shown(with))
		if same != slices.Contains(notPublic, l.name) {
			t.Errorf("%T.%s: goes out: %v", without, l.name, !same)
		}
	}
}

func TestNoFieldOfARecordIsForgotten(t *testing.T) {
	f, published := testFiller(t), map[string]bool{"X-1": true, "X-2": true}
	everyFieldMatters(t, func(p *atlas.Project) any { return f.project(p, published) })
	everyFieldMatters(t, func(r *atlas.Actor) any { return f.actorOf(r, published, tally{}) })
	everyFieldMatters(t, func(c *atlas.Call) any { return f.call(c) })
	everyFieldMatters(t, func(x *atlas.Territory) any { return f.territory(*x, 0) })
	everyFieldMatters(t, func(n *atlas.Need) any { return f.need(n, map[string]string{"X-1": "x"}) })
	everyFieldMatters(t, func(p *atlas.Practice) any { return f.practice(p, app.PracticeCurrent, map[string]string{"X-1": "x"}) })
	everyFieldMatters(t, func(x *atlas.SourceExtent) any { return f.extent(*x) })
	everyFieldMatters(t, func(l *atlas.List) any { return List{ListHead: f.listHead(l), Items: list(l.Items, item)} })
}
