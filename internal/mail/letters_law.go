package mail

import (
	"time"

	"atlas/internal/i18n"
)

// KindAsleep is the letter that warns of the erasure of an account.
const KindAsleep = "asleep"

// Asleep warns that an account will be erased, because nobody signed in to it for
// long.
type Asleep struct {
	Since time.Time // when somebody signed in last
	Until time.Time // when it will be erased
	Link  string    // page of signing in
}

func (Asleep) kind() string { return KindAsleep }

func (d Asleep) write(p *pen) {
	p.head("site", p.site.Name)
	p.say("text", "since", i18n.Day(p.lang, d.Since), "until", i18n.Day(p.lang, d.Until))
	p.button(d.Link)
	p.note("nothing")
	p.why("account")
}
