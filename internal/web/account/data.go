package account

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"atlas/internal/app"
	"atlas/internal/document"
	"atlas/internal/web/route"
)

// dataPage offers what is kept of a person as files, and says how long each is
// kept.
type dataPage struct {
	frame
	Kept []kept
}

// kept is a line of the register of processing.
type kept struct{ What, Purpose, Ground, Long, Then string }

func (a *area) data(q *request) error {
	p := dataPage{frame: q.frame("mine.data.title", route.AccountData)}
	for _, k := range app.Retention() {
		p.Kept = append(p.Kept, kept{k.What.In(q.Lang), k.Purpose.In(q.Lang), k.Ground.In(q.Lang), k.Long.In(q.Lang), k.Then.In(q.Lang)})
	}
	return q.Render(http.StatusOK, "account/data", p)
}

// fileName is the name of a file of today.
func (a *area) fileName(extension string) string {
	return "moje-data-" + a.app.Now().UTC().Format(time.DateOnly) + "." + extension
}

func (a *area) dataJSON(q *request) error {
	p, err := a.self.Export(q.Context(), q.who)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return q.Download("application/json", a.fileName("json"), append(body, '\n'))
}

func (a *area) dataPDF(q *request) error {
	p, err := a.self.Export(q.Context(), q.who)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := document.WritePDF(&body, q.paper(p)); err != nil {
		return err
	}
	return q.Download("application/pdf", a.fileName("pdf"), body.Bytes())
}

// paper writes what is kept of a person for reading.
func (q *request) paper(p *app.Personal) *document.Document {
	name := q.Site.Config.OperatorName
	d := &document.Document{
		Lang: q.Lang, Title: q.T("mine.paper.title", "site", name), Author: name, MadeAt: p.MadeAt,
		Foot: name + " – " + q.moment(p.MadeAt),
		Blocks: []document.Block{
			document.Text(document.Span{Text: q.T("mine.paper.lead", "made", q.moment(p.MadeAt))}),
			document.Text(document.Span{Text: q.T("mine.paper.secrets")}),
		},
	}
	for _, part := range []struct {
		key   string
		items [][]document.Span
	}{
		{"account", q.accountFacts(p)},
		{"security", plain(q.securityLines(p))},
		{"roles", plain(q.roleLines(p))},
		{"drafts", plain(q.draftLines(p))},
		{"consents", plain(q.consentLines(p))},
		{"devices", plain(q.deviceLines(p))},
		{"letters", plain(q.letterLines(p))},
		{"written", plain(q.writtenLines(p))},
		{"deeds", plain(q.deedLines(p))},
		{"watches", plain(q.watchLines(p))},
		{"proposals", plain(q.proposalLines(p))},
		{"remarks", plain(q.remarkLines(p))},
		{"sheets", plain(q.sheetLines(p))},
		{"evaluations", plain(q.judgeLines(p))},
		{"contacts", plain(p.Contacts)},
	} {
		d.Blocks = append(d.Blocks, document.Heading(1, q.T("mine.paper."+part.key)))
		if len(part.items) == 0 {
			d.Blocks = append(d.Blocks, document.Text(document.Span{Text: q.T("mine.paper.nothing")}))
			continue
		}
		d.Blocks = append(d.Blocks, document.List(false, part.items...))
	}
	return d
}

// plain makes items of a list.
func plain(lines []string) (items [][]document.Span) {
	for _, line := range lines {
		items = append(items, document.Plain(line))
	}
	return items
}

func (q *request) accountFacts(p *app.Personal) [][]document.Span {
	seen := q.T("mine.never")
	if p.Account.LastSignedIn != nil {
		seen = q.moment(*p.Account.LastSignedIn)
	}
	fact := func(key, value string) []document.Span {
		return []document.Span{{Text: q.T("mine.paper."+key) + ": ", Strong: true}, {Text: value}}
	}
	return [][]document.Span{
		fact("id", p.Account.ID), fact("name", p.Account.Name), fact("email", p.Account.Email),
		fact("lang", q.T("mine.lang."+p.Account.Lang)), fact("created", q.moment(p.Account.CreatedAt)), fact("seen", seen),
	}
}

