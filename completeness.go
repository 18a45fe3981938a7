package atlas

// Completeness (úplnost záznamu, 8.8) says how much of a project is known.
type Completeness struct {
	Percent int      // whole percent, rounded down
	Full    bool     // "plná" from 60 %, "základní" below
	Missing []string // fields not filled, required ones first
}

// completenessField is one of the twenty fields of rule 8.8.
type completenessField struct {
	key      string
	required bool // 3 points, otherwise 1
	has      func(*Project) bool
}

// completenessFields are the twenty fields: the ten that publishing requires
// and ten recommended ones.
var completenessFields = []completenessField{
	{"title_cs", true, func(p *Project) bool { return p.TitleCs != "" || p.TitleEn != "" }},
	{"annotation", true, func(p *Project) bool { return p.Annotation != "" }},
	{"goal", true, func(p *Project) bool { return p.Goal != "" }},
	{"date_from", true, func(p *Project) bool { return p.From.Known() }},
	{"status", true, func(p *Project) bool { return p.Status != "" && p.Status != StatusUnknown }},
	{"territories", true, hasPlace},
	{"parties", true, func(p *Project) bool { return len(p.Implementers()) > 0 }},
	{"areas", true, func(p *Project) bool { return len(p.Areas) > 0 }},
	{"target_legal", true, func(p *Project) bool { return len(p.TargetLegal) > 0 }},
	{"sources", true, func(p *Project) bool { return len(p.Sources) > 0 }},
	{"date_to", false, func(p *Project) bool { return p.To.Known() || p.Ongoing }},
	{"activities", false, func(p *Project) bool { return len(p.Activities) > 0 }},
	{"funding", false, func(p *Project) bool { a, _, _ := p.Money(); return a.Known() }},
	{"total_cost", false, func(p *Project) bool { return p.TotalCost.Known() }},
	{"integration_share", false, func(p *Project) bool { return p.IntegrationShare.Known }},
	{"people_reached", false, func(p *Project) bool { return p.PeopleReached.Known || p.PeoplePlanned.Known }},
	{"outputs", false, func(p *Project) bool { return len(p.Indicators) > 0 }},
	{"target_situation", false, func(p *Project) bool { return len(p.TargetSituation) > 0 }},
	{"evaluation_done", false, func(p *Project) bool { return p.Evaluated.State != Unknown }},
	{"web", false, func(p *Project) bool { return p.Web != "" }},
}

func hasPlace(p *Project) bool {
	return len(p.Territories) > 0 || p.PlaceText != "" || p.Scope == ScopeCountry
}

// Completeness counts the points of rule 8.8.
func (p *Project) Completeness() Completeness {
	got, all := 0, 0
	var c Completeness
	for _, f := range completenessFields {
		points := 1
		if f.required {
			points = 3
		}
		all += points
		if f.has(p) {
			got += points
		} else {
			c.Missing = append(c.Missing, f.key)
		}
	}
	c.Percent = got * 100 / all
	c.Full = got*100 >= 60*all
	return c
}
