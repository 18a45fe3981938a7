package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/transfer"
)

// TransferFit (vhodnost praxe pro obec) is whether a practice would work in a
// municipality, as far as anybody knows.
type TransferFit struct {
	Practice *atlas.Practice
	Town     Profile
	Findings []transfer.Finding
	transfer.Tally
	Answers *atlas.Replication // whose answers are told; nil none

	Source   *Profile           // the town that the card is of; nil where it is not of the same level
	Near     *transfer.Nearness // how like the town it is; nil of itself too
	Adopters []Adopter          // the three most like it of those that took it over
	GaveUp   []*atlas.Replication
}

// Adopter (následovník) is a town that took a practice over, and how like it is.
type Adopter struct {
	transfer.Nearness
	Profile     Profile
	Replication *atlas.Replication
}

// TransferFit tells how a published card fits a municipality. Answers are those of
// its replication that the viewer may read, the newest.
func (a *App) TransferFit(ctx context.Context, v atlas.Viewer, p *atlas.Practice, code string) (*TransferFit, error) {
	t, ok := a.Places().Get(code)
	if !ok || t.Level == atlas.LevelCountry {
		return nil, atlas.ErrNotFound
	}
	profiles, err := a.Profiles(ctx, t.Level)
	if err != nil {
		return nil, err
	}
	by := map[string]*Profile{}
	portraits := make([]coverage.Portrait, len(profiles))
	for i := range profiles {
		by[profiles[i].Code], portraits[i] = &profiles[i], profiles[i].portrait()
	}
	own := by[t.Code]
	if own == nil {
		return nil, atlas.ErrNotFound
	}
	followers, err := a.Reader().ReplicationsOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	out := &TransferFit{Practice: p, Town: *own}
	town, err := a.transferTown(ctx, t, own)
	if err != nil {
		return nil, err
	}
	adopters := out.follow(a, v, followers, t.Code)
	if out.Answers != nil {
		town.Answers = map[string]atlas.PrerequisiteAnswer{}
		for _, x := range out.Answers.Answers {
			town.Answers[x.Code] = x
		}
	}
	out.Findings = transfer.Fit(p.Prerequisites, town)
	out.Tally = transfer.Count(out.Findings)
	source := ""
	for _, code := range p.Territories {
		if source == "" && by[code] != nil {
			source, out.Source = code, by[code]
		}
	}
	near, most := transfer.Alike(portraits, t.Code, source, keysOf(adopters))
	out.Near = near
	for _, n := range most {
		out.Adopters = append(out.Adopters, Adopter{n, *by[n.Code], adopters[n.Code]})
	}
	return out, nil
}

// follow sorts the replications of a card: answers of the town itself, towns that
// took the practice over, and those that gave it up.
func (f *TransferFit) follow(a *App, v atlas.Viewer, all []*atlas.Replication, town string) map[string]*atlas.Replication {
	adopters := map[string]*atlas.Replication{}
	for _, x := range all {
		switch {
		case x.Territory == town && a.may(v, atlas.RightRead, x.Subject()):
			f.Answers = x
		case !x.Public() || x.Territory == "":
		case x.Abandoned():
			f.GaveUp = append(f.GaveUp, x)
		default:
			adopters[x.Territory] = x
		}
	}
	return adopters
}

func keysOf(all map[string]*atlas.Replication) []string {
	var out []string
	for code := range all {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}

// transferTown gathers what is known of a municipality: its people from statistics,
// its powers from the register, its partners from published records.
func (a *App) transferTown(ctx context.Context, t atlas.Territory, own *Profile) (transfer.Town, error) {
	out := transfer.Town{
		Code: t.Code, Inhabitants: numberOf(own.Population), Foreigners: numberOf(own.Foreigners), Powers: powersOf(t, own.Kind),
		Partners: map[string][]string{}, Speakers: map[string][]string{},
	}
	around := a.Chain(t.Code)
	err := a.Reader().EachActor(ctx, func(x *atlas.Actor) error {
		if x.Generic || !x.Public() || !a.worksIn(x, t.Code, around) {
			return nil
		}
		out.Partners[x.Type] = append(out.Partners[x.Type], x.ID)
		for _, lang := range x.Languages {
			out.Speakers[lang] = append(out.Speakers[lang], x.ID)
		}
		return nil
	})
	return out, err
}

// worksIn says whether an actor is seated in a town or works there or in the okres,
// ORP or kraj around it; of one that works in the whole country nobody knows.
func (a *App) worksIn(x *atlas.Actor, town string, around []string) bool {
	for _, code := range x.Territories {
		if code != atlas.CountryCode && slices.Contains(around, code) {
			return true
		}
	}
	if x.Seat.City == "" {
		return false
	}
	seat := a.Places().Find(x.Seat.City, "")
	return len(seat) == 1 && seat[0].Code == town
}

func numberOf(f Fact) transfer.Number {
	n := transfer.Number{Value: f.Value}
	if len(f.Grounds) > 0 {
		n.Source, n.Date = f.Grounds[0].Source, f.Grounds[0].Date
	}
	return n
}

// praha is a municipality and a kraj at once.
const praha = "554782"

func powersOf(t atlas.Territory, kind CityKind) []string {
	switch {
	case t.Level == atlas.LevelRegion:
		return []string{transfer.PowerRegion}
	case t.Level != atlas.LevelMunicipality:
		return nil
	case t.Code == praha:
		return transfer.Powers()
	case kind == KindStatutory:
		return []string{transfer.PowerMunicipality, transfer.PowerORP, transfer.PowerStatutory}
	case kind == KindORP:
		return []string{transfer.PowerMunicipality, transfer.PowerORP}
	}
	return []string{transfer.PowerMunicipality}
}
