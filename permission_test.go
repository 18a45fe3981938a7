package atlas

import (
	"slices"
	"strings"
	"testing"
)

// The table of permissions as chapter 11 has it, its columns in the order of
// Roles: "+" always, "-" never, "o" a record of one's organisation, "t" of one's
// territory, "d" one's own draft or returned proposal, "a" what one wrote first,
// "p" what is published, "m" an organisation whose members one decides on, "i"
// only with an account, "e" an evaluation that one is assigned to, "x" one that one
// had no part in.
const chapter11 = `
read     p a o t e - + +
download + + + + + + + +
account  - i - - - - - -
propose  - + - - - - - -
edit     - d o t - - + +
members  - - m - - - - +
publish  - - - - - - + +
lists    - - - - - - + +
users    - - - - - - - +
evaluate   - - - - e - - -
self-check - - o t - - - -
assign     - - - - - - + -
approve    - - - - - - x -
`

// cases are subjects by the letter of the cells that allow them.
var cases = map[string]Subject{
	"p": {Status: RecordPublished},
	"a": {Status: RecordReview, Author: "U-00001"},
	"d": {Status: RecordReturned, Author: "U-00001"},
	"o": {Status: RecordDraft, Organisations: []string{"A-00001"}},
	"t": {Status: RecordDraft, Territories: []string{"586021", "CZ064"}},
	"m": {Status: RecordPublished, Organisations: []string{"A-00001"}},
	"e": {Status: RecordDraft, Evaluators: []string{"U-00001"}, Judges: []string{"U-00001", "U-00002"}},
	"":  {Status: RecordDraft, Author: "U-00009", Organisations: []string{"A-00009"}, Territories: []string{"CZ010"}},
}

// alone is a viewer that has a role and nothing else.
func alone(r Role) Viewer {
	switch r {
	case RolePublic:
		return Viewer{}
	case RoleRegistered:
		return Viewer{Account: "U-00001"}
	case RoleOrganisation:
		return Viewer{Memberships: []Membership{{Actor: "A-00001", Manager: true}}}
	case RoleTerritory:
		return Viewer{Grants: []Grant{{Role: r, Territory: "CZ064"}}}
	case RoleEvaluator, RoleMethodologist:
		return Viewer{Account: "U-00001", Grants: []Grant{{Role: r}}}
	}
	return Viewer{Grants: []Grant{{Role: r}}}
}

// allowed says whether a cell lets a subject through, by its letter only.
func allowed(cell, subject string) bool {
	switch cell {
	case "+":
		return true
	case "-":
		return false
	case "a":
		return subject == "a" || subject == "d"
	case "p":
		return subject == "p" || subject == "m"
	case "o", "m":
		return subject == "o" || subject == "m"
	case "x":
		return subject != "e"
	}
	return cell == subject
}

func TestPermissionsAreTheTableOfChapter11(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(chapter11), "\n") {
		cells := strings.Fields(line)
		right := Right(cells[0])
		for i, role := range Roles() {
			for letter, subject := range cases {
				holds, there := permissions(right)[role]
				got := there && holds(alone(role), subject)
				want := allowed(cells[i+1], letter) || cells[i+1] == "i" && role == RoleRegistered
				if right == RightDownload && role != RolePublic {
					continue // everybody is the public as well
				}
				if got != want {
					t.Errorf("%s may %s %+v: %v", role, right, subject, got)
				}
			}
		}
	}
}

func TestWhatIsInNoTableIsForbidden(t *testing.T) {
	everything := Operator("atlas")
	everything.Account = "U-00001"
	if Can(everything, "", Subject{}) || Can(everything, "abolish", Subject{}) || Could(everything, "abolish") {
		t.Error("a right that is in no table was given")
	}
}

