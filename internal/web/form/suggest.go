package form

import (
	"maps"
	"slices"

	"atlas/internal/czech"
)

// mostSuggested is how many names a form offers without a script; where there
// are more, they are found when they are typed whole.
const mostSuggested = 400

// ActorOptions are actors as a form writes them, in Czech order; none where
// there are too many to look through. names are given by the ids.
func ActorOptions(names map[string]string) []string {
	if len(names) > mostSuggested {
		return nil
	}
	keys := make(map[string]string, len(names))
	for id, name := range names {
		keys[czech.SortKey(name)+" "+id] = Coded(name, id)
	}
	out := make([]string, 0, len(keys))
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		out = append(out, keys[key])
	}
	return out
}
