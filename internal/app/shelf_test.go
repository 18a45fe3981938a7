package app

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestAShelfGivesBackWhatWasPutAlsoFromItsFile(t *testing.T) {
	type record struct{ Name, Text string }
	s := &shelf[record]{}
	want := func(i, version int) record {
		return record{fmt.Sprint(i, "/", version), strings.Repeat("ž", (i*37)%2000)}
	}
	const n = 3000 // some megabytes
	for i := range n {
		if at, err := s.put(want(i, 0)); err != nil || at != i {
			t.Fatal(at, err)
		}
		if i%3 == 0 {
			if err := s.replace(i/2, want(i/2, 1)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if s.file == nil || len(s.tail) > 2*shelfBuffer {
		t.Errorf("%d B are in memory", len(s.tail))
	}
	replaced := map[int]bool{}
	for i := 0; i < n; i += 3 {
		replaced[i/2] = true
	}
	for i := range n {
		version := 0
		if replaced[i] {
			version = 1
		}
		if got, err := s.get(i); err != nil || got != want(i, version) {
			t.Fatalf("%d: %.40v %v", i, got, err)
		}
	}
}

func TestWhatPacksItselfIsGivenBackWhole(t *testing.T) {
	checkPacked(t, entry{}, freshActor{})
	var e entry
	var f freshActor
	n := 0
	fillAll(reflect.ValueOf(&e).Elem(), &n)
	fillAll(reflect.ValueOf(&f).Elem(), &n)
	if n < 25 {
		t.Fatalf("%d fields are filled", n)
	}
	checkPacked(t, e, f)
	packed, _ := e.AppendBinary(nil)
	for i := range packed {
		if err := new(entry).UnmarshalBinary(packed[:i]); err == nil {
			t.Errorf("%d of %d bytes are taken for the whole", i, len(packed))
		}
	}
}

func checkPacked(t *testing.T, e entry, f freshActor) {
	t.Helper()
	entries, actors := &shelf[entry]{}, &shelf[freshActor]{}
	entries.put(e)
	actors.put(f)
	if got, err := entries.get(0); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("%+v is %+v: %v", e, got, err)
	}
	if got, err := actors.get(0); err != nil || !reflect.DeepEqual(got, f) {
		t.Errorf("%+v is %+v: %v", f, got, err)
	}
}

// fillAll gives every field of a struct a value of its own.
func fillAll(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillAll(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillAll(v.Index(0), n)
		fillAll(v.Index(1), n)
	case reflect.String:
		v.SetString(strings.Repeat("ž", *n*10))
	case reflect.Int:
		v.SetInt(int64(*n * 100))
	}
}

func TestCodesAreKeptWhateverTheyLookLike(t *testing.T) {
	c, set := codes{prefix: "P-"}, codeSet{prefix: "P-"}
	all := []string{"P-00001", "P-99999", "P-123456", "P-1", "P-00000", "A-00001", "", "P-4294967296", "P-+0001"}
	for i, code := range all {
		if c.set(i, code); code != "" {
			if set.has(code) {
				t.Errorf("%q is there before", code)
			}
			set.add(code)
		}
	}
	for i, code := range all {
		if c.get(i) != code || code != "" && !set.has(code) {
			t.Errorf("%q is %q", code, c.get(i))
		}
	}
	if c.get(100) != "" || set.has("P-00002") || len(c.odd) != 6 {
		t.Errorf("%+v", c)
	}
}
