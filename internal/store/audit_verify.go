package store

import (
	"context"
	"errors"
	"fmt"
)

// AuditHead is an entry of the log known to somebody: with the last one kept
// elsewhere, it can be proved later that the end of the log was not cut off.
type AuditHead struct {
	Seq  int64 // 0 = whichever has the hash
	Hash string
}

// AuditReport (nález ověření) is what a verification found.
type AuditReport struct {
	Entries, Changes int64 // looked at
	Redacted         int64 // changes whose snapshot was replaced by the law
	Former           int64 // changes from before the log, for which nobody vouches
	Head             AuditHead
	Broken           *AuditBreak // the first place where the log does not hold; nil when it holds
}

// AuditBreak is a place where the log does not hold.
type AuditBreak struct {
	Kind  BreakKind
	Entry int64 // of the log, 0 where none is meant
	// Changes among which the place is, both ends included; 0 where none are meant.
	First, Last int64
}

func (b *AuditBreak) Error() string {
	return fmt.Sprintf("audit log: %s at entry %d, changes %d to %d", b.Kind, b.Entry, b.First, b.Last)
}

// BreakKind is what is wrong with the log.
type BreakKind string

const (
	BreakEntryMissing  BreakKind = "entry_missing"  // there is no such entry, but later ones
	BreakEntryChanged  BreakKind = "entry_changed"  // its hash is not that of what it says
	BreakChain         BreakKind = "chain"          // it does not follow from the one before
	BreakChangeChanged BreakKind = "change_changed" // one of the changes the entry covers
	BreakChangeRemoved BreakKind = "change_removed" // a change the entry covers
	BreakChangeAdded   BreakKind = "change_added"   // changes that no entry covers
	BreakRedaction     BreakKind = "redaction"      // a snapshot replaced in another way than is said
	BreakCut           BreakKind = "cut"            // the end was cut off: there was such an entry or change
	BreakHead          BreakKind = "head"           // not the entry that is known
)

// VerifyAudit computes the whole log anew from what the database holds, in
// memory that does not grow with it, and says the first place that does not
// hold. known is an entry noted earlier, zero when there is none. progress is
// told how many of how many changes were looked at; it may be nil.
//
// It proves that every change stands as it was written, but for the snapshots
// erased by the law, and that none is missing or was slipped in. That the end
// was not cut off together with the counters is proved only up to known.
func (r *Reader) VerifyAudit(ctx context.Context, known AuditHead, progress func(done, all int64)) (*AuditReport, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	var report AuditReport
	err := r.snapshot(ctx, func(q *querier) error {
		v := verifier{reader: &Reader{q: q, schema: r.schema}, AuditReport: &report, feed: newFeed(q, r.schema), known: known, progress: progress}
		return v.run(ctx)
	})
	if errors.As(err, &report.Broken) {
		err = nil
	}
	return &report, err
}

// verifier walks the entries and the changes side by side.
type verifier struct {
	*AuditReport
	reader   *Reader
	feed     changeFeed
	known    AuditHead
	met      bool // the known entry
	all      int64
	progress func(done, all int64)
}

func (v *verifier) run(ctx context.Context) error {
	var err error
	if v.all, err = v.reader.LastChange(ctx); err != nil {
		return err
	}
	v.Head.Hash = noEntry
	for {
		page, err := v.reader.AuditEntries(ctx, AuditFilter{After: v.Head.Seq})
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		for i := range page {
			if err := v.entry(ctx, &page[i]); err != nil {
				return err
			}
		}
	}
	return v.end(ctx)
}

// entry looks at one entry and what it covers.
func (v *verifier) entry(ctx context.Context, e *AuditEntry) error {
	switch {
	case e.Seq != v.Head.Seq+1:
		return &AuditBreak{Kind: BreakEntryMissing, Entry: v.Head.Seq + 1}
	case e.hash() != e.Hash:
		return &AuditBreak{Kind: BreakEntryChanged, Entry: e.Seq, First: e.FirstChange, Last: e.LastChange}
	case e.Prev != v.Head.Hash:
		return &AuditBreak{Kind: BreakChain, Entry: e.Seq}
	}
	v.Head = AuditHead{e.Seq, e.Hash}
	v.Entries++
	if err := v.recognise(e); err != nil {
		return err
	}
	if e.Action == AuditRedact {
		if err := v.redaction(ctx, e); err != nil {
			return err
		}
	}
	if e.FirstChange == 0 {
		return nil
	}
	if e.Action == AuditBefore {
		v.Former = e.LastChange - e.FirstChange + 1
	}
	return v.changes(ctx, e)
}

