package history

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// comparePage shows two versions side by side.
type comparePage struct {
	versionsPage
	Rows     []difference
	Problem  string
	Same     bool
	Old, New versionRow
}

// difference is a field, or an item of a list, that two versions do not share.
type difference struct {
	Label, What   string
	Before, After []piece // none where it was not known or not there
}

// Parameters of the comparison.
const (
	paramFrom = "od"
	paramTo   = "do"
)

// compare answers the comparison of two versions; the newest with the one before
// it when none are asked for.
func (a *area) compare(q *page.Request, k kind) error {
	r, err := a.open(q, k)
	if err != nil {
		return err
	}
	p := &comparePage{versionsPage: versionsPage{Base: r.base(q, q.T("history.compare.title"), r.history(q)),
		Name: app.TitleOf(r.editions[0].Record, q.Lang), ID: r.id, URLRecord: r.Record(q.Lang, r.id), URLCompare: route.In(q.Lang, route.Fill(r.Compare, r.id))}}
	p.Wide = true
	p.choices(r)
	old, made, problem := r.two(q)
	if p.Problem = problem; problem != "" {
		status := http.StatusNotFound
		if q.Param(paramFrom)+q.Param(paramTo) == "" { // nothing wrong was asked
			status = http.StatusOK
		}
		return q.Render(status, "history/compare", p)
	}
	t, by := a.teller(q.Lang, k), a.signatures(q)
	p.From, p.To = old.Version, made.Version
	p.Rows = t.differences(old.Record, made.Record)
	p.Same = len(p.Rows) == 0
	if p.Old, err = t.version(r, old, by); err != nil {
		return err
	}
	if p.New, err = t.version(r, made, by); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "history/compare", p)
}

// two are the versions that the address asks for, or why they cannot be compared.
func (r *record) two(q *page.Request) (old, made *app.Edition, problem string) {
	newest := strconv.FormatInt(r.newest(), 10)
	from, to := strings.TrimSpace(q.Param(paramFrom)), strings.TrimSpace(q.Param(paramTo))
	if from == "" && to == "" && len(r.editions) < 2 {
		return nil, nil, q.T("history.compare.one")
	}
	if to == "" {
		to = newest
	}
	if from == "" {
		from = to
		if e, err := r.edition(to); err == nil && r.before(e) != nil {
			from = strconv.FormatInt(r.before(e).Version, 10)
		}
	}
	old, err := r.edition(from)
	if err != nil {
		return nil, nil, q.T("history.compare.wrong", "value", from, "newest", newest)
	}
	if made, err = r.edition(to); err != nil {
		return nil, nil, q.T("history.compare.wrong", "value", to, "newest", newest)
	}
	return old, made, ""
}

// differences writes what two records do not share: a row for each field, of
// lists for each item.
func (t teller) differences(before, after any) []difference {
	var out []difference
	for _, c := range app.Compare(before, after) {
		label := t.label(c.Key)
		if len(c.Items) > 0 {
			for _, i := range c.Items {
				out = append(out, t.itemDifference(label, c.Key, i))
			}
			continue
		}
		d := difference{Label: label}
		old, made := t.lines(c.Key, c.Before), t.lines(c.Key, c.After)
		switch {
		case reflect.ValueOf(c.Before[0]).Kind() == reflect.Slice:
			d.What, d.Before, d.After = t.T("history.change.order"), whole(old, ""), whole(made, "")
		case len(old) == 0:
			d.What, d.After = t.T("history.change.filled"), whole(made, pieceAdded)
		case len(made) == 0:
			d.What, d.Before = t.T("history.change.emptied"), whole(old, pieceRemoved)
		default:
			d.What = t.T("history.change.changed")
			d.Before, d.After = differ(strings.Join(old, "\n"), strings.Join(made, "\n"))
		}
		out = append(out, d)
	}
	return out
}

func (t teller) itemDifference(label, key string, i app.ItemChange) difference {
	d := difference{Label: label, What: t.T("history.change." + i.What)}
	switch i.What {
	case app.ItemAdded:
		d.After = whole([]string{t.item(key, i.After)}, pieceAdded)
	case app.ItemRemoved:
		d.Before = whole([]string{t.item(key, i.Before)}, pieceRemoved)
	default:
		d.Before, d.After = differ(t.item(key, i.Before), t.item(key, i.After))
	}
	return d
}
