package transfers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/dataset"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// Parameters of addresses.
const (
	paramPractice = "praxe"
	paramTown     = "obec"
	paramStatus   = "stav"
	paramKind     = "vztah"
	paramPlace    = "uzemi"
	paramPage     = "strana"
)

// params are the filters of the list in their order.
var params = []string{paramPlace, paramKind, paramStatus}

const pageSize = 30

// listPage is the list of replications.
type listPage struct {
	page.Base
	Filters         []filter
	Total           int
	Narrowed        bool
	Rows            []row
	Pager           pager.Pager
	Exports         []dataset.Link
	URLList, URLNew string
}

type filter struct {
	Name, Label string
	Options     []form.Choice
}

// row is one replication in a list or a table.
type row struct {
	ID, URL                              string
	Practice, From, To                   link
	Kind, Status, Years, Changed, Agreed string
	Confirmed, Given, Sample             bool
	Draft                                string
	Depth                                int
}

// readable are the replications that a reader sees, with the cards that they follow, of
// those that the reader may read.
func (a *area) readable(q *page.Request) (all []*atlas.Replication, cards map[string]*atlas.Practice, err error) {
	cards = map[string]*atlas.Practice{}
	err = a.app.Reader().EachReplication(q.Context(), func(r *atlas.Replication) error {
		if r.MergedInto == "" && q.May(atlas.RightRead, r.Subject()) {
			all = append(all, r)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, r := range all {
		ids = append(ids, r.Practice)
	}
	slices.Sort(ids)
	found, err := a.app.Reader().Practices(q.Context(), slices.Compact(ids))
	for _, p := range found {
		if q.May(atlas.RightRead, p.Subject()) { // a published transfer may be of a card that is not
			cards[p.ID] = p
		}
	}
	return all, cards, err
}

// asked are the filters of an address.
func asked(q *page.Request) url.Values {
	out := url.Values{}
	for _, name := range params {
		if v := q.Param(name); v != "" {
			out.Set(name, v)
		}
	}
	return out
}

// valuesOf are the values of a replication by the parameter of a filter.
func (t teller) valuesOf(r *atlas.Replication) map[string][]string {
	return map[string][]string{paramKind: {r.Kind}, paramStatus: {r.Status}, paramPlace: t.app.Chain(r.Territory)}
}

func (t teller) matches(r *atlas.Replication, asked url.Values) bool {
	values := t.valuesOf(r)
	for name := range asked {
		if !slices.Contains(values[name], asked.Get(name)) {
			return false
		}
	}
	return true
}

// list answers the list of replications, those of this year's interest first.
func (a *area) list(q *page.Request) error {
	t, want := a.teller(q.Lang), asked(q)
	p := &listPage{Base: q.Base(q.T("transfers.title")), URLList: route.In(q.Lang, route.Transfers), URLNew: route.In(q.Lang, route.TransferNew), Narrowed: len(want) > 0}
	p.Nav, p.Description, p.NoIndex = route.Practices, q.T("transfers.lead"), p.Narrowed
	all, cards, err := a.readable(q)
	if err != nil {
		return err
	}
	p.Filters = t.filters(all, want)
	all = slices.DeleteFunc(all, func(r *atlas.Replication) bool { return !t.matches(r, want) })
	slices.SortStableFunc(all, func(x, y *atlas.Replication) int { return strings.Compare(y.ID, x.ID) })
	p.Total = len(all)
	p.Pager = pager.New(p.Total, pager.Number(q.Param(paramPage)), pageSize, func(n int) string {
		v := url.Values{}
		for name := range want {
			v.Set(name, want.Get(name))
		}
		if n > 1 {
			v.Set(paramPage, strconv.Itoa(n))
		}
		return route.WithQuery(p.URLList, v.Encode())
	})
	p.Exports = dataset.Links(q.Lang, dataset.Transfers, want.Encode())
	for _, r := range pager.Of(p.Pager, all) {
		p.Rows = append(p.Rows, a.rowOf(t, r, cards[r.Practice]))
	}
	return q.Render(http.StatusOK, "transfers/list", p)
}

// rowOf is a replication as a row; card may be nil where nobody reads it.
func (a *area) rowOf(t teller, r *atlas.Replication, card *atlas.Practice) row {
	out := row{
		ID: r.ID, URL: route.Transfer(t.lang, r.ID), To: t.town(r), Kind: t.label(atlas.ListTransferKind, r.Kind), Status: t.label(atlas.ListTransferStatus, r.Status),
		Years: t.years(r), Changed: changed(r), Agreed: t.confirmation(r), Confirmed: r.Confirmed(), Given: r.Abandoned(), Sample: r.Sample,
	}
	if card != nil {
		out.Practice, out.From = link{card.Title, route.Practice(t.lang, card.ID)}, t.cardTown(card)
		if card.MergedInto != "" {
			out.Practice.URL = route.Practice(t.lang, card.MergedInto)
		}
	}
	if !r.Public() {
		out.Draft = t.label(atlas.ListRecordStatus, r.RecordStatus)
	}
	return out
}

// filters are the filters with the values that occur.
func (t teller) filters(all []*atlas.Replication, want url.Values) []filter {
	var out []filter
	for _, name := range params {
		f := filter{Name: name, Label: t.T("transfers.filter." + name)}
		seen := map[string]bool{}
		add := func(v string) {
			if v != "" && v != atlas.CountryCode && !seen[v] {
				seen[v] = true
				f.Options = append(f.Options, form.Choice{Value: v, Label: t.valueLabel(name, v), Chosen: v == want.Get(name)})
			}
		}
		add(want.Get(name))
		for _, r := range all {
			for _, v := range t.valuesOf(r)[name] {
				add(v)
			}
		}
		slices.SortFunc(f.Options, func(x, y form.Choice) int {
			return strings.Compare(czech.SortKey(x.Label), czech.SortKey(y.Label))
		})
		out = append(out, f)
	}
	return out
}

func (t teller) valueLabel(name, value string) string {
	switch name {
	case paramPlace:
		return t.app.Places().Label(value)
	case paramKind:
		return t.label(atlas.ListTransferKind, value)
	}
	return t.label(atlas.ListTransferStatus, value)
}
