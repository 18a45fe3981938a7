package mail

import (
	"time"

	"atlas"
	"atlas/internal/i18n"
)

// Invitation asks a person to join an organisation.
type Invitation struct {
	Organisation string
	By           string // name of who invites; may be ""
	Link         string
	Until        time.Time
}

func (Invitation) kind() string { return KindInvitation }

func (d Invitation) expires() time.Time { return d.Until }

func (d Invitation) write(p *pen) {
	org := line(d.Organisation, longTitle)
	p.head("organisation", org, "site", p.site.Name)
	p.say("text", "organisation", org, "site", p.site.Name)
	p.fact("by", line(d.By, longName))
	p.fact("until", p.moment(d.Until))
	p.button(d.Link)
	p.note("not_you")
	p.why("invited")
}

// JoinRequest tells a manager of an organisation that somebody asks to join it.
type JoinRequest struct {
	Organisation string
	Name         string // of who asks
	Note         string // what they do there, in their words
	Link         string // page where it is decided
}

func (JoinRequest) kind() string { return KindJoin }

func (d JoinRequest) write(p *pen) {
	org := line(d.Organisation, longTitle)
	p.head("organisation", org)
	p.say("text", "organisation", org)
	p.fact("name", line(d.Name, longName))
	p.quote(d.Note)
	p.button(d.Link)
	p.note("only_known")
	p.why("manager")
}

// MembershipDecided tells who asked what the organisation decided.
type MembershipDecided struct {
	Organisation string
	Accepted     bool
	Link         string // page of the organisation
}

func (MembershipDecided) kind() string { return KindMembership }

func (d MembershipDecided) write(p *pen) {
	org := line(d.Organisation, longTitle)
	p.head("organisation", org)
	if d.Accepted {
		p.say("accepted", "organisation", org)
	} else {
		p.say("refused", "organisation", org)
	}
	p.button(d.Link)
	p.why("account")
}

// ProposalReceived tells the author that a proposal waits for an editor.
type ProposalReceived struct{ Record, Title, Link string }

func (ProposalReceived) kind() string { return KindReceived }

func (d ProposalReceived) write(p *pen) { p.proposal(d.Record, d.Title, "", d.Link) }

// ProposalReturned tells the author what is to be put right.
type ProposalReturned struct{ Record, Title, Reason, Link string }

func (ProposalReturned) kind() string { return KindReturned }

func (d ProposalReturned) write(p *pen) { p.proposal(d.Record, d.Title, d.Reason, d.Link) }

// ProposalPublished tells the author that the record can be read by all.
type ProposalPublished struct{ Record, Title, Link string }

func (ProposalPublished) kind() string { return KindPublished }

func (d ProposalPublished) write(p *pen) { p.proposal(d.Record, d.Title, "", d.Link) }

// RemarkAdded brings a note about a record or a proposal to its other side.
type RemarkAdded struct{ Record, Title, Note, Link string }

func (RemarkAdded) kind() string { return KindRemark }

func (d RemarkAdded) write(p *pen) {
	title := line(d.Title, longTitle)
	p.head("title", line(d.Title, longName))
	p.say("text")
	p.fact("title", title)
	p.fact("record", line(d.Record, longName))
	p.quote(d.Note)
	p.button(d.Link)
	p.why("remark")
}

// TownWrote brings what one town wrote to another about taking a practice over. It
// names neither address; the answer goes through the page.
type TownWrote struct {
	Practice string // title of the card
	Town     string // who writes
	Text     string
	Link     string
	// Open says that the link answers without an account, until Until.
	Open  bool
	Until atlas.Date
}

func (TownWrote) kind() string { return KindTransfer }

func (d TownWrote) write(p *pen) {
	town := line(d.Town, longName)
	p.head("town", town)
	p.say("text", "town", town)
	p.fact("practice", line(d.Practice, longTitle))
	p.quote(d.Text)
	p.button(d.Link)
	p.note("addresses")
	if d.Open {
		p.note("open", "until", p.day(d.Until))
		p.why("contact")
		return
	}
	p.why("town")
}

func (p *pen) proposal(record, title, reason, link string) {
	title = line(title, longTitle)
	p.head("title", line(title, longName))
	p.say("text")
	p.fact("title", title)
	p.fact("record", line(record, longName))
	p.quote(reason)
	p.button(link)
	p.why("author")
}

// Period is how often a digest comes.
type Period string

// Periods of a digest.
const (
	Instantly Period = "instantly"
	Daily     Period = "daily"
	Weekly    Period = "weekly"
)

// Digest says what happened to what a person follows.
type Digest struct {
	Period Period
	Items  []DigestItem // those of one watch stand together
	More   int          // how many others there are
	Link   string       // page with all of them
	// Unsubscribe ends these letters without signing in.
	Unsubscribe string
}

// DigestItem is one thing that happened.
type DigestItem struct {
	Watch string // what is followed: "Pardubický kraj"
	Title string // of the record
	What  string // what happened, in the language of the letter
	Link  string
}

func (Digest) kind() string { return KindDigest }

func (d Digest) write(p *pen) {
	n := int64(len(d.Items) + max(d.More, 0))
	p.page.Subject = p.set(p.words.N(p.lang, "mail.digest.subject", n, "site", p.site.Name))
	p.page.Title = p.own("title." + string(d.Period))
	for _, i := range d.Items {
		p.page.Items = append(p.page.Items, item{line(i.Watch, longTitle), line(i.Title, longTitle), line(i.What, longTitle), i.Link})
	}
	if d.More > 0 {
		p.note("more", "n", i18n.Number(p.lang, int64(d.More)))
	}
	p.button(d.Link)
	p.why("follows")
	p.end(d.Unsubscribe)
}
