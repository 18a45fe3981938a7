package law

import (
	"cmp"
	"strings"

	"atlas"
	"atlas/internal/config"
	"atlas/internal/web/page"
)

// operator is what is known of whoever runs the instance.
type operator struct {
	Name, URL, ID, Address     string
	Contact, Privacy, Security contact
	// Missing are the settings that the pages of the law need and that are not
	// filled in, for those who can do something about it.
	Missing []missing
}

// contact is an e-mail, an address of the web, or other words without a link.
type contact struct{ Text, URL string }

// missing is a setting with what it is for.
type missing struct{ Setting, Variable, Why string }

func contactOf(text string) contact { return contact{text, config.ContactURI(text)} }

// operatorOf reads the configuration. A contact that is not named of its own is
// the public one.
func operatorOf(q *page.Request) operator {
	c := q.Site.Config
	o := operator{
		Name: c.OperatorName, URL: c.OperatorURL, ID: c.OperatorID, Address: c.OperatorAddress,
		Contact: contactOf(c.Contact), Privacy: contactOf(cmp.Or(c.PrivacyContact, c.Contact)), Security: contactOf(cmp.Or(c.SecurityContact, c.Contact)),
	}
	if !q.May(atlas.RightUsers, atlas.Subject{}) {
		return o
	}
	if c.OperatorName == config.Default().OperatorName {
		o.lacks(q, "operator-name", "")
	}
	for _, name := range []string{"operator-id", "operator-address", "contact", "privacy-contact", "accessibility-reviewed", "base-url"} {
		o.lacks(q, name, c.Get(name))
	}
	return o
}

func (o *operator) lacks(q *page.Request, name, value string) {
	if value == "" {
		o.Missing = append(o.Missing, missing{name, config.Variable(name), q.T("law.missing." + strings.ReplaceAll(name, "-", "_"))})
	}
}
