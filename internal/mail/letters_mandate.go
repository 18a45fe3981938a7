package mail

import "atlas"

// MandateChange is what became of a mandate.
type MandateChange string

// Changes of a mandate.
const (
	MandateGiven     MandateChange = "given"
	MandateTakenBack MandateChange = "taken_back"
	MandateEnded     MandateChange = "ended"
)

// MandateChanged tells both organisations that one may write in the name of the
// other, or no longer.
type MandateChanged struct {
	What      MandateChange
	Actor     string // who may write
	For       string // in whose name
	Territory string // in which; "" = records of the organisation only
	Until     atlas.Date
	Link      string // page of the people of the organisation
}

func (MandateChanged) kind() string { return KindMandate }

func (d MandateChanged) write(p *pen) {
	actor, behalf := line(d.Actor, longTitle), line(d.For, longTitle)
	p.page.Subject, p.page.Title = p.own("subject."+string(d.What), "for", behalf), p.own("title."+string(d.What), "for", behalf)
	p.say("text."+string(d.What), "actor", actor, "for", behalf)
	p.fact("actor", actor)
	p.fact("for", behalf)
	p.fact("territory", line(d.Territory, longTitle))
	p.fact("until", p.day(d.Until))
	p.button(d.Link)
	p.why("manager")
}
