package i18n

import (
	"maps"
	"slices"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func values(m map[string]string) []string { return slices.Collect(maps.Values(m)) }
