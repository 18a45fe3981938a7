package export

import (
	"cmp"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"time"

	"atlas"
)

// GivingVersion is the version of the 360Giving Data Standard that is written.
const GivingVersion = "1.4"

// Grant (dotace) is a grant of the 360Giving Data Standard, as far as we know
// one.
type Grant struct {
	ID               string         `json:"id"`
	Title            string         `json:"title"`
	Description      string         `json:"description"`
	Currency         string         `json:"currency"`
	AmountAwarded    json.Number    `json:"amountAwarded"`
	AmountAppliedFor json.Number    `json:"amountAppliedFor,omitempty"`
	AmountDisbursed  json.Number    `json:"amountDisbursed,omitempty"`
	AwardDate        string         `json:"awardDate"`
	PlannedDates     []GivingEvent  `json:"plannedDates,omitempty"`
	Recipients       []Organisation `json:"recipientOrganization"`
	Funders          []Organisation `json:"fundingOrganization"`
	Programmes       []Programme    `json:"grantProgramme,omitempty"`
	Locations        []Location     `json:"beneficiaryLocation,omitempty"`
	Related          []string       `json:"relatedActivity,omitempty"`
	URL              string         `json:"url"`
	Modified         string         `json:"dateModified"`
	Source           string         `json:"dataSource"`
}

// Organisation is a funder or a recipient.
type Organisation struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// GivingEvent is a span of days. Description says the dates as they are known
// where the standard, which wants days, was given the outer ones.
type GivingEvent struct {
	Start       string `json:"startDate,omitempty"`
	End         string `json:"endDate,omitempty"`
	Description string `json:"description,omitempty"`
}

// Programme is a programme of grants.
type Programme struct {
	Code  string `json:"code,omitempty"`
	Title string `json:"title,omitempty"`
}

// Location is a place where a grant is used.
type Location struct {
	Name    string `json:"name,omitempty"`
	Country string `json:"countryCode,omitempty"`
	Code    string `json:"geoCode,omitempty"`
	Lat     string `json:"latitude,omitempty"`
	Lon     string `json:"longitude,omitempty"`
}

// Giving turns projects into grants and counts what it cannot.
type Giving struct {
	Lang   string
	Prefix string // of identifiers of grants, such as the name of the host
	// What a project refers to: false where it is not known.
	Actor     func(id string) (Organisation, bool)
	Place     func(code string) (atlas.Territory, bool)
	Label     func(code string) string // of a territory
	Programme func(code string) string
	URL       func(id string) string // of a project

	counts givingCounts
}

// givingCounts are what the file says of itself at its end.
type givingCounts struct {
	projects, without, grants                      int // without: projects that have no grant
	unknown, estimates, funder, recipient, undated int // lines left out, by the first reason
	byYear, byStart                                int // dates of award that are not days of a decision
}

// Write writes a package of grants: one for each line of funding of which the
// amount granted, the funder, the recipient and at least the year are known.
func (g *Giving) Write(w io.Writer, before []Member, projects iter.Seq2[*atlas.Project, error], about []Member) error {
	grants := func(yield func(Grant, error) bool) {
		for p, err := range projects {
			if err != nil {
				yield(Grant{}, err)
				return
			}
			for _, grant := range g.Grants(p) {
				if !yield(grant, nil) {
					return
				}
			}
		}
	}
	before = append([]Member{{"version", GivingVersion}}, before...)
	return writeList(w, before, "grants", grants, func() []Member {
		return []Member{{"metadata", append(object(about), g.counts.members()...)}}
	})
}

func (c givingCounts) members() []Member {
	return []Member{
		{"projects", c.projects}, {"projects_without_grant", c.without}, {"grants", c.grants},
		{"lines_left_out", object{
			{"amount_unknown", c.unknown}, {"amount_estimated", c.estimates}, {"funder_unknown", c.funder},
			{"recipient_unknown", c.recipient}, {"date_unknown", c.undated},
		}},
		{"award_date", object{{"first_day_of_year_of_funding", c.byYear}, {"first_day_of_project", c.byStart}}},
	}
}

