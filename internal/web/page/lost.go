package page

import (
	"net/http"
	"strings"

	"atlas/internal/web/route"
)

// LostField is a field of a form that was refused because nobody is signed in.
type LostField struct {
	Name, Value string
	File        bool // Value is the name of the file, which has to be chosen again
}

// lostPage carries a form until the person is signed in.
type lostPage struct {
	Base
	Why     string // key of the words: why it was refused
	Action  string // where the form goes
	Fields  []LostField
	Files   []LostField
	Secrets []LostField // passwords and codes, to be typed again
	Whole   bool
	SignIn  Link
}

// Lost answers a form that was refused because nobody is signed in with a page
// that carries every field of it and sends the same form again once somebody is.
// Signing in opens in a new window. Passwords and codes are not carried.
func (q *Request) Lost(fields []LostField, whole bool) error {
	p := lostPage{Base: q.Base(q.T("lost.title")), Why: "lost.never", Action: q.URL.RequestURI(), Whole: whole}
	done := route.In(q.Lang, route.SignIn) // says that the window can be closed
	p.SignIn = Link{route.SigningIn(q.Lang, done), q.T("lost.sign_in")}
	switch {
	case q.Visit.Half != "":
		p.Why, p.SignIn = "lost.half", Link{route.SigningInSecond(q.Lang, done), q.T("lost.second")}
	case q.Ended:
		p.Why = "lost.ended"
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
	return q.Render(http.StatusForbidden, "page/lost", p)
}

// secret says whether a field is one that is typed anew rather than carried.
func secret(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "heslo") || strings.Contains(name, "password") || name == "kod" || name == "code"
}
