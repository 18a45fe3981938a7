package store

import (
	"context"
	"strings"

	"atlas"
)

// newNeeds says where each field of a need (6.14) is kept.
func newNeeds() *records[atlas.Need] {
	type n = atlas.Need
	const owner = "need_id"
	t := newTable("need",
		text("id", func(r *n) *string { return &r.ID }),
		within(func(r *n) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("title", func(r *n) *string { return &r.Title }),
		text("description", func(r *n) *string { return &r.Description }),
		text("kind", func(r *n) *string { return &r.Kind }),
		text("area", func(r *n) *string { return &r.Area }),
		text("territory", func(r *n) *string { return &r.Territory }),
		people("people", func(r *n) *atlas.Count { return &r.People }),
		yesNo("few", func(r *n) *bool { return &r.Few }),
		number("severity", func(r *n) *int { return &r.Severity }),
		text("reported_by", func(r *n) *string { return &r.Origin }),
		date("reported", func(r *n) *atlas.Date { return &r.Reported }),
		text("evidence", func(r *n) *string { return &r.Evidence }),
		text("status", func(r *n) *string { return &r.Status }),
	)
	return newRecords(atlas.KindNeed, "T",
		func(r *n) *string { return &r.ID }, func(r *n) *atlas.Meta { return &r.Meta }, t,
		newValues("need_value", owner,
			ofRecord("target_legal", func(r *n) *[]string { return &r.TargetLegal }),
			ofRecord("project", func(r *n) *[]string { return &r.Projects }),
			ofRecord("call", func(r *n) *[]string { return &r.Calls })),
		newList("need_measure", owner, func(r *n) *[]atlas.Reference { return &r.Measures },
			text("title", func(r *atlas.Reference) *string { return &r.Title }),
			text("url", func(r *atlas.Reference) *string { return &r.URL })),
		newSources("need_source", owner, func(r *n) *[]atlas.Source { return &r.Sources }),
	)
}

// Need reads a need, with errors as Project has.
func (r *Reader) Need(ctx context.Context, id string) (*atlas.Need, error) {
	return r.schema.needs.one(ctx, r, id)
}

// Needs reads needs in the order of ids, leaving out those not there.
func (r *Reader) Needs(ctx context.Context, ids []string) ([]*atlas.Need, error) {
	return r.schema.needs.many(ctx, r, ids)
}

// EachNeed streams all needs in the order of their ids.
func (r *Reader) EachNeed(ctx context.Context, fn func(*atlas.Need) error) error {
	return r.schema.needs.each(ctx, r, fn)
}

// PutNeed creates or changes a need, as PutProject does a project.
func (tx *Tx) PutNeed(ctx context.Context, n *atlas.Need, w Write) error {
	return tx.schema.needs.put(ctx, tx, n, w)
}

// OpenNeed (otevřená potřeba) is what the need index weighs of a need that is
// published, verified and lasts (8.1.6).
type OpenNeed struct {
	ID        string
	Territory string   // code
	Area      string   // CL-01
	Severity  int      // 1–4
	Groups    []string // CL-02
}

// OpenNeeds reads all open needs in the order of their ids, by one statement.
func (r *Reader) OpenNeeds(ctx context.Context) ([]OpenNeed, error) {
	statuses := "'" + strings.Join(atlas.OpenNeedStatuses(), "', '") + "'"
	var out []OpenNeed
	err := r.rows(ctx, `SELECT n.id, n.territory, n.area, n.severity, v.value FROM need n
		LEFT JOIN need_value v ON v.need_id = n.id AND v.list = 'target_legal'
		WHERE n.record_status = $1 AND n.status IN (`+statuses+`) AND n.territory IS NOT NULL AND n.area IS NOT NULL AND n.severity IS NOT NULL
		ORDER BY n.id, v.position`, []any{atlas.RecordPublished}, func(scan scan) error {
		var x OpenNeed
		var group string
		if err := scan(&x.ID, &x.Territory, &x.Area, &x.Severity, textCell[string]{&group}); err != nil {
			return err
		}
		if len(out) == 0 || out[len(out)-1].ID != x.ID {
			out = append(out, x)
		}
		if group != "" {
			last := &out[len(out)-1]
			last.Groups = append(last.Groups, group)
		}
		return nil
	})
	return out, err
}