// row joins what is known of one thing.
func row(parts ...string) string {
	var known []string
	for _, s := range parts {
		if s != "" {
			known = append(known, s)
		}
	}
	return strings.Join(known, " – ")
}

func (q *request) securityLines(p *app.Personal) []string {
	var out []string
	since := func(key string, t *time.Time) {
		if t != nil {
			out = append(out, row(q.T("mine.paper."+key), q.moment(*t)))
		}
	}
	since("password", p.Security.PasswordSet)
	since("codes", p.Security.CodesSet)
	if p.Security.RecoveryCodes > 0 {
		out = append(out, q.N("mine.recovery.left", int64(p.Security.RecoveryCodes)))
	}
	for _, k := range p.Security.Passkeys {
		out = append(out, row(q.T("mine.paper.passkey"), k.Name, q.moment(k.AddedAt)))
	}
	for _, i := range p.Security.Identities {
		out = append(out, row(i.Issuer, i.Subject, q.moment(i.AddedAt)))
	}
	return out
}

func (q *request) roleLines(p *app.Personal) []string {
	var out []string
	for _, r := range p.Roles {
		out = append(out, row(q.T("mine.role."+string(r.Role)), r.Territory, q.moment(r.GivenAt), r.Until))
	}
	for _, m := range p.Memberships {
		out = append(out, row(m.Name, m.Organisation, q.T("mine.membership."+m.State), m.Note, q.moment(m.At)))
	}
	return out
}

func (q *request) draftLines(p *app.Personal) (out []string) {
	for _, d := range p.Drafts {
		out = append(out, row(d.Title, d.Form, q.moment(d.SavedAt), d.Content))
	}
	return out
}

func (q *request) consentLines(p *app.Personal) (out []string) {
	for _, c := range p.Consents {
		state := q.T("mine.consents.since", "when", q.moment(c.GivenAt))
		if c.WithdrawnAt != nil {
			state = q.T("mine.consents.former", "given", q.moment(c.GivenAt), "withdrawn", q.moment(*c.WithdrawnAt))
		}
		out = append(out, row(q.purposeTitle(c.Purpose), c.Wording, state))
	}
	return out
}

func (q *request) deviceLines(p *app.Personal) (out []string) {
	for _, d := range p.Devices {
		out = append(out, row(d.Device, q.moment(d.CreatedAt), q.moment(d.UsedAt)))
	}
	return out
}

func (q *request) letterLines(p *app.Personal) (out []string) {
	for _, l := range p.Letters {
		out = append(out, row(l.Subject, q.moment(l.PutAt)))
	}
	return out
}

func (q *request) writtenLines(p *app.Personal) (out []string) {
	for _, c := range p.Written {
		out = append(out, row(c.Record, q.T("mine.action."+c.Action), q.moment(c.At)))
	}
	return out
}

func (q *request) deedLines(p *app.Personal) (out []string) {
	for _, d := range p.Deeds {
		out = append(out, row(q.moment(d.At), d.Action, d.Subject))
	}
	return out
}

func (q *request) watchLines(p *app.Personal) (out []string) {
	for _, w := range p.Watches {
		out = append(out, row(q.T("mine.watch."+w.Kind), w.Subject, q.moment(w.At)))
	}
	return out
}

func (q *request) proposalLines(p *app.Personal) (out []string) {
	for _, s := range p.Proposals {
		out = append(out, row(s.ID, s.Record, s.Title, q.T("mine.proposal."+s.State), q.moment(s.SentAt), s.Note))
	}
	return out
}

func (q *request) remarkLines(p *app.Personal) (out []string) {
	for _, r := range p.Remarks {
		out = append(out, row(r.About, q.moment(r.At), r.Text))
	}
	return out
}

func (q *request) judgeLines(p *app.Personal) (out []string) {
	for _, e := range p.Evaluations {
		out = append(out, row(e.Evaluation, e.Project, q.T("mine.assignment."+string(e.State)), q.moment(e.Asked), e.Reason))
	}
	return out
}
