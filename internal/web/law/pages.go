package law

import (
	"net/http"
	"net/url"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// lawPage is the frame of every page of the area.
type lawPage struct {
	page.Base
	Operator operator
}

func (a *area) frame(q *page.Request, title string) lawPage {
	return lawPage{Base: q.Base(title), Operator: operatorOf(q)}
}

func (a *area) contact(q *page.Request) error {
	return q.Render(http.StatusOK, "law/contact", a.frame(q, q.T("law.contact.title")))
}

// prepared is the day when the statement of accessibility was last written anew
// with what the program can do.
func prepared() atlas.Date { return atlas.Date{Year: 2026, Month: 11, Day: 21} }

// accessibilityPage is the statement of § 8 of Act 99/2019 Sb.
type accessibilityPage struct {
	lawPage
	Prepared, Reviewed string // days in words; Reviewed "" = the operator has not said
	Gaps, Tests        []string
	URLReport          string
}

func (a *area) accessibility(q *page.Request) error {
	p := accessibilityPage{lawPage: a.frame(q, q.T("law.accessibility.title")), Prepared: i18n.Date(q.Lang, prepared())}
	if day, err := atlas.ParseDate(q.Site.Config.AccessibilityReviewed); err == nil && day.Known() {
		p.Reviewed = i18n.Date(q.Lang, day)
	}
	for _, gap := range []string{"texts", "languages", "linked", "letters"} {
		p.Gaps = append(p.Gaps, q.T("law.accessibility.gap."+gap))
	}
	for _, test := range []string{"rules", "looks", "phone", "keyboard", "plain", "tables"} {
		p.Tests = append(p.Tests, q.T("law.accessibility.test."+test))
	}
	return q.Render(http.StatusOK, "law/accessibility", p)
}

// privacyPage is the notice of personal data, made of the same table by which they
// are deleted.
type privacyPage struct {
	lawPage
	Rows []row
}

// row is one kind of personal data: what it is, what for, on which ground, how long
// it is kept and what becomes of it then.
type row struct{ What, Purpose, Ground, Long, Then string }

func (a *area) privacy(q *page.Request) error {
	p := privacyPage{lawPage: a.frame(q, q.T("law.privacy.title"))}
	for _, k := range app.Retention() {
		p.Rows = append(p.Rows, row{k.What.In(q.Lang), k.Purpose.In(q.Lang), k.Ground.In(q.Lang), k.Long.In(q.Lang), k.Then.In(q.Lang)})
	}
	return q.Render(http.StatusOK, "law/privacy", p)
}

// cookiesPage lists what the instance keeps in a browser.
type cookiesPage struct {
	lawPage
	Kept []kept
}

// kept is one thing kept in a browser, in words.
type kept struct {
	Name, What, Life string
	Local            bool
}

func (a *area) cookies(q *page.Request) error {
	p := cookiesPage{lawPage: a.frame(q, q.T("law.cookies.title"))}
	for _, k := range page.Cookies() {
		name := k.Name
		if !k.Local {
			name = q.Site.CookieName(name)
		}
		p.Kept = append(p.Kept, kept{name, q.T("law.kept." + k.Key + ".what"), q.T("law.kept." + k.Key + ".life"), k.Local})
	}
	return q.Render(http.StatusOK, "law/cookies", p)
}

// reportPage says how to report content that is against the law.
type reportPage struct {
	lawPage
	Page string // the page that is reported, absolute; "" = not known
	Mail string // address of a letter that is begun for the person; "" without an e-mail
}

// report begins a letter with what article 16 of the Digital Services Act asks
// for. A form would know no more, and the operator would have to keep what it says.
func (a *area) report(q *page.Request) error {
	p := reportPage{lawPage: a.frame(q, q.T("law.report.title"))}
	p.NoIndex = true
	if asked := q.Param("stranka"); route.Own(asked) {
		p.Page = q.Origin() + asked
	}
	if to, ok := strings.CutPrefix(p.Operator.Contact.URL, "mailto:"); ok {
		letter := url.Values{"subject": {q.T("law.report.subject")}, "body": {q.T("law.report.body", "page", p.Page)}}
		// Programs for mail read a plus as a plus.
		p.Mail = "mailto:" + to + "?" + strings.ReplaceAll(letter.Encode(), "+", "%20")
	}
	return q.Render(http.StatusOK, "law/report", p)
}
