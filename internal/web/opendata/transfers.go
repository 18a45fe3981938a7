package opendata

import (
	"slices"
	"strings"

	"atlas"
	"atlas/internal/web/route"
)

// Replication is that a town takes a practice of another one over, or tries to (6.12).
type Replication struct {
	Record
	Practice       string              `json:"practice" doc:"Code of the card that was followed" example:"K-00001"`
	Via            *string             `json:"via" doc:"Replication through whose town it was taken; null straight from the town of the card" example:"B-00001"`
	Territory      *PlaceRef           `json:"territory" doc:"Who follows"`
	PlaceText      *string             `json:"place_text" doc:"Who follows, in words, where it is abroad"`
	Country        *Code               `json:"country" doc:"Country of the follower"`
	Actor          *ActorRef           `json:"actor" doc:"Organisation that carries it out there"`
	Project        *string             `json:"project" doc:"Code of its project" example:"P-00001"`
	Card           *string             `json:"card" doc:"Code of its own card of the practice" example:"K-00002"`
	Kind           *Code               `json:"kind" doc:"Relation to the practice (CL-33-VZT)"`
	Status         *Code               `json:"status" doc:"How far it is (CL-33-PREN)"`
	Segments       []string            `json:"segments" doc:"Parts that were taken over"`
	Steps          []ReplicationStep   `json:"steps" doc:"Answers to the five steps of the checklist"`
	Prerequisites  []ReplicationAnswer `json:"prerequisites" doc:"What the follower says of the prerequisites of the card"`
	Adapted        *string             `json:"adapted" doc:"What was changed"`
	Result         *string             `json:"result" doc:"What came of it"`
	Because        *string             `json:"because" doc:"Why it was given up"`
	From           *Date               `json:"from" doc:"Beginning"`
	Until          *Date               `json:"until" doc:"End"`
	SourceSaidOn   *Date               `json:"confirmed_by_source" doc:"When the town that is followed confirmed it; null it did not"`
	FollowerSaidOn *Date               `json:"confirmed_by_follower" doc:"When the town that follows confirmed it; null it did not"`
	Confirmed      bool                `json:"confirmed" doc:"Both sides confirmed; otherwise it must be called unconfirmed"`
	Sources        []Source            `json:"sources" doc:"Where the record comes from"`
}

// ReplicationStep is the answer to a step.
type ReplicationStep struct {
	Code   string  `json:"code" doc:"Step" enum:"acquaint,justify,resources,plan,partners"`
	Answer *string `json:"answer" doc:"Answer"`
	DoneOn *Date   `json:"done_on" doc:"When it was done; null not yet"`
}

// ReplicationAnswer is the answer to a prerequisite.
type ReplicationAnswer struct {
	Code   string  `json:"code" doc:"Code of the prerequisite within the card" example:"p1"`
	Met    *string `json:"met" doc:"Whether it is met; null is not known" enum:"ano,ne"`
	Source *string `json:"source" doc:"What says so"`
}

// ReplicationPage is a page of replications.
type ReplicationPage struct {
	Paging
	Items []Replication `json:"items" doc:"Replications of this page, in the order of their codes"`
}

const paramPractice = "praxe"

func (a *area) transferEndpoints() []endpoint {
	want := []parameter{
		{name: paramPractice, doc: "Code of the card that was followed", example: "K-00001"},
		{name: paramPlace, doc: "Code of a territory: replications by it and by what lies in it", example: "CZ041"},
		{name: paramStatus, doc: "Status, a code of CL-33-PREN", example: "OPUST"},
	}
	return []endpoint{
		{pattern: route.APIReplications, id: "replications", summary: "Transfers of practices between towns, in the order of their codes", params: slices.Concat(want, pages), shape: ReplicationPage{}, read: a.replications},
		{pattern: route.APIReplication, id: "replication", summary: "One transfer of a practice", shape: Replication{}, read: a.replication},
	}
}

func (a *area) replications(q *asked) (any, error) {
	practice, place, status := q.text(paramPractice), q.text(paramPlace), q.text(paramStatus)
	var found []*atlas.Replication
	err := a.app.Reader().EachReplication(q.Context(), func(r *atlas.Replication) error {
		is := func(asked, value string) bool { return asked == "" || asked == value }
		if r.Public() && is(practice, r.Practice) && is(status, r.Status) && (place == "" || slices.Contains(a.app.Chain(r.Territory), place)) {
			found = append(found, r)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(x, y *atlas.Replication) int { return strings.Compare(x.ID, y.ID) })
	notes := q.unknownPlace(place)
	if status != "" && !q.lists.Has(atlas.ListTransferStatus, status) {
		notes = append(notes, q.unknownCode(paramStatus, status))
	}
	c := q.cut()
	return ReplicationPage{
		Paging: q.paging(len(found), c, q.given(paramPractice, paramPlace, paramStatus), notes), Items: list(of(c, found), q.filler.replication),
	}, nil
}

func (a *area) replication(q *asked) (any, error) {
	r, err := a.app.Reader().Replication(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !r.Public() {
		return nil, atlas.ErrNotFound
	}
	return q.filler.replication(r), nil
}

// replication gives a replication its public shape: who confirmed it is nobody's
// matter, when is.
func (f filler) replication(r *atlas.Replication) Replication {
	out := Replication{
		Record: f.record(r.ID, route.Transfer("cs", r.ID), r.Meta), Practice: r.Practice, Via: opt(r.Via), PlaceText: opt(r.PlaceText), Country: f.code(atlas.ListCountry, r.Country),
		Actor: f.actor(r.Actor), Project: opt(r.Project), Card: opt(r.Card), Kind: f.code(atlas.ListTransferKind, r.Kind), Status: f.code(atlas.ListTransferStatus, r.Status),
		Segments: list(r.Segments, func(s string) string { return s }), Adapted: opt(r.Adapted), Result: opt(r.Result), Because: opt(r.Because),
		From: date(r.From), Until: date(r.Until), SourceSaidOn: date(r.BySource.On), FollowerSaidOn: date(r.ByFollower.On), Confirmed: r.Confirmed(), Sources: list(r.Sources, f.source),
		Steps: list(r.Steps, func(s atlas.TransferStep) ReplicationStep {
			return ReplicationStep{string(s.Code), opt(s.Answer), date(s.Done)}
		}),
		Prerequisites: list(r.Answers, func(x atlas.PrerequisiteAnswer) ReplicationAnswer {
			return ReplicationAnswer{x.Code, opt(string(x.Met)), opt(x.Source)}
		}),
	}
	if r.Territory != "" {
		p := f.place(r.Territory)
		out.Territory = &p
	}
	return out
}
