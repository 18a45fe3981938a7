package account

import (
	"atlas/internal/web/route"
)

// passwordPage sets, changes and removes the password.
type passwordPage struct {
	frame
	Has, Ask             bool // there is one; the present one is to be typed
	Present, Next, Again field
	// For programs that keep passwords: whose it is.
	Email string
}

// password answers the form. Where there is no password yet, a fresh proof of who
// one is comes first.
func (a *area) password(q *request) error {
	return a.showPassword(q, q.frame("mine.password.title", route.AccountPassword))
}

func (a *area) showPassword(q *request, f frame) error {
	ways, err := a.self.Proofs(q.Context(), q.Visit)
	if err != nil {
		return err
	}
	p := passwordPage{frame: f, Has: ways.Password, Ask: ways.Password && !a.self.Fresh(q.Visit), Email: q.Visit.Email}
	p.Present = q.field(&p.frame, "present", "password", "current-password")
	p.Next = q.field(&p.frame, "password", "password", "new-password")
	p.Next.Label, p.Next.Hint = q.T("mine.field.password_new"), q.T("mine.hint.password_new")
	p.Again = q.field(&p.frame, "again", "password", "new-password")
	return q.Render(f.status(), "account/password", p)
}

func (a *area) savePassword(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	form := q.PostForm
	err := a.self.SetPassword(q.Context(), q.who, form.Get("present"), form.Get("password"), form.Get("again"))
	if err == nil {
		return q.done("mine.password.done", route.AccountPassword)
	}
	f := q.frame("mine.password.title", route.AccountPassword)
	if !f.wrong(q, err) {
		return err
	}
	return a.showPassword(q, f)
}

func (a *area) dropPassword(q *request) error {
	if err := a.self.RemovePassword(q.Context(), q.who); err != nil {
		return err
	}
	return q.done("mine.password.removed", route.AccountPassword)
}
