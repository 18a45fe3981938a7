package account

import (
	"net/http"
	"net/url"

	"atlas/internal/app"
	"atlas/internal/web/route"
)

// consentsPage is what somebody agrees to and did once.
type consentsPage struct {
	frame
	Purposes []purpose
	Former   []former
}

// purpose is one thing that may be agreed to.
type purpose struct {
	Code, Title, Wording string
	Since                string // when it was agreed to; "" = it is not
}

// former is a consent that was taken back.
type former struct{ Title, Wording, Given, Withdrawn string }

func (a *area) consents(q *request) error {
	own, err := a.self.Own(q.Context(), q.Visit)
	if err != nil {
		return err
	}
	p := consentsPage{frame: q.frame("mine.consents.title", route.AccountConsents)}
	holds := app.Agreed(own.Consents)
	for _, code := range app.ConsentPurposes() {
		x := purpose{Code: code, Title: q.T("mine.purpose." + code), Wording: q.wording(code)}
		if c, yes := holds[code]; yes {
			x.Wording, x.Since = c.Wording, q.moment(c.GivenAt) // in the words that they agreed to
		}
		p.Purposes = append(p.Purposes, x)
	}
	for _, c := range own.Consents {
		if !c.WithdrawnAt.IsZero() {
			p.Former = append(p.Former, former{q.purposeTitle(c.Purpose), c.Wording, q.moment(c.GivenAt), q.moment(c.WithdrawnAt)})
		}
	}
	return q.Render(http.StatusOK, "account/consents", p)
}

func (q *request) wording(code string) string { return q.T("mine.wording." + code) }

// purposeTitle names a purpose, also one that only other pages ask for.
func (q *request) purposeTitle(code string) string {
	if key := "mine.purpose." + code; q.Site.Words.Has(key) {
		return q.T(key)
	}
	return code
}

// saveConsent gives or takes back one consent.
func (a *area) saveConsent(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	code := q.PostForm.Get("ucel")
	if q.PostForm.Get("akce") == "odvolat" {
		if err := a.self.WithdrawConsent(q.Context(), q.who, code); err != nil {
			return err
		}
		return q.done("mine.consents.withdrawn", route.AccountConsents)
	}
	if err := a.self.GiveConsent(q.Context(), q.who, code, q.wording(code)); err != nil {
		return err
	}
	return q.done("mine.consents.given", route.AccountConsents)
}

func values(name, value string) url.Values { return url.Values{name: {value}} }
