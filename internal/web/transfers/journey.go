package transfers

import (
	"encoding/json"
	"net/http"
	"net/url"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/transfer"
	"atlas/internal/web/chart"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// journeyPage is who took a card over from whom: as a drawing, a tree, a table and a
// map of the same links.
type journeyPage struct {
	page.Base
	Card     link
	Picture  chart.Lineage
	Tree     []branch
	Rows     []row
	Map      mapping
	Towns    int
	Depth    int
	Agreed   int
	Given    int
	URLStart string
	URLLD    string
	Exports  []dataset.Link
}

// branch is a line of the tree with what comes of it.
type branch struct {
	Town, Row                            link
	Kind, Status, Years, Changed, Agreed string
	Given, Confirmed, Own, Again, Root   bool
	Kids                                 []branch
}

// journey answers the page of the journey of a card.
func (a *area) journey(q *page.Request) error {
	t := a.teller(q.Lang)
	card, err := a.card(q, q.PathValue("id"))
	if err != nil {
		return err
	}
	j, err := a.app.Journey(q.Context(), card.ID)
	if err != nil {
		return err
	}
	p := &journeyPage{
		Base: q.Base(q.T("transfers.journey.title", "name", card.Title)), Card: link{card.Title, route.Practice(q.Lang, card.ID)},
		Towns: j.Len(), URLStart: route.TransferOf(q.Lang, card.ID), URLLD: route.In(q.Lang, route.Fill(route.PracticeLD, card.ID)),
		Exports: dataset.Links(q.Lang, dataset.Transfers, url.Values{paramPractice: {card.ID}}.Encode()),
	}
	p.Nav, p.Breadcrumb, p.NoIndex, p.Query = route.Practices, []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}, {URL: p.Card.URL, Text: card.Title}}, !card.Public(), nil
	w := drawn{teller: t, area: a, j: j, card: card.ID}
	p.Picture = w.picture(q.T("transfers.journey.title", "name", card.Title))
	p.Tree = w.branches(j.Tree(j.Roots))
	depth := j.Depths()
	for _, d := range depth {
		p.Depth = max(p.Depth, d)
	}
	for _, l := range w.links() {
		r := j.Replications[l.ID]
		x := a.rowOf(t, r, j.Cards[r.Practice])
		x.From, x.To, x.Depth = w.node(l.From), w.node(l.To), depth[l.To]
		p.Rows = append(p.Rows, x)
		if l.Agreed {
			p.Agreed++
		}
		if l.Given {
			p.Given++
		}
	}
	if p.Map, err = w.onMap(q.Context()); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "transfers/journey", p)
}

// drawn draws a journey in the language of a request.
type drawn struct {
	teller
	area *area
	j    *app.Journey
	card string
}

// links are the links in the order in which the tree tells them.
func (w drawn) links() []transfer.Link {
	var out []transfer.Link
	var walk func([]transfer.Step)
	walk = func(all []transfer.Step) {
		for _, s := range all {
			if s.Link.ID != "" {
				out = append(out, s.Link)
			}
			walk(s.Kids)
		}
	}
	walk(w.j.Tree(w.j.Roots))
	return out
}

// node names a town of the journey: that of a card or of a replication.
func (w drawn) node(id string) link {
	if card := w.j.Cards[id]; card != nil {
		town := w.cardTown(card)
		return link{town.Text, route.Practice(w.lang, id)}
	}
	if r := w.j.Replications[id]; r != nil {
		return link{w.town(r).Text, route.Transfer(w.lang, id)}
	}
	return link{Text: w.T("transfers.town_unknown")}
}

func styleOf(l transfer.Link) chart.LinkStyle {
	switch {
	case l.Given:
		return chart.LinkAbandoned
	case l.Agreed:
		return chart.LinkAgreed
	}
	return chart.LinkUnconfirmed
}

// words say a link whole: "Plzeň → Pardubice: Inspirovalo, Realizace, nepotvrzeno".
func (w drawn) spoken(l transfer.Link) string {
	r := w.j.Replications[l.ID]
	out := w.T("transfers.from_to", "from", w.node(l.From).Text, "to", w.node(l.To).Text) + ": " + w.label(atlas.ListTransferKind, r.Kind)
	for _, more := range []string{w.label(atlas.ListTransferStatus, r.Status), w.years(r), w.confirmation(r)} {
		if more != "" {
			out += ", " + more
		}
	}
	return out
}

func (w drawn) picture(title string) chart.Lineage {
	spots, columns, rows := w.j.Layout(w.j.Roots)
	at := map[string]int{}
	out := chart.Lineage{
		ID: "cesta", Title: title, Desc: w.T("transfers.journey.desc"), Columns: columns, Rows: rows,
		Words: [3]string{w.T("transfers.confirmed"), w.T("transfers.unconfirmed"), w.label(atlas.ListTransferStatus, atlas.TransferAbandoned)},
	}
	came := map[string]*atlas.Replication{}
	for _, l := range w.j.Links() {
		came[l.To] = w.j.Replications[l.ID]
	}
	for i, s := range spots {
		at[s.Node.ID] = i
		n := w.node(s.Node.ID)
		note := w.T("transfers.journey.origin")
		if r := came[s.Node.ID]; r != nil {
			note = w.label(atlas.ListTransferStatus, r.Status)
			if r.From.Known() {
				note = w.date(r.From) + " · " + note
			}
		}
		out.Nodes = append(out.Nodes, chart.LineageNode{Column: s.Column, Row: s.Row, Text: n.Text, Note: note, Name: n.Text + ", " + note, Href: n.URL, Own: s.Node.ID == w.card})
	}
	for _, l := range w.j.Links() {
		from, known := at[l.From]
		to, there := at[l.To]
		if known && there {
			out.Links = append(out.Links, chart.LineageLink{From: from, To: to, Style: styleOf(l), Name: w.spoken(l), Href: route.Transfer(w.lang, l.ID)})
		}
	}
	return out
}

