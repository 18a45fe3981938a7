package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
	"atlas/internal/place"
	"atlas/internal/reference"
	"atlas/internal/seed"
	"atlas/internal/store"
)

// real is what the corpus takes of one real project.
type real struct {
	title, annotation []string // words
	org               string   // implementer
	country           string   // ISO 3166; "" not known
	place             string   // in words
	from, to          atlas.Date
	minor             int64 // haléře; 0 not known
}

// lists are the real lists of projects, in the folder of data beside the
// repository.
func lists() []string {
	return []string{
		"cz_integracni_projekty_z_webu_rucne.csv", "cz_seznam_operaci_2014_2020_train70.csv",
		"360giving_a002400000nO46WAAS.csv", "eu_structural_funds_unified.csv.gz",
	}
}

// dataFolder is where the real lists are: $ATLAS_DATA or ../shared/data beside
// the repository; "" where neither is there.
func dataFolder() string {
	for _, dir := range []string{os.Getenv("ATLAS_DATA"), filepath.Join("..", "..", "..", "shared", "data")} {
		if _, err := os.Stat(filepath.Join(dir, "reference", "projects")); dir != "" && err == nil {
			return dir
		}
	}
	return ""
}

// readReal reads the real lists by the importer of the program, or the demo
// content where they are not there. origin says which it was.
func readReal(ctx context.Context, dir string) (all []real, origin string, err error) {
	if dir == "" {
		all, err = readDemo(ctx)
		return all, "demo content", err
	}
	for _, name := range lists() {
		found, err := readList(ctx, filepath.Join(dir, "reference", "projects", name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, "", err
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil, "", fmt.Errorf("no list of projects in %s", dir)
	}
	return all, fmt.Sprintf("%d projects of real lists", len(all)), nil
}

func readList(ctx context.Context, file string) ([]real, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	t, err := importer.ReadBytes(file, data)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	source, err := importer.Recognise(t)
	if err != nil {
		source = importer.MappedSource(importer.Propose(t))
	}
	env := importer.Env{Places: place.New(reference.Territories()), Lists: atlas.NewLists(reference.Lists()), Year: time.Now().Year()}
	reading, met := source.Open(env, t), map[uint64]bool{}
	var out []real
	for row, err := range t.Rows(0) {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		d := reading.Draft(row)
		if d.Skip || met[d.Identity()] {
			continue
		}
		met[d.Identity()] = true
		org := ""
		for _, q := range d.Project.Parties {
			if q.Role == atlas.RoleImplementer && org == "" {
				org = d.Actors[q.Actor].Name
			}
		}
		if r, ok := newReal(&d.Project, org); ok {
			out = append(out, r)
		}
	}
	return out, nil
}

func newReal(p *atlas.Project, org string) (real, bool) {
	r := real{
		title: words(p.Title("cs")), annotation: words(p.Annotation), org: usableName(org),
		country: countryOf(p), place: p.PlaceText, from: p.From, to: p.To, minor: crowns(p),
	}
	return r, len(r.title) > 0
}

// countryOf is the country of a project: as it says, or of the folder that its
// list came from ("data/AT.austria/…").
func countryOf(p *atlas.Project) string {
	if p.Country != "" || len(p.Sources) == 0 {
		return p.Country
	}
	_, rest, ok := strings.Cut(p.Sources[0].Note, "data/")
	if code, _, dot := strings.Cut(rest, "."); ok && dot && len(code) == 2 {
		if code == "UK" {
			return "GB"
		}
		return code
	}
	return ""
}

// crowns is the amount of a project at a round rate: the size of amounts
// matters here, not their exactness.
func crowns(p *atlas.Project) int64 {
	amount, currency := p.TotalCost, p.Currency
	if !amount.Known() && len(p.Funding) > 0 {
		amount, currency = p.Funding[0].Granted, p.Funding[0].Currency
	}
	rates := map[string]int64{"EUR": 25, "GBP": 29}
	const most = 1_000_000_000_000 // ten milliard crowns
	if rate := max(rates[currency], 1); amount.Known() && amount.Minor > 0 && amount.Minor < most {
		return amount.Minor * rate
	}
	return 0
}

// words are the words of a text as they stand in it, without the signs that a
// spreadsheet would take for a formula or our own export for a separator.
func words(text string) []string {
	var out []string
	for _, w := range strings.Fields(text) {
		if w = strings.TrimLeft(w, "=+-@'|"); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// usableName leaves out names that one cell of our own export cannot hold in
// one way only.
func usableName(name string) string {
	if len(name) < 3 || len(name) > 120 || strings.ContainsAny(name, "()[]|;:\"\n'") || strings.ContainsAny(name[:1], "=+-@") {
		return ""
	}
	return name
}

// readDemo reads the demo content out of a database that is thrown away.
func readDemo(ctx context.Context) (out []real, err error) {
	dir, err := os.MkdirTemp("", "atlas-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	s, err := store.Open(ctx, filepath.Join(dir, "demo.db"))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if _, _, err := s.Migrate(ctx); err != nil {
		return nil, err
	}
	a := app.New(s, app.Options{Log: slog.New(slog.DiscardHandler)})
	if err := a.Load(ctx); err != nil {
		return nil, err
	}
	if err := seed.Load(ctx, a); err != nil {
		return nil, err
	}
	err = s.EachProject(ctx, func(p *atlas.Project) error {
		org := ""
		if ids := p.Implementers(); len(ids) > 0 {
			org = a.ActorName(ids[0], "cs")
		}
		if r, ok := newReal(p, org); ok {
			out = append(out, r)
		}
		return nil
	})
	return out, err
}
