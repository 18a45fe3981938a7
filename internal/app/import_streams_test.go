package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/importer"
)

func TestTheErrorOrPanicOfEitherSideEndsBoth(t *testing.T) {
	broken := errors.New("broken")
	count := func(to int, end error) func(context.Context, func(int) error) error {
		return func(ctx context.Context, give func(int) error) error {
			for i := range to {
				if err := give(i); err != nil {
					return err
				}
			}
			return end
		}
	}
	forever := count(1<<62, nil)
	sum := 0
	add := func(n int) error { sum += n; return nil }
	if err := aside(t.Context(), count(5, nil), add); err != nil || sum != 10 {
		t.Errorf("%d %v", sum, err)
	}
	if err := aside(t.Context(), count(3, broken), add); err != broken {
		t.Errorf("the producer fails: %v", err)
	}
	if err := aside(t.Context(), forever, func(int) error { return broken }); err != broken {
		t.Errorf("the taker fails: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	if err := aside(ctx, forever, func(int) error { stop(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("the context ends: %v", err)
	}
	for name, run := range map[string]func(){
		"producer": func() { _ = aside(t.Context(), func(context.Context, func(int) error) error { panic("oh") }, add) },
		"taker":    func() { _ = aside(t.Context(), forever, func(int) error { panic("oh") }) },
	} {
		func() {
			defer func() {
				if p := recover(); !strings.HasPrefix(fmt.Sprint(p), "oh") {
					t.Errorf("%s: recovered %v", name, p)
				}
			}()
			run()
		}()
	}
}

// table is a list with a column of so many titles.
func table(t *testing.T, rows int) *importer.Table {
	t.Helper()
	text := "Název;Žadatel\n"
	for i := range rows {
		text += fmt.Sprintf("Projekt %d;Obec\n", i)
	}
	read, err := importer.ReadBytes("x.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestDraftsComeInTheOrderOfTheFile(t *testing.T) {
	const rows = 5*chunkRows + 7
	read := table(t, rows)
	reading := importer.MappedSource(importer.Propose(read)).Open(importer.Env{Places: New(nil, Options{}).Places(), Lists: atlas.NewLists(nil)}, read)
	next := 0
	for chunk, err := range draftsOf(t.Context(), read, reading) {
		if err != nil || chunk.from != next {
			t.Fatalf("%d instead of %d, %v", chunk.from, next, err)
		}
		for _, d := range chunk.drafts {
			if want := fmt.Sprint("Projekt ", next); d.Title() != want {
				t.Fatalf("%q instead of %q", d.Title(), want)
			}
			next++
		}
	}
	if next != rows {
		t.Errorf("%d of %d rows", next, rows)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	chunks := 0
	var ended error
	for _, err := range draftsOf(ctx, read, reading) {
		chunks++
		ended = err
		stop()
	}
	if !errors.Is(ended, context.Canceled) || chunks > 2 {
		t.Errorf("after the context ended: %d chunks, %v", chunks, ended)
	}
}

// Of rows that have one number by chance, only those that are one project are
// joined.
func TestRowsWithOneNumberByChanceStayApart(t *testing.T) {
	said := []string{"A", "B", "A", "C", "B", "A"}
	draft := func(row int) (*importer.Draft, error) {
		return &importer.Draft{Row: row, Rows: []int{row}, Raw: map[string]string{"Název": said[row]}}, nil
	}
	same := make(identities, len(said))
	for i := range said {
		same[i] = identity{7, int32(len(said) - 1 - i)} // found in any order
	}
	s := &survey{joined: map[int32][]int32{}, into: map[int32]int32{}}
	for _, group := range same.groups() {
		s.join(group)
	}
	var got []string
	for row := range said {
		if first, ok := s.into[int32(row)]; ok {
			got = append(got, fmt.Sprint(first))
			continue
		}
		d, _ := draft(row)
		if err := s.first(row, d, draft); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(d.Rows))
	}
	if want := "[0 2 5] [1 4] 0 [3] 1 0"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}
