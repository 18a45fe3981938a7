package store

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"atlas"
)

// ChangesBefore reads changes before a number, the newest first, at most limit of
// them.
func (r *Reader) ChangesBefore(ctx context.Context, seq int64, limit int) ([]atlas.Change, error) {
	return r.changes(ctx, "WHERE seq < $1 ORDER BY seq DESC LIMIT $2", seq, limit)
}

// VersionsOf reads one version of each of some records of a kind, as Version
// gives it, by their ids. Those that are not there are left out. It costs a
// statement for every few hundred records.
func (r *Reader) VersionsOf(ctx context.Context, kind string, versions map[string]int64) (map[string][]byte, error) {
	out := make(map[string][]byte, len(versions))
	for page := range slices.Chunk(slices.Sorted(maps.Keys(versions)), pageSize/2) {
		pairs, args := make([]string, len(page)), []any{kind}
		for i, id := range page {
			pairs[i] = "($" + strconv.Itoa(2*i+2) + ", CAST($" + strconv.Itoa(2*i+3) + " AS BIGINT))"
			args = append(args, id, versions[id])
		}
		err := r.rows(ctx, "SELECT record_id, snapshot FROM change WHERE kind = $1 AND (record_id, version) IN (VALUES "+strings.Join(pairs, ", ")+")", args,
			func(scan scan) error {
				var id, json string
				err := scan(&id, &json)
				out[id] = []byte(json)
				return err
			})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ProjectsOfActors finds for each of some actors what ProjectsOfActor does.
func (r *Reader) ProjectsOfActors(ctx context.Context, actors []string) (map[string][]string, error) {
	out := map[string][]string{}
	take := func(scan scan) error {
		var actor, project string
		err := scan(&actor, &project)
		out[actor] = append(out[actor], project)
		return err
	}
	for _, from := range [][2]string{{"project_party", "actor_id"}, {"project_funding", "funder_id"}} {
		text := "SELECT DISTINCT t." + from[1] + ", t.project_id FROM " + from[0] + " t JOIN project p ON p.id = t.project_id WHERE COALESCE(p.merged_into, '') = '' AND "
		if err := r.some(ctx, actors, text, "t."+from[1], "", take); err != nil {
			return nil, err
		}
	}
	for actor, projects := range out {
		slices.Sort(projects)
		out[actor] = slices.Compact(projects)
	}
	return out, nil
}

// Survivors finds for those of some records of a kind that were merged away
// where they live on; the others are left out.
func (r *Reader) Survivors(ctx context.Context, kind string, ids []string) (map[string]string, error) {
	table := recordTables[kind]
	if table == "" {
		return nil, nil
	}
	out := map[string]string{}
	err := r.some(ctx, ids, "SELECT id, merged_into FROM "+table+" WHERE merged_into IS NOT NULL AND ", "id", "", func(scan scan) error {
		var id, into string
		err := scan(&id, &into)
		out[id] = into
		return err
	})
	return out, err
}
