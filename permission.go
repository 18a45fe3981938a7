package atlas

import "slices"

// Right (oprávnění) is a row of the table of permissions (chapter 11).
type Right string

const (
	RightRead     Right = "read"     // what is published; unpublished records those who may edit them
	RightDownload Right = "download" // open data
	RightAccount  Right = "account"  // one's own account
	RightPropose  Right = "propose"  // a project, an actor, a correction
	RightEdit     Right = "edit"     // a record of one's organisation or territory
	RightMembers  Right = "members"  // who belongs to an organisation and who writes for it
	RightPublish  Right = "publish"  // publish, return, merge duplicates, import lists
	RightLists    Right = "lists"    // code lists, territories, spellings of names, texts of pages
	RightUsers    Right = "users"    // accounts, roles, technical matters

	RightEvaluate  Right = "evaluate"   // an evaluation that one is assigned to
	RightSelfCheck Right = "self-check" // one's own project by the same rubric
	RightAssign    Right = "assign"     // who evaluates what; rounds; settling differences
	RightApprove   Right = "approve"    // approve and publish an evaluation
)

// Subject is what is known, for permissions, of the record that a right is asked
// for. The zero subject is no record: something new or the right as such.
type Subject struct {
	ID            string
	Status        string   // CL-12
	Author        string   // account that wrote it first
	Organisations []string // actors whose record it is
	Territories   []string // where it belongs, with the territories above
	Evaluators    []string // accounts that evaluate it
	Judges        []string // those and whoever was to and left
	// Sealed is what nobody but its author reads or writes, whatever their roles: a
	// sheet before everybody has submitted.
	Sealed bool
}

// Can says whether a viewer has a right to a subject: whether one of the roles
// has it by the table. It knows nothing of time or of the database.
func Can(v Viewer, r Right, s Subject) bool {
	if s.Sealed && !own(v, s) {
		return false
	}
	for role, holds := range permissions(r) {
		if v.Has(role) && holds(v, s) {
			return true
		}
	}
	return false
}

// Could says whether a viewer has a right to some subject at all, so that a page
// which cannot be for them is refused before anything is read.
func Could(v Viewer, r Right) bool {
	for role := range permissions(r) {
		if v.Has(role) {
			return true
		}
	}
	return false
}

// condition is a cell of the table.
type condition func(Viewer, Subject) bool

// permissions is the table of chapter 11; what is not in it is forbidden. No role
// has the rights of another by itself: a person has those of all their roles.
func permissions(r Right) map[Role]condition {
	editors := map[Role]condition{
		RoleRegistered: ownDraft, RoleOrganisation: ofOrganisation, RoleTerritory: ofTerritory,
		RoleMethodologist: always, RoleAdmin: always,
	}
	switch r {
	case RightRead:
		editors[RolePublic], editors[RoleRegistered], editors[RoleEvaluator] = published, own, evaluator
		return editors
	case RightDownload:
		return map[Role]condition{RolePublic: always}
	case RightAccount:
		return map[Role]condition{RoleRegistered: signedIn}
	case RightPropose:
		return map[Role]condition{RoleRegistered: always}
	case RightEdit:
		return editors
	case RightMembers:
		return map[Role]condition{RoleOrganisation: managed, RoleAdmin: always}
	case RightPublish, RightLists:
		return map[Role]condition{RoleMethodologist: always, RoleAdmin: always}
	case RightUsers:
		return map[Role]condition{RoleAdmin: always}
	case RightEvaluate:
		return map[Role]condition{RoleEvaluator: evaluator}
	case RightSelfCheck:
		return map[Role]condition{RoleOrganisation: ofOrganisation, RoleTerritory: ofTerritory}
	case RightAssign:
		return map[Role]condition{RoleMethodologist: always}
	case RightApprove:
		return map[Role]condition{RoleMethodologist: outside}
	}
	return nil
}

func always(Viewer, Subject) bool { return true }

func signedIn(v Viewer, _ Subject) bool { return v.SignedIn() }

// published records are read by anybody; a merged one leads on to the one that
// it lives in.
func published(_ Viewer, s Subject) bool {
	return s.Status == RecordPublished || s.Status == RecordMerged || s.Status == ""
}

// own is what the viewer wrote first.
func own(v Viewer, s Subject) bool { return v.SignedIn() && s.Author == v.Account }

// ownDraft is a proposal that its author may still change: it was not sent yet
// or came back (CL-12).
func ownDraft(v Viewer, s Subject) bool {
	return own(v, s) && (s.Status == RecordDraft || s.Status == RecordReturned)
}

// ofOrganisation are records of an organisation that the viewer belongs to or
// writes for by mandate.
func ofOrganisation(v Viewer, s Subject) bool {
	return v.member(s.Organisations) || slices.ContainsFunc(v.Mandates, func(m Mandate) bool { return m.covers(s) })
}

// covers says whether a mandate lets write a record.
func (m Mandate) covers(s Subject) bool {
	return slices.Contains(s.Organisations, m.For) || m.Territory != "" && slices.Contains(s.Territories, m.Territory)
}

func ofTerritory(v Viewer, s Subject) bool { return v.editor(s.Territories) }

// evaluator is an evaluation that the viewer is assigned to and has not left.
func evaluator(v Viewer, s Subject) bool {
	return v.SignedIn() && slices.Contains(s.Evaluators, v.Account)
}

// outside is an evaluation that the viewer had no part in: nobody approves their own.
func outside(v Viewer, s Subject) bool { return !v.SignedIn() || !slices.Contains(s.Judges, v.Account) }

// managed is an organisation whose members the viewer decides on.
func managed(v Viewer, s Subject) bool {
	return slices.ContainsFunc(v.Memberships, func(m Membership) bool {
		return m.Manager && slices.Contains(s.Organisations, m.Actor)
	})
}
