package route

// Patterns of the pages about who belongs to an organisation and who writes for
// it.
const (
	Members        = "/akteri/{id}/lide"
	MemberJoin     = "/akteri/{id}/pridat-se"
	MemberDecide   = "/akteri/{id}/lide/rozhodnout"
	MemberInvite   = "/akteri/{id}/lide/pozvat"
	MemberWithdraw = "/akteri/{id}/lide/zrusit-pozvani"
	MandateGive    = "/akteri/{id}/lide/poverit"
	MandateEnd     = "/akteri/{id}/lide/ukoncit-povereni"
	Invitation     = "/pozvanka/{secret}"
)

// MembersOf is the address of the people of an organisation.
func MembersOf(lang, actor string) string { return In(lang, Fill(Members, actor)) }

// Joining is the address where somebody asks to join an organisation.
func Joining(lang, actor string) string { return In(lang, Fill(MemberJoin, actor)) }

// InvitationBy is the address of an invitation sent by e-mail.
func InvitationBy(lang, secret string) string { return In(lang, Fill(Invitation, secret)) }
