package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Passkey (přístupový klíč) is what the site keeps of a passkey; nothing of it is
// secret. ID finds it, unique among all accounts.
type Passkey struct {
	ID, PublicKey  []byte
	SignCount      uint32
	Verified       bool // the person was verified when it was added
	BackupEligible bool // may be copied to other devices of its owner; never changes
	BackedUp       bool
	Transports     []string // "usb", "internal", …: a hint for the browser
	AAGUID         []byte   // model of the authenticator; zeros = not told
	Name           string   // given by the owner
	AddedAt        time.Time
	UsedAt         time.Time // zero = never
}

// Owner is an account towards passkeys. Handle is random, of 64 bytes at most,
// the same for all its passkeys and not its id or e-mail (WebAuthn, 14.6.1).
type Owner struct {
	Handle      []byte
	Email, Name string
	Keys        []Passkey
}

// Passkeys is the site as relying party of WebAuthn level 3.
type Passkeys struct{ rp *webauthn.WebAuthn }

// passkeyTime is how long a person may take to find and touch the authenticator.
const passkeyTime = 5 * time.Minute

// NewPasskeys lets passkeys be used at a base URL, whose host they are bound to
// for good. The error says in words why they cannot be used there: browsers give
// passkeys to names over https and to localhost only.
func NewPasskeys(baseURL, site string) (*Passkeys, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("passkeys need the full address of the site, not %q", baseURL)
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		return nil, fmt.Errorf("passkeys need a name in the address of the site, %q is a number", host)
	}
	local := host == "localhost" || strings.HasSuffix(host, ".localhost")
	if u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return nil, fmt.Errorf("passkeys need https; the address of the site is %q", baseURL)
	}
	timeout := webauthn.TimeoutConfig{Timeout: passkeyTime, TimeoutUVD: passkeyTime}
	rp, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: site, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation, // which make it is, is nobody's business
		Timeouts:              webauthn.TimeoutsConfig{Login: timeout, Registration: timeout},
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return &Passkeys{rp: rp}, nil
}

// Kinds of ceremonies: what was begun as one is never finished as another.
const (
	ceremonyAdd    = "add"
	ceremonySecond = "second"
	ceremonyAlone  = "alone"
)

// ceremony is what must be remembered between beginning and finishing.
type ceremony struct {
	Kind    string
	Expires time.Time
	Data    webauthn.SessionData
}

// Challenge is a begun ceremony. Options is JSON for parseCreationOptionsFromJSON
// or parseRequestOptionsFromJSON of the browser. Session is to be kept at the
// server and taken away before it is finished, whatever comes of it, so that no
// answer is taken twice.
type Challenge struct{ Options, Session []byte }

func begun(kind string, options any, data *webauthn.SessionData, now time.Time) (Challenge, error) {
	data.Expires = time.Time{} // ours is by the caller's clock
	var c Challenge
	var err1, err2 error
	c.Options, err1 = json.Marshal(options)
	c.Session, err2 = json.Marshal(ceremony{Kind: kind, Expires: now.Add(passkeyTime), Data: *data})
	return c, errors.Join(err1, err2)
}

func resumed(kind string, session []byte, now time.Time) (webauthn.SessionData, error) {
	var c ceremony
	if err := json.Unmarshal(session, &c); err != nil || c.Kind != kind || c.Data.Challenge == "" {
		return webauthn.SessionData{}, refuse("account.passkey.session", errors.Join(errors.New("no such ceremony was begun"), err))
	}
	if now.After(c.Expires) {
		return webauthn.SessionData{}, refuse("account.passkey.expired", fmt.Errorf("the ceremony ended at %s", c.Expires.Format(time.RFC3339)))
	}
	return c.Data, nil
}

// BeginAdd begins adding a passkey. Those that the owner has are left out by the
// browser.
func (p *Passkeys) BeginAdd(o Owner, now time.Time) (Challenge, error) {
	user := person{o}
	creation, data, err := p.rp.BeginRegistration(user,
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementPreferred, UserVerification: protocol.VerificationPreferred}),
		webauthn.WithExclusions(webauthn.Credentials(user.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return Challenge{}, fmt.Errorf("begin adding a passkey: %w", err)
	}
	return begun(ceremonyAdd, creation.Response, data, now)
}

// FinishAdd is the passkey to store, by the JSON answer of the browser. The
// caller sees that its ID is not yet there with another account.
func (p *Passkeys) FinishAdd(o Owner, session, answer []byte, name string, now time.Time) (Passkey, error) {
	data, err := resumed(ceremonyAdd, session, now)
	if err != nil {
		return Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Passkey{}, refuse("account.passkey.wrong", detailed(err))
	}
	c, err := p.rp.CreateCredential(person{o}, data, parsed)
	if err != nil {
		return Passkey{}, refuse("account.passkey.wrong", detailed(err))
	}
	key := Passkey{ID: c.ID, PublicKey: c.PublicKey, AAGUID: c.Authenticator.AAGUID, SignCount: c.Authenticator.SignCount,
		Verified: c.Flags.UserVerified, BackupEligible: c.Flags.BackupEligible, BackedUp: c.Flags.BackupState,
		Name: name, AddedAt: now}
	for _, t := range c.Transport {
		key.Transports = append(key.Transports, string(t))
	}
	return key, nil
}

