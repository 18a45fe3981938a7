package store

import (
	"context"

	"atlas"
)

// newReplications says where each field of a replication (6.12) is kept.
func newReplications() *records[atlas.Replication] {
	type x = atlas.Replication
	type c = atlas.SideConfirmation
	const owner = "replication_id"
	side := func(name string, at func(*x) *c) columns[x] {
		return join(
			text(name+"_by", func(r *x) *string { return &at(r).By }),
			date(name+"_on", func(r *x) *atlas.Date { return &at(r).On }))
	}
	t := newTable("replication",
		text("id", func(r *x) *string { return &r.ID }),
		within(func(r *x) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("practice_id", func(r *x) *string { return &r.Practice }),
		text("via", func(r *x) *string { return &r.Via }),
		text("territory", func(r *x) *string { return &r.Territory }),
		text("place_text", func(r *x) *string { return &r.PlaceText }),
		text("country", func(r *x) *string { return &r.Country }),
		text("actor_id", func(r *x) *string { return &r.Actor }),
		text("project_id", func(r *x) *string { return &r.Project }),
		text("card", func(r *x) *string { return &r.Card }),
		text("kind", func(r *x) *string { return &r.Kind }),
		text("status", func(r *x) *string { return &r.Status }),
		asJSON("segments", func(r *x) *[]string { return &r.Segments }),
		asJSON("steps", func(r *x) *[]atlas.TransferStep { return &r.Steps }),
		asJSON("answers", func(r *x) *[]atlas.PrerequisiteAnswer { return &r.Answers }),
		text("adapted", func(r *x) *string { return &r.Adapted }),
		text("result", func(r *x) *string { return &r.Result }),
		text("because", func(r *x) *string { return &r.Because }),
		date("since", func(r *x) *atlas.Date { return &r.From }),
		date("until", func(r *x) *atlas.Date { return &r.Until }),
		side("source_said", func(r *x) *c { return &r.BySource }),
		side("follower_said", func(r *x) *c { return &r.ByFollower }),
	)
	return newRecords(atlas.KindReplication, "B", func(r *x) *string { return &r.ID }, func(r *x) *atlas.Meta { return &r.Meta }, t,
		newSources("replication_source", owner, func(r *x) *[]atlas.Source { return &r.Sources }),
	)
}

// Replication reads a replication, with errors as Project has.
func (r *Reader) Replication(ctx context.Context, id string) (*atlas.Replication, error) {
	return r.schema.replications.one(ctx, r, id)
}

// Replications reads replications in the order of ids, leaving out those not there.
func (r *Reader) Replications(ctx context.Context, ids []string) ([]*atlas.Replication, error) {
	return r.schema.replications.many(ctx, r, ids)
}

// EachReplication streams all replications in the order of their ids.
func (r *Reader) EachReplication(ctx context.Context, fn func(*atlas.Replication) error) error {
	return r.schema.replications.each(ctx, r, fn)
}

// ReplicationsOf reads the replications of a card and of those merged into it, whatever
// their status.
func (r *Reader) ReplicationsOf(ctx context.Context, practice string) ([]*atlas.Replication, error) {
	return r.schema.replications.where(ctx, r, "SELECT id FROM replication WHERE practice_id = $1 OR practice_id IN (SELECT id FROM practice WHERE merged_into = $1) ORDER BY id", practice)
}

// ReplicationsIn reads the replications of a territory itself.
func (r *Reader) ReplicationsIn(ctx context.Context, territory string) ([]*atlas.Replication, error) {
	return r.schema.replications.where(ctx, r, "SELECT id FROM replication WHERE territory = $1 ORDER BY id", territory)
}

// ReplicationsOfProject reads the replications that a project, or one merged into it,
// carries out.
func (r *Reader) ReplicationsOfProject(ctx context.Context, project string) ([]*atlas.Replication, error) {
	return r.schema.replications.where(ctx, r, "SELECT id FROM replication WHERE project_id = $1 OR project_id IN (SELECT id FROM project WHERE merged_into = $1) ORDER BY id", project)
}

// PutReplication creates or changes a replication, as PutProject does a project.
func (tx *Tx) PutReplication(ctx context.Context, x *atlas.Replication, w Write) error {
	return tx.schema.replications.put(ctx, tx, x, w)
}
