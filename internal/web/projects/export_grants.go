package projects

import (
	"context"
	"io"
	"iter"
	"net/url"
	"time"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// exportGrants answers the projects of a question as grants of the 360Giving
// Data Standard.
func (a *area) exportGrants(q *page.Request) error {
	t, f, config := a.teller(q.Lang), a.file(q, dataset.Projects), q.Site.Config
	actors := map[string]export.Organisation{}
	g := export.Giving{
		Lang: q.Lang, Prefix: hostOf(q.Origin()), Place: a.app.Places().Get, Label: a.app.Places().Label,
		Actor:     func(id string) (export.Organisation, bool) { o, ok := actors[id]; return o, ok },
		Programme: func(code string) string { return t.item(atlas.ListProgramme, code).Text },
		URL:       func(id string) string { return q.Origin() + route.Project(q.Lang, id) },
	}
	publisher := map[string]string{"name": config.OperatorName}
	if config.OperatorURL != "" {
		publisher["website"] = config.OperatorURL
	}
	before := []export.Member{
		{Name: "title", Value: q.T("file.sheet." + f.Name)}, {Name: "description", Value: q.T("file.grants.note")},
		{Name: "issued", Value: f.Now.In(i18n.Prague).Format(time.DateOnly)}, {Name: "publisher", Value: publisher},
		{Name: "license", Value: dataset.Licence}, {Name: "downloadURL", Value: q.Origin() + q.URL.RequestURI()},
	}
	return dataset.Stream(q, f, dataset.Grants.MediaType, dataset.Grants.Extension, func(w io.Writer) error {
		return g.Write(w, before, a.withActors(q.Context(), a.found(q), actors), dataset.Metadata(q, f))
	})
}

// hostOf is what tells instances apart in identifiers.
func hostOf(origin string) string {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return "atlas"
	}
	return u.Hostname()
}

// atOnce is how many projects share one question for their actors.
const atOnce = 200

// withActors puts the actors of each project into actors before it is drawn, and
// forgets those of the projects before.
func (a *area) withActors(ctx context.Context, projects iter.Seq2[*atlas.Project, error], actors map[string]export.Organisation) iter.Seq2[*atlas.Project, error] {
	return func(yield func(*atlas.Project, error) bool) {
		var some []*atlas.Project
		give := func() bool {
			err := a.organisations(ctx, some, actors)
			if err != nil {
				yield(nil, err)
				return false
			}
			for _, p := range some {
				if !yield(p, nil) {
					return false
				}
			}
			some = some[:0]
			return true
		}
		for p, err := range projects {
			if err != nil {
				yield(nil, err)
				return
			}
			if some = append(some, p); len(some) == atOnce && !give() {
				return
			}
		}
		give()
	}
}

// organisations fills in who carries the projects out and who funds them. Of an
// actor that is not public only the name is said, as everywhere.
func (a *area) organisations(ctx context.Context, projects []*atlas.Project, into map[string]export.Organisation) error {
	clear(into)
	for _, p := range projects {
		for _, id := range p.Implementers() {
			into[id] = export.Organisation{}
		}
		for i := range p.Funding {
			into[p.Funding[i].Funder] = export.Organisation{}
		}
	}
	delete(into, "")
	var ids []string
	for id := range into {
		ids = append(ids, id)
	}
	found, err := a.app.Reader().Actors(ctx, ids)
	clear(into)
	for _, r := range found {
		if !r.Public() {
			r = &atlas.Actor{ID: r.ID, Name: r.Name, NameEn: r.NameEn}
		}
		into[r.ID] = export.Organisation{ID: export.OrganisationID(r), Name: r.Name}
	}
	return err
}
