package account

import (
	"errors"

	"atlas/internal/app"
	"atlas/internal/web/route"
)

// proofPage asks who somebody is once more, before they change something by which
// the account is entered.
type proofPage struct {
	frame
	Ways           app.Proofs
	Password, Code field
	Back           string
}

func (a *area) proof(q *request) error {
	back := q.back(q.Param("zpet"))
	if a.self.Fresh(q.Visit) {
		return q.Redirect(back)
	}
	return a.showProof(q, q.frame("mine.proof.title", ""), back)
}

// back is an address of the account to go on to.
func (q *request) back(asked string) string {
	if route.Own(asked) && len(asked) < 2000 {
		return asked
	}
	return route.In(q.Lang, route.Account)
}

func (a *area) showProof(q *request, f frame, back string) error {
	ways, err := a.self.Proofs(q.Context(), q.Visit)
	if err != nil {
		return err
	}
	p := proofPage{frame: f, Ways: ways, Back: back}
	p.Password = q.field(&p.frame, "password", "password", "current-password")
	p.Code = q.field(&p.frame, "code", "code", "one-time-code")
	return q.Render(f.status(), "account/proof", p)
}

// prove takes a password or a code, or sends a link.
func (a *area) prove(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	back := q.back(q.PostForm.Get("zpet"))
	var err error
	switch q.PostForm.Get("akce") {
	case "odkaz":
		err = a.self.AskProof(q.Context(), q.who, func(secret string) string {
			return absolute(q.Request, route.Fill(route.AccountProofLink, secret)) + "?" + values("zpet", back).Encode()
		})
		if err == nil {
			return q.done("mine.proof.sent", route.AccountProof+"?"+values("zpet", back).Encode())
		}
	case "kod":
		err = a.self.ProveCode(q.Context(), q.who, q.PostForm.Get("code"))
	default:
		err = a.self.ProvePassword(q.Context(), q.who, q.PostForm.Get("password"))
	}
	if err == nil {
		return q.Redirect(back)
	}
	f := q.frame("mine.proof.title", "")
	if !f.wrong(q, err) {
		return err
	}
	return a.showProof(q, f, back)
}

func (a *area) openProof(q *request) error { return a.showLink(q, "mine.proof_link", nil) }

// proveByLink takes a link of a letter as a proof.
func (a *area) proveByLink(q *request) error {
	err := a.self.ProveLink(q.Context(), q.who, q.PathValue("secret"))
	if err != nil && !errors.Is(err, app.ErrUnproved) {
		return a.showLink(q, "mine.proof_link", err)
	}
	if err != nil {
		return err
	}
	return q.Redirect(q.back(q.Param("zpet")))
}
