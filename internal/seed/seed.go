// Package seed writes the demo content: real projects, the actors and the calls
// they name, needs and what of which source is here, each with its public source, through the operations of the
// application, as a person would.
package seed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"atlas"
	"atlas/internal/app"
)

// viewer signs the demo content.
var viewer = atlas.Operator("demo")

// Load writes the demo content into an empty database; one that has projects
// is left as it is.
func Load(ctx context.Context, a *app.App) error {
	if n, err := a.Reader().CountProjects(ctx); err != nil || n > 0 {
		return err
	}
	all, err := read("content")
	if err != nil {
		return err
	}
	l := newLoader(a)
	for _, step := range []func(context.Context, content) error{l.territories, l.writeActors, l.writeCalls, l.writeProjects, l.writeExtents, l.writeNeeds, l.writePractices, l.writeReplications, l.writeReport} {
		if err := step(ctx, all); err != nil {
			return fmt.Errorf("demo content: %w", err)
		}
	}
	return nil
}

// loader remembers which key became which code.
type loader struct {
	app                     *app.App
	actors, calls, projects map[string]string
	practices, evaluations  map[string]string
	people                  map[string]atlas.Viewer
	rubric                  string // code of the version by which is judged
	phrases                 phrases
	turns                   map[string]int // how often something was said
	said                    int
	clock                   *Clock
	invented                time.Time // when invented records are said to be added; zero = the records are real
}

func newLoader(a *app.App) loader {
	return loader{
		app: a, actors: map[string]string{}, calls: map[string]string{}, projects: map[string]string{}, practices: map[string]string{},
		evaluations: map[string]string{}, people: map[string]atlas.Viewer{}, turns: map[string]int{}, clock: new(Clock),
	}
}

func (l *loader) territories(ctx context.Context, c content) error {
	var all []atlas.Territory
	for _, t := range c.Territories {
		x := atlas.Territory{Code: t.Code, Level: atlas.Level(t.Level), Name: t.Name, Region: t.Region, District: t.District, ORP: t.ORP, Municipality: t.Municipality, Source: "RÚIAN (ČÚZK)"}
		if t.Lat != nil && t.Lon != nil {
			x.Lat, x.Lon, x.HasPoint = *t.Lat, *t.Lon, true
		}
		all = append(all, x)
	}
	_, _, _, err := l.app.SaveTerritories(ctx, viewer, all)
	return err
}

// writeActors writes each actor after the one it belongs to.
func (l *loader) writeActors(ctx context.Context, c content) error {
	return inOrder(c.Actors,
		func(x actor) bool { return x.Parent == "" || l.actors[x.Parent] != "" },
		func(x actor) error {
			r, err := l.actor(x)
			if err == nil {
				l.mark(&r.Meta)
				err = l.app.SaveActor(ctx, viewer, r)
			}
			if err != nil {
				return said("actor "+x.Key, err)
			}
			l.actors[x.Key] = r.ID
			return nil
		})
}

func (l *loader) actor(x actor) (*atlas.Actor, error) {
	verified, err := atlas.ParseDate(x.Verified)
	if err != nil {
		return nil, err
	}
	src, err := sources(x.Sources)
	if err != nil {
		return nil, err
	}
	parent, err := named(l.actors, x.Parent)
	return &atlas.Actor{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: x.Name, NameEn: x.NameEn, OtherNames: x.OtherNames,
		Generic: x.Generic, Type: x.Type, LegalForm: x.LegalForm, Country: x.Country, ICO: x.ICO, Parent: parent, Web: x.Web,
		Territories: x.Territories, Areas: x.Areas, Activities: x.Activities, TargetLegal: x.TargetLegal,
		Languages: x.Languages, Verified: verified, Sources: src,
	}, err
}

func (l *loader) writeCalls(ctx context.Context, c content) error {
	for _, x := range c.Calls {
		r, err := l.call(x)
		if err == nil {
			err = l.app.SaveCall(ctx, viewer, r)
		}
		if err != nil {
			return said("call "+x.Key, err)
		}
		l.calls[x.Key] = r.ID
	}
	return nil
}