// Grants are the grants of a project, in the order of its lines of funding.
func (g *Giving) Grants(p *atlas.Project) []Grant {
	recipients := g.organisations(p.Implementers())
	var out []Grant
	for i := range p.Funding {
		f := &p.Funding[i]
		funders, date := g.organisations([]string{f.Funder}), g.awarded(p, f)
		switch {
		case !f.Granted.Known():
			g.counts.unknown++
		case f.Granted.State == atlas.AmountEstimate:
			g.counts.estimates++
		case len(funders) == 0:
			g.counts.funder++
		case len(recipients) == 0:
			g.counts.recipient++
		case !date.Known():
			g.counts.undated++
		default:
			grant := g.grant(p, f)
			grant.ID = g.Prefix + "-" + p.ID + "-" + strconv.Itoa(i+1)
			grant.AwardDate, grant.Funders, grant.Recipients = date.First().String(), funders, recipients
			if f.Year != 0 {
				g.counts.byYear++
			} else {
				g.counts.byStart++
			}
			out = append(out, grant)
		}
	}
	g.counts.projects++
	g.counts.grants += len(out)
	if len(out) == 0 {
		g.counts.without++
	}
	return out
}

// awarded is when the grant was decided, as far as it is known. We keep no day
// of it, which the standard requires: the year of the line stands for it, or else
// the start of the project.
func (g *Giving) awarded(p *atlas.Project, f *atlas.Funding) atlas.Date {
	if f.Year != 0 {
		return atlas.Date{Year: f.Year}
	}
	return p.From
}

// grant is what the project and the line say of a grant. A project without a
// description repeats its title, as the standard advises.
func (g *Giving) grant(p *atlas.Project, f *atlas.Funding) Grant {
	title, address := cmp.Or(p.Title(g.Lang), p.ID), g.URL(p.ID)
	out := Grant{
		Title: title, Description: cmp.Or(p.Annotation, p.Goal, p.Detail, title), Currency: cmp.Or(f.Currency, "CZK"),
		AmountAwarded: json.Number(f.Granted.String()), PlannedDates: planned(p), Locations: g.locations(p),
		URL: address, Modified: p.UpdatedAt.UTC().Format(time.RFC3339), Source: address,
	}
	if f.Requested.State == atlas.AmountKnown {
		out.AmountAppliedFor = json.Number(f.Requested.String())
	}
	if f.Spent.State == atlas.AmountKnown {
		out.AmountDisbursed = json.Number(f.Spent.String())
	}
	if f.Programme != "" || f.ProgrammeText != "" {
		words := f.ProgrammeText
		if words == "" {
			words = g.Programme(f.Programme)
		}
		out.Programmes = []Programme{{f.Programme, words}}
	}
	if p.RegNumber != "" {
		out.Related = []string{p.RegNumber}
	}
	return out
}

// planned is the span of the project in days: a year or a month of which no day
// is known gives its outer day and stays in words.
func planned(p *atlas.Project) []GivingEvent {
	if !p.From.Known() && !p.To.Known() {
		return nil
	}
	e := GivingEvent{Start: p.From.First().String(), End: p.To.Last().String()}
	if e.Start != p.From.String() || e.End != p.To.String() {
		e.Description = p.From.String() + "/" + p.To.String()
	}
	return []GivingEvent{e}
}

func (g *Giving) locations(p *atlas.Project) []Location {
	var out []Location
	for _, q := range p.Territories {
		l := Location{Name: g.Label(q.Territory), Country: "CZ", Code: q.Territory}
		if t, ok := g.Place(q.Territory); ok && t.HasPoint {
			l.Lat, l.Lon = strconv.FormatFloat(t.Lat, 'f', -1, 64), strconv.FormatFloat(t.Lon, 'f', -1, 64)
		}
		out = append(out, l)
	}
	if len(out) == 0 && (p.PlaceText != "" || p.Country != "") {
		out = append(out, Location{Name: p.PlaceText, Country: p.Country})
	}
	return out
}

func (g *Giving) organisations(ids []string) []Organisation {
	var out []Organisation
	for _, id := range ids {
		if o, ok := g.Actor(id); ok {
			out = append(out, o)
		}
	}
	return out
}

// OrganisationID is the identifier of an actor by org-id.guide: its IČO, the
// identifier abroad, or one of ours in the way that the standard has for those
// who are in no register.
func OrganisationID(r *atlas.Actor) string {
	switch {
	case r.ICO != "":
		return "CZ-ICO-" + r.ICO
	case r.ForeignID != "":
		return r.ForeignID
	}
	return "360G-atlas-" + r.ID
}
