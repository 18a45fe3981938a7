package atlas

// Project statuses (CL-11) that rules speak of.
const (
	StatusIntent    = "ZAMER"
	StatusApplied   = "PODAN"
	StatusSupported = "PODPOR"
	StatusRunning   = "REAL"
	StatusEnded     = "UKON"
	StatusSustained = "UDRZ"
	StatusRejected  = "NEPOD"
	StatusCancelled = "ZRUS"
	StatusUnknown   = "NEZN"
)

// Scopes (CL-13) that rules speak of.
const (
	ScopeMunicipality = "OBEC"
	ScopeORP          = "ORP"
	ScopeDistrict     = "OKRES"
	ScopeRegion       = "KRAJ"
	ScopeRegions      = "VICE_KRAJU"
	ScopeCountry      = "CR"
	ScopeAbroad       = "ZAHR"
	ScopeUnknown      = "NEZN"
)

// Roles (CL-09) that rules speak of.
const (
	RoleImplementer = "REAL"
	RoleFunder      = "POSK"
)

// Project (projekt) is a project of integration: the record of chapter 6.1.
// Field names follow its table. An empty text, an unknown Amount, Date, Count,
// Tri and Percent all mean "not known".
type Project struct {
	ID string // Kód záznamu, "P-00001"; the stable address
	Meta

	TitleCs   string // Název projektu
	TitleEn   string
	Acronym   string
	RegNumber string // Registrační číslo; unique when given

	Annotation    string // Anotace, at most 1 500 characters
	Detail        string // Podrobný popis; required with the upscaling flag
	NeedRationale string // Zdůvodnění potřebnosti
	Goal          string
	Subgoals      []string

	From, To Date
	Ongoing  bool   // Pokračuje / stala se pravidelnou službou
	Status   string // CL-11
	Country  string // ISO 3166 alpha-2
	Scope    string // CL-13

	Territories []Place // Místa realizace
	PlaceText   string  // the place in words, where it is abroad or not in the register
	Parties     []Party
	Funding     []Funding
	TotalCost   Amount // Celkové náklady
	Currency    string // of TotalCost; "CZK" by default
	// IntegrationShare is how much of the project is integration of foreigners
	// (U-02); unknown is a legitimate answer (U-03).
	IntegrationShare Percent

	Areas           []AreaShare // CL-01, at most five, one primary
	TargetLegal     []string    // CL-02
	TargetSituation []string    // CL-03
	Citizenships    []string    // ISO 3166
	Activities      []Activity  // Klíčové aktivity
	Indicators      []Indicator // Výstupy a výsledky, by Kind

	PeoplePlanned  Count
	PeopleReached  Count
	ServiceForms   []string // ATL-FORMA
	PriceForClient string   // ATL-CENA

	Follows []string // Navazuje na: codes of earlier projects; the other way is computed

	Innovation       Flag
	Transfer         string // ATL-PRENOS
	TransferNote     string
	Upscaling        Flag
	ReplicationNotes string
	Barriers         []Barrier

	Evaluated    EvaluationDone
	Measures     []Reference // Vazba na opatření
	GoodPractice []Reference // Karta dobré praxe

	Web      string
	Contacts []Person
	Media    []Media
	Sources  []Source
	Verbatim []Verbatim
}

// Place is a place of implementation with its share of the project.
type Place struct {
	Territory string // Territory.Code
	Share     Percent
}

// Party (subjekt) is an actor in a role, with the part of the money it had.
type Party struct {
	Actor  string // Actor.ID
	Role   string // CL-09
	Amount Amount // CZK
}

// AreaShare is an integration area of a project.
type AreaShare struct {
	Code    string // CL-01
	Primary bool
	Share   Percent
}

// Activity (klíčová aktivita) is a kind of activity with its own words.
type Activity struct {
	Code string // CL-05
	Text string
}

// Barrier (bariéra) is what stood in the way.
type Barrier struct {
	Code string // CL-35
	Text string
}

// EvaluationDone says whether the project was evaluated, when, how and by whom
// (R3-04).
type EvaluationDone struct {
	State  Tri
	When   Date
	Method string
	Who    string
	URL    string
}

// Reference is a link to a document or record held elsewhere.
type Reference struct{ Title, URL string }

// Media (video, fotografie) never goes without author or source, licence and a
// text alternative (R4-24).
type Media struct {
	Kind    string // "video", "foto"
	URL     string
	Title   string
	Author  string
	Source  string
	Licence string // CL-38
	Alt     string
}

// Person (osoba) is a contact. Public is false unless the person agreed.
// Foreigners as clients are never stored.
type Person struct {
	Name, TitlesBefore, TitlesAfter string
	Function, Organisation          string
	Email, Phone                    string
	Languages                       []string // CL-37
	Public                          bool
	Consent                         string // how and when the consent was given
	RetainUntil                     Date
}

// Implementers gives the actors in the role REAL.
func (p *Project) Implementers() []string {
	var out []string
	for _, q := range p.Parties {
		if q.Role == RoleImplementer {
			out = append(out, q.Actor)
		}
	}
	return out
}

// Subject is the project for permissions: it belongs to those who carry it out,
// not to their partners.
func (p *Project) Subject() Subject {
	s := p.Meta.Subject()
	s.ID, s.Organisations = p.ID, p.Implementers()
	for _, t := range p.Territories {
		s.Territories = append(s.Territories, t.Territory)
	}
	return s
}

// ActiveYears is the first and last year the project is active (8.1.2): to the
// year given as now when it goes on, only in its start year when the end is not
// known. ok is false when the start is not known.
func (p *Project) ActiveYears(now int) (from, to int, ok bool) {
	if !p.From.Known() {
		return 0, 0, false
	}
	from = p.From.Year
	switch {
	case p.To.Known():
		to = p.To.Year
	case p.Ongoing:
		to = max(from, now)
	default:
		to = from
	}
	return from, max(from, to), true
}

// Title is the name in a language, the Czech one where there is no other.
func (p *Project) Title(lang string) string {
	if lang == "en" && p.TitleEn != "" || p.TitleCs == "" {
		return p.TitleEn
	}
	return p.TitleCs
}
