package search

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestNamesAreFoundAsInAMapAfterAnyChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, want := newNames(), map[string]uint32{}
		list := make([]string, 40)
		for i := range list {
			list[i] = strconv.Itoa(i)
		}
		for range rapid.IntRange(0, 200).Draw(t, "changes") {
			number := rapid.Uint32Range(0, 39).Draw(t, "number")
			name := list[number]
			if _, there := want[name]; there {
				n.remove(name, number)
				delete(want, name)
			} else {
				n.add(name, number)
				want[name] = number
			}
			for i, name := range list {
				_, there := want[name]
				if got, ok := n.find(name, func(number uint32) bool { return list[number] == name }); ok != there || ok && got != uint32(i) {
					t.Fatalf("%s: %d %v, want %v", name, got, ok, there)
				}
			}
		}
		if n.count() != len(want) {
			t.Fatalf("%d names, want %d", n.count(), len(want))
		}
	})
}
