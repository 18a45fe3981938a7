package store

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"atlas"
)

// cell is one value on its way between a Go field and a column: it writes and
// reads through a pointer to the field. Unknown is NULL both ways.
type cell interface {
	sql.Scanner
	driver.Valuer
}

// timeFormat has nine digits of a second always, so that the texts sort in
// time order.
const timeFormat = "2006-01-02T15:04:05.000000000Z"

// errText is a text that is not UTF-8 or has a zero byte: PostgreSQL cannot
// hold it, so SQLite does not get it either.
var errText = errors.New("text is not valid UTF-8")

// textCell is a text; "" is NULL.
type textCell[S ~string] struct{ p *S }

func (c textCell[S]) Value() (driver.Value, error) {
	s := string(*c.p)
	switch {
	case s == "":
		return nil, nil
	case !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0:
		return nil, errText
	}
	return s, nil
}

func (c textCell[S]) Scan(src any) error {
	s, err := scanText(src)
	*c.p = S(s)
	return err
}

func scanText(src any) (string, error) {
	switch v := src.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("want a text, have %T", src)
}

// numberCell is a number of which 0 means unknown and is NULL.
type numberCell[N ~int | ~int64] struct{ p *N }

func (c numberCell[N]) Value() (driver.Value, error) {
	if *c.p == 0 {
		return nil, nil
	}
	return int64(*c.p), nil
}

func (c numberCell[N]) Scan(src any) error { return scanNumber(src, c.p) }

// countedCell is a number that is always known; 0 is zero.
type countedCell[N ~int | ~int64] struct{ p *N }

func (c countedCell[N]) Value() (driver.Value, error) { return int64(*c.p), nil }

func (c countedCell[N]) Scan(src any) error { return scanNumber(src, c.p) }

func scanNumber[N ~int | ~int64](src any, to *N) error {
	switch v := src.(type) {
	case nil:
		*to = 0
	case int64:
		*to = N(v)
	default:
		return fmt.Errorf("want a number, have %T", src)
	}
	return nil
}

// boolCell is yes or no, never unknown.
type boolCell struct{ p *bool }

func (c boolCell) Value() (driver.Value, error) { return *c.p, nil }

func (c boolCell) Scan(src any) error {
	switch v := src.(type) {
	case bool:
		*c.p = v
	case int64:
		*c.p = v != 0
	default:
		return fmt.Errorf("want yes or no, have %T", src)
	}
	return nil
}

// dateCell is a date with its precision as text: "2017", "2017-09".
type dateCell struct{ p *atlas.Date }

func (c dateCell) Value() (driver.Value, error) {
	if *c.p == (atlas.Date{}) {
		return nil, nil
	}
	if !c.p.Valid() {
		return nil, fmt.Errorf("date %d-%d-%d: no such day", c.p.Year, c.p.Month, c.p.Day)
	}
	return c.p.String(), nil
}

func (c dateCell) Scan(src any) error {
	s, err := scanText(src)
	if err != nil {
		return err
	}
	*c.p, err = atlas.ParseDate(s)
	return err
}

// timeCell is a moment in UTC as text; the zero time is NULL.
type timeCell struct{ p *time.Time }

func (c timeCell) Value() (driver.Value, error) {
	if c.p.IsZero() {
		return nil, nil
	}
	return c.p.UTC().Format(timeFormat), nil
}

func (c timeCell) Scan(src any) error {
	s, err := scanText(src)
	if err != nil || s == "" {
		*c.p = time.Time{}
		return err
	}
	*c.p, err = time.Parse(timeFormat, s)
	return err
}

// percentCell is hundredths of a percent.
type percentCell struct{ p *atlas.Percent }

func (c percentCell) Value() (driver.Value, error) {
	if !c.p.Known {
		return nil, nil
	}
	return c.p.Hundredths, nil
}

func (c percentCell) Scan(src any) error {
	c.p.Known = src != nil
	return scanNumber(src, &c.p.Hundredths)
}

// minorCell is the number of an amount; its state stands in a column beside it.
type minorCell struct{ p *atlas.Amount }

func (c minorCell) Value() (driver.Value, error) {
	if !c.p.Known() {
		return nil, nil
	}
	return c.p.Minor, nil
}

func (c minorCell) Scan(src any) error { return scanNumber(src, &c.p.Minor) }

// peopleCell is the number of a count; its kind stands in a column beside it.
type peopleCell struct{ p *atlas.Count }

func (c peopleCell) Value() (driver.Value, error) {
	if !c.p.Known {
		return nil, nil
	}
	return c.p.N, nil
}

func (c peopleCell) Scan(src any) error {
	c.p.Known = src != nil
	return scanNumber(src, &c.p.N)
}

// jsonCell is a free map, as a row of somebody's list is; nil is NULL.
type jsonCell[M ~map[string]V, V any] struct{ p *M }

func (c jsonCell[M, V]) Value() (driver.Value, error) {
	if *c.p == nil {
		return nil, nil
	}
	if texts, ok := any(*c.p).(map[string]string); ok {
		b, err := appendTexts(make([]byte, 0, 512), texts)
		return string(b), err
	}
	b, err := json.Marshal(*c.p)
	return string(b), err
}

func (c jsonCell[M, V]) Scan(src any) error {
	*c.p = nil
	s, err := scanText(src)
	if err != nil || s == "" {
		return err
	}
	return json.Unmarshal([]byte(s), c.p)
}

// partCell is a part of a record as JSON; an empty one is NULL.
type partCell[V any] struct{ p *V }

func (c partCell[V]) Value() (driver.Value, error) {
	v := reflect.ValueOf(c.p).Elem()
	if v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 {
		return nil, nil
	}
	b, err := json.Marshal(c.p)
	return string(b), err
}

func (c partCell[V]) Scan(src any) error {
	*c.p = *new(V)
	s, err := scanText(src)
	if err != nil || s == "" {
		return err
	}
	return json.Unmarshal([]byte(s), c.p)
}

// derivedCell is computed when written and passed over when read: sort keys
// and folded names.
type derivedCell struct{ text func() string }

func (c derivedCell) Value() (driver.Value, error) {
	if s := c.text(); s != "" {
		return s, nil
	}
	return nil, nil
}

func (c derivedCell) Scan(any) error { return nil }

// pointCell is one coordinate of a point that may not be known.
type pointCell struct {
	coordinate *float64
	known      *bool
}

func (c pointCell) Value() (driver.Value, error) {
	if !*c.known {
		return nil, nil
	}
	return *c.coordinate, nil
}

func (c pointCell) Scan(src any) error {
	v, known := src.(float64)
	if !known && src != nil {
		return fmt.Errorf("want a coordinate, have %T", src)
	}
	*c.coordinate, *c.known = v, known
	return nil
}

// blobCell is bytes; none is no bytes and not NULL.
type blobCell struct{ p *[]byte }

func (c blobCell) Value() (driver.Value, error) {
	if *c.p == nil {
		return []byte{}, nil
	}
	return *c.p, nil
}

func (c blobCell) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("want bytes, have %T", src)
	}
	*c.p = append([]byte(nil), b...)
	return nil
}

// maybeCell is a number or nil, which is NULL.
type maybeCell struct{ p **int64 }

func (c maybeCell) Value() (driver.Value, error) {
	if *c.p == nil {
		return nil, nil
	}
	return **c.p, nil
}

func (c maybeCell) Scan(src any) error {
	if *c.p = nil; src == nil {
		return nil
	}
	var n int64
	err := scanNumber(src, &n)
	*c.p = &n
	return err
}
