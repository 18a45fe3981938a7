package store

import (
	"context"

	"atlas"
)

// newPractices says where each field of a good-practice card (6.11) is kept. Codes
// that cards are found by have rows of their own; what is read only with the card
// stands as JSON.
func newPractices() *records[atlas.Practice] {
	type x = atlas.Practice
	const owner = "practice_id"
	t := newTable("practice",
		text("id", func(r *x) *string { return &r.ID }),
		within(func(r *x) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("title", func(r *x) *string { return &r.Title }),
		text("place_text", func(r *x) *string { return &r.PlaceText }),
		text("country", func(r *x) *string { return &r.Country }),
		text("needed", func(r *x) *string { return &r.Needed }),
		asJSON("contacts", func(r *x) *[]atlas.Person { return &r.Contacts }),
		date("since", func(r *x) *atlas.Date { return &r.From }),
		date("until", func(r *x) *atlas.Date { return &r.To }),
		yesNo("ongoing", func(r *x) *bool { return &r.Ongoing }),
		yesNo("became_service", func(r *x) *bool { return &r.BecameService }),
		yesNo("pioneer", func(r *x) *bool { return &r.Pioneer }),
		text("summary", func(r *x) *string { return &r.Summary }),
		text("goal", func(r *x) *string { return &r.Goal }),
		asJSON("subgoals", func(r *x) *[]string { return &r.Subgoals }),
		text("beneficiaries", func(r *x) *string { return &r.Beneficiaries }),
		asJSON("city_roles", func(r *x) *[]atlas.CityRole { return &r.CityRoles }),
		text("stimulus", func(r *x) *string { return &r.Stimulus }),
		text("description", func(r *x) *string { return &r.Description }),
		asJSON("milestones", func(r *x) *[]atlas.Milestone { return &r.Milestones }),
		text("results", func(r *x) *string { return &r.Results }),
		asJSON("services", func(r *x) *[]atlas.Service { return &r.Services }),
		text("funding", func(r *x) *string { return &r.Funding }),
		asJSON("staff", func(r *x) *atlas.FTE { return &r.Staff }),
		number("months", func(r *x) *int { return &r.Months }),
		amount("yearly_cost", func(r *x) *atlas.Amount { return &r.YearlyCost }),
		text("transferability", func(r *x) *string { return &r.Transferability }),
		asJSON("segments", func(r *x) *[]atlas.Segment { return &r.Segments }),
		text("adaptation", func(r *x) *string { return &r.Adaptation }),
		asJSON("advice", func(r *x) *[]string { return &r.Advice }),
		asJSON("prerequisites", func(r *x) *[]atlas.Prerequisite { return &r.Prerequisites }),
		flag("upscaling", func(r *x) *atlas.Flag { return &r.Upscaling }),
		asJSON("barriers", func(r *x) *[]atlas.Barrier { return &r.Barriers }),
		text("lessons", func(r *x) *string { return &r.Lessons }),
		text("evaluated", func(r *x) *string { return &r.Evaluation }),
		asJSON("assessments", func(r *x) *[]atlas.Opinion { return &r.Assessments }),
		asJSON("awards", func(r *x) *[]atlas.Award { return &r.Awards }),
		asJSON("photos", func(r *x) *[]atlas.Photo { return &r.Photos }),
		asJSON("videos", func(r *x) *[]atlas.Video { return &r.Videos }),
		asJSON("files", func(r *x) *[]atlas.Reference { return &r.Files }),
		text("status", func(r *x) *string { return &r.Status }),
		date("marked", func(r *x) *atlas.Date { return &r.Marked }),
		date("marked_until", func(r *x) *atlas.Date { return &r.Until }),
		asJSON("confirmed", func(r *x) *[]atlas.Confirmation { return &r.Confirmed }),
		text("lost", func(r *x) *string { return &r.Lost }),
		date("lost_on", func(r *x) *atlas.Date { return &r.LostOn }),
		yesNo("upscaled", func(r *x) *bool { return &r.Upscaled }),
	)
	return newRecords(atlas.KindPractice, "K", func(r *x) *string { return &r.ID }, func(r *x) *atlas.Meta { return &r.Meta }, t,
		newValues("practice_value", owner,
			ofRecord("project", func(r *x) *[]string { return &r.Projects }),
			ofRecord("evaluation", func(r *x) *[]string { return &r.Evaluations }),
			ofRecord("territory", func(r *x) *[]string { return &r.Territories }),
			ofRecord("implementer", func(r *x) *[]string { return &r.Implementers }),
			ofRecord("area", func(r *x) *[]string { return &r.Areas }),
			ofRecord("activity", func(r *x) *[]string { return &r.Activities }),
			ofRecord("target_legal", func(r *x) *[]string { return &r.TargetLegal }),
			ofRecord("situation", func(r *x) *[]string { return &r.Situations })),
		newSources("practice_source", owner, func(r *x) *[]atlas.Source { return &r.Sources }),
	)
}

// Practice reads a card, with errors as Project has.
func (r *Reader) Practice(ctx context.Context, id string) (*atlas.Practice, error) {
	return r.schema.practices.one(ctx, r, id)
}

// Practices reads cards in the order of ids, leaving out those not there.
func (r *Reader) Practices(ctx context.Context, ids []string) ([]*atlas.Practice, error) {
	return r.schema.practices.many(ctx, r, ids)
}

// EachPractice streams all cards in the order of their ids.
func (r *Reader) EachPractice(ctx context.Context, fn func(*atlas.Practice) error) error {
	return r.schema.practices.each(ctx, r, fn)
}

// PracticesOf reads the cards that grew of a project, whatever their status.
func (r *Reader) PracticesOf(ctx context.Context, project string) ([]*atlas.Practice, error) {
	return r.practicesOf(ctx, "project", project)
}

// PracticesOn reads the cards that rest on an evaluation, whatever their status.
func (r *Reader) PracticesOn(ctx context.Context, evaluation string) ([]*atlas.Practice, error) {
	return r.practicesOf(ctx, "evaluation", evaluation)
}

func (r *Reader) practicesOf(ctx context.Context, list, id string) ([]*atlas.Practice, error) {
	return r.schema.practices.where(ctx, r, "SELECT DISTINCT practice_id FROM practice_value WHERE list = $1 AND value = $2 ORDER BY practice_id", list, id)
}

// MarkedPractices reads the cards whose mark of good practice was given and did not
// fall; one that ended by its day is among them.
func (r *Reader) MarkedPractices(ctx context.Context) ([]*atlas.Practice, error) {
	return r.schema.practices.where(ctx, r, "SELECT id FROM practice WHERE marked IS NOT NULL AND lost_on IS NULL ORDER BY id")
}

// PutPractice creates or changes a card, as PutProject does a project.
func (tx *Tx) PutPractice(ctx context.Context, x *atlas.Practice, w Write) error {
	return tx.schema.practices.put(ctx, tx, x, w)
}

// newCollections says where each field of a collection of practices is kept.
func newCollections() *records[atlas.Collection] {
	type x = atlas.Collection
	t := newTable("collection",
		text("id", func(r *x) *string { return &r.ID }),
		within(func(r *x) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("title", func(r *x) *string { return &r.Title }),
		text("body", func(r *x) *string { return &r.Text }),
	)
	return newRecords(atlas.KindCollection, "S", func(r *x) *string { return &r.ID }, func(r *x) *atlas.Meta { return &r.Meta }, t,
		newValues("collection_value", "collection_id", ofRecord("practice", func(r *x) *[]string { return &r.Practices })))
}

// Collection reads a collection, with errors as Project has.
func (r *Reader) Collection(ctx context.Context, id string) (*atlas.Collection, error) {
	return r.schema.collections.one(ctx, r, id)
}

// Collections reads collections in the order of ids, leaving out those not there.
func (r *Reader) Collections(ctx context.Context, ids []string) ([]*atlas.Collection, error) {
	return r.schema.collections.many(ctx, r, ids)
}

// EachCollection streams all collections in the order of their ids.
func (r *Reader) EachCollection(ctx context.Context, fn func(*atlas.Collection) error) error {
	return r.schema.collections.each(ctx, r, fn)
}

// PutCollection creates or changes a collection, as PutProject does a project.
func (tx *Tx) PutCollection(ctx context.Context, x *atlas.Collection, w Write) error {
	return tx.schema.collections.put(ctx, tx, x, w)
}
