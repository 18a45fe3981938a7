package account

import (
	"errors"
	"html/template"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/route"
)

// factorPage sets one-time codes up, makes recovery codes and takes codes away.
type factorPage struct {
	frame
	Own        *app.Own
	Compulsory []string // roles that demand a second factor
	Enrolling  *app.Enrolling
	QR         template.HTML // made by us, of a text of ours
	Code       field
}

// factor answers how things stand, or with ?nastavit the picture to scan.
func (a *area) factor(q *request) error {
	f := q.frame("mine.factor.title", route.AccountFactor)
	if !q.URL.Query().Has("nastavit") {
		return a.showFactor(q, f, nil)
	}
	e, err := a.self.BeginCodes(q.Visit, q.T("mine.factor.picture"))
	if err != nil {
		return err
	}
	return a.showFactor(q, f, &e)
}

func (a *area) showFactor(q *request, f frame, e *app.Enrolling) error {
	own, err := a.self.Own(q.Context(), q.Visit)
	if err != nil {
		return err
	}
	p := factorPage{frame: f, Own: own, Enrolling: e}
	for _, r := range own.Compulsory {
		p.Compulsory = append(p.Compulsory, q.T("mine.role."+string(r)))
	}
	if e != nil {
		p.QR = template.HTML(e.QR)
	}
	p.Code = q.field(&p.frame, "code", "code", "one-time-code")
	p.Code.Hint = q.T("mine.hint.code_first")
	return q.Render(f.status(), "account/factor", p)
}

// finishFactor takes the first code. What it makes is shown once: it answers the
// form itself, as nothing of it may be kept for another page.
func (a *area) finishFactor(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	token := q.PostForm.Get("klic")
	codes, err := a.self.FinishCodes(q.Context(), q.who, token, q.PostForm.Get("code"))
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		f := q.frame("mine.factor.title", route.AccountFactor)
		f.wrong(q, err)
		e, err := a.self.AgainCodes(q.Visit, token, q.T("mine.factor.picture"))
		if err != nil {
			return err
		}
		return a.showFactor(q, f, &e)
	}
	if err != nil {
		return err
	}
	if len(codes) == 0 {
		return q.done("mine.factor.done", route.AccountFactor)
	}
	return a.showRecovery(q, codes, "mine.factor.done")
}

// recoveryPage shows recovery codes, once.
type recoveryPage struct {
	frame
	Codes []string
	Done  string
}

func (a *area) showRecovery(q *request, codes []string, done string) error {
	p := recoveryPage{q.frame("mine.recovery.title", route.AccountFactor), codes, q.T(done)}
	return q.Render(http.StatusOK, "account/recovery", p)
}

func (a *area) newRecovery(q *request) error {
	codes, err := a.self.NewRecovery(q.Context(), q.who)
	if err != nil {
		return a.factorWrong(q, err)
	}
	return a.showRecovery(q, codes, "mine.recovery.done")
}

func (a *area) dropFactor(q *request) error {
	if err := a.self.RemoveCodes(q.Context(), q.who); err != nil {
		return a.factorWrong(q, err)
	}
	return q.done("mine.factor.removed", route.AccountFactor)
}

// factorWrong says on the page what is in the way.
func (a *area) factorWrong(q *request, err error) error {
	f := q.frame("mine.factor.title", route.AccountFactor)
	if !f.wrong(q, err) {
		return err
	}
	return a.showFactor(q, f, nil)
}
