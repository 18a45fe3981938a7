package transfers

import (
	"iter"
	"slices"
	"strconv"
	"time"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// export answers the replications of a question as a file; of a card, those of its
// journey with their depths. What the two sides wrote each other is in no file.
func (a *area) export(q *page.Request, f export.Format) error {
	t, want := a.teller(q.Lang), asked(q)
	all, cards, err := a.readable(q)
	if err != nil {
		return err
	}
	depth := map[string]int{}
	if id := q.Param(paramPractice); id != "" {
		j, err := a.app.Journey(q.Context(), id)
		if err != nil {
			return err
		}
		depths := j.Depths()
		for _, l := range j.Links() {
			depth[l.ID] = depths[l.To]
		}
		all = slices.DeleteFunc(all, func(r *atlas.Replication) bool { return depth[r.ID] == 0 })
	}
	all = slices.DeleteFunc(all, func(r *atlas.Replication) bool { return !t.matches(r, want) })
	file := dataset.File{Name: dataset.Transfers, Now: a.app.Now()}
	for _, name := range params {
		if value := want.Get(name); value != "" {
			file.Asked = append(file.Asked, t.T("transfers.filter."+name)+": "+t.valueLabel(name, value))
		}
	}
	each := func(yield func(*atlas.Replication, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
	return dataset.Send(q, file, f, a.columns(t, q.Origin(), cards, depth), iter.Seq2[*atlas.Replication, error](each))
}

func (a *area) columns(t teller, host string, cards map[string]*atlas.Practice, depth map[string]int) dataset.Columns[*atlas.Replication] {
	var all dataset.Columns[*atlas.Replication]
	type r = *atlas.Replication
	field := func(key string, cell func(r) string) { all.Add(key, t.T("transfers.field."+key), cell) }
	other := func(key string, cell func(r) string) { all.Add(key, t.T("transfers.export."+key), cell) }
	coded := func(key, list string, of func(r) string) {
		field(key, func(x r) string { return t.label(list, of(x)) })
		other(key+"_code", of)
	}
	yes := func(b bool) string {
		if b {
			return t.T("transfers.export.yes")
		}
		return t.T("transfers.export.no")
	}
	other("id", func(x r) string { return x.ID })
	field("practice", func(x r) string { return x.Practice })
	other("practice_title", func(x r) string {
		if c := cards[x.Practice]; c != nil {
			return c.Title
		}
		return ""
	})
	other("from_town", func(x r) string {
		if c := cards[x.Practice]; c != nil {
			return t.cardTown(c).Text
		}
		return ""
	})
	field("via", func(x r) string { return x.Via })
	field("territory", func(x r) string { return t.town(x).Text })
	other("territory_code", func(x r) string { return x.Territory })
	field("country", func(x r) string { return x.Country })
	field("actor", func(x r) string {
		if x.Actor == "" {
			return ""
		}
		return a.app.ActorName(x.Actor, t.lang)
	})
	field("project", func(x r) string { return x.Project })
	field("card", func(x r) string { return x.Card })
	coded("kind", atlas.ListTransferKind, func(x r) string { return x.Kind })
	coded("status", atlas.ListTransferStatus, func(x r) string { return x.Status })
	if len(depth) > 0 {
		other("depth", func(x r) string { return strconv.Itoa(depth[x.ID]) })
	}
	field("from", func(x r) string { return x.From.String() })
	field("until", func(x r) string { return x.Until.String() })
	field("segments", func(x r) string { return dataset.Many(x.Segments, dataset.Same) })
	field("adapted", func(x r) string { return x.Adapted })
	field("result", func(x r) string { return x.Result })
	field("because", func(x r) string { return x.Because })
	other("by_source", func(x r) string { return x.BySource.On.String() })
	other("by_follower", func(x r) string { return x.ByFollower.On.String() })
	other("confirmed", func(x r) string { return yes(x.Confirmed()) })
	field("sources", func(x r) string {
		return dataset.Many(x.Sources, func(s atlas.Source) string {
			return dataset.Pairs("", t.label(atlas.ListSourceKind, s.Kind), "", s.URL, t.T("transfers.field.sources.accessed"), s.Accessed.String(), "", s.Note)
		})
	})
	other("sample", func(x r) string { return yes(x.Sample) })
	other("updated", func(x r) string { return x.UpdatedAt.UTC().Format(time.RFC3339) })
	other("version", func(x r) string { return strconv.FormatInt(x.Version, 10) })
	other("page", func(x r) string { return host + route.Transfer(t.lang, x.ID) })
	return all.Typed(export.KindDate, "from", "until", "by_source", "by_follower").Typed(export.KindURL, "page").Typed(export.KindCode, "id", "practice", "via", "project", "card", "territory_code")
}
