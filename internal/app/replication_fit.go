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
	portraits, by := portraitsOf(profiles)
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

// portraitsOf are profiles as they are compared, and the profiles by their codes.
func portraitsOf(profiles []Profile) ([]coverage.Portrait, map[string]*Profile) {
	portraits, by := make([]coverage.Portrait, len(profiles)), make(map[string]*Profile, len(profiles))
	for i := range profiles {
		portraits[i], by[profiles[i].Code] = profiles[i].portrait(), &profiles[i]
	}
	return portraits, by
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
	workers, err := a.workers(ctx)
	told := map[string]bool{}
	for _, code := range a.Chain(t.Code) {
		for _, x := range workers[code] {
			if told[x.id] || x.seated && code != t.Code {
				continue
			}
			told[x.id] = true
			out.Partners[x.kind] = append(out.Partners[x.kind], x.id)
			for _, lang := range x.languages {
				out.Speakers[lang] = append(out.Speakers[lang], x.id)
			}
		}
	}
	return out, err
}

// worker (působící aktér) is a published actor in a territory where it works or, of
// one that is only seated there, its seat.
type worker struct {
	id, kind  string
	languages []string
	seated    bool
}

// workers are they by the codes of territories; of an actor that works in the whole
// country nobody knows where it is.
func (a *App) workers(ctx context.Context) (map[string][]worker, error) {
	return remembered(ctx, a, a.remember.workers, "", func() (map[string][]worker, error) {
		in := map[string][]worker{}
		err := a.Reader().EachActor(ctx, func(x *atlas.Actor) error {
			if x.Generic || !x.Public() {
				return nil
			}
			w := worker{id: x.ID, kind: x.Type, languages: x.Languages}
			for _, code := range x.Territories {
				if code != atlas.CountryCode {
					in[code] = append(in[code], w)
				}
			}
			if seat := a.Places().Find(x.Seat.City, ""); x.Seat.City != "" && len(seat) == 1 {
				w.seated = true
				in[seat[0].Code] = append(in[seat[0].Code], w)
			}
			return nil
		})
		return in, err
	})
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
