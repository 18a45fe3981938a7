package store

import (
	"context"

	"atlas"
)

// ActorRole is a role that an actor has in a project.
type ActorRole struct {
	Project string // Project.ID
	Role    string // CL-09; who gave money has atlas.RoleFunder
	Status  string // of the project's record, CL-12
}

// RolesOfActor finds every role of an actor, once for each project, the latest
// projects first and those whose start is not known last; without projects that
// were merged away.
func (r *Reader) RolesOfActor(ctx context.Context, actor string) ([]ActorRole, error) {
	rows, err := r.q.query(ctx, `SELECT r.project_id, r.role, p.record_status FROM (
			SELECT project_id, role FROM project_party WHERE actor_id = $1
			UNION SELECT project_id, '`+atlas.RoleFunder+`' FROM project_funding WHERE funder_id = $1) r
		JOIN project p ON p.id = r.project_id WHERE p.merged_into IS NULL
		ORDER BY COALESCE(p.date_from, '') DESC, r.project_id DESC, r.role`, actor)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []ActorRole
	for rows.Next() {
		var a ActorRole
		if err := rows.Scan(&a.Project, &a.Role, &a.Status); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, r.q.engine.explain(rows.Err())
}
