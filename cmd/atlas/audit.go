package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"atlas"
	"atlas/internal/store"
)

// auditVerify computes the audit log anew and says whether it holds. The last
// line is the head of the log, to be kept elsewhere and given to --head later.
func auditVerify(ctx context.Context, c *call) error {
	known, err := auditHead(c.given["head"])
	if err != nil {
		return err
	}
	return c.withLog(ctx, func(s *store.Store) error {
		p := newProgress(c.tool, "audit")
		r, err := s.VerifyAudit(ctx, known, func(done, all int64) { p.tell(int(done), int(all)) })
		p.end()
		if err != nil {
			return err
		}
		if r.Broken != nil {
			return c.auditBroken(r.Broken)
		}
		c.say("audit.holds", "entries", c.number(int(r.Entries)), "changes", c.number(int(r.Changes)))
		if r.Redacted > 0 {
			c.say("audit.redacted", "n", c.number(int(r.Redacted)))
		}
		if r.Former > 0 {
			c.say("audit.former", "n", c.number(int(r.Former)))
		}
		c.say("audit.head", "head", fmt.Sprintf("%d:%s", r.Head.Seq, r.Head.Hash))
		return nil
	})
}

// withLog opens a database that must be there and brings its tables up to date:
// a database from before the log begins one.
func (c *call) withLog(ctx context.Context, fn func(*store.Store) error) error {
	s, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, err := s.Migrate(ctx); err != nil {
		return err
	}
	return fn(s)
}

// auditHead reads "12:9f86d0…" or the hash alone.
func auditHead(given string) (store.AuditHead, error) {
	head := store.AuditHead{Hash: strings.ToLower(given)}
	wrong := &usageError{command: "audit verify", key: "usage.head", args: []any{"value", given}}
	if number, hash, ok := strings.Cut(head.Hash, ":"); ok {
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n < 1 {
			return head, wrong
		}
		head = store.AuditHead{Seq: n, Hash: hash}
	}
	if given != "" && (len(head.Hash) != 64 || strings.Trim(head.Hash, "0123456789abcdef") != "") {
		return head, wrong
	}
	return head, nil
}

// auditBroken says where the log does not hold.
func (c *call) auditBroken(b *store.AuditBreak) error {
	keys := map[store.BreakKind]string{
		store.BreakEntryMissing: "audit.broken_entry_missing", store.BreakEntryChanged: "audit.broken_entry_changed",
		store.BreakChain: "audit.broken_chain", store.BreakChangeChanged: "audit.broken_change_changed",
		store.BreakChangeRemoved: "audit.broken_change_removed", store.BreakChangeAdded: "audit.broken_change_added",
		store.BreakRedaction: "audit.broken_redaction", store.BreakCut: "audit.broken_cut", store.BreakHead: "audit.broken_head",
	}
	changes := strconv.FormatInt(b.First, 10)
	if b.Last != b.First {
		changes += "–" + strconv.FormatInt(b.Last, 10)
	}
	key := keys[b.Kind]
	switch {
	case b.Kind == store.BreakCut && b.Entry == 0:
		key = "audit.broken_cut_changes"
	case b.Kind == store.BreakRedaction && b.First == 0:
		key = "audit.broken_redaction_entry"
	}
	return fail(key, "entry", b.Entry, "changes", changes)
}

// auditShow prints entries of the log, the oldest first.
func auditShow(ctx context.Context, c *call) error {
	f := store.AuditFilter{By: c.given["by"], Record: strings.ToUpper(c.given["record"])}
	since, err := atlas.ParseDate(c.given["since"])
	if err != nil {
		return &usageError{command: "audit show", key: "usage.since", args: []any{"value", c.given["since"]}}
	}
	if first := since.First(); first.Known() {
		f.Since = time.Date(first.Year, time.Month(first.Month), first.Day, 0, 0, 0, 0, time.Local)
	}
	return c.withLog(ctx, func(s *store.Store) error {
		out := tabwriter.NewWriter(c.out, 0, 4, 2, ' ', 0)
		for {
			page, err := s.AuditEntries(ctx, f)
			if err != nil {
				return err
			}
			if len(page) == 0 {
				if f.After == 0 {
					c.say("audit.nothing")
				}
				return nil
			}
			for _, e := range page {
				c.printEntry(out, e)
			}
			if err := out.Flush(); err != nil {
				return err
			}
			f.After = page[len(page)-1].Seq
		}
	})
}

func (c *call) printEntry(out io.Writer, e store.AuditEntry) {
	changes := ""
	if e.FirstChange > 0 {
		changes = fmt.Sprintf("%d–%d", e.FirstChange, e.LastChange)
	}
	fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Seq, e.At.Local().Format("2006-01-02 15:04:05"),
		printable(e.By), c.auditAction(e.Action), printable(e.Subject), changes, e.Hash[:min(12, len(e.Hash))])
}

// auditAction is what was done, in words where the store did it.
func (c *call) auditAction(action string) string {
	switch action {
	case store.AuditWrite:
		return c.T("audit.action_write")
	case store.AuditBefore:
		return c.T("audit.action_before")
	case store.AuditRedact:
		return c.T("audit.action_redact")
	case store.AuditRestore:
		return c.T("audit.action_restore")
	}
	return printable(action)
}
