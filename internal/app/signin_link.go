package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

const (
	// So many links go to one e-mail in so long, whoever asks.
	linksAtOnce = 3
	linksTime   = time.Hour
	// linksPause is after how long one more goes all the same: sooner than a link
	// dies, so that whoever uses up the letters of another keeps them out of nothing –
	// there is a good link in their mailbox, or a new one comes.
	linksPause = 10 * time.Minute
	// askingTime is how long asking for a link takes at least: what is done
	// meanwhile must not tell whether there is an account.
	askingTime = 400 * time.Millisecond
	// clockSlip is how far clocks may differ: a link from further in the future was
	// made before the clock was put back, and nobody knows how old it is.
	clockSlip = 10 * time.Minute
	// purposeNone keeps the count of links for e-mails that no letter went to.
	purposeNone   = "none"
	longestPerson = 100 // letters
)

// linkDetail is what a link remembers besides whose it is.
type linkDetail struct {
	Next string `json:",omitempty"` // address to go on to
	// Of somebody new who comes from a provider of identities.
	Issuer, Subject, Name string `json:",omitempty"`
	Strong                bool   `json:",omitempty"`
}

func (d linkDetail) String() string {
	if d == (linkDetail{}) {
		return ""
	}
	text, err := json.Marshal(d)
	if err != nil {
		panic(err) // texts and a bool always can be written
	}
	return string(text)
}

func readDetail(text string) (d linkDetail) {
	if json.Unmarshal([]byte(text), &d) != nil {
		return linkDetail{} // of another kind of link
	}
	return d
}

// RequestLink sends a link that signs in to an e-mail: to its account, or where
// registration is open to whoever it belongs. Next is where it leads on to. The
// answer is the same, after the same time, whether there is an account or not.
//
// No more than three letters go to an e-mail within an hour and then one in ten
// minutes, so that nobody can fill a mailbox nor keep its owner out by using up
// theirs: what came last is still good then. A browser from which the account has
// signed in has three of its own. ErrEmail says that the e-mail is none, a *WaitError that too
// much was asked for from one address.
func (a *App) RequestLink(ctx context.Context, typed, next string, from Arrival) error {
	began := time.Now()
	email, err := mail.Address(typed)
	if err != nil {
		return ErrEmail
	}
	email = folded(email)
	if v := a.gate.asking.Try(account.Attempt{Account: email, Address: from.Address}, a.now()); v.Wait > 0 {
		return &WaitError{v.Wait}
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error { return a.putSignInLink(ctx, tx, email, next, from) })
	if err != nil {
		return err
	}
	return hold(ctx, askingTime-time.Since(began))
}

func (a *App) putSignInLink(ctx context.Context, tx *store.Tx, email, next string, from Arrival) error {
	who, err := tx.AccountByEmail(ctx, email)
	if err != nil && !errors.Is(err, atlas.ErrNotFound) {
		return err
	}
	to := mail.Recipient{Address: email, Lang: from.Lang}
	l := store.Link{Purpose: string(account.PurposeSignIn), Email: email, Detail: linkDetail{Next: next}.String()}
	device := ""
	switch {
	case who == nil && !a.gate.Open, who != nil && who.State != atlas.AccountActive:
		l.Purpose = purposeNone
	case who != nil:
		to.Name, to.Lang, l.Account, device = who.Name, who.Lang, who.ID, a.mark(from, who.ID)
	}
	sent, err := tx.LinksSent(ctx, l.Purpose, email, a.now().Add(-linksTime), a.now().Add(clockSlip))
	if err != nil {
		return err
	}
	lately, err := tx.LinksSent(ctx, l.Purpose, email, a.now().Add(-linksPause), a.now().Add(clockSlip))
	if err != nil {
		return err
	}
	if sent >= linksAtOnce && lately > 0 && !a.knownAsks(email, device, from) {
		l.Purpose = purposeNone
	}
	secret, err := a.putSecret(ctx, tx, l, account.PurposeSignIn.Life())
	if err != nil || l.Purpose == purposeNone {
		return err
	}
	return a.putLetterTo(ctx, tx, to, mail.SignIn{Link: from.Link(secret), Until: a.now().Add(account.PurposeSignIn.Life()), Device: from.Device})
}

// knownAsks says whether a browser that an account knows may have one letter more.
func (a *App) knownAsks(email, device string, from Arrival) bool {
	return device != "" && a.gate.known.Try(account.Attempt{Account: email, Address: from.Address, Device: device}, a.now()).Wait == 0
}

// putSecret keeps a new link that is good for so long, and gives its secret.
func (a *App) putSecret(ctx context.Context, tx *store.Tx, l store.Link, life time.Duration) (string, error) {
	secret, hash, err := account.NewSecret(account.PurposeSignIn, rand.Reader)
	if err != nil {
		return "", err
	}
	l.Hash, l.CreatedAt, l.ExpiresAt = hex.EncodeToString(hash), a.now().UTC(), a.now().Add(life).UTC()
	return secret, tx.PutLink(ctx, l)
}

// Opened is a link that may be used.
type Opened struct {
	Email string
	New   bool   // there is no account yet: name and agreement are needed
	Name  string // of somebody new, as a provider of identities says
	Next  string
}

