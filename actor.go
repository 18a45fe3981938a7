package atlas

// Sectors of actors (CL-08).
const (
	SectorPublic  = "VEREJNY"
	SectorPrivate = "SOUKROMY"
)

// Actor (aktér, 6.4) is an organisation, its part, or a generic group of
// organisations such as "language schools" (R0-46).
type Actor struct {
	ID string // "A-00001"
	Meta

	Name       string
	NameEn     string
	OtherNames []string // names in other sources and languages, found by search and import
	Generic    bool     // Skupina subjektů (obecně)
	Type       string   // CL-08
	Sector     string   // SectorPublic, SectorPrivate
	Parent     string   // Nadřazený subjekt, Actor.ID
	LegalForm  string   // CL-10
	Country    string   // ISO 3166
	ICO        string   // 8 digits with a checksum
	ForeignID  string   // identifier abroad, "GB-CHC-1136419"
	DIC        string   // legal persons only
	DataBox    string

	Seat, Post, Billing Address
	BankAccount         string // never public
	Email, Phone, Web   string
	Territories         []string // Územní působnost, Territory.Code; "CZ" for the whole country
	Areas               []string // CL-01
	Activities          []string // CL-05
	TargetLegal         []string // CL-02
	Languages           []string // CL-37
	ServiceForms        []string // ATL-FORMA
	Capacity            string
	OpeningHours        string
	Price               string // ATL-CENA
	Relations           []Relation
	Sphere              string // CL-08-SF
	Verified            Date   // Ověřeno dne
	Sources             []Source
	Verbatim            []Verbatim
}

// Address (10.5).
type Address struct {
	Street string // with the house number: "Smetanovy sady 1145/1"
	ZIP    string // five digits
	City   string
	RUIAN  string // address-point code
}

// Empty says that nothing of the address is known.
func (a Address) Empty() bool { return a == Address{} }

// Relation (vazba) between actors.
type Relation struct {
	Actor    string // Actor.ID
	Kind     string // "spoluprace", "zrizovatel", "clen", "financuje", "partnerske_mesto", "inspiroval"
	Since    Date
	Strength int // 1–3; 0 = not known
}

// DisplayName is the name in a language.
func (a *Actor) DisplayName(lang string) string {
	if lang == "en" && a.NameEn != "" {
		return a.NameEn
	}
	return a.Name
}

// Subject is the actor for permissions; an organisation is its own.
func (r *Actor) Subject() Subject {
	s := r.Meta.Subject()
	s.ID, s.Organisations, s.Territories = r.ID, []string{r.ID}, r.Territories
	return s
}
