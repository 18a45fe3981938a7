package history

import (
	"context"
	"errors"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// author is who made a version.
type author struct {
	Text   string // for everybody: an organisation, the editors, an import; never a person
	Person string // the person's name, for staff; "" otherwise
	URL    string // of the import, for those who may open it
}

// signatures names the authors of versions; it reads each account once.
type signatures struct {
	q     *page.Request
	app   *app.App
	known map[string]signer // by account
}

// signer is an account that signs versions.
type signer struct {
	name   string
	gone   bool // the account was erased
	staff  bool
	member []atlas.Membership
}

func (a *area) signatures(q *page.Request) *signatures {
	return &signatures{q: q, app: a.app, known: map[string]signer{}}
}

// of says who made a version.
func (s *signatures) of(e *app.Edition) (author, error) {
	out := author{}
	person, err := s.signer(e.By)
	if err != nil {
		return out, err
	}
	if s.q.Viewer.May(atlas.RightPublish) {
		out.Person = strings.TrimSpace(person.name + " (" + e.By + ")")
		if person.name == "" {
			out.Person = e.By
		}
	}
	switch {
	case isBatch(e.Origin):
		out.Text = s.q.T("history.by.import", "id", e.Origin)
		if s.q.Viewer.May(atlas.RightPublish) {
			out.URL = route.Import(s.q.Lang, e.Origin)
		}
	case strings.HasPrefix(e.Origin, "M-"):
		out.Text, err = s.mandate(e.Origin)
	case e.By == "demo":
		out.Text = s.q.T("history.by.sample")
	case e.By == "atlas", e.By == "":
		out.Text = s.q.T("history.by.program")
	case !isAccount(e.By):
		out.Text = s.q.T("history.by.editors")
	default:
		out.Text = s.account(person, e)
	}
	return out, err
}

func isAccount(by string) bool { return strings.HasPrefix(by, "U-") }

// account says for whom a person wrote: the organisation whose record it is, else
// the editors, else an organisation they belonged to already.
func (s *signatures) account(p signer, e *app.Edition) string {
	own := subjectOf(e.Record).Organisations
	in := func(mine bool) (string, bool) {
		for _, m := range p.member {
			if m.State == atlas.MemberActive && !m.At.After(e.At) && (!mine || slices.Contains(own, m.Actor)) {
				return s.app.ActorName(m.Actor, s.q.Lang), true
			}
		}
		return "", false
	}
	if p.gone {
		return s.q.T("history.by.gone")
	}
	if name, ok := in(true); ok {
		return name
	}
	if p.staff {
		return s.q.T("history.by.editors")
	}
	if name, ok := in(false); ok {
		return name
	}
	return s.q.T("history.by.registered")
}

// mandate says in whose name a version was written (U-14).
func (s *signatures) mandate(code string) (string, error) {
	m, err := s.app.Reader().Mandate(s.q.Context(), code)
	if errors.Is(err, atlas.ErrNotFound) {
		return s.q.T("history.by.mandate_unknown"), nil
	}
	if err != nil {
		return "", err
	}
	return s.q.T("history.by.mandate", "who", s.app.ActorName(m.Actor, s.q.Lang), "for", s.app.ActorName(m.For, s.q.Lang)), nil
}

func (s *signatures) signer(by string) (signer, error) {
	if !isAccount(by) {
		return signer{}, nil
	}
	if p, ok := s.known[by]; ok {
		return p, nil
	}
	p, err := readSigner(s.q.Context(), s.app, by)
	s.known[by] = p
	return p, err
}

func readSigner(ctx context.Context, a *app.App, id string) (p signer, err error) {
	who, err := a.Reader().Account(ctx, id)
	if errors.Is(err, atlas.ErrNotFound) {
		return signer{gone: true}, nil
	}
	if err != nil {
		return p, err
	}
	p.name, p.gone = who.Name, who.State == atlas.AccountErased
	for _, g := range who.Grants {
		p.staff = p.staff || g.Role.Staff()
	}
	p.member, err = a.Reader().Memberships(ctx, id)
	return p, err
}