// OpenLink looks at a link without using it up: programs that read letters before
// their owners open every link. ErrLinkUnknown, ErrLinkUsed and ErrLinkExpired say
// what is wrong with it.
func (a *App) OpenLink(ctx context.Context, secret string) (Opened, error) {
	l, err := a.goodLink(ctx, a.Reader(), secret)
	if err != nil {
		return Opened{}, err
	}
	id, err := accountOfLink(ctx, a.Reader(), l)
	d := readDetail(l.Detail)
	return Opened{Email: l.Email, New: id == "", Name: d.Name, Next: d.Next}, err
}

// goodLink reads a link and says what is wrong with it.
func (a *App) goodLink(ctx context.Context, r *store.Reader, secret string) (store.Link, error) {
	hash, ok := account.HashSecret(account.PurposeSignIn, secret)
	if !ok {
		return store.Link{}, ErrLinkUnknown
	}
	l, err := r.Link(ctx, hex.EncodeToString(hash))
	switch {
	case errors.Is(err, atlas.ErrNotFound) || err == nil && l.Purpose != string(account.PurposeSignIn):
		return l, ErrLinkUnknown
	case err != nil:
		return l, err
	case !l.UsedAt.IsZero():
		return l, ErrLinkUsed
	case !a.now().Before(l.ExpiresAt) || a.now().Add(clockSlip).Before(l.CreatedAt):
		return l, ErrLinkExpired
	}
	return l, nil
}

// accountOfLink is the account that a link signs in, "" when it is still to be
// founded. The account of a link that went to a former e-mail is none.
func accountOfLink(ctx context.Context, r *store.Reader, l store.Link) (string, error) {
	who, err := r.AccountByEmail(ctx, l.Email)
	switch {
	case errors.Is(err, atlas.ErrNotFound) && l.Account == "":
		return "", nil
	case errors.Is(err, atlas.ErrNotFound) || err == nil && l.Account != "" && who.ID != l.Account:
		return "", ErrLinkExpired
	case err != nil:
		return "", err
	}
	return who.ID, nil
}

// Newcomer is what somebody says who founds an account.
type Newcomer struct {
	Name   string
	Agreed bool
	// Wording is what they agreed to, as it stood on the page.
	Wording string
}

// PurposeFounding is the purpose of the agreement with which an account is founded.
const PurposeFounding = "account"

func (n *Newcomer) problems() error {
	n.Name = strings.Join(strings.Fields(strings.ToValidUTF8(n.Name, "")), " ")
	var wrong []atlas.Problem
	if length := utf8.RuneCountInString(n.Name); length == 0 {
		wrong = append(wrong, atlas.Problem{Field: "jmeno", Key: "signin.name_missing"})
	} else if length > longestPerson {
		wrong = append(wrong, atlas.Problem{Field: "jmeno", Key: "signin.name_long", Args: map[string]any{"max": longestPerson}})
	}
	if !n.Agreed {
		wrong = append(wrong, atlas.Problem{Field: "souhlas", Key: "signin.agreement_missing"})
	}
	if len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return nil
}

// UseLink uses a link up and lets in whose it is. Who is new says a name and
// agrees first; an *atlas.InvalidError says what is missing, and the link is good
// still. Of two that use one link at once, the second is told ErrLinkUsed.
func (a *App) UseLink(ctx context.Context, secret string, n Newcomer, from Arrival) (Entered, error) {
	var in Entered
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		l, err := a.goodLink(ctx, tx.Reader, secret)
		if err != nil {
			return err
		}
		id, err := accountOfLink(ctx, tx.Reader, l)
		if err != nil {
			return err
		}
		d, founded := readDetail(l.Detail), id == ""
		if founded {
			if id, err = a.foundAccount(ctx, tx, l, n, from); err != nil {
				return err
			}
		}
		first, err := tx.UseLink(ctx, l.Hash, a.now())
		if err != nil {
			return err
		}
		if !first {
			return ErrLinkUsed
		}
		if d.Issuer != "" {
			if err := a.tie(ctx, tx, d.Issuer, d.Subject, id); err != nil {
				return err
			}
		}
		in, err = a.enter(ctx, tx, id, from, d.Strong)
		in.New, in.Next = founded, d.Next
		return err
	})
	return in, err
}

// foundAccount founds the account of somebody new.
func (a *App) foundAccount(ctx context.Context, tx *store.Tx, l store.Link, n Newcomer, from Arrival) (string, error) {
	if err := n.problems(); err != nil {
		return "", err
	}
	now := a.now().UTC()
	who := &atlas.Account{Email: l.Email, Name: n.Name, Lang: from.Lang, State: atlas.AccountActive, CreatedAt: now}
	if err := tx.PutAccount(ctx, who); err != nil {
		return "", err
	}
	if err := tx.PutConsent(ctx, store.Consent{Account: who.ID, Purpose: PurposeFounding, Wording: n.Wording, GivenAt: now}); err != nil {
		return "", err
	}
	return who.ID, a.noteSignIn(ctx, tx, who.ID, auditRegistered)
}
