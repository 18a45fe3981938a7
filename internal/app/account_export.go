package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"atlas"
	"atlas/internal/store"
)

// Personal (moje data) is everything that the instance keeps of a person with an
// account, as they may take it away (GDPR, articles 15 and 20). Secrets are not in
// it: only that they are there.
type Personal struct {
	MadeAt      time.Time        `json:"made_at"`
	Account     PersonalAccount  `json:"account"`
	Security    PersonalSecurity `json:"security"`
	Roles       []PersonalRole   `json:"roles"`
	Memberships []PersonalMember `json:"memberships"`
	Drafts      []PersonalDraft  `json:"drafts"`
	Consents    []PersonalAgreed `json:"consents"`
	Devices     []PersonalDevice `json:"devices"`
	Letters     []PersonalLetter `json:"letters"`
	Written     []PersonalChange `json:"written"`
	Deeds       []PersonalDeed   `json:"deeds"`
	Watches     []PersonalWatch  `json:"watches"`
	Proposals   []PersonalSent   `json:"proposals"`
	Remarks     []PersonalRemark `json:"remarks"`
	Sheets      []PersonalSheet  `json:"sheets"`
	Evaluations []PersonalJudge  `json:"evaluations"`
	// Contacts are the projects and cards in which the e-mail stands as that of a contact.
	Contacts []string `json:"contact_in"`
}

// PersonalAccount is who the person is.
type PersonalAccount struct {
	ID           string     `json:"id"`
	Email        string     `json:"email"`
	Name         string     `json:"name"`
	Lang         string     `json:"language"`
	CreatedAt    time.Time  `json:"created_at"`
	LastSignedIn *time.Time `json:"last_signed_in"`
}

// PersonalSecurity says what the account is entered by.
type PersonalSecurity struct {
	PasswordSet   *time.Time         `json:"password_set"`
	CodesSet      *time.Time         `json:"one_time_codes_set"`
	RecoveryCodes int                `json:"recovery_codes_left"`
	Passkeys      []PersonalPasskey  `json:"passkeys"`
	Identities    []PersonalIdentity `json:"identities"`
}

// PersonalPasskey is a passkey without its key.
type PersonalPasskey struct {
	Name    string     `json:"name"`
	AddedAt time.Time  `json:"added_at"`
	UsedAt  *time.Time `json:"used_at"`
}

// PersonalIdentity is the person at a provider of identities.
type PersonalIdentity struct {
	Issuer  string    `json:"issuer"`
	Subject string    `json:"subject"`
	AddedAt time.Time `json:"added_at"`
}

// PersonalRole is a role of the account.
type PersonalRole struct {
	Role      atlas.Role `json:"role"`
	Territory string     `json:"territory,omitempty"`
	GivenAt   time.Time  `json:"given_at"`
	GivenBy   string     `json:"given_by"`
	Until     string     `json:"until,omitempty"`
}

// PersonalMember is how the person belongs to an organisation.
type PersonalMember struct {
	Organisation string    `json:"organisation"`
	Name         string    `json:"name"`
	State        string    `json:"state"`
	Manager      bool      `json:"manager"`
	Note         string    `json:"note,omitempty"`
	At           time.Time `json:"at"`
}

// PersonalDraft is what the person was writing.
type PersonalDraft struct {
	Form    string    `json:"form"`
	Title   string    `json:"title"`
	Content string    `json:"content"`
	SavedAt time.Time `json:"saved_at"`
}

// PersonalAgreed is what the person agreed to.
type PersonalAgreed struct {
	Purpose     string     `json:"purpose"`
	Wording     string     `json:"wording"`
	GivenAt     time.Time  `json:"given_at"`
	WithdrawnAt *time.Time `json:"withdrawn_at"`
}

