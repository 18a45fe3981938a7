package mail

import (
	"fmt"
	"net/url"
	"time"

	"atlas/internal/i18n"
)

// Site is what letters say of the instance that sends them.
type Site struct {
	Name    string // "Atlas integrace"
	BaseURL string // "https://atlas.example.cz", without a slash at the end; may be ""
	Contact string // public e-mail or address of a page; may be ""
}

// Composer makes letters. It is safe for concurrent use.
type Composer struct {
	site  Site
	words *i18n.Catalog
}

// NewComposer makes a composer with the words of this package.
func NewComposer(site Site) (*Composer, error) {
	words, err := i18n.Load(Messages())
	if err != nil {
		return nil, err
	}
	if site.Name == "" {
		site.Name = "Atlas integrace"
	}
	site.Name = line(site.Name, longName)
	site.Contact = line(site.Contact, longTitle)
	return &Composer{site: site, words: words}, nil
}

// Recipient is whom a letter is for.
type Recipient struct {
	Address string // as it was typed
	Name    string // may be ""
	Lang    string // "cs" or "en"; anything else is "cs"
}

// Content is what a letter says: one of the structs of this package.
type Content interface {
	kind() string
	write(*pen)
}

// passing is a content that is of no use after a time.
type passing interface{ expires() time.Time }

// Longest texts of people that a letter repeats, in letters.
const (
	longName  = 100
	longTitle = 300
	longNote  = 4000
)

// Compose makes a letter. An address that cannot be written to is ErrAddress; a
// link that is no http or https address is an error of the program.
func (c *Composer) Compose(to Recipient, what Content) (Letter, error) {
	address, err := Address(to.Address)
	if err != nil {
		return Letter{}, err
	}
	if to.Lang != "en" {
		to.Lang = i18n.Languages[0]
	}
	p := &pen{words: c.words, lang: to.Lang, site: c.site}
	p.what = "mail." + what.kind()
	what.write(p)
	for _, link := range p.links() {
		if !isLink(link) {
			return Letter{}, fmt.Errorf("letter %s: %q is not an address of a page", what.kind(), link)
		}
	}
	p.page.Lang, p.page.Foot = to.Lang, p.foot()
	html, err := p.page.html()
	if err != nil {
		return Letter{}, fmt.Errorf("letter %s: %w", what.kind(), err)
	}
	var expires time.Time
	if p, ok := what.(passing); ok {
		expires = p.expires()
	}
	return Letter{
		ID: newID(), Kind: what.kind(), Lang: to.Lang, To: address, ToName: line(to.Name, longName),
		Subject: line(p.page.Subject, longTitle), Text: p.page.text(), HTML: html, Unsubscribe: p.unsubscribe,
		Expires: expires,
	}, nil
}

func isLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
