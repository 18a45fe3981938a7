package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"atlas"
)

// Project reads a project. It is atlas.ErrNotFound when there is none, and
// *atlas.RedirectError when it was merged into another one.
func (r *Reader) Project(ctx context.Context, id string) (*atlas.Project, error) {
	return r.schema.projects.one(ctx, r, id)
}

// Projects reads projects in the order of ids. Those that are not there are
// left out; merged ones are as they were left.
func (r *Reader) Projects(ctx context.Context, ids []string) ([]*atlas.Project, error) {
	return r.schema.projects.many(ctx, r, ids)
}

// ProjectTitles reads no more than the titles of projects, by their codes; of merged
// ones as they were left.
func (r *Reader) ProjectTitles(ctx context.Context, ids []string) (map[string]atlas.Words, error) {
	out := make(map[string]atlas.Words, len(ids))
	err := r.some(ctx, ids, "SELECT id, title_cs, title_en FROM project WHERE ", "id", "", func(scan scan) error {
		var id string
		var title atlas.Words
		err := scan(&id, textCell[string]{&title.Cs}, textCell[string]{&title.En})
		out[id] = title
		return err
	})
	return out, err
}

// EachProject streams all projects, drafts and merged ones too, in the order
// of their ids. Memory does not grow with their number.
func (r *Reader) EachProject(ctx context.Context, fn func(*atlas.Project) error) error {
	return r.schema.projects.each(ctx, r, fn)
}

// CountProjects is how many projects there are, without those merged away.
func (r *Reader) CountProjects(ctx context.Context) (int, error) {
	n, err := r.q.number(ctx, "SELECT COUNT(*) FROM project WHERE merged_into IS NULL")
	return int(n), err
}

// Unpublished finds the projects that readers do not see, the last changed
// first, without those merged away.
func (r *Reader) Unpublished(ctx context.Context, limit int) ([]string, error) {
	return r.q.texts(ctx, `SELECT id FROM project WHERE record_status <> $1 AND merged_into IS NULL
		ORDER BY updated_at DESC, id LIMIT $2`, atlas.RecordPublished, limit)
}

// ProjectByRegNumber finds the id of the project with a registration number,
// or of the one it was merged into; atlas.ErrNotFound when there is none.
func (r *Reader) ProjectByRegNumber(ctx context.Context, reg string) (string, error) {
	var id string
	err := r.q.scan(ctx, "SELECT COALESCE(merged_into, id) FROM project WHERE reg_number = $1", []any{reg}, &id)
	return id, err
}

// HolderOfRegNumber finds the project that itself has a registration number,
// merged or not; "" when none has.
func (r *Reader) HolderOfRegNumber(ctx context.Context, reg string) (string, error) {
	var id string
	err := r.q.scan(ctx, "SELECT id FROM project WHERE reg_number = $1", []any{reg}, &id)
	if errors.Is(err, atlas.ErrNotFound) {
		return "", nil
	}
	return id, err
}

// FollowedBy finds the projects that follow one (pokračuje v).
func (r *Reader) FollowedBy(ctx context.Context, id string) ([]string, error) {
	return r.q.texts(ctx, `SELECT DISTINCT f.project_id FROM project_follow f
		JOIN project p ON p.id = f.project_id
		WHERE f.follows_id = $1 AND p.merged_into IS NULL ORDER BY f.project_id`, id)
}

// Continued finds which of some projects are followed by a published one. It
// costs a statement for every few hundred of them.
func (r *Reader) Continued(ctx context.Context, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	err := r.some(ctx, ids, `SELECT DISTINCT f.follows_id FROM project_follow f
		JOIN project p ON p.id = f.project_id
		WHERE p.merged_into IS NULL AND p.record_status = '`+atlas.RecordPublished+"' AND ", "f.follows_id", "", func(scan scan) error {
		var id string
		err := scan(&id)
		out[id] = true
		return err
	})
	return out, err
}

// ProjectsOfActor finds the projects in which an actor has a role or gave
// money, without those merged away.
func (r *Reader) ProjectsOfActor(ctx context.Context, actor string) ([]string, error) {
	// COALESCE keeps the engine from starting at all projects that are not merged.
	return r.q.texts(ctx, `SELECT p.id FROM (SELECT project_id FROM project_party WHERE actor_id = $1
			UNION SELECT project_id FROM project_funding WHERE funder_id = $1) theirs
		JOIN project p ON p.id = theirs.project_id
		WHERE COALESCE(p.merged_into, '') = '' ORDER BY p.id`, actor)
}

// PutProject creates or changes a project. Version 0 creates, and gives an id
// when there is none; otherwise the version must be the one that stands, else
// the error is *atlas.ConflictError. A registration number that another
// project has is an *atlas.InvalidError. On success p carries its id and new
// version; when the transaction fails, p is as it was.
func (tx *Tx) PutProject(ctx context.Context, p *atlas.Project, w Write) error {
	if err := tx.regNumberFree(ctx, p); err != nil {
		return err
	}
	return tx.schema.projects.put(ctx, tx, p, w)
}

// regNumberFree refuses a registration number that is taken. No other writer
// can take it between this look and the write. In bulk that of a new project is
// only claimed, and looked for with others when they are written.
func (tx *Tx) regNumberFree(ctx context.Context, p *atlas.Project) error {
	if p.RegNumber == "" {
		return nil
	}
	if tx.bulk && p.Version == 0 {
		if first := tx.claims[p.RegNumber]; first != nil {
			return regNumberTaken(first.ID)
		}
		tx.claims[p.RegNumber] = p
		return nil
	}
	other, err := tx.HolderOfRegNumber(ctx, p.RegNumber)
	if err != nil || other == "" || other == p.ID {
		return err
	}
	return regNumberTaken(other)
}

// claimsFree refuses the registration numbers claimed of which one is taken.
func (tx *Tx) claimsFree(ctx context.Context) error {
	if len(tx.claims) == 0 {
		return nil
	}
	s := tx.q.oneOf(slices.Collect(maps.Keys(tx.claims)))
	clear(tx.claims)
	holders, err := tx.q.texts(ctx, "SELECT id FROM project WHERE "+s.where("reg_number")+" ORDER BY id LIMIT 1", s.args...)
	if err != nil || len(holders) == 0 {
		return err
	}
	return regNumberTaken(holders[0])
}

func regNumberTaken(by string) error {
	return fmt.Errorf("%w: %w", &atlas.InvalidError{Problems: []atlas.Problem{{
		Field: "reg_number", Key: "problem.reg_number_taken", Args: map[string]any{"id": by},
	}}}, atlas.ErrConflict)
}
