package atlas

import (
	"slices"
	"time"
)

// Account (účet) is a person who signs in. It never says anything of a migrant
// as a client: only of those who work for municipalities, organisations and the
// state. Its secrets are not here; they never leave the store.
type Account struct {
	ID    string // "U-00001"; signs what the person writes
	Email string // as it was typed; compared folded
	Name  string // as colleagues see it; never shown to the public
	Lang  string // of letters: "cs" or "en"
	State string // AccountActive, …
	// CreatedAt and SeenAt (last signed in; zero = never), UTC.
	CreatedAt, SeenAt time.Time
	Version           int64
	Grants            []Grant
}

// States of an account.
const (
	AccountActive  = "active"
	AccountBlocked = "blocked" // by an administrator
	AccountErased  = "erased"  // its personal data are gone; what it wrote stays
)

// Grant (přidělená role) is a role given to an account.
type Grant struct {
	Role Role
	// Territory is that of an editor of a municipality or a kraj; "" of others.
	Territory string
	By        string    // account that gave it
	At        time.Time // UTC
	Until     Date      // last day it holds; zero = until taken away
}

// InForce says whether the grant holds on a day.
func (g Grant) InForce(day Date) bool { return !g.Until.Known() || g.Until.Last().Compare(day) >= 0 }

// Membership (členství) ties an account to an organisation, which is an actor
// (6.4).
type Membership struct {
	Account, Actor string
	State          string // MemberAsked, …
	Manager        bool   // approves members and authorises others (pověření)
	Note           string // of who asks: what they do there
	By             string // account that decided or invited
	At             time.Time
}

// States of a membership.
const (
	MemberAsked   = "asked"   // waits for the organisation
	MemberInvited = "invited" // waits for the person
	MemberActive  = "active"
	MemberRefused = "refused"
	MemberEnded   = "ended"
)

// Mandate (pověření) lets the members of one organisation, such as an NGO,
// write for another, such as a municipality (U-14), until a day. What they write
// says "zadal X z pověření Y".
type Mandate struct {
	ID    string // "M-00001"; the origin of what is written by it
	Actor string // who may write
	For   string // in whose name
	// Territory in which they may write as its editor does; "" = records of the
	// organisation only.
	Territory string
	Until     Date   // last day; known
	By        string // account that gave it
	At        time.Time
	// EndedAt is when it was taken back, or, after its last day, when it ended and
	// both sides were told; zero = neither.
	EndedAt time.Time
}

// TakenBack says whether the mandate was taken back before its end.
func (m Mandate) TakenBack() bool {
	return !m.EndedAt.IsZero() && DateOf(m.EndedAt).Compare(m.Until.Last()) <= 0
}

// InForce says whether the mandate holds on a day.
func (m Mandate) InForce(day Date) bool {
	return !m.TakenBack() && m.Until.Known() && m.Until.Last().Compare(day) >= 0
}

// Role (role) is a column of the table of permissions (chapter 11).
type Role string

const (
	RolePublic        Role = "public"        // veřejnost
	RoleRegistered    Role = "registered"    // registrovaný: whoever is signed in
	RoleOrganisation  Role = "organisation"  // editor organizace: a member of one, or by mandate
	RoleTerritory     Role = "territory"     // editor obce/kraje
	RoleEvaluator     Role = "evaluator"     // hodnotitel
	RoleFacilitator   Role = "facilitator"   // facilitátor/moderátor
	RoleMethodologist Role = "methodologist" // metodik/editor
	RoleAdmin         Role = "admin"         // správce
)

// Roles are all roles, in the order of the columns.
func Roles() []Role {
	return []Role{RolePublic, RoleRegistered, RoleOrganisation, RoleTerritory, RoleEvaluator, RoleFacilitator, RoleMethodologist, RoleAdmin}
}

// Granted says whether a role is given to an account by an administrator; the
// others follow from signing in and from membership.
func (r Role) Granted() bool { return r == RoleTerritory || r.Staff() }

// Staff says whether a role demands a second factor: it sees or decides what
// others wrote.
func (r Role) Staff() bool {
	return slices.Contains([]Role{RoleEvaluator, RoleFacilitator, RoleMethodologist, RoleAdmin}, r)
}
