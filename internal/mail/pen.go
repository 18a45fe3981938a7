package mail

import (
	"strings"
	"time"

	"atlas"
	"atlas/internal/i18n"
)

// pen writes the content of one letter in one language.
type pen struct {
	words       *i18n.Catalog
	lang        string
	site        Site
	what        string // beginning of the keys of this kind of letter: "mail.sign_in"
	page        page
	unsubscribe string
}

// T is a message in the language of the letter, typeset.
func (p *pen) T(key string, args ...any) string {
	return p.set(p.words.T(p.lang, key, args...))
}

// set ties what must not part at the end of a line: in Czech a preposition or
// conjunction of one letter and the next word.
func (p *pen) set(text string) string {
	if p.lang != "cs" {
		return text
	}
	words := strings.Split(text, " ")
	var b strings.Builder
	for i, w := range words {
		b.WriteString(w)
		switch {
		case i == len(words)-1:
		case short(w):
			b.WriteString("\u00a0")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func short(word string) bool {
	switch strings.ToLower(strings.TrimLeft(word, "(„")) {
	case "k", "s", "v", "z", "o", "u", "a", "i":
		return true
	}
	return false
}

// own is a message of this kind of letter: "title" is "mail.sign_in.title".
func (p *pen) own(key string, args ...any) string { return p.T(p.what+"."+key, args...) }

// head sets the subject and the heading.
func (p *pen) head(args ...any) {
	p.page.Subject, p.page.Title = p.own("subject", args...), p.own("title", args...)
}

// say adds a paragraph.
func (p *pen) say(key string, args ...any) {
	p.page.Paragraphs = append(p.page.Paragraphs, p.own(key, args...))
}

// fact adds a row "label: value"; one whose value is not known is left out.
func (p *pen) fact(key, value string) {
	if value != "" {
		p.page.Facts = append(p.page.Facts, fact{Label: p.T("mail.fact." + key), Value: value})
	}
}

// quote adds what a person wrote, in their own lines.
func (p *pen) quote(text string) {
	if r := []rune(strings.ToValidUTF8(text, "")); len(r) > longNote {
		text = string(r[:longNote-1]) + "…"
	}
	for l := range strings.Lines(text) {
		if l = line(l, longNote); l != "" {
			p.page.Quote = append(p.page.Quote, l)
		}
	}
}

// button sets the one thing to do, at an address that is written out as well.
func (p *pen) button(link string) {
	if link != "" {
		p.page.Button = &button{Label: p.own("button"), Link: link}
	}
}

// note adds a paragraph behind the button.
func (p *pen) note(key string, args ...any) {
	p.page.Notes = append(p.page.Notes, p.own(key, args...))
}

// why says on what ground the letter comes.
func (p *pen) why(key string) { p.page.Why = p.T("mail.why." + key) }

// moment writes a day and an hour in Europe/Prague.
func (p *pen) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.T("mail.moment", "day", i18n.Day(p.lang, t), "time", t.In(i18n.Prague).Format("15:04"))
}

// day writes a date; "" when it is not known.
func (p *pen) day(d atlas.Date) string { return i18n.Date(p.lang, d) }

// foot says who sends the letter and how to reach them.
func (p *pen) foot() []string {
	foot := []string{p.page.Why, p.T("mail.foot.sender", "site", p.site.Name)}
	if p.site.BaseURL != "" {
		foot[1] += " " + p.site.BaseURL
	}
	if p.site.Contact != "" {
		foot = append(foot, p.T("mail.foot.contact", "contact", p.site.Contact))
	}
	return foot
}

// links are all addresses that the letter leads to.
func (p *pen) links() []string {
	var all []string
	if p.page.Button != nil {
		all = append(all, p.page.Button.Link)
	}
	for _, i := range p.page.Items {
		all = append(all, i.Link)
	}
	if p.unsubscribe != "" {
		all = append(all, p.unsubscribe)
	}
	return all
}

// end sets the address that ends letters like this one.
func (p *pen) end(link string) {
	p.unsubscribe = link
	if link != "" {
		p.page.End = &button{Label: p.T("mail.unsubscribe"), Link: link}
	}
}
