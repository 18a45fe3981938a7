package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Redaction (výmaz) says that the snapshot of a change was replaced, because
// the law demands that what it said of a person be erased.
type Redaction struct {
	Seq    int64
	Change int64 // atlas.Change.Seq
	Entry  int64 // of the audit log
	At     time.Time
	By     string
	Reason string // without personal data: "GDPR čl. 17"
	// Digest of the snapshot that was replaced, Replacement of that which stands
	// in its place.
	Digest, Replacement string
}

func newRedactions() *table[Redaction] {
	type d = Redaction
	return newTable("redaction",
		counted("seq", func(r *d) *int64 { return &r.Seq }),
		counted("change_seq", func(r *d) *int64 { return &r.Change }),
		counted("entry", func(r *d) *int64 { return &r.Entry }),
		moment("at", func(r *d) *time.Time { return &r.At }),
		text("made_by", func(r *d) *string { return &r.By }),
		text("reason", func(r *d) *string { return &r.Reason }),
		text("digest", func(r *d) *string { return &r.Digest }),
		text("replacement", func(r *d) *string { return &r.Replacement }),
	)
}

// Redact replaces the snapshot of a change, JSON as Reader.Version gives it, by
// one without what must be erased, and says why. The log still proves all else
// of the change, and that the snapshot was replaced, when and by whom.
// atlas.ErrNotFound when there is no such change.
func (tx *Tx) Redact(ctx context.Context, seq int64, replacement []byte, why string, w Write) error {
	if !json.Valid(replacement) || why == "" {
		return errors.New("redact: want JSON and a reason")
	}
	w = w.complete(1)
	var before string
	if err := tx.q.scan(ctx, "SELECT snapshot FROM change WHERE seq = $1", []any{seq}, &before); err != nil {
		return fmt.Errorf("redact change %d: %w", seq, err)
	}
	if err := tx.openLog(ctx); err != nil {
		return err
	}
	own, err := tx.counter(ctx, "redaction")
	if err != nil {
		return err
	}
	entry, err := tx.counter(ctx, "audit")
	if err != nil {
		return err
	}
	own.value++
	r := Redaction{
		Seq: own.value, Change: seq, Entry: entry.value + 1, At: w.At, By: w.By, Reason: why,
		Digest: digestOf([]byte(before)), Replacement: digestOf(replacement),
	}
	err = tx.chain(ctx, AuditEntry{At: w.At, By: w.By, Action: AuditRedact, Subject: fmt.Sprintf("change %d", seq), Digest: r.sum()})
	if err != nil {
		return err
	}
	if err := tx.schema.redactions.insert(ctx, tx.q, []Redaction{r}); err != nil {
		return err
	}
	_, err = tx.q.exec(ctx, "UPDATE change SET snapshot = $1 WHERE seq = $2", string(replacement), seq)
	return err
}
