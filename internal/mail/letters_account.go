package mail

import (
	"time"

	"atlas"
)

// Kinds of letters.
const (
	KindSignIn     = "sign_in"
	KindConfirm    = "confirm"
	KindInvitation = "invitation"
	KindJoin       = "join"
	KindMembership = "membership"
	KindMandate    = "mandate"
	KindMark       = "mark"
	KindEvaluation = "evaluation"
	KindReceived   = "received"
	KindReturned   = "returned"
	KindPublished  = "published"
	KindRemark     = "remark"
	KindTransfer   = "transfer"
	KindRole       = "role"
	KindDevice     = "device"
	KindCloned     = "cloned"
	KindChanged    = "changed"
	KindDigest     = "digest"
	KindTest       = "test"
)

// SignIn brings a link that signs in once.
type SignIn struct {
	Link   string
	Until  time.Time // the link works until then
	Device string    // from where it was asked for: "Firefox, Linux"; may be ""
}

func (SignIn) kind() string { return KindSignIn }

func (d SignIn) expires() time.Time { return d.Until }

func (d SignIn) write(p *pen) {
	p.head("site", p.site.Name)
	p.say("text", "until", p.moment(d.Until))
	p.fact("device", line(d.Device, longName))
	p.button(d.Link)
	p.note("not_you")
	p.why("asked")
}

// ConfirmEmail asks whether an address is of who gave it.
type ConfirmEmail struct {
	Link  string
	Until time.Time
}

func (ConfirmEmail) kind() string { return KindConfirm }

func (d ConfirmEmail) expires() time.Time { return d.Until }

func (d ConfirmEmail) write(p *pen) {
	p.head("site", p.site.Name)
	p.say("text", "site", p.site.Name, "until", p.moment(d.Until))
	p.button(d.Link)
	p.note("not_you")
	p.why("asked")
}

// NewDevice says that the account was signed into where it was not before.
type NewDevice struct {
	Device string
	At     time.Time
	Link   string // page of the sessions of the account
}

func (NewDevice) kind() string { return KindDevice }

func (d NewDevice) write(p *pen) {
	p.head("site", p.site.Name)
	p.say("text")
	p.fact("device", line(d.Device, longName))
	p.fact("at", p.moment(d.At))
	p.button(d.Link)
	p.note("not_you")
	p.why("account")
}

// PasskeyCloned says that a passkey was refused because there seem to be two of it:
// its count of signatures went back.
type PasskeyCloned struct {
	Device string // from where it was used
	At     time.Time
	Link   string // page of the passkeys of the account
}

func (PasskeyCloned) kind() string { return KindCloned }

func (d PasskeyCloned) write(p *pen) {
	p.head("site", p.site.Name)
	p.say("text")
	p.fact("device", line(d.Device, longName))
	p.fact("at", p.moment(d.At))
	p.button(d.Link)
	p.note("not_you")
	p.why("account")
}

// AccountChange is what was changed of an account.
type AccountChange string

// What may be changed of an account.
const (
	ChangedPassword     AccountChange = "password"
	ChangedSecondFactor AccountChange = "second_factor"
	ChangedEmail        AccountChange = "email"
	ChangedRecovery     AccountChange = "recovery"
	ChangedPasskey      AccountChange = "passkey"
)

// AccountChanged says that something by which the account is entered was
// changed. After a change of the address it goes to the former one.
type AccountChanged struct {
	What AccountChange
	At   time.Time
	Link string // page of the account
}

func (AccountChanged) kind() string { return KindChanged }

func (d AccountChanged) write(p *pen) {
	p.head("site", p.site.Name)
	p.say("text")
	p.fact("what", p.own("what."+string(d.What)))
	p.fact("at", p.moment(d.At))
	p.button(d.Link)
	p.note("not_you")
	p.why("account")
}

// RoleChanged says that a role was given to an account or taken from it.
type RoleChanged struct {
	Role      atlas.Role
	Territory string     // its name; "" = the role has none
	Given     bool       // false = taken away
	Until     atlas.Date // last day; zero = no end
	Link      string     // page of the account
}

func (RoleChanged) kind() string { return KindRole }

func (d RoleChanged) write(p *pen) {
	role := p.T("mail.role." + string(d.Role))
	p.head("site", p.site.Name)
	if d.Given {
		p.say("given")
	} else {
		p.say("taken")
	}
	p.fact("role", role)
	p.fact("territory", line(d.Territory, longName))
	p.fact("until", p.day(d.Until))
	if d.Given && d.Role.Staff() {
		p.note("second_factor")
	}
	p.button(d.Link)
	p.why("account")
}

// Test is the letter by which an administrator tries the sending.
type Test struct{ At time.Time }

func (Test) kind() string { return KindTest }

func (d Test) write(p *pen) {
	p.head("site", p.site.Name)
	p.say("text")
	p.fact("at", p.moment(d.At))
	p.why("test")
}
