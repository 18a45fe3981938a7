package page

import (
	"fmt"
	"html/template"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// funcs are the functions of templates, bound to a language. A template knows
// no other way to words, numbers and addresses.
func (s *Site) funcs(lang string) template.FuncMap {
	return template.FuncMap{
		// Words: {{t "key" "name" value}}, {{tn "key" 5}} in the plural form of 5.
		"t":  func(key string, args ...any) string { return s.Words.T(lang, key, args...) },
		"tn": func(key string, n any, args ...any) string { return s.Words.N(lang, key, integer(n), args...) },
		// Numbers, money, dates.
		"num":   func(n any) string { return i18n.Number(lang, integer(n)) },
		"short": func(minor int64) string { return i18n.MoneyShort(lang, minor, "CZK") },
		"date":  func(d atlas.Date) string { return i18n.Date(lang, d) },
		"day":   func(t time.Time) string { return i18n.Day(lang, t) },
		// Addresses.
		"asset":   func(name string) string { return s.Assets.URL(name) },
		"in":      func(path string) string { return route.In(lang, path) },
		"urlList": func(slug string) string { return route.List(lang, slug) },
		// Arguments of parts.
		"dict": dict,
	}
}

// integer takes any whole number that templates hold.
func integer(n any) int64 {
	switch v := n.(type) {
	case int:
		return int64(v)
	case int64:
		return v
	case uint64:
		return int64(v)
	}
	return 0
}

// dict makes the argument of a part from pairs.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: %d arguments", len(pairs))
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: key %v", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}
