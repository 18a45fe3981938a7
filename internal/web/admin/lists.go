package admin

import (
	"net/http"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// listsPage names all code lists.
type listsPage struct {
	page.Base
	Lists []listLine
}

type listLine struct {
	Code, Name, URL string
	Items           int
	Version         int64
}

func (a *area) lists(q *page.Request) error {
	p := &listsPage{Base: frame(q, q.T("admin.lists"))}
	for _, l := range a.app.Lists().All() {
		p.Lists = append(p.Lists, listLine{l.Code, either(q.Lang, l.Cs, l.En), route.AdminListOf(q.Lang, l.Slug), len(l.Items), l.Version})
	}
	return q.Render(http.StatusOK, "admin/lists", p)
}

func either(lang, cs, en string) string {
	if lang == "en" && en != "" || cs == "" {
		return en
	}
	return cs
}

// listPage is one code list with ways to its items.
type listPage struct {
	page.Base
	List            *atlas.List
	Fixed           bool
	Items           []itemLine
	URLNew, URLRead string
}

type itemLine struct {
	atlas.Item
	URL string
}

// list answers one code list.
func (a *area) list(q *page.Request) error {
	l, err := a.theList(q)
	if err != nil {
		return err
	}
	p := &listPage{Base: frame(q, either(q.Lang, l.Cs, l.En), listsLink(q)), List: l, Fixed: app.FixedList(l.Code),
		URLNew: route.In(q.Lang, route.Fill(route.AdminItemNew, l.Slug)), URLRead: route.List(q.Lang, l.Slug)}
	for _, it := range l.Items {
		p.Items = append(p.Items, itemLine{it, route.AdminItemOf(q.Lang, l.Slug, it.Code)})
	}
	return q.Render(http.StatusOK, "admin/list", p)
}

func listsLink(q *page.Request) page.Link {
	return page.Link{URL: route.In(q.Lang, route.AdminLists), Text: q.T("admin.lists")}
}

func (a *area) theList(q *page.Request) (*atlas.List, error) {
	l, ok := a.app.Lists().List(q.PathValue("slug"))
	if !ok {
		return nil, atlas.ErrNotFound
	}
	return l, nil
}

// itemPage is the form of an item.
type itemPage struct {
	page.Base
	form.Sheet
	List             *atlas.List
	New, Fixed       bool
	Version          int64
	URLSave, URLBack string
	Successors       form.Control
}

// item answers the form of an item, or of a new one.
func (a *area) item(q *page.Request) error {
	l, err := a.theList(q)
	if err != nil {
		return err
	}
	f := typed.New(nil)
	if code := q.PathValue("code"); code != "" {
		it, ok := l.Item(code)
		if !ok {
			return atlas.ErrNotFound
		}
		fillItem(f, l, it)
	}
	return a.renderItem(q, http.StatusOK, l, f, l.Version)
}

func fillItem(f *typed.Form, l *atlas.List, it atlas.Item) {
	for name, value := range map[string]string{"code": it.Code, "cs": it.Cs, "en": it.En, "note_cs": it.NoteCs, "note_en": it.NoteEn,
		"parent": it.Parent, "successor": it.Successor} {
		f.Set(name, value)
	}
	f.SetDate("valid_from", it.ValidFrom)
	f.SetDate("valid_to", it.ValidTo)
	for i := range l.Items {
		if l.Items[i].Code == it.Code {
			f.Set("position", strconv.Itoa(i+1))
		}
	}
}

func (a *area) renderItem(q *page.Request, status int, l *atlas.List, f *typed.Form, version int64) error {
	code := q.PathValue("code")
	title := q.T("admin.item_new")
	save := route.In(q.Lang, route.Fill(route.AdminItemNew, l.Slug))
	if code != "" {
		it, _ := l.Item(code)
		title, save = either(q.Lang, it.Cs, it.En), route.AdminItemOf(q.Lang, l.Slug, code)
	}
	back := route.AdminListOf(q.Lang, l.Slug)
	s := a.sheet(q, f, "code", "cs", "en")
	return q.Render(status, "admin/item", &itemPage{
		Base:  frame(q, title, listsLink(q), page.Link{URL: back, Text: either(q.Lang, l.Cs, l.En)}),
		Sheet: s, List: l, New: code == "", Fixed: app.FixedList(l.Code), Version: version, URLSave: save, URLBack: back,
		Successors: s.Pick("successor", l.Code),
	})
}

// saveItem adds an item or changes one. When somebody else changed the list
// meanwhile, what was typed comes back over what stands now.
func (a *area) saveItem(q *page.Request) error {
	l, err := a.theList(q)
	if err != nil {
		return err
	}
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	e := app.ItemEdit{List: l.Code, Version: form.Version(f), New: q.PathValue("code") == "", Position: position(f), Item: atlas.Item{
		Code: f.Text("code"), Cs: f.Text("cs"), En: f.Text("en"), NoteCs: f.Text("note_cs"), NoteEn: f.Text("note_en"),
		ValidFrom: f.Date("valid_from"), ValidTo: f.Date("valid_to"), Parent: f.Text("parent"), Successor: f.Text("successor"),
	}}
	if !e.New {
		e.Item.Code = q.PathValue("code")
	}
	if len(f.Problems) == 0 {
		err = a.app.SaveItem(q.Context(), q.Viewer, e)
	}
	if len(f.Problems) > 0 || failed(f, err) {
		if now, err := a.theList(q); err == nil {
			l = now
		}
		return a.renderItem(q, http.StatusUnprocessableEntity, l, f, l.Version)
	}
	return a.after(q, err, "item_saved", route.AdminListOf(q.Lang, l.Slug))
}

// position reads the place of an item in its list; 0 where none was typed.
func position(f *typed.Form) int {
	text := f.Text("position")
	n, err := strconv.Atoi(text)
	if text != "" && (err != nil || n < 1) {
		f.Fail("position", "problem.item_position", map[string]any{"value": text})
		return 0
	}
	return n
}
