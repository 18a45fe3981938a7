package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/reference"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// BenchmarkStart measures from the start of the process to the first page that
// it answers: an empty database, the demo content being written, and 5 000
// records, on both engines.
func BenchmarkStart(b *testing.B) {
	b.Run("demo, first time", func(b *testing.B) {
		for b.Loop() {
			startOnce(b, b.TempDir(), "demo")
		}
	})
	b.Run("demo, again", func(b *testing.B) {
		dir := b.TempDir()
		startOnce(b, dir, "demo")
		for b.Loop() {
			startOnce(b, dir, "demo")
		}
	})
	b.Run("5000 records, sqlite", func(b *testing.B) {
		dir := b.TempDir()
		generate(b, filepath.Join(dir, "atlas-data", "atlas.db"), 5000)
		for b.Loop() {
			startOnce(b, dir, "serve")
		}
	})
	b.Run("5000 records, postgres", func(b *testing.B) {
		dsn := storetest.Postgres(b)
		generate(b, dsn, 5000)
		for b.Loop() {
			startOnce(b, b.TempDir(), "serve", "--database", dsn)
		}
	})
}

// startOnce starts the program, asks for a page and kills it; only the time to
// the answer counts.
func startOnce(b *testing.B, dir string, args ...string) {
	b.StartTimer()
	s := start(b, dir, args...)
	get(b, s.address)
	b.StopTimer()
	s.stop(b)
	b.StartTimer()
}

// generate writes n published projects about as long as real ones, and the
// municipalities of a kraj among which they take place.
func generate(b *testing.B, dsn string, n int) {
	b.Helper()
	s := storetest.Open(b, dsn)
	a := app.New(s, app.Options{})
	if err := a.Load(b.Context()); err != nil {
		b.Fatal(err)
	}
	g := generator{random: rand.New(rand.NewPCG(1, 2)), lists: a.Lists()}
	for _, t := range reference.Territories() {
		g.stems = append(g.stems, string([]rune(t.Name)[:2]))
	}
	w := store.Write{By: "test", Origin: "test", At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	err := s.Update(b.Context(), func(tx *store.Tx) error {
		var places []atlas.Territory
		for i := range 6000 {
			places = append(places, atlas.Territory{Code: fmt.Sprint(900_000 + i), Level: atlas.LevelMunicipality,
				Name: fmt.Sprintf("Lhota %d", i), Region: "CZ072", District: "CZ0724", ORP: "7213"})
		}
		_, _, _, err := tx.PutTerritories(b.Context(), places, w)
		return errors.Join(err, g.write(b.Context(), tx, n, w))
	})
	if err != nil {
		b.Fatal(err)
	}
}

// generator makes records, the same ones each time.
type generator struct {
	random *rand.Rand
	lists  *atlas.Lists
	stems  []string
}

func (g generator) write(ctx context.Context, tx *store.Tx, n int, w store.Write) error {
	for i := range 500 {
		actor := &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: fmt.Sprintf("Organizace %d", i),
			Type: g.code(atlas.ListActorType), Country: "CZ"}
		if err := tx.PutActor(ctx, actor, w); err != nil {
			return err
		}
	}
	for i := range n {
		if err := tx.PutProject(ctx, g.project(i), w); err != nil {
			return err
		}
	}
	return nil
}

func (g generator) project(i int) *atlas.Project {
	year := 2004 + g.random.IntN(22)
	actor := func() string { return fmt.Sprintf("A-%05d", 1+g.random.IntN(500)) }
	return &atlas.Project{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, TitleCs: fmt.Sprintf("%s %d", g.words(6), i),
		Annotation: g.words(90), Goal: g.words(30), Country: "CZ", Status: atlas.StatusEnded, Scope: atlas.ScopeMunicipality,
		From: atlas.Date{Year: year}, To: atlas.Date{Year: year + 2}, Currency: "CZK",
		Territories:     []atlas.Place{{Territory: fmt.Sprint(900_000 + g.random.IntN(6000))}},
		Parties:         []atlas.Party{{Actor: actor(), Role: atlas.RoleImplementer}},
		Funding:         []atlas.Funding{{Funder: actor(), Programme: g.code(atlas.ListProgramme), Year: year, Granted: atlas.Crowns(g.random.Int64N(5_000_000)), Currency: "CZK"}},
		Areas:           []atlas.AreaShare{{Code: g.code(atlas.ListArea), Primary: true}},
		TargetLegal:     []string{g.code(atlas.ListTargetLegal)},
		TargetSituation: []string{g.code(atlas.ListTargetSituation)},
		Activities:      []atlas.Activity{{Code: g.code(atlas.ListActivity), Text: g.words(12)}},
		Sources:         []atlas.Source{{Kind: g.code("CL-14"), URL: "https://example.cz/"}},
	}
}

func (g generator) code(list string) string {
	l, _ := g.lists.List(list)
	return l.Items[g.random.IntN(len(l.Items))].Code
}

// words are n words with the ends of Czech ones, few of them common.
func (g generator) words(n int) string {
	var out []string
	for range n {
		rank := int(float64(8000) * g.random.Float64() * g.random.Float64() * g.random.Float64())
		out = append(out, g.stems[rank%len(g.stems)]+fmt.Sprint(rank)+[]string{"ování", "ých", "ům", "ace"}[rank%4])
	}
	return strings.Join(out, " ")
}
