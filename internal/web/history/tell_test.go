package history

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
)

// catalog is the words of the forms and of the area.
func catalog(t *testing.T) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(os.DirFS("messages"), os.DirFS("../projects/messages"), os.DirFS("../actors/messages"), os.DirFS("../calls/messages"),
		os.DirFS("../rubrics/messages"), os.DirFS("../rounds/messages"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryFieldAndEveryPartOfOneHasAName(t *testing.T) {
	words := catalog(t)
	for area, record := range map[string]any{"projects": new(atlas.Project), "actors": new(atlas.Actor), "calls": new(atlas.Call),
		"rubrics": new(atlas.Rubric), "rounds": new(atlas.Round)} {
		tell := teller{words: words, lang: "cs", area: area}
		of := reflect.TypeOf(record).Elem()
		for i := range of.NumField() {
			f := of.Field(i)
			if f.Name == "ID" || f.Name == "Meta" {
				continue
			}
			other := reflect.New(of)
			fill(other.Elem().Field(i))
			for _, c := range app.Compare(record, other.Interface()) {
				if tell.label(c.Key) == "" {
					t.Errorf("%s: the field %s has no name", area, c.Key)
				}
			}
			tell.parts(t, f.Type)
		}
		for _, key := range []string{"record_status", "sample"} {
			if tell.label(key) == "" {
				t.Errorf("%s: the field %s has no name", area, key)
			}
		}
	}
}

// parts checks the names of the parts of a type.
func (t teller) parts(tt *testing.T, of reflect.Type) {
	tt.Helper()
	if of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	switch of {
	case reflect.TypeFor[atlas.Words](), reflect.TypeFor[atlas.Step](), reflect.TypeFor[atlas.Gate](), reflect.TypeFor[atlas.Band](), reflect.TypeFor[atlas.Criterion](), reflect.TypeFor[atlas.MarkRule](): // told as one
		return
	case reflect.TypeFor[atlas.Date](), reflect.TypeFor[atlas.Amount](), reflect.TypeFor[atlas.Percent](), reflect.TypeFor[atlas.Count](), reflect.TypeFor[time.Time]():
		return
	}
	if of.Kind() != reflect.Struct {
		return
	}
	for i := range of.NumField() {
		f := of.Field(i)
		if t.part(of.Name(), f.Name) == "" {
			tt.Errorf("the part %s.%s has no name", of.Name(), f.Name)
		}
		t.parts(tt, f.Type)
	}
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		fill(v.Field(0))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	default:
		v.SetInt(7)
	}
}

// TestTheMarkedTextsAreTheTexts: what is kept and removed is the older text, what
// is kept and added the newer one, and both keep the same.
func TestTheMarkedTextsAreTheTexts(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "žluť", "c d", "\n", " "}), 0, 12).Draw(t, "words"), " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		old, made := differ(before, after)
		all := func(pieces []piece, without string) (out string) {
			for _, p := range pieces {
				if p.What != without {
					out += p.Text
				}
			}
			return out
		}
		if all(old, "-") != before || all(made, "-") != after {
			t.Fatalf("%+v of %q, %+v of %q", old, before, made, after)
		}
		if kept := all(old, pieceRemoved); kept != all(made, pieceAdded) {
			t.Fatalf("kept %q and %q", kept, all(made, pieceAdded))
		}
		if before == after && len(old) > 1 {
			t.Fatalf("%+v of equal texts", old)
		}
	})
}