// recognise compares an entry with the known one.
func (v *verifier) recognise(e *AuditEntry) error {
	if v.known.Hash == e.Hash {
		v.met = true
	}
	if v.known.Seq == e.Seq && v.known.Hash != e.Hash {
		return &AuditBreak{Kind: BreakHead, Entry: e.Seq}
	}
	return nil
}

// redaction looks for what an entry says was erased.
func (v *verifier) redaction(ctx context.Context, e *AuditEntry) error {
	found := false
	err := v.reader.schema.redactions.each(ctx, v.reader.q, "WHERE entry = $1", []any{e.Seq}, func(r *Redaction) error {
		found = r.sum() == e.Digest
		return nil
	})
	if err == nil && !found {
		err = &AuditBreak{Kind: BreakRedaction, Entry: e.Seq}
	}
	return err
}

// changes computes the digest of the changes that an entry covers.
func (v *verifier) changes(ctx context.Context, e *AuditEntry) error {
	var have span
	missing := int64(0) // the first change that is not there
	for {
		c, err := v.feed.peek(ctx)
		if err != nil {
			return err
		}
		if c == nil || c.Seq > e.LastChange {
			break
		}
		if c.Seq < e.FirstChange {
			return &AuditBreak{Kind: BreakChangeAdded, Entry: e.Seq, First: c.Seq, Last: e.FirstChange - 1}
		}
		if want := e.FirstChange + have.rows; missing == 0 && c.Seq != want {
			missing = want
		}
		have.add(&c.change, c.original())
		if err := v.change(ctx, c, e); err != nil {
			return err
		}
		if _, err := v.feed.next(ctx); err != nil {
			return err
		}
	}
	return holds(e, &have, missing)
}

// holds compares the digest of an entry with what there is.
func holds(e *AuditEntry, have *span, missing int64) error {
	switch want := e.LastChange - e.FirstChange + 1; {
	case have.rows > 0 && have.digest() == e.Digest:
		return nil
	case have.rows == want:
		return &AuditBreak{Kind: BreakChangeChanged, Entry: e.Seq, First: e.FirstChange, Last: e.LastChange}
	case missing == 0:
		missing = e.FirstChange + have.rows
		fallthrough
	default:
		return &AuditBreak{Kind: BreakChangeRemoved, Entry: e.Seq, First: missing, Last: missing}
	}
}

// change looks at one change and at the redactions of it.
func (v *verifier) change(ctx context.Context, c *sealed, e *AuditEntry) error {
	v.Changes++
	if v.Changes%feedPage == 0 {
		v.progress(v.Changes, v.all)
	}
	if len(c.redactions) == 0 {
		return nil
	}
	v.Redacted++
	wrong := &AuditBreak{Kind: BreakRedaction, Entry: e.Seq, First: c.Seq, Last: c.Seq}
	if !c.unbroken() {
		return wrong
	}
	for _, r := range c.redactions {
		n, err := v.reader.q.number(ctx, "SELECT COUNT(*) FROM audit WHERE seq = $1 AND action = $2 AND digest = $3", r.Entry, AuditRedact, r.sum())
		if err != nil {
			return err
		}
		if n != 1 {
			return wrong
		}
	}
	return nil
}

// end looks at what stands behind the last entry.
func (v *verifier) end(ctx context.Context) error {
	c, err := v.feed.peek(ctx)
	if err != nil {
		return err
	}
	if c != nil {
		return &AuditBreak{Kind: BreakChangeAdded, First: c.Seq, Last: v.all}
	}
	entries, err := v.reader.q.number(ctx, "SELECT value FROM counter WHERE name = 'audit'")
	if err != nil {
		return err
	}
	changes, err := v.reader.q.number(ctx, "SELECT value FROM counter WHERE name = 'change'")
	switch {
	case err != nil:
		return err
	case entries > v.Head.Seq:
		return &AuditBreak{Kind: BreakCut, Entry: entries}
	case changes > v.all:
		return &AuditBreak{Kind: BreakCut, First: changes, Last: changes}
	case v.known.Seq > v.Head.Seq:
		return &AuditBreak{Kind: BreakCut, Entry: v.known.Seq}
	case v.known.Hash != "" && !v.met:
		return &AuditBreak{Kind: BreakHead, Entry: v.known.Seq}
	}
	v.progress(v.Changes, v.all)
	return nil
}
