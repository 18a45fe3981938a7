package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"atlas"
)

// Review (hromadné rozhodnutí) is several decisions that an editor made at once
// and may take back at once.
type Review struct {
	ID       string // "R-00001"; the origin of what it wrote
	Deed     string // DeedPublished or DeedReturned
	Items    []ReviewItem
	By       string
	At       time.Time
	UndoneBy string
	UndoneAt time.Time
}

// ReviewItem is one record that a review wrote, with the version that it made.
type ReviewItem struct {
	Kind, ID string
	Version  int64
}

// reviewRow is a review as its table has it.
type reviewRow struct {
	Review
	items string
}

func newReviews() *table[reviewRow] {
	type v = reviewRow
	return newTable("review",
		text("id", func(r *v) *string { return &r.ID }),
		text("deed", func(r *v) *string { return &r.Deed }),
		text("items", func(r *v) *string { return &r.items }),
		text("made_by", func(r *v) *string { return &r.By }),
		moment("made_at", func(r *v) *time.Time { return &r.At }),
		text("undone_by", func(r *v) *string { return &r.UndoneBy }),
		moment("undone_at", func(r *v) *time.Time { return &r.UndoneAt }),
	)
}

// Review reads several decisions made at once.
func (r *Reader) Review(ctx context.Context, id string) (Review, error) {
	var out *Review
	err := r.schema.reviews.each(ctx, r.q, "WHERE id = $1", []any{id}, func(v *reviewRow) error {
		kept := v.Review
		out = &kept
		return json.Unmarshal([]byte(v.items), &out.Items)
	})
	if err == nil && out == nil {
		err = fmt.Errorf("review %q: %w", id, atlas.ErrNotFound)
	}
	if err != nil {
		return Review{}, err
	}
	return *out, nil
}

// ReviewID gives the code of the next review, which its writes have as origin.
func (tx *Tx) ReviewID(ctx context.Context) (string, error) {
	var id string
	err := tx.assignID(ctx, "review", "R", &id)
	return id, err
}

// PutReview writes a review in place of what was before.
func (tx *Tx) PutReview(ctx context.Context, v Review) error {
	items, err := json.Marshal(v.Items)
	if err != nil {
		return err
	}
	if _, err := tx.q.exec(ctx, "DELETE FROM review WHERE id = $1", v.ID); err != nil {
		return err
	}
	return tx.schema.reviews.insert(ctx, tx.q, []reviewRow{{v, string(items)}})
}

// recordTables are the tables of records by their kind.
var recordTables = map[string]string{
	atlas.KindProject: "project", atlas.KindActor: "actor", atlas.KindCall: "call", atlas.KindNeed: "need", atlas.KindExtent: "source_extent",
	atlas.KindPractice: "practice", atlas.KindReplication: "replication",
}

// WaitingRecords gives the ids of records that wait for an editor, the oldest
// first.
func (r *Reader) WaitingRecords(ctx context.Context, kind string, limit int) ([]string, error) {
	return r.q.texts(ctx, "SELECT id FROM "+recordTables[kind]+` WHERE record_status <> 'ZVEREJNENO' AND record_status = $1
		ORDER BY updated_at, id LIMIT $2`, atlas.RecordReview, limit)
}

// CountWaiting says how much waits for an editor: records and corrections.
func (r *Reader) CountWaiting(ctx context.Context) (int64, error) {
	return r.q.number(ctx, `SELECT (SELECT COUNT(*) FROM project WHERE record_status <> 'ZVEREJNENO' AND record_status = $1)
		+ (SELECT COUNT(*) FROM actor WHERE record_status <> 'ZVEREJNENO' AND record_status = $1)
		+ (SELECT COUNT(*) FROM need WHERE record_status <> 'ZVEREJNENO' AND record_status = $1)
		+ (SELECT COUNT(*) FROM practice WHERE record_status <> 'ZVEREJNENO' AND record_status = $1)
		+ (SELECT COUNT(*) FROM replication WHERE record_status <> 'ZVEREJNENO' AND record_status = $1)
		+ (SELECT COUNT(*) FROM proposal WHERE state = $2)`, atlas.RecordReview, ProposalWaiting)
}

// RecordsBy gives the ids of the records of a kind that an account wrote first,
// the last changed first.
func (r *Reader) RecordsBy(ctx context.Context, kind, account string, limit int) ([]string, error) {
	return r.q.texts(ctx, "SELECT id FROM "+recordTables[kind]+` WHERE substr(created_by, 1, 2) = 'U-' AND created_by = $1
		AND merged_into IS NULL ORDER BY updated_at DESC, id DESC LIMIT $2`, account, limit)
}
