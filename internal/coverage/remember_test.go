package coverage

import (
	"reflect"
	"testing"

	"atlas"
	"atlas/internal/place"

	"pgregory.net/rapid"
)

// TestWhatIsRememberedIsWhatWouldBeCounted changes a book that remembers and asks it
// for all but some; a book that remembers nothing is asked for the same one by one.
func TestWhatIsRememberedIsWhatWouldBeCounted(t *testing.T) {
	places := country()
	rapid.Check(t, func(t *rapid.T) {
		b := NewBook()
		kept := map[uint32]*atlas.Project{}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			doc := rapid.Uint32Range(0, 15).Draw(t, "document")
			if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				b.Delete(doc)
				delete(kept, doc)
			} else {
				kept[doc] = anyProject(t)
				b.Put(doc, Of(kept[doc]))
			}
			q := districts
			q.Level = rapid.SampledFrom([]atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelMunicipality}).Draw(t, "level")
			q.Axis = rapid.SampledFrom([]Axis{ByArea, ByTarget}).Draw(t, "axis")
			but := rapid.SliceOfNDistinct(rapid.Uint32Range(0, uint32(len(b.flags)-1)), 0, min(4, len(b.flags)), rapid.ID[uint32]).Draw(t, "but")
			got := b.Matrix(places, q, Selection{Docs: but, AllBut: true})
			want := NewBook()
			var docs []uint32
			for i := range uint32(16) {
				if kept[i] != nil {
					want.Put(i, Of(kept[i]))
					docs = append(docs, i)
				}
			}
			for _, d := range but {
				want.Delete(d)
			}
			sameMatrix(t, got, want.Matrix(places, q, Selection{Docs: docs}))
		}
	})
}

// sameMatrix compares two matrices cell by cell: one may know items that nobody has any
// more.
func sameMatrix(t *rapid.T, got, want *Matrix) {
	t.Helper()
	if got.All() != want.All() || got.Everything() != want.Everything() || got.OtherStatus != want.OtherStatus || got.UnknownStatus != want.UnknownStatus {
		t.Fatalf("in all %+v, %+v, %d, %d; want %+v, %+v, %d, %d", got.All(), got.Everything(), got.OtherStatus, got.UnknownStatus,
			want.All(), want.Everything(), want.OtherStatus, want.UnknownStatus)
	}
	if !reflect.DeepEqual(got.Rows, want.Rows) {
		t.Fatalf("rows %v, want %v", got.Rows, want.Rows)
	}
	for _, code := range got.Items {
		g, w := got.Item(code), want.Item(code)
		if got.ItemTotal(g) != want.ItemTotal(w) {
			t.Fatalf("%q: %+v, want %+v", code, got.ItemTotal(g), want.ItemTotal(w))
		}
		for row := range got.Rows {
			if got.Total(row, g) != want.Total(row, w) || got.RowTotal(row) != want.RowTotal(row) {
				t.Fatalf("%v, %q: %+v, want %+v", got.Rows[row], code, got.Total(row, g), want.Total(row, w))
			}
			for y := got.From; y <= got.To; y++ {
				if got.Cell(row, g, y) != want.Cell(row, w, y) || got.RowYear(row, y) != want.RowYear(row, y) || got.ItemYear(g, y) != want.ItemYear(w, y) {
					t.Fatalf("%v, %q in %d: %+v, want %+v", got.Rows[row], code, y, got.Cell(row, g, y), want.Cell(row, w, y))
				}
			}
		}
	}
}

// TestOneQuestionIsCountedOnceAndFewAreKept looks at what a book remembers.
func TestOneQuestionIsCountedOnceAndFewAreKept(t *testing.T) {
	b, places := NewBook(), country()
	b.Put(0, Of(project("2019", "2020", 100, in("CZ0421"), about("JAZ"))))
	everything := Selection{AllBut: true}
	b.Matrix(places, districts, everything)
	first := b.wholes[0]
	for year := range 20 {
		b.Matrix(places, Question{Level: atlas.LevelDistrict, From: 2000 + year, To: 2026, Now: districts.Now}, everything)
		b.Matrix(places, districts, everything)
	}
	if len(b.wholes) != mostKept || b.wholes[0] != first {
		t.Errorf("%d are kept, the one asked for all the time first: %v", len(b.wholes), b.wholes[0] == first)
	}
	b.Matrix(place.New([]atlas.Territory{{Code: "CZ", Level: atlas.LevelCountry}}), districts, everything)
	if b.wholes[0] == first {
		t.Error("other territories are answered by what is remembered of these")
	}
	b.Put(1, Of(project("2019", "2020", 100, in("CZ0421"), about("ZCELA-NOVA"))))
	if got := b.Matrix(places, districts, everything).at("CZ0421", "ZCELA-NOVA", 2019).Projects; got != 1 {
		t.Errorf("an area that nobody had before has %d projects", got)
	}
}
