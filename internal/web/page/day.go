package page

import (
	"strconv"
	"strings"
	"unicode"

	"atlas"
	"atlas/internal/web/route"
)

// ParamDay asks a page as of a day; it leads to the lasting address of that.
const ParamDay = "ke-dni"

// ToDay leads a page that was asked as of a day to where it stands so; false
// when it was asked as of now.
func (q *Request) ToDay() (led bool, err error) {
	query := q.URL.Query()
	text := strings.TrimSpace(q.Param(ParamDay))
	if query.Del(ParamDay); text == "" {
		return false, nil
	}
	if day, ok := Day(text); ok {
		text = day.String()
	}
	_, path := route.Split(q.URL.EscapedPath())
	return true, q.Redirect(route.WithQuery(route.In(q.Lang, route.At(text, path)), query.Encode()))
}

// Day reads a whole day, "2026-01-31" or "31. 1. 2026".
func Day(text string) (atlas.Date, bool) {
	if d, err := atlas.ParseDate(text); err == nil {
		return d, d.Day != 0
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
	if len(parts) != 3 {
		return atlas.Date{}, false
	}
	var n [3]int
	for i, part := range parts {
		var err error
		if n[i], err = strconv.Atoi(part); err != nil {
			return atlas.Date{}, false
		}
	}
	d := atlas.Date{Year: n[2], Month: n[1], Day: n[0]}
	return d, d.Valid() && d.Day != 0 && d.Year >= 1000
}
