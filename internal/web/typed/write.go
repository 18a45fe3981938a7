package typed

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
)

// amountText writes money without blanks, which reads back the same everywhere:
// "1800000" or "1800000,50".
func amountText(a atlas.Amount) string {
	if a.Known() && a.Minor%100 == 0 {
		return strconv.FormatInt(a.Minor/100, 10)
	}
	return strings.Replace(a.String(), ".", ",", 1)
}

// SetAmount writes money and its state so that Amount reads it back.
func (f *Form) SetAmount(name string, a atlas.Amount) {
	f.Set(name, amountText(a))
	if a.State == atlas.AmountEstimate {
		f.Set(name+"_state", string(atlas.AmountEstimate))
	}
}

// SetPercent writes a share so that Percent reads it back.
func (f *Form) SetPercent(name string, p atlas.Percent) {
	s := strings.Replace(p.String(), ".", ",", 1)
	f.Set(name, strings.TrimSuffix(s, ",00"))
}

// SetCount writes a number of people and its kind.
func (f *Form) SetCount(name string, c atlas.Count) {
	if !c.Known {
		return
	}
	f.Set(name, strconv.FormatInt(c.N, 10))
	f.Set(name+"_kind", c.Kind)
}

// SetDate writes a date in the Czech way.
func (f *Form) SetDate(name string, d atlas.Date) { f.Set(name, DateText(d)) }

// DateText writes "2017", "9/2017" or "1. 9. 2017".
func DateText(d atlas.Date) string {
	switch {
	case !d.Known():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%d/%04d", d.Month, d.Year)
	}
	return fmt.Sprintf("%d. %d. %04d", d.Day, d.Month, d.Year)
}

// SetRate writes a rate without needless zeros.
func (f *Form) SetRate(name string, r atlas.Rate) {
	if r <= 0 {
		return
	}
	tail := strings.TrimRight(fmt.Sprintf("%06d", int64(r)%1_000_000), "0")
	f.Set(name, strings.TrimSuffix(strconv.FormatInt(int64(r)/1_000_000, 10)+","+tail, ","))
}

// SetYear writes a year, nothing for an unknown one.
func (f *Form) SetYear(name string, year int) {
	if year != 0 {
		f.Set(name, fmt.Sprintf("%04d", year))
	}
}

// Part is the part of a form that a field belongs to when two versions are
// compared: the group of a row, else the field with its state or kind.
func Part(name string) string {
	head, _, _ := strings.Cut(name, ".")
	for _, tail := range []string{"_state", "_kind"} {
		head = strings.TrimSuffix(head, tail)
	}
	return head
}

// Of gives the fields of one part, with rows numbered anew and empty ones left
// out, so that equal content compares equal.
func Of(values url.Values, part string) []string {
	f := &Form{Values: values}
	var out []string
	add := func(label, name string) {
		for _, v := range values[name] {
			if strings.TrimSpace(v) != "" {
				out = append(out, label+"="+strings.TrimSpace(v))
			}
		}
	}
	for _, name := range []string{part, part + "_state", part + "_kind"} {
		add(name, name)
	}
	n := 0
	for _, row := range f.Rows(part) {
		if f.Blank(row) {
			continue
		}
		var names []string
		for name := range values {
			if field, ok := strings.CutPrefix(name, row.Prefix); ok && !hiddenRow(field) {
				names = append(names, field)
			}
		}
		slices.Sort(names)
		for _, field := range names {
			add(strconv.Itoa(n)+"."+field, row.Prefix+field)
		}
		n++
	}
	return out
}

// Differing lists the parts in which two versions differ, of those given.
func Differing(a, b url.Values, parts []string) []string {
	var out []string
	for _, part := range parts {
		if !slices.Equal(Of(a, part), Of(b, part)) {
			out = append(out, part)
		}
	}
	return out
}

// Take replaces one part of values by that of another version.
func Take(values, from url.Values, part string) {
	for name := range values {
		if Part(name) == part {
			delete(values, name)
		}
	}
	for name, all := range from {
		if Part(name) == part {
			values[name] = slices.Clone(all)
		}
	}
}
