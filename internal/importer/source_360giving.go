package importer

import (
	"net/url"
	"regexp"
	"strings"

	"atlas"
	"atlas/internal/czech"
)

// threeSixty is a file of grants by the 360Giving standard: the table that
// GrantNav exports, the spreadsheet of the standard, or its JSON. A grant is a
// project of its recipient abroad. The country is where the grant is used, or
// else where the recipient is registered; the place in words is likewise that
// of use, or else the seat of the recipient. Money stays in its currency.
func threeSixty() Source {
	return Source{Name: "360giving", Kind: "SEZNAM", read: readGrant, needs: [][]string{
		{"id", "Identifier"}, {"title"}, {"amountAwarded", "Amount Awarded"}, {"currency"},
		{"recipient_name", "recipientOrganization.name", "Recipient Org:Name"},
		{"funder_name", "fundingOrganization.name", "Funding Org:Name"},
	}}
}

func readGrant(m *mapping) {
	p := &m.draft.Project
	p.RegNumber, p.TitleEn = m.line(first(m, "id", "Identifier")), m.line("title")
	if p.RegNumber == "" && p.TitleEn == "" {
		m.skip("title", "not_project")
		return
	}
	m.annotation("description")
	m.span(first(m, "startDate", "plannedDates.startDate", "Planned Dates:Start Date"),
		first(m, "endDate", "plannedDates.endDate", "Planned Dates:End Date"))
	if !p.To.Known() {
		m.keep(first(m, "plannedDates.duration", "Planned Dates:Duration (months)"))
	}
	recipient, funder := m.grantRecipient(), m.grantFunder()
	p.Country = m.grantCountry(recipient, funder)
	if p.Country != "" && p.Country != "CZ" {
		p.Scope = atlas.ScopeAbroad
	}
	p.PlaceText = m.line(first(m, "location_name", "beneficiaryLocation.name", "Beneficiary Location:Name"))
	if p.PlaceText == "" {
		p.PlaceText = recipient.City
	}
	m.addGrantParties(recipient, funder)
}

func (m *mapping) addGrantParties(recipient, funder NamedActor) {
	p := &m.draft.Project
	column := first(m, "recipient_name", "recipientOrganization.name", "Recipient Org:Name")
	if recipient.Name == "" {
		m.problem(column, "no_implementer")
	} else {
		if recipient.Country == "" {
			recipient.Country = p.Country
		}
		m.addParty(m.actor(column, foreign(recipient)), atlas.RoleImplementer)
	}
	f := m.grantMoney()
	f.FunderType = grantFunderType(funder)
	if f.FunderType == "NAD" {
		f.Programme = "NAD"
	}
	f.ProgrammeText = m.line(first(m, "programme", "grantProgramme.title", "Grant Programme:Title"))
	if funder.Name != "" {
		f.Funder = m.actor(first(m, "funder_name", "fundingOrganization.name", "Funding Org:Name"), foreign(funder))
	}
	p.Funding = []atlas.Funding{f}
}

// foreign marks an organisation of another country as one (CL-10).
func foreign(n NamedActor) NamedActor {
	if n.Country != "" && n.Country != "CZ" {
		n.LegalForm = "ZAHR"
	}
	return n
}

// grantMoney is the line of funding. Without a currency that is known, the
// amounts stay words: they must not become crowns.
func (m *mapping) grantMoney() atlas.Funding {
	f := atlas.Funding{Currency: strings.ToUpper(m.line("currency"))}
	award := first(m, "awardDate", "Award Date")
	f.Year = m.date(award).Year
	amounts := []struct {
		column string
		to     *atlas.Amount
	}{
		{first(m, "amountAwarded", "Amount Awarded"), &f.Granted},
		{first(m, "amountDisbursed", "Amount Disbursed"), &f.Spent},
		{first(m, "amountAppliedFor", "Amount Applied For"), &f.Requested},
	}
	if !m.Lists.Has(atlas.ListCurrency, f.Currency) {
		f.Currency = ""
		m.lost("currency", "currency")
		for _, a := range amounts {
			m.keep(a.column)
		}
		return f
	}
	for _, a := range amounts {
		*a.to = m.machineMoney(a.column)
	}
	return f
}