// BeginSecond begins a sign-in where a passkey follows a password or a link.
func (p *Passkeys) BeginSecond(o Owner, now time.Time) (Challenge, error) {
	if len(o.Keys) == 0 {
		return Challenge{}, refuse("account.passkey.unknown", errors.New("the account has no passkey"))
	}
	assertion, data, err := p.rp.BeginLogin(person{o}, webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return Challenge{}, fmt.Errorf("begin signing in with a passkey: %w", err)
	}
	return begun(ceremonySecond, assertion.Response, data, now)
}

// Use is a passkey used. Key is to be stored as it is now. Strong says that the
// person was verified too, by a PIN or a finger, so that the passkey alone is
// two factors (NIST SP 800-63B-4, 3.1.7).
type Use struct {
	Key    Passkey
	Strong bool
}

// FinishSecond says which passkey of the owner was used. A count of signatures
// that did not grow is refused by the key "account.passkey.cloned" and Use says
// of which passkey, so that its owner can be told: somebody may have a copy
// (WebAuthn, 6.1.1).
func (p *Passkeys) FinishSecond(o Owner, session, answer []byte, now time.Time) (Use, error) {
	data, err := resumed(ceremonySecond, session, now)
	if err != nil {
		return Use{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Use{}, refuse("account.passkey.wrong", detailed(err))
	}
	c, err := p.rp.ValidateLogin(person{o}, data, parsed)
	if err != nil {
		return Use{}, refuse("account.passkey.wrong", detailed(err))
	}
	return o.used(c, parsed, now)
}

// BeginAlone begins a sign-in by a passkey alone: the browser offers those that
// it has, nobody said yet who they are.
func (p *Passkeys) BeginAlone(now time.Time) (Challenge, error) {
	assertion, data, err := p.rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Challenge{}, fmt.Errorf("begin signing in with a passkey: %w", err)
	}
	return begun(ceremonyAlone, assertion.Response, data, now)
}

// FinishAlone says whose passkey was used; find looks up the owner of a handle.
// The person was always verified.
func (p *Passkeys) FinishAlone(find func(handle []byte) (Owner, error), session, answer []byte, now time.Time) (Owner, Use, error) {
	data, err := resumed(ceremonyAlone, session, now)
	if err != nil {
		return Owner{}, Use{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Owner{}, Use{}, refuse("account.passkey.wrong", detailed(err))
	}
	var owner Owner
	var findErr error
	_, c, err := p.rp.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		owner, findErr = find(handle)
		return person{owner}, findErr
	}, data, parsed)
	if findErr != nil {
		return Owner{}, Use{}, refuse("account.passkey.unknown", findErr)
	}
	if err != nil {
		return Owner{}, Use{}, refuse("account.passkey.wrong", detailed(err))
	}
	use, err := owner.used(c, parsed, now)
	return owner, use, err
}

// RefusedCloned is the key of the refusal of a passkey whose count of signatures
// went back: there are two of it.
const RefusedCloned = "account.passkey.cloned"

// used is the passkey as it is after a valid answer.
func (o Owner) used(c *webauthn.Credential, parsed *protocol.ParsedCredentialAssertionData, now time.Time) (Use, error) {
	for _, key := range o.Keys {
		if !bytes.Equal(key.ID, c.ID) {
			continue
		}
		if c.Authenticator.CloneWarning {
			return Use{Key: key}, refuse(RefusedCloned, fmt.Errorf("count of signatures %d follows %d", parsed.Response.AuthenticatorData.Counter, key.SignCount))
		}
		key.SignCount, key.BackedUp, key.UsedAt = c.Authenticator.SignCount, c.Flags.BackupState, now
		return Use{Key: key, Strong: parsed.Response.AuthenticatorData.Flags.UserVerified()}, nil
	}
	return Use{}, refuse("account.passkey.unknown", errors.New("the passkey is not one of the account"))
}

// detailed adds to an error of the ceremony what the library tells apart of it.
func detailed(err error) error {
	var e *protocol.Error
	if errors.As(err, &e) && e.DevInfo != "" {
		return fmt.Errorf("%w: %s", err, e.DevInfo)
	}
	return err
}

// person is an owner as the library wants it.
type person struct{ Owner }

func (p person) WebAuthnID() []byte          { return p.Handle }
func (p person) WebAuthnName() string        { return p.Email }
func (p person) WebAuthnDisplayName() string { return p.Name }

func (p person) WebAuthnCredentials() []webauthn.Credential {
	var all []webauthn.Credential
	for _, k := range p.Keys {
		c := webauthn.Credential{ID: k.ID, PublicKey: k.PublicKey,
			Flags:         webauthn.CredentialFlags{UserPresent: true, UserVerified: k.Verified, BackupEligible: k.BackupEligible, BackupState: k.BackedUp},
			Authenticator: webauthn.Authenticator{AAGUID: k.AAGUID, SignCount: k.SignCount}}
		for _, t := range k.Transports {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
		all = append(all, c)
	}
	return all
}
