package projects

import (
	"testing"

	"atlas"
)

// city writes an organisation that carries projects out.
func city(t testing.TB, i *instance) *atlas.Actor {
	t.Helper()
	r := &atlas.Actor{Name: "Statutární město Plzeň", Type: "OBEC", Country: "CZ", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
	if found, err := i.app.Reader().ActorsByFoldedName(t.Context(), "statutarni mesto plzen"); err == nil && len(found) == 1 {
		r.ID = found[0]
		return r
	}
	if err := i.app.SaveActor(t.Context(), editor, r); err != nil {
		t.Fatal(err)
	}
	return r
}

// full is a project with everything that publishing asks for.
func full(actor string) *atlas.Project {
	return &atlas.Project{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, TitleCs: "Projekt", Annotation: "Popis projektu", Goal: "Cíl projektu",
		From: atlas.Date{Year: 2017, Month: 9}, To: atlas.Date{Year: 2020, Month: 12}, Status: atlas.StatusEnded,
		Country: "CZ", Scope: atlas.ScopeCountry, Currency: "CZK", Parties: []atlas.Party{{Actor: actor, Role: atlas.RoleImplementer}},
		Areas: []atlas.AreaShare{{Code: "STR", Primary: true}}, TargetLegal: []string{"TG-ALL"}, Activities: []atlas.Activity{{Code: "A35"}},
		Sources: []atlas.Source{{Kind: "WEB", URL: "https://www.example.org/projekt", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 21}}},
	}
}

// publish writes a published project of this title.
func publish(t testing.TB, i *instance, title string, change ...func(*atlas.Project)) *atlas.Project {
	t.Helper()
	p := full(city(t, i).ID)
	p.TitleCs = title
	for _, c := range change {
		c(p)
	}
	if err := i.app.SaveProject(t.Context(), editor, p); err != nil {
		t.Fatal(err)
	}
	return p
}
