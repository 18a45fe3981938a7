package projects

import (
	"atlas"
	"atlas/internal/web/route"
)

// linkedData describes a project in the words of schema.org, for machines that
// read pages. html/template writes it into the script block as JSON.
func linkedData(p *atlas.Project, url string, v vocabulary) map[string]any {
	data := map[string]any{
		"@context": "https://schema.org", "@type": "Project", "@id": url, "url": url,
		"name": p.Title(v.lang), "identifier": p.ID, "inLanguage": "cs",
	}
	set := func(key string, value string) {
		if value != "" {
			data[key] = value
		}
	}
	set("description", p.Annotation)
	set("alternateName", p.Acronym)
	set("foundingDate", p.From.String())
	set("dissolutionDate", p.To.String())
	set("sameAs", route.Outside(p.Web))
	var members, funders []any
	for _, q := range p.Parties {
		if name := v.actor(q.Actor); q.Actor != "" && q.Role != atlas.RoleFunder {
			members = append(members, organisation(name, v.lists.Label(atlas.ListRole, q.Role, v.lang)))
		}
	}
	seen := map[string]bool{}
	for i := range p.Funding {
		id := p.Funding[i].Funder
		if name := v.actor(id); id != "" && !seen[id] {
			seen[id] = true
			funders = append(funders, organisation(name, ""))
		}
	}
	var places, about []any
	for _, t := range p.Territories {
		places = append(places, map[string]any{"@type": "AdministrativeArea", "name": v.places.Label(t.Territory), "identifier": t.Territory})
	}
	for _, area := range p.Areas {
		about = append(about, v.lists.Label(atlas.ListArea, area.Code, v.lang))
	}
	for key, list := range map[string][]any{"member": members, "funder": funders, "areaServed": places, "knowsAbout": about} {
		if len(list) > 0 {
			data[key] = list
		}
	}
	return data
}

func organisation(name, role string) map[string]any {
	o := map[string]any{"@type": "Organization", "name": name}
	if role == "" {
		return o
	}
	return map[string]any{"@type": "OrganizationRole", "roleName": role, "member": o}
}
