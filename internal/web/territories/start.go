package territories

import (
	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// stepView is one thing to begin with: what to do, why, and where it leads.
type stepView struct {
	Do, Why, Link, URL string
}

// begin writes the three steps for an official without experience.
func (o *profile) begin(t teller, p *showPage, k *known) {
	for _, s := range coverage.NextSteps(k.Known) {
		o.Steps = append(o.Steps, o.step(t, p, k, s))
	}
}

func (o *profile) step(t teller, p *showPage, k *known, s coverage.Step) stepView {
	key := "territories.start." + string(s.Kind)
	say := func(args ...any) stepView {
		return stepView{Do: t.T(key+".do", args...), Why: t.T(key+".why", args...), Link: t.T(key+".link", args...)}
	}
	var v stepView
	switch s.Kind {
	case coverage.StepEnding:
		v = say("projects", t.projects(s.Number), "title", k.ending.Title(t.lang), "date", i18n.Date(t.lang, k.ending.To))
		v.URL = route.Project(t.lang, s.Of)
	case coverage.StepNeed:
		n := k.needs[s.Of]
		v = say("title", n.Title, "severity", t.number(s.Number), "most", t.number(atlas.MaxSeverity))
		v.URL = route.ProjectsBy(t.lang, "oblast", n.Area)
	case coverage.StepTheme:
		area := t.app.Lists().Label(atlas.ListArea, s.Of, t.lang)
		if s.Beside == "" {
			key += "_alone"
			v = say("area", area, "class", t.T("coverage.class."+string(s.Class)))
			v.URL = route.ProjectsBy(t.lang, "oblast", s.Of)
			break
		}
		v = say("area", area, "class", t.T("coverage.class."+string(s.Class)), "name", t.app.Places().Label(s.Beside), "projects", t.projects(s.Number))
		v.URL = t.projectsIn(s.Beside, s.Of)
	case coverage.StepPeople:
		v = say()
		v.URL = o.URLLoad
	case coverage.StepSources:
		v = say("years", o.Recent)
		v.URL = o.URLSources
	case coverage.StepOverlap:
		v = say("n", t.number(s.Number))
		v.URL = "#prekryv"
	case coverage.StepNeeds:
		v = say("n", t.number(s.Number))
		v.URL = o.URLNewOne
	case coverage.StepActors:
		v = say("n", t.number(s.Number))
		v.URL = "#akteri"
	case coverage.StepNearest:
		v = say("name", t.app.Places().Label(s.Of), "distance", o.Similar[0].Distance)
		v.URL = route.Territory(t.lang, s.Of)
	case coverage.StepProjects:
		v = say("n", t.number(s.Number))
		v.URL = route.In(t.lang, route.ProjectNew)
	case coverage.StepFollow:
		v = say("n", t.number(s.Number))
		v.URL = route.Following(t.lang, "uzemi", p.T.Code)
	}
	return v
}
