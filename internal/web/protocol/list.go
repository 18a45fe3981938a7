package protocol

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Parameters of the list.
const (
	paramSince  = "od"
	paramBy     = "kdo"
	paramRecord = "zaznam"
	paramBefore = "pred" // number of an entry
)

// pageSize is how many entries a page shows.
const pageSize = 100

// listPage is the log, the newest entries first.
type listPage struct {
	page.Base
	Since, By, Record string
	Problem           string // with the day that was asked for
	Rows              []row
	Check             check
	Head              string // of the whole log, to be kept elsewhere
	URLOlder          string
	URLList           string
	URLVerify         string
	Known             string // that was given with the last verification
}

// row is one entry.
type row struct {
	Number       int64
	When, Who    string
	Action, Code string // in words, or as it is where there are none
	Subject, URL string
	First, Last  int64
	Hash         string
}

// hashShown is how much of a hash the list gives.
const hashShown = 12

// list answers the log.
func (a *area) list(q *page.Request) error { return a.show(q, http.StatusOK, "", "") }

// show answers the log with what was wrong with the head that was given.
func (a *area) show(q *page.Request, status int, given, wrong string) error {
	p := &listPage{Base: q.Base(q.T("protocol.title")), URLList: route.In(q.Lang, route.Log), URLVerify: route.In(q.Lang, route.LogVerify),
		Since: strings.TrimSpace(q.Param(paramSince)), By: strings.TrimSpace(q.Param(paramBy)), Record: strings.ToUpper(strings.TrimSpace(q.Param(paramRecord))), Known: given}
	p.NoIndex, p.Wide = true, true
	f := store.AuditFilter{By: p.By, Record: p.Record, Newest: true, Limit: pageSize}
	if p.Since != "" {
		day, ok := page.Day(p.Since)
		if !ok {
			p.Problem = q.T("protocol.since.wrong", "value", p.Since)
		}
		f.Since = time.Date(day.Year, time.Month(day.Month), day.Day, 0, 0, 0, 0, i18n.Prague)
		if !ok {
			f.Since = time.Time{}
		}
	}
	f.Before, _ = strconv.ParseInt(q.Param(paramBefore), 10, 64) // anything else is the newest page
	entries, err := a.app.Reader().AuditEntries(q.Context(), f)
	if err != nil {
		return err
	}
	names, err := a.names(q.Context(), entries)
	if err != nil {
		return err
	}
	for i := range entries {
		p.Rows = append(p.Rows, a.row(q, &entries[i], names))
	}
	if len(entries) == pageSize {
		p.URLOlder = p.older(entries[len(entries)-1].Seq)
	}
	if err := a.head(q.Context(), p); err != nil {
		return err
	}
	p.Check = a.check(q, wrong)
	if p.Check.Running {
		q.W.Header().Set("Refresh", strconv.Itoa(refreshAfter))
	}
	return q.Render(status, "protocol/list", p)
}

// older is the address of the page of older entries under the same filter.
func (p *listPage) older(before int64) string {
	v := url.Values{paramBefore: {strconv.FormatInt(before, 10)}}
	for name, value := range map[string]string{paramSince: p.Since, paramBy: p.By, paramRecord: p.Record} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return route.WithQuery(p.URLList, v.Encode())
}

// head is the last entry as "number:hash", the form that the command takes.
func (a *area) head(ctx context.Context, p *listPage) error {
	last, err := a.app.Reader().AuditEntries(ctx, store.AuditFilter{Newest: true, Limit: 1})
	for _, e := range last {
		p.Head = strconv.FormatInt(e.Seq, 10) + ":" + e.Hash
	}
	return err
}

// names are the names of the accounts among those who signed.
func (a *area) names(ctx context.Context, entries []store.AuditEntry) (map[string]string, error) {
	var ids []string
	for _, e := range entries {
		for by := range strings.SplitSeq(e.By, ", ") {
			if strings.HasPrefix(by, "U-") {
				ids = append(ids, by)
			}
		}
	}
	slices.Sort(ids)
	return a.app.Reader().AccountNames(ctx, slices.Compact(ids))
}

func (a *area) row(q *page.Request, e *store.AuditEntry, names map[string]string) row {
	r := row{Number: e.Seq, When: i18n.Day(q.Lang, e.At) + " " + e.At.In(i18n.Prague).Format("15:04:05"), Subject: e.Subject,
		First: e.FirstChange, Last: e.LastChange, Hash: e.Hash[:min(hashShown, len(e.Hash))]}
	var who []string
	for by := range strings.SplitSeq(e.By, ", ") {
		if name := names[by]; name != "" {
			by = name + " (" + by + ")"
		}
		who = append(who, by)
	}
	r.Who = strings.Join(who, ", ")
	deed, of, _ := strings.Cut(e.Action, " ") // "consent_given news"
	if key := "protocol.action." + deed; a.site.Words.Has(key) {
		r.Action = strings.TrimSpace(q.T(key) + " " + of)
	} else {
		r.Code = e.Action
	}
	r.Subject, r.URL = a.subject(q, e.Subject)
	return r
}

// subject writes what an entry is of: the kind in words, and the way to the
// history of the record.
func (a *area) subject(q *page.Request, text string) (words, address string) {
	kind, rest, _ := strings.Cut(text, " ")
	id, _, _ := strings.Cut(rest, " ")
	histories := map[string]route.History{
		atlas.KindProject: route.ProjectHistories(), atlas.KindActor: route.ActorHistories(), atlas.KindCall: route.CallHistories(),
		atlas.KindNeed: route.NeedHistories(), atlas.KindExtent: route.ExtentHistories(), atlas.KindReport: route.ReportHistories(),
		atlas.KindPractice: route.PracticeHistories(), atlas.KindReplication: route.TransferHistories(),
		atlas.KindRubric: route.RubricHistories(), atlas.KindRound: route.RoundHistories(),
	}
	if h, ok := histories[kind]; ok {
		address = h.Of(q.Lang, id)
	}
	if key := "protocol.kind." + kind; a.site.Words.Has(key) {
		return q.T(key) + " " + rest, address
	}
	return text, address
}
