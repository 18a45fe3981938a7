package atlas

import "time"

// Visit (návštěva) is who sits at a browser: the viewer, and what the pages
// about signing in need besides. The zero visit is the public.
type Visit struct {
	Viewer
	Session string // hash of what its cookie says; "" = not signed in
	Email   string
	Person  string // their name, shown to themselves
	// Half says that the account has a second factor which was not shown yet: the
	// viewer is the public until it is.
	Half string // account that is half signed in, ""
	// Suspended are roles of staff that wait for a second factor (12.3).
	Suspended   []Role
	UsedAt      time.Time // when the session was last noted to be in use
	Strong      bool      // a second factor was shown
	Lapsed      bool      // it was, longer ago than that holds
	ConfirmedAt time.Time // when the person last proved who they are
}