// A sheet before everybody has submitted is read by its author alone; whoever left
// an evaluation has no access to it and still cannot approve it.
func TestASealedSheetIsItsAuthorsAndNobodyElses(t *testing.T) { // 8.2.5, 11
	sheet := Sheet{Account: "U-00001", Meta: Meta{RecordStatus: RecordDraft}}
	all := Operator("atlas")
	all.Grants = append(all.Grants, Grant{Role: RoleEvaluator})
	for _, account := range []string{"", "U-00001", "U-00002"} {
		v := all
		v.Account = account
		for _, r := range []Right{RightRead, RightEdit, RightPublish, RightEvaluate, RightAssign} {
			if Can(v, r, sheet.Subject()) && account != "U-00001" {
				t.Errorf("%q may %s a sealed sheet of another", account, r)
			}
		}
		if got := Can(v, RightRead, sheet.Subject()); got != (account == "U-00001") {
			t.Errorf("%q reads: %v", account, got)
		}
	}
	e := Evaluation{Assignments: []Assignment{{Account: "U-00001", State: AssignmentConflict}, {Account: "U-00002", State: AssignmentSubmitted}}}
	left := Viewer{Account: "U-00001", Grants: []Grant{{Role: RoleEvaluator}, {Role: RoleMethodologist}}}
	if Can(left, RightEvaluate, e.Subject()) || Can(left, RightApprove, e.Subject()) {
		t.Error("who left for a conflict of interest evaluates or approves")
	}
	if e.Blind() {
		t.Error("an evaluation waits for who left it")
	}
}

func TestAnEditorOfATerritoryHasWhatLiesInItOnly(t *testing.T) {
	v := Viewer{Account: "U-00002", Grants: []Grant{{Role: RoleTerritory, Territory: "CZ064"}}}
	for code, want := range map[string]bool{"CZ064": true, "CZ010": false, "": false} {
		if got := Can(v, RightEdit, Subject{Status: RecordPublished, Territories: []string{code}}); got != want {
			t.Errorf("in %q: %v", code, got)
		}
	}
	if Can(Viewer{Grants: []Grant{{Role: RoleTerritory}}}, RightEdit, Subject{Territories: []string{""}}) {
		t.Error("an editor of no territory has some")
	}
}

func TestAMandateLetsWriteForAnotherAndSaysSo(t *testing.T) { // U-14
	m := Mandate{ID: "M-00001", Actor: "A-00001", For: "A-00002", Territory: "586021", Until: Date{Year: 2026, Month: 6, Day: 30}}
	v := Viewer{Account: "U-00001", Memberships: []Membership{{Actor: "A-00001"}}, Mandates: []Mandate{m}}
	theirs := Subject{Status: RecordPublished, Organisations: []string{"A-00002"}}
	there := Subject{Status: RecordPublished, Organisations: []string{"A-00007"}, Territories: []string{"586021", "CZ064"}}
	mine := Subject{Status: RecordPublished, Organisations: []string{"A-00001", "A-00002"}}
	for _, s := range []Subject{theirs, there} {
		if by, ok := v.ActsBy(s); !Can(v, RightEdit, s) || !ok || by.ID != m.ID {
			t.Errorf("%+v: %v %v", s, by, ok)
		}
	}
	if _, ok := v.ActsBy(mine); ok {
		t.Error("a record of one's own needs no mandate")
	}
	if Can(v, RightMembers, theirs) || Can(v, RightPublish, theirs) {
		t.Error("a mandate gives more than writing")
	}
	for day, want := range map[Date]bool{{Year: 2026, Month: 6, Day: 30}: true, {Year: 2026, Month: 7, Day: 1}: false} {
		if m.InForce(day) != want {
			t.Errorf("on %s: %v", day, !want)
		}
	}
	if (Mandate{}).InForce(Date{Year: 2020}) {
		t.Error("a mandate without an end holds")
	}
}

func TestRolesOfStaffAreThoseThatDecideOrSeeWhatOthersWrote(t *testing.T) {
	var staff []Role
	for _, r := range Roles() {
		if r.Staff() {
			staff = append(staff, r)
		}
	}
	if want := []Role{RoleEvaluator, RoleFacilitator, RoleMethodologist, RoleAdmin}; !slices.Equal(staff, want) {
		t.Errorf("%v", staff)
	}
}