// PersonalDevice is where the person is signed in.
type PersonalDevice struct {
	Device    string    `json:"device"`
	CreatedAt time.Time `json:"signed_in_at"`
	UsedAt    time.Time `json:"last_used_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

// PersonalLetter is a letter to the person, without what it says.
type PersonalLetter struct {
	Kind    string    `json:"kind"`
	Subject string    `json:"subject"`
	State   string    `json:"state"`
	PutAt   time.Time `json:"put_at"`
}

// PersonalChange is something that the person wrote into the database: which
// record and when. What it says is the record's.
type PersonalChange struct {
	Kind    string    `json:"kind"`
	Record  string    `json:"record"`
	Version int64     `json:"version"`
	Action  string    `json:"action"`
	At      time.Time `json:"at"`
}

// PersonalDeed is an entry of the audit log under the code of the person.
type PersonalDeed struct {
	Action  string    `json:"action"`
	Subject string    `json:"subject"`
	At      time.Time `json:"at"`
}

// PersonalWatch is what the person watches.
type PersonalWatch struct {
	Kind    string    `json:"kind"`
	Subject string    `json:"subject"`
	Period  string    `json:"period"`
	Paused  bool      `json:"paused"`
	At      time.Time `json:"at"`
}

// PersonalSent is a correction that the person proposed, whole.
type PersonalSent struct {
	ID      string          `json:"id"`
	Record  string          `json:"record"`
	Title   string          `json:"title"`
	Content json.RawMessage `json:"content"`
	Note    string          `json:"note,omitempty"`
	State   string          `json:"state"`
	SentAt  time.Time       `json:"sent_at"`
}

// PersonalRemark is what the person wrote to editors, or why they changed a record.
type PersonalRemark struct {
	About string    `json:"about"`
	Text  string    `json:"text"`
	At    time.Time `json:"at"`
}

// PersonalSheet is what the person wrote of a project, whole: as an evaluator, for
// an implementer or in private.
type PersonalSheet struct {
	ID         string          `json:"id"`
	Part       atlas.SheetRole `json:"part"`
	Evaluation string          `json:"evaluation,omitempty"`
	Project    string          `json:"project,omitempty"`
	Title      string          `json:"title,omitempty"`
	Rubric     string          `json:"rubric"`
	Mode       atlas.Mode      `json:"mode"`
	Content    PersonalWords   `json:"content"`
	Begun      time.Time       `json:"begun_at"`
	Declared   *time.Time      `json:"no_conflict_declared_at"`
	Submitted  *time.Time      `json:"submitted_at"`
}

// PersonalWords is what stands in a sheet.
type PersonalWords struct {
	Scores                        []atlas.Score
	Gates                         []atlas.GateAnswer
	Strengths, Weaknesses, Advice string
	Opinions                      []atlas.Opinion
}

// PersonalJudge is an evaluation that the person was asked to judge. What others
// wrote in it is not theirs.
type PersonalJudge struct {
	Evaluation string                `json:"evaluation"`
	Project    string                `json:"project"`
	State      atlas.AssignmentState `json:"state"`
	Reason     string                `json:"reason,omitempty"`
	Asked      time.Time             `json:"asked_at"`
	Done       *time.Time            `json:"ended_at"`
}

// Export gathers what is kept of who asks, as it stands at one moment.
func (s *Self) Export(ctx context.Context, who Asker) (*Personal, error) {
	if !s.Fresh(who.Visit) {
		return nil, ErrUnproved
	}
	p := &Personal{ // lists without anything in them are lists
		MadeAt: s.app.now().UTC(), Roles: []PersonalRole{}, Memberships: []PersonalMember{}, Drafts: []PersonalDraft{},
		Consents: []PersonalAgreed{}, Devices: []PersonalDevice{}, Letters: []PersonalLetter{}, Written: []PersonalChange{},
		Deeds: []PersonalDeed{}, Contacts: []string{}, Watches: []PersonalWatch{}, Proposals: []PersonalSent{}, Remarks: []PersonalRemark{}, Sheets: []PersonalSheet{}, Evaluations: []PersonalJudge{},
		Security: PersonalSecurity{Passkeys: []PersonalPasskey{}, Identities: []PersonalIdentity{}},
	}
	err := s.app.Reader().View(ctx, func(r *store.Reader) error {
		return errors.Join(s.exportAccount(ctx, r, who, p), s.exportPassing(ctx, r, who, p), s.exportWritten(ctx, r, who, p), exportWords(ctx, r, who, p), exportJudged(ctx, r, who, p))
	})
	if err != nil {
		return nil, err
	}
	return p, s.change(ctx, who, "account_exported", "", func(*store.Tx, *atlas.Account) error { return nil })
}

func (s *Self) exportAccount(ctx context.Context, r *store.Reader, who Asker, p *Personal) error {
	a, err := r.Account(ctx, who.Account)
	if err != nil {
		return err
	}
	p.Account = PersonalAccount{a.ID, a.Email, a.Name, a.Lang, a.CreatedAt, known(a.SeenAt)}
	for _, g := range a.Grants {
		p.Roles = append(p.Roles, PersonalRole{g.Role, g.Territory, g.At, g.By, g.Until.String()})
	}
	secrets, err := r.Secrets(ctx, a.ID)
	if err != nil {
		return err
	}
	if secrets.Password != "" {
		p.Security.PasswordSet = known(secrets.PasswordAt)
	}
	if secrets.TOTP != "" {
		p.Security.CodesSet = known(secrets.TOTPAt)
	}
	codes, err := r.RecoveryCodes(ctx, a.ID)
	if err != nil {
		return err
	}
	p.Security.RecoveryCodes = len(codes)
	keys, err := r.Passkeys(ctx, a.ID)
	for _, k := range keys {
		p.Security.Passkeys = append(p.Security.Passkeys, PersonalPasskey{k.Name, k.AddedAt, known(k.UsedAt)})
	}
	if err != nil {
		return err
	}
	identities, err := r.Identities(ctx, a.ID)
	for _, i := range identities {
		p.Security.Identities = append(p.Security.Identities, PersonalIdentity{i.Issuer, i.Subject, i.AddedAt})
	}
	return err
}

// exportPassing gathers what comes and goes.
func (s *Self) exportPassing(ctx context.Context, r *store.Reader, who Asker, p *Personal) error {
	members, err1 := r.Memberships(ctx, who.Account)
	for _, m := range members {
		p.Memberships = append(p.Memberships, PersonalMember{m.Actor, s.app.ActorName(m.Actor, who.Lang), m.State, m.Manager, m.Note, m.At})
	}
	drafts, err2 := r.Drafts(ctx, who.Account)
	for _, d := range drafts {
		p.Drafts = append(p.Drafts, PersonalDraft{d.Form, d.Title, d.Content, d.SavedAt})
	}
	consents, err3 := r.Consents(ctx, who.Account)
	for _, c := range consents {
		p.Consents = append(p.Consents, PersonalAgreed{c.Purpose, c.Wording, c.GivenAt, known(c.WithdrawnAt)})
	}
	sessions, err4 := r.Sessions(ctx, who.Account, s.app.now())
	for _, d := range sessions {
		p.Devices = append(p.Devices, PersonalDevice{d.Device, d.CreatedAt, d.UsedAt, d.ExpiresAt})
	}
	letters, err5 := r.LettersTo(ctx, who.Email)
	for _, l := range letters {
		p.Letters = append(p.Letters, PersonalLetter{l.Kind, l.Subject, l.State, l.PutAt})
	}
	return errors.Join(err1, err2, err3, err4, err5)
}

// exportWritten gathers what is signed by the code.
func (s *Self) exportWritten(ctx context.Context, r *store.Reader, who Asker, p *Personal) error {
	changes, err1 := r.ChangesBy(ctx, who.Account)
	for _, c := range changes {
		p.Written = append(p.Written, PersonalChange{c.Kind, c.ID, c.Version, c.Action, c.At})
	}
	contacts, err2 := r.ContactIn(ctx, who.Email)
	p.Contacts = append(p.Contacts, contacts...)
	for f := (store.AuditFilter{By: who.Account}); ; {
		page, err := r.AuditEntries(ctx, f)
		if err != nil || len(page) == 0 {
			return errors.Join(err1, err2, err)
		}
		for _, e := range page {
			if e.FirstChange == 0 { // the others are among the changes
				p.Deeds = append(p.Deeds, PersonalDeed{e.Action, e.Subject, e.At})
			}
		}
		f.After = page[len(page)-1].Seq
	}
}

// exportWords gathers what the person watches, proposed and wrote beside records.
func exportWords(ctx context.Context, r *store.Reader, who Asker, p *Personal) error {
	watches, err1 := r.Watches(ctx, who.Account)
	for _, w := range watches {
		p.Watches = append(p.Watches, PersonalWatch{w.Kind, w.Subject, w.Period, w.Paused, w.CreatedAt})
	}
	proposals, err2 := r.ProposalsBy(ctx, who.Account)
	for _, x := range proposals {
		p.Proposals = append(p.Proposals, PersonalSent{x.ID, x.Record, x.Title, json.RawMessage(x.Content), x.Note, x.State, x.SentAt})
	}
	words, err3 := r.WordsBy(ctx, who.Account)
	for _, x := range words {
		p.Remarks = append(p.Remarks, PersonalRemark{x.About, x.Text, x.At})
	}
	return errors.Join(err1, err2, err3)
}

// exportJudged gathers what the person wrote of projects and was to judge.
func exportJudged(ctx context.Context, r *store.Reader, who Asker, p *Personal) error {
	sheets, err1 := r.SheetsBy(ctx, who.Account)
	for _, s := range sheets {
		p.Sheets = append(p.Sheets, PersonalSheet{
			ID: s.ID, Part: s.Role, Evaluation: s.Evaluation, Project: s.Project, Title: s.Title, Rubric: s.Rubric, Mode: s.Mode,
			Content: PersonalWords{s.Scores, s.Gates, s.Strengths, s.Weaknesses, s.Advice, s.Opinions},
			Begun:   s.CreatedAt, Declared: known(s.Declared), Submitted: known(s.Submitted),
		})
	}
	all, err2 := r.EvaluationsFor(ctx, who.Account)
	for _, e := range all {
		if x, there := e.Assigned(who.Account); there {
			p.Evaluations = append(p.Evaluations, PersonalJudge{e.ID, e.Project, x.State, x.Reason, x.Asked, known(x.Done)})
		}
	}
	return errors.Join(err1, err2)
}

// known is a time that may not be known.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
