package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"atlas"
)

// AuditEntry (záznam protokolu) is a line of the audit log: a transaction that
// wrote records, or a deed that changed none. Entries are numbered from 1
// without a gap and each carries the hash of the one before.
type AuditEntry struct {
	Seq     int64
	At      time.Time // when it was committed; never before the entry before
	By      string    // an account, "atlas", "demo", "import"; never a name or an e-mail
	Action  string    // AuditWrite or whatever was done
	Subject string    // of what, in short and without personal data
	// The changes it covers, both ends included; 0 when it covers none.
	FirstChange, LastChange int64
	Digest                  string // of those changes, of AuditRedact of the redaction
	Prev, Hash              string
}

// Actions of entries that the store writes itself.
const (
	AuditWrite   = "write"      // a transaction that changed records
	AuditBefore  = "before_log" // what had been written before there was a log: nobody vouches for it
	AuditRedact  = "redact"     // a snapshot was replaced, see Tx.Redact
	AuditRestore = "restore"    // the database was filled from a backup
	noEntry      = "0000000000000000000000000000000000000000000000000000000000000000"
)

func newAudit() *table[AuditEntry] {
	type e = AuditEntry
	return newTable("audit",
		counted("seq", func(r *e) *int64 { return &r.Seq }),
		moment("at", func(r *e) *time.Time { return &r.At }),
		text("made_by", func(r *e) *string { return &r.By }),
		text("action", func(r *e) *string { return &r.Action }),
		text("subject", func(r *e) *string { return &r.Subject }),
		number("first_change", func(r *e) *int64 { return &r.FirstChange }),
		number("last_change", func(r *e) *int64 { return &r.LastChange }),
		text("digest", func(r *e) *string { return &r.Digest }),
		text("prev", func(r *e) *string { return &r.Prev }),
		text("hash", func(r *e) *string { return &r.Hash }),
	)
}

// Audit appends an entry about a deed that changes no record: a role was given,
// data of a person erased. Only At, By, Action and Subject are the caller's; At
// is by default now. The entry is there when the transaction is.
func (tx *Tx) Audit(ctx context.Context, e AuditEntry) error {
	if e.Action == "" {
		return errors.New("audit: an entry needs an action")
	}
	return tx.append(ctx, AuditEntry{At: e.At, By: e.By, Action: e.Action, Subject: e.Subject})
}

// written is what a transaction has changed so far, for its entry.
type written struct {
	span
	subject  string
	by       []string            // who signed, each once
	mandates []string            // by which they wrote in the name of another, each once
	records  map[string][]string // their codes by kind, in the order of writing
}

// note takes a change into the entry of the transaction.
func (w *written) note(c *change, json []byte) {
	if w.rows == 0 {
		w.subject = c.Kind + " " + c.ID
	}
	if len(w.by) == 0 || w.by[len(w.by)-1] != c.By {
		w.by = union(w.by, []string{c.By})
	}
	if w.records == nil {
		w.records = map[string][]string{}
	}
	w.records[c.Kind] = append(w.records[c.Kind], c.ID)
	if m := c.Mandate(); m != "" && !slices.Contains(w.mandates, m) {
		w.mandates = append(w.mandates, m)
	}
	w.add(c, digestOf(json))
}

// Wrote are the codes of the records of a kind that the transaction wrote so far.
func (tx *Tx) Wrote(kind string) []string { return tx.written.records[kind] }

// entry says what the transaction wrote and by which mandate: "project P-00001
// +3", "project P-00001 M-00002".
func (w *written) entry() AuditEntry {
	e := AuditEntry{
		Action: AuditWrite, By: strings.Join(w.by, ", "), Subject: w.subject,
		FirstChange: w.first, LastChange: w.last, Digest: w.digest(),
	}
	if w.rows > 1 {
		e.Subject += fmt.Sprintf(" +%d", w.rows-1)
	}
	for _, m := range w.mandates {
		e.Subject += " " + m
	}
	return e
}

// seal appends the entry of what the transaction wrote.
func (tx *Tx) seal(ctx context.Context) error {
	if tx.written.rows == 0 || tx.unlogged {
		return nil
	}
	if err := tx.append(ctx, tx.written.entry()); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return tx.q.flush(ctx)
}

// append chains an entry to the one before.
func (tx *Tx) append(ctx context.Context, e AuditEntry) error {
	if err := tx.openLog(ctx); err != nil {
		return err
	}
	return tx.chain(ctx, e)
}

func (tx *Tx) chain(ctx context.Context, e AuditEntry) error {
	number, err := tx.counter(ctx, "audit")
	if err != nil {
		return err
	}
	number.value++
	if e.At.IsZero() {
		e.At = time.Now()
	}
	if e.At = e.At.UTC(); e.At.Before(tx.head.At) {
		e.At = tx.head.At // the clock was set back
	}
	e.Seq, e.Prev = number.value, tx.head.Hash
	e.Hash = e.hash()
	tx.head = &e
	return tx.schema.audit.insert(ctx, tx.q, []AuditEntry{e})
}

