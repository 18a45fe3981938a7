package protocol

import (
	"net/http"
	"strconv"
	"strings"

	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// refreshAfter is in how many seconds a page that waits asks again.
const refreshAfter = 3

// fieldHead is the entry that was noted earlier.
const fieldHead = "hlava"

// check is how the last verification went, in words.
type check struct {
	Running    bool
	Text       string
	Holds, Bad bool
	More       []string
	Wrong      string // with the head that was given
}

// verify begins to verify the log and leads to the page that tells how it goes.
func (a *area) verify(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	given := strings.TrimSpace(q.PostForm.Get(fieldHead))
	head, ok := headOf(given)
	if !ok {
		return a.show(q, http.StatusUnprocessableEntity, given, q.T("protocol.head.wrong", "value", given))
	}
	if err := a.app.CheckLog(q.Context(), q.Viewer, head); err != nil {
		return err
	}
	return q.Redirect(route.In(q.Lang, route.Log) + "#overeni")
}

// headOf reads "12:9f86d0…", the hash alone, or nothing.
func headOf(given string) (store.AuditHead, bool) {
	head := store.AuditHead{Hash: strings.ToLower(given)}
	if given == "" {
		return head, true
	}
	if number, hash, ok := strings.Cut(head.Hash, ":"); ok {
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n < 1 {
			return head, false
		}
		head = store.AuditHead{Seq: n, Hash: hash}
	}
	return head, len(head.Hash) == 64 && strings.Trim(head.Hash, "0123456789abcdef") == ""
}

// check tells of the last verification.
func (a *area) check(q *page.Request, wrong string) check {
	c, last := check{Wrong: wrong}, a.app.LastLogCheck()
	number := func(n int64) string { return i18n.Number(q.Lang, n) }
	switch {
	case last.Running:
		c.Running, c.Text = true, q.T("protocol.running", "done", number(last.Done), "all", number(last.All))
	case last.Failed:
		c.Bad, c.Text = true, q.T("protocol.failed")
	case last.Report == nil:
		c.Text = q.T("protocol.never")
	case last.Report.Broken != nil:
		c.Bad, c.Text = true, broken(q, last.Report.Broken)
		c.More = append(c.More, q.T("protocol.broken.then"))
	default:
		c.Holds, c.Text = true, q.T("protocol.holds", "day", i18n.Day(q.Lang, last.Ended), "hour", last.Ended.In(i18n.Prague).Format("15:04"),
			"entries", number(last.Report.Entries), "changes", number(last.Report.Changes))
		if n := last.Report.Redacted; n > 0 {
			c.More = append(c.More, q.T("protocol.redacted", "n", number(n)))
		}
		if n := last.Report.Former; n > 0 {
			c.More = append(c.More, q.T("protocol.former", "n", number(n)))
		}
	}
	return c
}

// broken says where the log does not hold.
func broken(q *page.Request, b *store.AuditBreak) string {
	key := "protocol.broken." + string(b.Kind)
	switch {
	case b.Kind == store.BreakCut && b.Entry == 0:
		key = "protocol.broken.cut_changes"
	case b.Kind == store.BreakRedaction && b.First == 0:
		key = "protocol.broken.redaction_entry"
	}
	changes := strconv.FormatInt(b.First, 10)
	if b.Last != b.First {
		changes += "–" + strconv.FormatInt(b.Last, 10)
	}
	return q.T(key, "entry", strconv.FormatInt(b.Entry, 10), "changes", changes)
}
