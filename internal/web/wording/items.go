package wording

import (
	"fmt"
	"strings"

	"atlas"
	"atlas/internal/i18n"
)

// items writes the items of a list, each on its line.
func (t Teller) items(key string, value any) []string {
	switch all := value.(type) {
	case []atlas.Place:
		return each(all, func(p atlas.Place) string { return t.joined(t.Place(p.Territory), t.percent(p.Share)) })
	case []atlas.Party:
		return each(all, func(p atlas.Party) string {
			return t.joined(t.Lists.Label(atlas.ListRole, p.Role, t.Lang)+": "+t.Actor(p.Actor), t.money(p.Amount, ""))
		})
	case []atlas.Funding:
		return each(all, t.funding)
	case []atlas.AreaShare:
		return each(all, func(a atlas.AreaShare) string {
			primary := ""
			if a.Primary {
				primary = t.Words.T(t.Lang, "projects.primary")
			}
			return t.joined(t.Lists.Label(atlas.ListArea, a.Code, t.Lang), primary, t.percent(a.Share))
		})
	case []atlas.Activity:
		return each(all, func(a atlas.Activity) string {
			return t.joined(t.Lists.Label(atlas.ListActivity, a.Code, t.Lang), a.Text)
		})
	case []atlas.Barrier:
		return each(all, func(b atlas.Barrier) string {
			return t.joined(t.Lists.Label(atlas.ListBarrier, b.Code, t.Lang), b.Text)
		})
	case []atlas.Indicator:
		return each(all, t.indicator)
	case []atlas.Reference:
		return each(all, func(r atlas.Reference) string { return t.joined(r.Title, r.URL) })
	case []atlas.Person:
		return each(all, t.person)
	case []atlas.Media:
		return each(all, func(m atlas.Media) string {
			return t.joined(m.Title, m.URL, m.Author, m.Source, t.Lists.Label(atlas.ListLicence, m.Licence, t.Lang), m.Alt)
		})
	case []atlas.Source:
		return each(all, t.source)
	case []atlas.Verbatim:
		return each(all, func(v atlas.Verbatim) string { return v.Field + ": " + v.Value })
	case []atlas.Relation:
		return each(all, func(r atlas.Relation) string {
			kind := r.Kind
			if k := "actors.relation.to." + kind; t.Words.Has(k) {
				kind = t.Words.T(t.Lang, k)
			}
			return t.joined(kind+": "+t.Actor(r.Actor), i18n.Date(t.Lang, r.Since))
		})
	}
	return []string{fmt.Sprint(value)}
}

func each[T any](all []T, text func(T) string) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = text(v)
	}
	return out
}

func (t Teller) funding(f atlas.Funding) string {
	field := func(name string, a atlas.Amount) string {
		if !a.Known() {
			return ""
		}
		return t.Words.T(t.Lang, "projects.field.funding."+name) + " " + t.money(a, f.Currency)
	}
	who, year := "", ""
	if f.Funder != "" {
		who = t.Actor(f.Funder)
	}
	if f.Year != 0 {
		year = fmt.Sprint(f.Year)
	}
	return t.joined(who, t.Lists.Label(atlas.ListFunderType, f.FunderType, t.Lang), t.Lists.Label(atlas.ListProgramme, f.Programme, t.Lang),
		f.ProgrammeText, f.CallNo, f.Call, year, field("amount_requested", f.Requested), field("amount_granted", f.Granted),
		field("amount_spent", f.Spent), t.percent(f.Share))
}

func (t Teller) indicator(x atlas.Indicator) string {
	var measured []string
	for _, m := range x.Measurements {
		measured = append(measured, m.Period+" "+i18n.Decimal(t.Lang, m.Value))
	}
	return t.joined(x.Name, t.Lists.Label(atlas.ListIndicatorKind, x.Kind, t.Lang), x.Unit, i18n.Decimal(t.Lang, x.Target), strings.Join(measured, "; "))
}

func (t Teller) person(c atlas.Person) string {
	public := ""
	if c.Public {
		public = t.Words.T(t.Lang, "wording.public")
	}
	name := strings.TrimSpace(c.TitlesBefore + " " + c.Name)
	return t.joined(name, c.TitlesAfter, c.Function, c.Organisation, c.Email, c.Phone, public)
}

func (t Teller) source(s atlas.Source) string {
	row := ""
	if s.Row > 0 {
		row = fmt.Sprint(s.Row)
	}
	return t.joined(t.Lists.Label(atlas.ListSourceKind, s.Kind, t.Lang), s.URL, s.Note, i18n.Date(t.Lang, s.Accessed), s.File, row)
}
