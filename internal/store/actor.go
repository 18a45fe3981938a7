package store

import (
	"context"

	"atlas"
)

// Actor reads an actor, with errors as Project has.
func (r *Reader) Actor(ctx context.Context, id string) (*atlas.Actor, error) {
	return r.schema.actors.one(ctx, r, id)
}

// Actors reads actors in the order of ids, leaving out those not there.
func (r *Reader) Actors(ctx context.Context, ids []string) ([]*atlas.Actor, error) {
	return r.schema.actors.many(ctx, r, ids)
}

// EachActor streams all actors in the order of their ids.
func (r *Reader) EachActor(ctx context.Context, fn func(*atlas.Actor) error) error {
	return r.schema.actors.each(ctx, r, fn)
}

// ActorByICO finds the id of the actor with an IČO: the organisation itself
// rather than a part of it. atlas.ErrNotFound when there is none.
func (r *Reader) ActorByICO(ctx context.Context, ico string) (string, error) {
	return r.actorBy(ctx, "ico", ico)
}

// ActorByForeignID finds the id of the actor with an identifier abroad.
func (r *Reader) ActorByForeignID(ctx context.Context, id string) (string, error) {
	return r.actorBy(ctx, "foreign_id", id)
}

// actorOrder puts the organisation itself before its parts and before those
// merged into another.
const actorOrder = `CASE WHEN merged_into IS NULL THEN 0 ELSE 1 END,
	CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, id`

func (r *Reader) actorBy(ctx context.Context, column, value string) (string, error) {
	var id string
	err := r.q.scan(ctx, `SELECT COALESCE(merged_into, id) FROM actor WHERE `+column+` = $1
		ORDER BY `+actorOrder+` LIMIT 1`, []any{value}, &id)
	return id, err
}

// ActorsByFoldedName finds the ids of actors one of whose names, folded by
// czech.Fold, is the given one.
func (r *Reader) ActorsByFoldedName(ctx context.Context, folded string) ([]string, error) {
	return r.q.texts(ctx, `SELECT id FROM actor WHERE name_folded = $1 AND merged_into IS NULL
		UNION SELECT id FROM actor WHERE name_en_folded = $1 AND merged_into IS NULL
		UNION SELECT a.id FROM actor a JOIN actor_other_name n ON n.actor_id = a.id
			WHERE n.name_folded = $1 AND a.merged_into IS NULL
		ORDER BY 1`, folded)
}

// PutActor creates or changes an actor, as PutProject does a project.
func (tx *Tx) PutActor(ctx context.Context, a *atlas.Actor, w Write) error {
	return tx.schema.actors.put(ctx, tx, a, w)
}
