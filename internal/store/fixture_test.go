package store_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
)

// write is how the tests sign their writes.
func write() store.Write {
	return store.Write{By: "test", Origin: "form", At: time.Date(2024, 5, 6, 7, 8, 9, 123456789, time.UTC)}
}

// filler puts a different value other than zero into every field it finds, so
// that a field without a column is noticed.
type filler struct{ n int }

func (f *filler) next() int { f.n++; return f.n }

func (f *filler) fill(v reflect.Value) {
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		*p = time.Date(2001, 2, 3, 4, 5, f.next(), 987654321, time.UTC)
		return
	case *atlas.Date:
		*p = []atlas.Date{{Year: 2000 + f.next()%50}, {Year: 2000 + f.n%50, Month: 1 + f.n%12}, {Year: 2000 + f.n%50, Month: 1 + f.n%12, Day: 1 + f.n%28}}[f.n%3]
		return
	case *atlas.AmountState:
		*p = []atlas.AmountState{atlas.AmountKnown, atlas.AmountEstimate}[f.next()%2]
		return
	case *atlas.ExtentState:
		*p = atlas.ExtentStates()[f.next()%3]
		return
	case *atlas.Tri:
		*p = []atlas.Tri{atlas.Yes, atlas.No}[f.next()%2]
		return
	}
	f.fillKind(v)
}

func (f *filler) fillKind(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			v.SetMapIndex(reflect.ValueOf(fmt.Sprint("sloupec ", f.next())), reflect.ValueOf(fmt.Sprint("hodnota ", f.next())))
		}
	case reflect.String:
		v.SetString(fmt.Sprintf("žluťoučký %d", f.next()))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(1_000 + f.next()))
	case reflect.Float64:
		v.SetFloat(49.5 + float64(f.next()))
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic(fmt.Sprintf("no value for %s", v.Type()))
	}
}

// filled makes a T with every field set.
func filled[T any](f *filler) *T {
	t := new(T)
	f.fill(reflect.ValueOf(t).Elem())
	return t
}

// fresh makes the Meta of a record that is not stored yet, with every field
// set that a caller may set.
func fresh(m atlas.Meta, mergedInto string) atlas.Meta {
	m.Version, m.MergedInto = 0, mergedInto
	return m
}

// fullProject is a project with every field set, whose references lead to the
// records that people makes.
func fullProject(f *filler, id string) *atlas.Project {
	p := filled[atlas.Project](f)
	p.ID, p.Meta = id, fresh(p.Meta, "")
	for i := range p.Parties {
		p.Parties[i].Actor = "A-00001"
	}
	for i := range p.Funding {
		p.Funding[i].Funder, p.Funding[i].Call = "A-00002", "V-00001"
	}
	p.Follows = []string{"P-90001", "P-90002"}
	return p
}

func fullActor(f *filler, id string) *atlas.Actor {
	a := filled[atlas.Actor](f)
	a.ID, a.Meta, a.Parent = id, fresh(a.Meta, ""), "A-00002"
	for i := range a.Relations {
		a.Relations[i].Actor = "A-00002"
	}
	return a
}

func fullCall(f *filler, id string) *atlas.Call {
	c := filled[atlas.Call](f)
	c.ID, c.Meta, c.Funder = id, fresh(c.Meta, ""), "A-00001"
	return c
}

func fullExtent(f *filler, id string) *atlas.SourceExtent {
	x := filled[atlas.SourceExtent](f)
	x.ID, x.Meta = id, fresh(x.Meta, "")
	return x
}

func fullNeed(f *filler, id string) *atlas.Need {
	n := filled[atlas.Need](f)
	n.ID, n.Meta = id, fresh(n.Meta, "")
	return n
}

func project(title string) *atlas.Project {
	return &atlas.Project{TitleCs: title, Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
}

func actor(name string) *atlas.Actor {
	return &atlas.Actor{Name: name, Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
}

// seed stores what full records refer to.
func seed(t testing.TB, s *store.Store) {
	t.Helper()
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		for range 2 {
			if err := tx.PutActor(ctx, actor("Charita"), write()); err != nil {
				return err
			}
		}
		call := &atlas.Call{Title: "Výzva", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
		if err := tx.PutCall(ctx, call, write()); err != nil {
			return err
		}
		for _, id := range []string{"P-90001", "P-90002"} {
			p := project("Předchozí")
			p.ID = id
			if err := tx.PutProject(ctx, p, write()); err != nil {
				return err
			}
		}
		return nil
	})
}

func update(t testing.TB, s *store.Store, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	err := s.Update(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) })
	if err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, s *store.Store, p *atlas.Project) {
	t.Helper()
	update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutProject(ctx, p, write()) })
}
