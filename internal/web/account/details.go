package account

import (
	"atlas/internal/web/route"
)

// detailsPage is the name, the language of letters and the e-mail.
type detailsPage struct {
	frame
	Name  field
	Lang  string // chosen
	Langs []string
	Email field
}

func (a *area) details(q *request) error {
	own, err := a.self.Own(q.Context(), q.Visit)
	if err != nil {
		return err
	}
	f := q.frame("mine.details.title", route.AccountDetails)
	f.values["name"], f.values["lang"], f.values["email"] = own.Name, own.Account.Lang, q.Param("email")
	return a.showDetails(q, f)
}

func (a *area) showDetails(q *request, f frame) error {
	p := detailsPage{frame: f, Lang: f.values["lang"], Langs: []string{"cs", "en"}}
	p.Name, p.Email = q.field(&p.frame, "name", "text", "name"), q.field(&p.frame, "email", "email", "email")
	return q.Render(f.status(), "account/details", p)
}

// saveDetails changes the name and the language of letters.
func (a *area) saveDetails(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	err := a.self.ChangeDetails(q.Context(), q.who, q.typed("name"), q.typed("lang"))
	if err == nil {
		return q.done("mine.details.done", route.AccountDetails)
	}
	f := q.frame("mine.details.title", route.AccountDetails)
	f.values["name"], f.values["lang"] = q.typed("name"), q.typed("lang")
	if !f.wrong(q, err) {
		return err
	}
	return a.showDetails(q, f)
}

// askEmail sends a link to a new address. Whoever must prove first who they are
// comes back to the address that they typed.
func (a *area) askEmail(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	email := q.typed("email")
	if !a.self.Fresh(q.Visit) {
		back := route.WithQuery(route.In(q.Lang, route.AccountDetails), values("email", email).Encode())
		return q.Redirect(route.AccountProving(q.Lang, back))
	}
	err := a.self.AskEmail(q.Context(), q.who, email, func(secret string) string {
		return absolute(q.Request, route.Fill(route.AccountEmailConfirm, secret))
	})
	if err == nil {
		return q.done("mine.email.sent", route.AccountDetails, "email", email)
	}
	f := q.frame("mine.details.title", route.AccountDetails)
	f.values["name"], f.values["lang"], f.values["email"] = q.Visit.Person, q.Lang, email
	if !f.wrong(q, err) {
		return err
	}
	return a.showDetails(q, f)
}

// linkPage asks to confirm what a link of a letter is for: programs that read
// letters before their owners open every link, so opening it does nothing yet.
type linkPage struct {
	frame
	Key string // of its words: "mine.email_confirm"
	URL string // of the form
}

func (a *area) openEmail(q *request) error { return a.showLink(q, "mine.email_confirm", nil) }

func (a *area) showLink(q *request, key string, wrong error) error {
	p := linkPage{frame: q.frame(key+".title", route.AccountDetails), Key: key, URL: q.URL.EscapedPath()}
	if wrong != nil && !p.wrong(q, wrong) {
		return wrong
	}
	return q.Render(p.status(), "account/link", p)
}

// confirmEmail makes the address that the link came from that of the account.
func (a *area) confirmEmail(q *request) error {
	if err := a.self.ConfirmEmail(q.Context(), q.who, q.PathValue("secret")); err != nil {
		return a.showLink(q, "mine.email_confirm", err)
	}
	return q.done("mine.email_confirm.done", route.AccountDetails)
}
