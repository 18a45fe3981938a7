package atlas

import "slices"

// Viewer is who asks. Below the web layer it is a parameter, never a context
// value. The zero viewer is the public.
type Viewer struct {
	Account string // "U-00001"; "" = not signed in
	Name    string // how writes are signed: the account, or "atlas", "demo", "správce"
	Lang    string // "cs" or "en"
	// What follows holds now: ends have passed the day of today, and roles of
	// staff are here only with a second factor.
	Grants      []Grant
	Memberships []Membership // active ones
	Mandates    []Mandate    // of the organisations it is a member of
}

// Operator is who sits at the machine itself: a command, the demo content, an
// instance opened for editing on a loopback address.
func Operator(name string) Viewer {
	return Viewer{Name: name, Grants: []Grant{{Role: RoleMethodologist}, {Role: RoleAdmin}}}
}

// SignedIn says whether the viewer has an account.
func (v Viewer) SignedIn() bool { return v.Account != "" }

// Has says whether the viewer has a role.
func (v Viewer) Has(r Role) bool {
	switch r {
	case RolePublic:
		return true
	case RoleRegistered:
		return v.SignedIn() || len(v.Grants) > 0
	case RoleOrganisation:
		return len(v.Memberships) > 0 || len(v.Mandates) > 0
	}
	return slices.ContainsFunc(v.Grants, func(g Grant) bool { return g.Role == r })
}

// May says whether the viewer has a right that needs no record.
func (v Viewer) May(r Right) bool { return Can(v, r, Subject{}) }

// member says whether the viewer belongs to one of some actors.
func (v Viewer) member(actors []string) bool {
	return slices.ContainsFunc(v.Memberships, func(m Membership) bool { return slices.Contains(actors, m.Actor) })
}

// editor says whether the viewer is the editor of a municipality or kraj among
// some territories.
func (v Viewer) editor(territories []string) bool {
	return slices.ContainsFunc(v.Grants, func(g Grant) bool {
		return g.Role == RoleTerritory && g.Territory != "" && slices.Contains(territories, g.Territory)
	})
}

// ActsBy is the mandate by which the viewer writes a record that is not theirs
// otherwise (U-14); false when they need none.
func (v Viewer) ActsBy(s Subject) (Mandate, bool) {
	if v.member(s.Organisations) || v.editor(s.Territories) || v.May(RightPublish) {
		return Mandate{}, false
	}
	for _, m := range v.Mandates {
		if m.covers(s) {
			return m, true
		}
	}
	return Mandate{}, false
}