// openLog finds the last entry. A log that begins in a database which has
// changes already begins with an entry that covers them.
func (tx *Tx) openLog(ctx context.Context) error {
	if tx.head != nil {
		return nil
	}
	head := AuditEntry{Hash: noEntry}
	err := tx.schema.audit.each(ctx, tx.q, "ORDER BY seq DESC LIMIT 1", nil, func(e *AuditEntry) error { head = *e; return nil })
	if err != nil {
		return err
	}
	tx.head = &head
	number, err := tx.counter(ctx, "audit")
	if err != nil || number.value > 0 {
		return err
	}
	return tx.coverFormer(ctx)
}

// coverFormer appends the entry about changes from before the log.
func (tx *Tx) coverFormer(ctx context.Context) error {
	var former span
	end := tx.written.first // of this transaction, 0 when it wrote nothing yet
	feed := newFeed(tx.q, tx.schema)
	for {
		c, err := feed.next(ctx)
		if err != nil {
			return err
		}
		if c == nil || end != 0 && c.Seq >= end {
			break
		}
		former.add(&c.change, c.original())
	}
	if former.rows == 0 {
		return nil
	}
	return tx.chain(ctx, AuditEntry{
		By: "atlas", Action: AuditBefore, Subject: fmt.Sprintf("%d", former.rows),
		FirstChange: former.first, LastChange: former.last, Digest: former.digest(),
	})
}

// beginLog closes what was written before there was a log. It is called when
// the tables were brought up to date.
func (s *Store) beginLog(ctx context.Context) error {
	n, err := s.q.number(ctx, "SELECT COUNT(*) FROM (SELECT seq FROM audit LIMIT 1) a")
	if err != nil || n > 0 {
		return err
	}
	if n, err = s.LastChange(ctx); err != nil || n == 0 {
		return err
	}
	return s.Update(ctx, func(tx *Tx) error { return tx.openLog(ctx) })
}

// AuditFilter says which entries of the log are asked for; what is zero asks
// nothing.
type AuditFilter struct {
	Since time.Time
	By    string
	// Entries that cover a change of a record: "P-00001".
	Record string
	After  int64 // number of an entry
	// Newest gives the last entries first: those before Before, 0 = all.
	Newest bool
	Before int64
	Limit  int // by default 500
}

// LastAudit is the last entry of the log that is not later than a moment: what
// the state at that moment is proved by. atlas.ErrNotFound when the log begins
// later.
func (r *Reader) LastAudit(ctx context.Context, at time.Time) (e AuditEntry, err error) {
	err = r.schema.audit.each(ctx, r.q, "WHERE at <= $1 ORDER BY seq DESC LIMIT 1", []any{at.UTC().Format(timeFormat)},
		func(found *AuditEntry) error { e = *found; return nil })
	if err == nil && e.Seq == 0 {
		err = fmt.Errorf("audit log at %s: %w", at.UTC().Format(time.RFC3339), atlas.ErrNotFound)
	}
	return e, err
}

// AuditEntries reads entries of the log in their order, or the newest first.
func (r *Reader) AuditEntries(ctx context.Context, f AuditFilter) ([]AuditEntry, error) {
	where, args := []string{"seq > $1"}, []any{f.After}
	and := func(condition string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if !f.Since.IsZero() {
		and("at >= $%d", f.Since.UTC().Format(timeFormat))
	}
	if f.By != "" {
		and("made_by = $%d", f.By)
	}
	if f.Record != "" {
		and("EXISTS (SELECT 1 FROM change c WHERE c.kind IN ("+kindList()+") AND c.record_id = $%d AND c.seq BETWEEN first_change AND last_change)", f.Record)
	}
	if f.Before > 0 {
		and("seq < $%d", f.Before)
	}
	order := "seq"
	if f.Newest {
		order = "seq DESC"
	}
	if f.Limit <= 0 {
		f.Limit = 500
	}
	args = append(args, f.Limit)
	var out []AuditEntry
	err := r.schema.audit.each(ctx, r.q, fmt.Sprintf("WHERE %s ORDER BY %s LIMIT $%d", strings.Join(where, " AND "), order, len(args)), args,
		func(e *AuditEntry) error { out = append(out, *e); return nil })
	return out, err
}

// LastAuditOf reads the last entry with an action, "" = the last of all;
// atlas.ErrNotFound when there is none.
func (r *Reader) LastAuditOf(ctx context.Context, action string) (AuditEntry, error) {
	where, args := "", []any(nil)
	if action != "" {
		where, args = "WHERE action = $1 ", []any{action}
	}
	var last *AuditEntry
	err := r.schema.audit.each(ctx, r.q, where+"ORDER BY seq DESC LIMIT 1", args, func(e *AuditEntry) error {
		kept := *e
		last = &kept
		return nil
	})
	if err == nil && last == nil {
		err = fmt.Errorf("audit entry: %w", atlas.ErrNotFound)
	}
	if err != nil {
		return AuditEntry{}, err
	}
	return *last, nil
}

// kindList names all kinds of records, by which the index of changes begins.
func kindList() string {
	kinds := []string{atlas.KindProject, atlas.KindActor, atlas.KindCall, atlas.KindExtent, atlas.KindNeed, atlas.KindTerritory, atlas.KindList, atlas.KindSpellings, atlas.KindText, atlas.KindDataset, atlas.KindReport,
		atlas.KindRubric, atlas.KindRound, atlas.KindEvaluation, atlas.KindSheet, atlas.KindPractice, atlas.KindCollection, atlas.KindReplication}
	return "'" + strings.Join(kinds, "', '") + "'"
}
