package projects

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/form"
)

// actorCode is the code of an actor alone.
var actorCode = regexp.MustCompile(`^A-\d{5,}$`)

// resolver finds what the form names over the records as they stand.
func (a *area) resolver(ctx context.Context, lang string) resolver {
	return resolver{
		actors: func(text string) ([]string, error) { return a.findActors(ctx, text) },
		places: func(text string) ([]atlas.Territory, error) { return a.findPlaces(text), nil },
		label: func(code string) string {
			if actorCode.MatchString(code) {
				return a.app.ActorName(code, lang)
			}
			return a.app.Places().Label(code)
		},
	}
}

// findActors reads a code, a name with its code, an IČO, or a whole name.
func (a *area) findActors(ctx context.Context, text string) ([]string, error) {
	code := cmp.Or(form.Code(text), strings.TrimSpace(text))
	r := a.app.Reader()
	if actorCode.MatchString(code) {
		found, err := r.Actors(ctx, []string{code})
		if err != nil || len(found) == 0 {
			return nil, err
		}
		return []string{found[0].ID}, nil
	}
	if ico, ok := czech.NormaliseICO(text); ok {
		id, err := r.ActorByICO(ctx, ico)
		if errors.Is(err, atlas.ErrNotFound) {
			return nil, nil
		}
		return []string{id}, err
	}
	return r.ActorsByFoldedName(ctx, czech.Fold(text))
}

// findPlaces reads a code, a name with its code, or a name as people write it.
func (a *area) findPlaces(text string) []atlas.Territory {
	if t, ok := a.app.Places().Get(form.Code(text)); ok {
		return []atlas.Territory{t}
	}
	return a.app.Places().Recognise(text)
}
