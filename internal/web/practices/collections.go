package practices

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// collectionsPage is the list of collections.
type collectionsPage struct {
	page.Base
	Rows   []collectionRow
	URLNew string // for editors
}

// collectionRow is one collection in the list.
type collectionRow struct {
	Title, URL, Text, Draft string
	Count                   int
}

// collections answers the list of collections.
func (a *area) collections(q *page.Request) error {
	t := a.teller(q.Lang)
	p := &collectionsPage{Base: q.Base(q.T("practices.collections.title"))}
	p.Nav, p.Description = route.Practices, q.T("practices.collections.lead")
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}}
	if q.Viewer.May(atlas.RightPublish) {
		p.URLNew = route.In(q.Lang, route.CollectionNew)
	}
	err := a.app.Reader().EachCollection(q.Context(), func(c *atlas.Collection) error {
		if !q.May(atlas.RightRead, c.Subject()) {
			return nil
		}
		text, _, _ := strings.Cut(c.Text, "\n")
		r := collectionRow{Title: c.Title, URL: route.Collection(q.Lang, c.ID), Text: text, Count: len(c.Practices)}
		if !c.Public() {
			r.Draft = t.label(atlas.ListRecordStatus, c.RecordStatus)
		}
		p.Rows = append(p.Rows, r)
		return nil
	})
	slices.SortStableFunc(p.Rows, func(x, y collectionRow) int { return strings.Compare(czech.SortKey(x.Title), czech.SortKey(y.Title)) })
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "practices/collections", p)
}

// collectionPage is one collection: its text and its cards in their order.
type collectionPage struct {
	page.Base
	C       *atlas.Collection
	Draft   string
	Text    []string
	Rows    []row
	URLEdit string
}

// collection answers one collection.
func (a *area) collection(q *page.Request) error {
	c, err := a.app.Reader().Collection(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	if !q.May(atlas.RightRead, c.Subject()) {
		return atlas.ErrNotFound
	}
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &collectionPage{Base: q.Base(c.Title), C: c, Text: strings.FieldsFunc(c.Text, func(r rune) bool { return r == '\n' || r == '\r' })}
	p.Nav, p.NoIndex, p.Query = route.Practices, !c.Public(), nil
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}, {URL: route.In(q.Lang, route.Collections), Text: q.T("practices.collections.title")}}
	if !c.Public() {
		p.Draft = t.label(atlas.ListRecordStatus, c.RecordStatus)
	}
	if q.Viewer.May(atlas.RightPublish) {
		p.URLEdit = route.CollectionEditing(q.Lang, c.ID)
	}
	shown := map[string]bool{}
	for _, id := range c.Practices {
		x, ok := book.Practice(id)
		for ok && x.MergedInto != "" { // it lives on in another card
			x, ok = book.Practice(x.MergedInto)
		}
		if ok && !shown[x.ID] && q.May(atlas.RightRead, x.Subject()) {
			shown[x.ID] = true
			p.Rows = append(p.Rows, t.row(book, x))
		}
	}
	return q.Render(http.StatusOK, "practices/collection", p)
}

// collectionForm is the form of a collection.
type collectionForm struct {
	page.Base
	form.Sheet
	Published        bool
	Version          int64
	URLSave, URLBack string
}

func (a *area) storedCollection(q *page.Request) (*atlas.Collection, error) {
	if q.PathValue("id") == "" {
		return &atlas.Collection{}, nil
	}
	c, err := a.app.Reader().Collection(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return c, q.Allow(atlas.RightPublish, c.Subject())
}

// editCollection answers the form of a collection.
func (a *area) editCollection(q *page.Request) error {
	c, err := a.storedCollection(q)
	if err != nil {
		return err
	}
	f := typed.New(nil)
	f.Set("collection_title", c.Title)
	f.Set("collection_text", c.Text)
	f.Set("practices", strings.Join(c.Practices, "\n"))
	return a.showCollection(q, http.StatusOK, f, c)
}

func (a *area) showCollection(q *page.Request, status int, f *typed.Form, c *atlas.Collection) error {
	p := &collectionForm{Base: q.Base(q.T("practices.collection.new")), Sheet: a.sheet(q.Lang, f), Published: c.Public(), Version: c.Version,
		URLSave: route.In(q.Lang, route.CollectionNew), URLBack: route.In(q.Lang, route.Collections)}
	if c.ID != "" {
		p.Title, p.URLSave, p.URLBack = q.T("form.edit", "name", c.Title), route.CollectionEditing(q.Lang, c.ID), route.Collection(q.Lang, c.ID)
	}
	if v := form.Version(f); v > 0 {
		p.Version = v
	}
	p.Nav, p.NoIndex = route.Practices, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}, {URL: route.In(q.Lang, route.Collections), Text: q.T("practices.collections.title")}}
	return q.Render(status, "practices/collection-edit", p)
}

// saveCollection writes a collection.
func (a *area) saveCollection(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	stored, err := a.storedCollection(q)
	if err != nil {
		return err
	}
	c := *stored
	c.Title, c.Text, c.Practices, c.Version = f.Text("collection_title"), f.Text("collection_text"), codesOf(f, "practices"), form.Version(f)
	if to := statusAfter(f.Get(form.FieldAction), stored.RecordStatus); to == stored.RecordStatus || a.app.MayMove(q.Viewer, stored.Subject(), to) {
		c.RecordStatus = to
	}
	err = a.app.SaveCollection(q.Context(), q.Viewer, &c)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		for _, p := range invalid.Problems {
			p.Field = map[string]string{"title": "collection_title"}[p.Field]
			if p.Field == "" {
				p.Field = "practices"
			}
			f.Problems = append(f.Problems, p)
		}
	case errors.Is(err, atlas.ErrConflict):
		f.Fail("", "practices.problem.changed", nil)
	case err != nil:
		return err
	default:
		q.Flash(page.FlashSuccess, q.T("practices.collection.saved"))
		return q.Redirect(route.Collection(q.Lang, c.ID))
	}
	return a.showCollection(q, http.StatusUnprocessableEntity, f, stored)
}