func (l *loader) call(x call) (*atlas.Call, error) {
	r := &atlas.Call{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: x.Title, Number: x.Number, Year: x.Year,
		Programme: x.Programme, Theme: x.Theme, Description: x.Description, Areas: x.Areas, DeadlineTime: x.DeadlineTime, URL: x.URL,
	}
	var p parts
	r.Funder = p.key(l.actors, x.Funder)
	r.Announced, r.OpenFrom, r.Deadline, r.Checked = p.date(x.Announced), p.date(x.OpenFrom), p.date(x.Deadline), p.date(x.Checked)
	r.Allocation, r.Min, r.Max = p.amount(x.Allocation, ""), p.amount(x.Min, ""), p.amount(x.Max, "")
	r.OwnShare, r.SupportPct = p.percent(x.OwnShare), p.percent(x.SupportPct)
	r.Sources = p.sources(x.Sources)
	return r, p.err
}

// writeExtents says what of which source the demo holds: a selection of one, and
// nothing of the lists that are known to exist.
func (l *loader) writeExtents(ctx context.Context, c content) error {
	for _, x := range c.Extents {
		checked, err := atlas.ParseDate(x.Checked)
		if err == nil {
			err = l.app.SaveExtent(ctx, viewer, &atlas.SourceExtent{
				Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Source: x.Source, Publisher: x.Publisher, URL: x.URL, Programmes: x.Programmes,
				Territories: x.Territories, From: x.From, To: x.To, State: atlas.ExtentState(x.State), CheckedOn: checked, Note: x.Note,
			})
		}
		if err != nil {
			return said("source "+x.Source, err)
		}
	}
	return nil
}

func (l *loader) writeNeeds(ctx context.Context, c content) error {
	for _, x := range c.Needs {
		var p parts
		n := &atlas.Need{
			Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: x.Title, Description: x.Description, Kind: x.Kind, Area: x.Area,
			Territory: x.Territory, TargetLegal: x.TargetLegal, Severity: x.Severity, Origin: x.Origin, Reported: p.date(x.Reported),
			Evidence: x.Evidence, Status: x.Status, Sources: p.sources(x.Sources),
		}
		if p.err == nil {
			p.err = l.app.SaveNeed(ctx, viewer, n)
		}
		if p.err != nil {
			return said("need "+x.Title, p.err)
		}
	}
	return nil
}

// writeProjects writes each project after those it follows.
func (l *loader) writeProjects(ctx context.Context, c content) error {
	return inOrder(c.Projects, l.ready, func(x project) error {
		r, err := l.project(x)
		if err == nil {
			l.mark(&r.Meta)
			err = l.app.SaveProject(ctx, viewer, r)
		}
		if err != nil {
			return said("project "+x.Key, err)
		}
		l.projects[x.Key] = r.ID
		return nil
	})
}

// inOrder writes each record as soon as those it names are written.
func inOrder[T any](waiting []T, ready func(T) bool, write func(T) error) error {
	for len(waiting) > 0 {
		var later []T
		for _, x := range waiting {
			if !ready(x) {
				later = append(later, x)
				continue
			}
			if err := write(x); err != nil {
				return err
			}
		}
		if len(later) == len(waiting) {
			return fmt.Errorf("a record names one that does not exist, or itself: %+v", later[0])
		}
		waiting = later
	}
	return nil
}

func (l *loader) ready(x project) bool {
	for _, f := range x.Follows {
		if l.projects[f] == "" {
			return false
		}
	}
	return true
}

// said adds to an error what exactly is wrong with the record.
func said(what string, err error) error {
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		return fmt.Errorf("%s: %+v", what, invalid.Problems)
	}
	return fmt.Errorf("%s: %w", what, err)
}

func named(codes map[string]string, key string) (string, error) {
	if key == "" {
		return "", nil
	}
	id, ok := codes[key]
	if !ok {
		return "", fmt.Errorf("nothing has the key %q", key)
	}
	return id, nil
}
