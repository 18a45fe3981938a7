package projects

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"atlas/internal/web/page"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// Saved views (pohledy) are kept in the reader's own browser, in a cookie that
// the instance needs for nothing else: no account, no record of who looks for
// what.
const (
	mostViews  = 12
	viewsBytes = 3800 // a browser keeps 4 096 with the name and attributes
	viewName   = 60   // characters
)

// savedView is a list a person comes back to.
type savedView struct {
	Name  string `json:"n"`
	Query string `json:"q"` // as state.Encode writes it
}

// readViews reads what the cookie says; what is not ours or not readable is no view.
func readViews(kept string) []savedView {
	if len(kept) > viewsBytes {
		return nil
	}
	data, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil {
		return nil
	}
	var views []savedView
	if json.Unmarshal(data, &views) != nil {
		return nil
	}
	views = slices.DeleteFunc(views, func(v savedView) bool { return v.Name == "" || !utf8.ValidString(v.Name+v.Query) })
	return views[:min(len(views), mostViews)]
}

// Keys of what can be wrong with saving a view; "" is all right.
const (
	viewsFull   = "projects.views.full"
	viewsNoName = "projects.views.no_name"
	viewsBig    = "projects.views.big"
)

// addView puts a view first; one of the same name is replaced.
func addView(views []savedView, v savedView) ([]savedView, string) {
	v.Name = strings.Join(strings.Fields(strings.ToValidUTF8(v.Name, "")), " ")
	if v.Name == "" {
		return views, viewsNoName
	}
	if r := []rune(v.Name); len(r) > viewName {
		v.Name = string(r[:viewName])
	}
	kept := dropView(views, v.Name)
	if len(kept) >= mostViews {
		return views, viewsFull
	}
	all := append([]savedView{v}, kept...)
	if len(encodeViews(all)) > viewsBytes {
		return views, viewsBig
	}
	return all, ""
}

func dropView(views []savedView, name string) []savedView {
	return slices.DeleteFunc(slices.Clone(views), func(v savedView) bool { return v.Name == name })
}

func encodeViews(views []savedView) string {
	data, err := json.Marshal(views)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// writeViews sets the cookie for a year, or takes it away.
func writeViews(q *page.Request, views []savedView) {
	if len(views) == 0 {
		q.SetCookie(page.CookieViews, "", 0)
		return
	}
	q.SetCookie(page.CookieViews, encodeViews(views), 365*24*time.Hour)
}

func savedLinks(views []savedView, list string) []namedLink {
	var out []namedLink
	for _, v := range views {
		out = append(out, namedLink{v.Name, route.WithQuery(list, v.Query)})
	}
	return out
}

// saveView keeps or drops a saved view and goes back to the list.
func (a *area) saveView(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	values, err := url.ParseQuery(q.PostForm.Get("zpet"))
	if err != nil {
		values = nil
	}
	s := parseState(values, question.Narrowest(a.app.Places()))
	views, problem := readViews(q.Kept(page.CookieViews)), ""
	if name := q.PostForm.Get("jmeno"); q.PostForm.Get("akce") == "smazat" {
		views = dropView(views, name)
	} else {
		views, problem = addView(views, savedView{Name: name, Query: s.Encode()})
	}
	if problem == "" {
		writeViews(q, views)
		q.Flash(page.FlashSuccess, q.T("projects.views.done"))
	} else {
		q.Flash(page.FlashError, q.T(problem))
	}
	return q.Redirect(a.url(q.Lang)(s) + "#pohledy")
}
