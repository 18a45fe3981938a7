package app

import (
	"context"
	"slices"
	"strings"

	"atlas"
)

// PracticeFrom makes a new card of what is known of a project and, where one is given,
// of its published evaluation: nothing is written, a person goes on from there.
// Contacts are not taken over: who agreed to be named with a project did not agree to
// a card.
func (a *App) PracticeFrom(ctx context.Context, v atlas.Viewer, project, evaluation string) (*atlas.Practice, error) {
	p, err := a.Reader().Project(ctx, project)
	if err != nil {
		return nil, err
	}
	if !a.may(v, atlas.RightRead, p.Subject()) {
		return nil, atlas.ErrNotFound
	}
	card := ofProject(p)
	if evaluation == "" {
		return card, nil
	}
	e, err := a.Reader().Evaluation(ctx, evaluation)
	if err != nil {
		return nil, err
	}
	if e.Project != p.ID || e.State != atlas.EvaluationPublished || !e.Public() {
		return nil, atlas.ErrNotFound
	}
	sheets, err := a.OpenSheets(ctx, a.Reader(), e)
	if err != nil {
		return nil, err
	}
	card.Evaluations = []string{e.ID}
	ofEvaluation(card, e, sheets[e.ID])
	return card, nil
}

// ofProject takes over from a project what a card has a place for.
func ofProject(p *atlas.Project) *atlas.Practice {
	card := &atlas.Practice{
		Title: p.Title("cs"), Projects: []string{p.ID}, Country: p.Country, PlaceText: p.PlaceText, Implementers: distinct(p.Implementers()),
		From: p.From, To: p.To, Ongoing: p.Ongoing, BecameService: p.Status == atlas.StatusSustained, Summary: p.Annotation, Goal: p.Goal,
		Subgoals: slices.Clone(p.Subgoals), TargetLegal: slices.Clone(p.TargetLegal), Situations: slices.Clone(p.TargetSituation),
		Stimulus: p.NeedRationale, Description: p.Detail, Transferability: p.Transfer, Adaptation: p.TransferNote, Upscaling: p.Upscaling,
		Barriers: slices.Clone(p.Barriers), Sources: slices.Clone(p.Sources),
	}
	for i := range card.Sources { // which row of which list it was is of the project
		card.Sources[i].BatchID, card.Sources[i].File, card.Sources[i].Row = "", "", 0
	}
	if !card.Abroad() {
		for _, t := range p.Territories {
			card.Territories = append(card.Territories, t.Territory)
		}
	}
	for _, x := range p.Areas {
		card.Areas = append(card.Areas, x.Code)
	}
	for _, x := range p.Activities {
		if x.Code != "" {
			card.Activities = append(card.Activities, x.Code)
		}
	}
	card.Activities = distinct(card.Activities)
	for _, form := range p.ServiceForms {
		card.Services = append(card.Services, atlas.Service{Form: form, Price: p.PriceForClient})
	}
	for _, line := range strings.Split(p.ReplicationNotes, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			card.Advice = append(card.Advice, line)
		}
	}
	for _, m := range p.Media {
		switch {
		case m.Kind == "video" && atlas.VideoAddress(m.URL):
			card.Videos = append(card.Videos, atlas.Video{URL: m.URL, Title: m.Title, Speaker: m.Author})
		case m.Kind == "foto":
			card.Photos = append(card.Photos, atlas.Photo{URL: m.URL, Alt: m.Alt, Author: m.Author, Source: m.Source, Licence: m.Licence})
		}
	}
	return card
}

// ofEvaluation takes over what people said – opinions kept apart by group – and what
// evaluators say together.
func ofEvaluation(card *atlas.Practice, e *atlas.Evaluation, sheets []*atlas.Sheet) {
	for _, s := range sheets {
		if !s.Open || !s.Done() {
			continue
		}
		for _, o := range s.Opinions {
			if o.Text != "" && !slices.Contains(card.Assessments, o) {
				card.Assessments = append(card.Assessments, o)
			}
		}
	}
	slices.SortStableFunc(card.Assessments, func(x, y atlas.Opinion) int {
		return slices.Index(atlas.OpinionsOf(), x.Of) - slices.Index(atlas.OpinionsOf(), y.Of)
	})
	card.Evaluation = e.Statement
	card.Sources = append(card.Sources, atlas.Source{Kind: "JINY", Note: "Hodnocení " + e.ID + " v této databázi"})
}