func (w drawn) branches(all []transfer.Step) []branch {
	var out []branch
	for _, s := range all {
		b := branch{Town: w.node(s.Node.ID), Own: s.Node.ID == w.card, Again: s.Again, Root: s.Link.ID == "", Kids: w.branches(s.Kids)}
		if r := w.j.Replications[s.Link.ID]; r != nil {
			b.Row = link{r.ID, route.Transfer(w.lang, r.ID)}
			b.Kind, b.Status, b.Years, b.Changed = w.label(atlas.ListTransferKind, r.Kind), w.label(atlas.ListTransferStatus, r.Status), w.years(r), changed(r)
			b.Agreed, b.Given, b.Confirmed = w.confirmation(r), r.Abandoned(), r.Confirmed()
		}
		out = append(out, b)
	}
	return out
}

// territoryOf is where a node lies; "" abroad and where it is not known.
func (w drawn) territoryOf(id string) string {
	if card := w.j.Cards[id]; card != nil {
		if len(card.Territories) > 0 {
			return card.Territories[0]
		}
		return ""
	}
	if r := w.j.Replications[id]; r != nil {
		return r.Territory
	}
	return ""
}

// journeyLD answers the journey for programs: each handing over is an action of which
// the practice is the object, with the one that it came of.
func (a *area) journeyLD(q *page.Request) error {
	t := a.teller(q.Lang)
	card, err := a.card(q, q.PathValue("id"))
	if err != nil {
		return err
	}
	j, err := a.app.Journey(q.Context(), card.ID)
	if err != nil {
		return err
	}
	w := drawn{teller: t, area: a, j: j, card: card.ID}
	host, depth := q.Origin(), j.Depths()
	graph := []map[string]any{}
	spots, _, _ := j.Layout(j.Roots)
	for _, s := range spots {
		n := w.node(s.Node.ID)
		about := map[string]any{"@id": host + n.URL, "@type": "CreativeWork", "name": n.Text, "position": depth[s.Node.ID], "spatialCoverage": placeLD(n.Text, w.territoryOf(s.Node.ID))}
		if c := j.Cards[s.Node.ID]; c != nil {
			about["headline"] = c.Title
		}
		graph = append(graph, about)
	}
	for _, l := range w.links() {
		r := j.Replications[l.ID]
		action := map[string]any{
			"@id": host + route.Transfer(t.lang, r.ID) + "#predani", "@type": "TransferAction", "identifier": r.ID, "name": w.spoken(l),
			"object": map[string]any{"@id": host + w.node(l.From).URL}, "result": map[string]any{"@id": host + w.node(l.To).URL},
			"additionalType": r.Kind,
			"additionalProperty": []map[string]any{
				{"@type": "PropertyValue", "name": "depth", "value": depth[l.To]},
				{"@type": "PropertyValue", "name": "confirmedBySource", "value": r.BySource.Said()}, {"@type": "PropertyValue", "name": "confirmedByFollower", "value": r.ByFollower.Said()},
			},
		}
		for key, value := range map[string]string{"startTime": r.From.String(), "endTime": r.Until.String(), "description": changed(r), "actionStatus": statusLD(r)} {
			if value != "" {
				action[key] = value
			}
		}
		if r.Status != "" {
			action["additionalProperty"] = append(action["additionalProperty"].([]map[string]any), map[string]any{"@type": "PropertyValue", "name": "status", "value": r.Status})
		}
		graph = append(graph, action)
	}
	body, err := json.MarshalIndent(map[string]any{"@context": "https://schema.org", "@graph": graph}, "", "  ")
	if err != nil {
		return err
	}
	return q.Answer("application/ld+json", body)
}

// placeLD is a place in the words of schema.org; of one abroad there is no code.
func placeLD(name, code string) map[string]any {
	out := map[string]any{"@type": "Place", "name": name}
	if code != "" {
		out["identifier"] = code
	}
	return out
}

// statusLD is how far a replication is in the words of schema.org, "" where nobody
// knows.
func statusLD(r *atlas.Replication) string {
	switch r.Status {
	case "":
		return ""
	case atlas.TransferAbandoned:
		return "https://schema.org/FailedActionStatus"
	case atlas.TransferDone, atlas.TransferAdapted:
		return "https://schema.org/CompletedActionStatus"
	case atlas.TransferRunning:
		return "https://schema.org/ActiveActionStatus"
	}
	return "https://schema.org/PotentialActionStatus"
}
