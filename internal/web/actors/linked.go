package actors

import (
	"atlas"
	"atlas/internal/web/route"
)

// linkedData describes an actor in the words of schema.org, for machines that
// read pages. html/template writes it into the script block as JSON. What is
// not known is left out.
func linkedData(r *atlas.Actor, t teller, url, parent string) map[string]any {
	data := map[string]any{
		"@context": "https://schema.org", "@type": "Organization", "@id": url, "url": url, "name": r.DisplayName(t.lang),
	}
	set := func(key, value string) {
		if value != "" {
			data[key] = value
		}
	}
	set("taxID", r.ICO)
	set("vatID", r.DIC)
	set("email", r.Email)
	set("telephone", r.Phone)
	set("sameAs", route.Outside(r.Web))
	other := append([]string{}, r.OtherNames...)
	for _, n := range []string{r.Name, r.NameEn} {
		if n != "" && n != r.DisplayName(t.lang) {
			other = append(other, n)
		}
	}
	if len(other) > 0 {
		data["alternateName"] = other
	}
	if !r.Seat.Empty() {
		data["address"] = address(r)
	}
	if parent != "" {
		data["parentOrganization"] = map[string]any{"@type": "Organization", "name": parent}
	}
	var places, topics []any
	for _, code := range r.Territories {
		places = append(places, map[string]any{"@type": "AdministrativeArea", "name": t.place(code), "identifier": code})
	}
	for _, code := range r.Areas {
		topics = append(topics, t.label(atlas.ListArea, code))
	}
	for key, list := range map[string][]any{"areaServed": places, "knowsAbout": topics} {
		if len(list) > 0 {
			data[key] = list
		}
	}
	return data
}

func address(r *atlas.Actor) map[string]any {
	out := map[string]any{"@type": "PostalAddress"}
	for key, value := range map[string]string{
		"streetAddress": r.Seat.Street, "postalCode": r.Seat.ZIP, "addressLocality": r.Seat.City, "addressCountry": r.Country,
	} {
		if value != "" {
			out[key] = value
		}
	}
	return out
}
