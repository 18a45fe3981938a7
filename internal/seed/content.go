package seed

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"slices"
	"strings"

	"atlas"
)

//go:embed content/*.json examples/*.json
var files embed.FS

// content is the demo content as it is written: records name each other by
// keys, amounts and percentages are decimal texts, dates have their precision.
type content struct {
	Territories []territory `json:"territories"`
	Actors      []actor     `json:"actors"`
	Calls       []call      `json:"calls"`
	Projects    []project   `json:"projects"`
	Extents     []extent    `json:"extents"`
	Needs       []need      `json:"needs"`

	People      []person
	Phrases     phrases
	Evaluations []evaluation
	Rounds      []round
	Checks      []check
	Practices   []practice
	Collections []collection

	Replications []replication
}

type extent struct {
	Source, Publisher, URL, State string
	Programmes, Territories       []string
	From, To                      int
	Checked, Note                 string
}

type need struct {
	Title, Description, Kind, Area, Territory string
	TargetLegal                               []string `json:"target_legal"`
	Severity                                  int
	Origin, Reported, Evidence, Status        string
	Sources                                   []source
}

type territory struct {
	Code, Name, Level, District, ORP, Region, Municipality string
	Lat, Lon                                               *float64
}

type source struct{ Kind, URL, Accessed, Note string }

type actor struct {
	Key, Name                      string
	NameEn                         string   `json:"name_en"`
	OtherNames                     []string `json:"other_names"`
	Generic                        bool
	Type                           string
	LegalForm                      string `json:"legal_form"`
	Country                        string
	ICO                            string
	Parent                         string
	Web                            string
	Territories, Areas, Activities []string
	TargetLegal                    []string `json:"target_legal"`
	Languages                      []string
	Verified                       string
	Sources                        []source
}

type call struct {
	Key, Title, Number   string
	Year                 int
	Funder, Programme    string
	Theme, Description   string
	Announced            string
	OpenFrom             string `json:"open_from"`
	Deadline             string
	DeadlineTime         string `json:"deadline_time"`
	Allocation, Min, Max string
	OwnShare             string `json:"own_share"`
	SupportPct           string `json:"support_pct"`
	URL, Checked         string
	Areas                []string
	Sources              []source
}

type count struct {
	N    int64
	Kind string
}

type flag struct{ State, Reason string }

type reference struct{ Title, URL string }

type project struct {
	Key           string
	TitleCs       string `json:"title_cs"`
	TitleEn       string `json:"title_en"`
	Acronym       string
	RegNumber     string `json:"reg_number"`
	Annotation    string
	Detail        string
	NeedRationale string `json:"need_rationale"`
	Goal          string
	Subgoals      []string
	From, To      string
	Ongoing       bool
	Status        string
	Country       string
	Scope         string
	Territories   []string
	PlaceText     string `json:"place_text"`
	Parties       []struct{ Actor, Role, Amount string }
	Funding       []funding
	TotalCost     string `json:"total_cost"`
	CostState     string `json:"total_cost_state"`
	Currency      string
	Share         string `json:"integration_share"`
	Areas         []struct {
		Code    string
		Primary bool
		Share   string
	}
	TargetLegal     []string `json:"target_legal"`
	TargetSituation []string `json:"target_situation"`
	Citizenships    []string
	Activities      []struct{ Code, Text string }
	Indicators      []indicator
	PeoplePlanned   *count   `json:"people_planned"`
	PeopleReached   *count   `json:"people_reached"`
	ServiceForms    []string `json:"service_forms"`
	Price           string   `json:"price_for_client"`
	Follows         []string
	Innovation      flag
	Transfer        string
	TransferNote    string `json:"transfer_note"`
	Upscaling       flag
	Replication     string `json:"replication_notes"`
	Barriers        []struct{ Code, Text string }
	Evaluated       struct{ State, When, Method, Who, URL string }
	Measures        []reference
	GoodPractice    []reference `json:"good_practice"`
	Web             string
	Draft           bool
	Sources         []source
}

type funding struct {
	Funder                    string
	FunderType                string `json:"funder_type"`
	Programme                 string
	ProgrammeText             string `json:"programme_text"`
	CallNo                    string `json:"call_no"`
	Call                      string
	Year                      int
	Requested, Granted, Spent string
	Currency, State           string
	SharePct                  string `json:"share_pct"`
}

type indicator struct {
	Name, Kind, Unit string
	Measurements     []struct {
		Period, Value string
		CountKind     string `json:"count_kind"`
		Note          string
	}
}

// read puts all files of a folder together, in their order. A field that nothing
// reads is an error, so that no fact is written in vain.
func read(folder string) (content, error) {
	var all content
	names, err := fs.Glob(files, folder+"/*.json")
	if err != nil {
		return all, err
	}
	slices.Sort(names)
	for _, name := range names {
		data, err := files.Open(name)
		if err != nil {
			return all, err
		}
		var c content
		d := json.NewDecoder(data)
		d.DisallowUnknownFields()
		if err := d.Decode(&c); err != nil {
			return all, fmt.Errorf("%s: %w", name, err)
		}
		all.Territories = append(all.Territories, c.Territories...)
		all.Actors = append(all.Actors, c.Actors...)
		all.Calls = append(all.Calls, c.Calls...)
		all.Projects = append(all.Projects, c.Projects...)
		all.Extents = append(all.Extents, c.Extents...)
		all.Needs = append(all.Needs, c.Needs...)
		all.People = append(all.People, c.People...)
		if c.Phrases.Points != nil {
			all.Phrases = c.Phrases
		}
		all.Evaluations = append(all.Evaluations, c.Evaluations...)
		all.Rounds = append(all.Rounds, c.Rounds...)
		all.Checks = append(all.Checks, c.Checks...)
		all.Practices = append(all.Practices, c.Practices...)
		all.Collections = append(all.Collections, c.Collections...)
		all.Replications = append(all.Replications, c.Replications...)
	}
	return all, nil
}

// amount reads "740576.85" exactly; "" is not known.
func amount(s, state string) (atlas.Amount, error) {
	if s == "" {
		return atlas.Amount{}, nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return atlas.Amount{}, fmt.Errorf("amount %q", s)
	}
	r.Mul(r, big.NewRat(100, 1))
	if !r.IsInt() || !r.Num().IsInt64() {
		return atlas.Amount{}, fmt.Errorf("amount %q: more than two places or too large", s)
	}
	a := atlas.Amount{Minor: r.Num().Int64(), State: atlas.AmountKnown}
	if atlas.AmountState(state) == atlas.AmountEstimate {
		a.State = atlas.AmountEstimate
	}
	return a, nil
}

func percent(s string) (atlas.Percent, error) {
	a, err := amount(strings.TrimSuffix(s, "%"), "")
	return atlas.Percent{Known: a.Known(), Hundredths: a.Minor}, err
}

func sources(all []source) ([]atlas.Source, error) {
	var out []atlas.Source
	for _, s := range all {
		d, err := atlas.ParseDate(s.Accessed)
		if err != nil {
			return nil, err
		}
		out = append(out, atlas.Source{Kind: s.Kind, URL: s.URL, Accessed: d, Note: s.Note})
	}
	return out, nil
}

func references(all []reference) []atlas.Reference {
	var out []atlas.Reference
	for _, r := range all {
		out = append(out, atlas.Reference(r))
	}
	return out
}
