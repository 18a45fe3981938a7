package page

import (
	"errors"
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/web/route"
)

// LostField is a field of a form that was refused.
type LostField struct {
	Name, Value string
	File        bool // Value is the name of the file, which has to be chosen again
}

// lostPage carries a form until the person may send it.
type lostPage struct {
	Base
	Why     string // key of the words: why it was refused
	Action  string // where the form goes
	Fields  []LostField
	Files   []LostField
	Secrets []LostField // passwords and codes, to be typed again
	Whole   bool
	SignIn  *Link // the way on, opened in a new window
}

// Lost answers a form that was refused, because nobody is signed in or because of a
// missing right, with a page that carries every field of it and sends the same form
// again once it may be. Signing in opens in a new window. Passwords and codes are not carried.
// A form about a record that is not there for who asks says so.
func (q *Request) Lost(why error, fields []LostField, whole bool) error {
	status := http.StatusForbidden
	p := lostPage{Base: q.Base(""), Action: q.URL.RequestURI(), Whole: whole}
	p.Why, p.SignIn = q.whyLost()
	if p.Title = q.T("lost.title"); p.SignIn == nil {
		p.Title = q.T("error.no_right.title")
		if errors.Is(why, atlas.ErrNotFound) {
			status, p.Title, p.Why = http.StatusNotFound, q.T("error.not_found.title"), "lost.gone"
		}
	}
	p.NoIndex, p.Ended = true, false // said once is enough
	for _, f := range fields {
		f.Name, f.Value = clean(f.Name), clean(f.Value)
		switch {
		case f.File && f.Value != "":
			p.Files = append(p.Files, f)
		case f.File:
		case secret(f.Name):
			p.Secrets = append(p.Secrets, f)
		default:
			p.Fields = append(p.Fields, f)
		}
	}
	q.W.Header().Set("Cache-Control", "private, no-store")
	return q.Render(status, "page/lost", p)
}

// whyLost is the words why a form was refused and the way on; no way where the
// person has not the right.
func (q *Request) whyLost() (string, *Link) {
	done := route.In(q.Lang, route.SignIn) // says that the window can be closed
	first := &Link{route.SigningIn(q.Lang, done), q.T("lost.sign_in")}
	second := &Link{route.SigningInSecond(q.Lang, done), q.T("lost.second")}
	switch key := q.refusal(); {
	case key == "error.half":
		return "lost.half", second
	case key == "error.lapsed":
		return "error.lapsed.text", second
	case key == "error.suspended":
		return "error.suspended.text", &Link{route.In(q.Lang, route.AccountFactor), q.T("error.suspended.step")}
	case key == "error.no_right":
		return "lost.no_right", nil
	case q.Ended:
		return "lost.ended", first
	}
	return "lost.never", first
}

// secret says whether a field is one that is typed anew rather than carried.
func secret(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "heslo") || strings.Contains(name, "password") || name == "kod" || name == "code"
}