func (m *mapping) grantRecipient() NamedActor {
	n := m.grantOrganisation("recipient", "recipientOrganization", "Recipient Org")
	n.City = m.line(first(m, "recipient_locality", "recipientOrganization.addressLocality", "Recipient Org:City"))
	n.ZIP = m.line(first(m, "recipient_postcode", "recipientOrganization.postalCode", "Recipient Org:Postal Code"))
	n.Street = m.line(first(m, "recipient_street", "recipientOrganization.streetAddress", "Recipient Org:Street Address"))
	web := first(m, "recipient_url", "recipientOrganization.url", "Recipient Org:Web Address")
	n.Web = webAddress(m.line(web))
	if n.Web == "" && m.line(web) != "" {
		m.lost(web, "url")
	}
	return n
}

func (m *mapping) grantFunder() NamedActor {
	return m.grantOrganisation("funder", "fundingOrganization", "Funding Org")
}

func (m *mapping) grantOrganisation(short, nested, sheet string) NamedActor {
	n := NamedActor{Name: m.line(first(m, short+"_name", nested+".name", sheet+":Name"))}
	column := first(m, short+"_id", nested+".id", sheet+":Identifier")
	id := strings.ReplaceAll(m.line(column), " ", "")
	ico, czechOne := strings.CutPrefix(id, "CZ-ICO-")
	switch {
	case id == "":
	case czechOne && czech.ValidICO(ico):
		n.ICO, n.Country = ico, "CZ"
	case organisationID.MatchString(id):
		n.ForeignID = id
		if country := registerCountry(id); m.Lists.Has(atlas.ListCountry, country) {
			n.Country = country
		}
	default:
		m.lost(column, "organisation_id")
	}
	return n
}

// organisationID is an identifier of org-id.guide, or one that a publisher made
// for itself; one of a register without a digit ("GB-CHC-Exempt") tells nobody
// apart.
var organisationID = regexp.MustCompile(`^[A-Z]{2}-[0-9A-Za-z]+-[-0-9A-Za-z/]*[0-9][-0-9A-Za-z/]*$|^360G-[0-9A-Za-z]+-\S+$`)

// registerCountry is where the register that gave an identifier says its
// country: GB of "GB-CHC-1136419". "360G-…" has none, so it must be checked.
func registerCountry(id string) string {
	country, _, _ := strings.Cut(id, "-")
	return country
}

// grantCountry is the country where the grant is used, else that of the
// recipient. If only the funder's is known, that is said as a problem.
func (m *mapping) grantCountry(recipient, funder NamedActor) string {
	place := m.line(first(m, "location_name", "beneficiaryLocation.name", "Beneficiary Location:Name"))
	for _, code := range []string{
		strings.ToUpper(m.line(first(m, "beneficiaryLocation.countryCode", "Beneficiary Location:Country Code"))),
		britishPlace(place), recipient.Country,
	} {
		if m.Lists.Has(atlas.ListCountry, code) {
			return code
		}
	}
	if m.Lists.Has(atlas.ListCountry, funder.Country) {
		m.problem(first(m, "funder_id", "fundingOrganization.id", "Funding Org:Identifier"), "country_of_funder", "country", funder.Country)
		return funder.Country
	}
	m.problem(first(m, "location_name", "beneficiaryLocation.countryCode", "Beneficiary Location:Country Code"), "country")
	return ""
}

// britishPlace recognises the parts of the United Kingdom, in which the
// standard was born: "England/South West/Plymouth", "UK Whole".
func britishPlace(place string) string {
	head, _, _ := strings.Cut(czech.Fold(place), "/")
	switch strings.TrimSpace(head) {
	case "england", "scotland", "wales", "northern ireland", "uk", "uk whole", "united kingdom", "great britain":
		return "GB"
	}
	return ""
}

// grantFunderType says the type (CL-06) where the register and the name leave no
// doubt: a registered charity that calls itself a foundation or trust, a
// government, a local authority.
func grantFunderType(n NamedActor) string {
	name := " " + columnKey(n.Name) + " "
	switch {
	case strings.HasPrefix(n.ForeignID, "GB-GOR-"):
		return "STA"
	case strings.HasPrefix(n.ForeignID, "GB-LAE-"), strings.HasPrefix(n.ForeignID, "GB-LAS-"):
		return "OBC"
	case strings.Contains(name, " foundation "), strings.Contains(name, " trust "):
		return "NAD"
	}
	return ""
}

// webAddress completes an address written without its scheme; "" when it is
// none.
func webAddress(s string) string {
	if s == "" || strings.ContainsAny(s, " …") {
		return ""
	}
	if !strings.Contains(s, "://") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Host, ".") {
		return ""
	}
	return s
}
