package app

// PersonalField is one kind of personal data that an instance keeps: where, what,
// what for, on which legal ground, how long and what becomes of it then. Each part
// is a code; its words stand with the page about personal data ("law.what.email").
type PersonalField struct{ Where, What, Purpose, Ground, Keep, Then string }

// Retention is the register of personal data (12.2). Whatever table or file gets a
// column that says something of a person gets a row here.
func Retention() []PersonalField {
	return []PersonalField{
		{"account", "email", "sign_in", "contract", "account", "erased"},
		{"account", "name", "colleagues", "contract", "account", "erased"},
		{"account", "seen", "safety", "interest", "account", "erased"},
		{"sign_in", "password", "sign_in", "contract", "account", "erased"},
		{"sign_in", "second_factor", "safety", "contract", "account", "erased"},
		{"sign_in", "identity", "sign_in", "contract", "account", "erased"},
		{"sign_in", "session", "safety", "contract", "session", "erased"},
		{"sign_in", "link", "sign_in", "contract", "link", "erased"},
		{"work", "role", "rights", "contract", "account", "erased"},
		{"work", "membership", "rights", "contract", "account", "erased"},
		{"work", "draft", "writing", "contract", "account", "erased"},
		{"work", "consent", "proof", "duty", "account", "erased"},
		{"work", "authorship", "history", "interest", "record", "anonymous"},
		{"letters", "letter", "letters", "contract", "letter", "erased"},
		{"contacts", "person", "directory", "consent", "consent", "redacted"},
		{"contacts", "office", "directory", "task", "record", "history"},
	}
}
