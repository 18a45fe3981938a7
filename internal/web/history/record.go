package history

import (
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// record is a record with the versions of it that the viewer may read.
type record struct {
	kind
	id       string
	editions []app.Edition // the newest first
	may      bool          // the viewer may restore a version
}

// open reads the versions of the record in the address.
func (a *area) open(q *page.Request, k kind) (*record, error) {
	r := &record{kind: k, id: q.PathValue("id")}
	var err error
	if r.editions, err = a.app.Editions(q.Context(), q.Viewer, k.name, r.id); err != nil {
		return nil, err
	}
	now := r.editions[0].Record
	r.may = !k.stays && q.May(atlas.RightEdit, subjectOf(now)) && app.MetaOf(now).RecordStatus != atlas.RecordMerged
	return r, nil
}

// newest is the number of the version that stands.
func (r *record) newest() int64 { return r.editions[0].Version }

// edition finds a version by its number in an address.
func (r *record) edition(text string) (*app.Edition, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	at := slices.IndexFunc(r.editions, func(e app.Edition) bool { return e.Version == n })
	if err != nil || at < 0 || text != strconv.FormatInt(n, 10) {
		return nil, atlas.ErrNotFound
	}
	return &r.editions[at], nil
}

// before is the version before one, as far as the viewer may read; nil when
// there is none.
func (r *record) before(e *app.Edition) *app.Edition {
	at := slices.IndexFunc(r.editions, func(other app.Edition) bool { return other.Version < e.Version })
	if at < 0 {
		return nil
	}
	return &r.editions[at]
}

// base starts the frame of a page of the record.
func (r *record) base(q *page.Request, title string, more ...page.Link) page.Base {
	b := q.Base(title)
	b.Nav, b.NoIndex = r.list, true
	b.Breadcrumb = append([]page.Link{
		{URL: route.In(q.Lang, r.list), Text: q.T(r.area + ".title")}, {URL: r.Record(q.Lang, r.id), Text: app.TitleOf(r.editions[0].Record, q.Lang)},
	}, more...)
	return b
}

// history is the way to the list of versions.
func (r *record) history(q *page.Request) page.Link {
	return page.Link{URL: r.Of(q.Lang, r.id), Text: q.T("history.title")}
}

func subjectOf(v any) atlas.Subject {
	if r, ok := v.(interface{ Subject() atlas.Subject }); ok {
		return r.Subject()
	}
	return atlas.Subject{}
}

// blank is a record of a kind of which nothing is known.
func blank(v any) any {
	switch v.(type) {
	case *atlas.Actor:
		return new(atlas.Actor)
	case *atlas.Call:
		return new(atlas.Call)
	case *atlas.Need:
		return new(atlas.Need)
	case *atlas.Practice:
		return new(atlas.Practice)
	case *atlas.SourceExtent:
		return new(atlas.SourceExtent)
	case *atlas.Report:
		return new(atlas.Report)
	case *atlas.Replication:
		return new(atlas.Replication)
	case *atlas.Rubric:
		return new(atlas.Rubric)
	case *atlas.Round:
		return new(atlas.Round)
	}
	return new(atlas.Project)
}

func isBatch(origin string) bool { return strings.HasPrefix(origin, "D-") }
