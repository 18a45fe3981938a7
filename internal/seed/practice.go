package seed

import (
	"bytes"
	"context"
	"encoding/json"

	"atlas"
)

// practice is a card as it is written: what a project already says it takes over from
// there, what stands in Card is said anew.
type practice struct {
	Key        string
	From       string // key of the project; "" = of none
	Evaluation string // key of its evaluation that the card rests on; "" = none
	Marked     string // day on which it was given the mark; "" = never
	Actors     []string
	Publish    bool
	Card       json.RawMessage // fields of atlas.Practice
}

type collection struct {
	Title, Text string
	Practices   []string // keys
}

// writePractices writes the cards; those of which the sources do not tell all that a
// card needs stay drafts.
func (l *loader) writePractices(ctx context.Context, c content) error {
	for _, x := range c.Practices {
		p, err := l.practice(ctx, x)
		if err == nil {
			err = l.app.SavePractice(ctx, viewer, p)
		}
		if err == nil && x.Marked != "" {
			err = l.onDay(x.Marked, func() error { return l.app.GiveMark(ctx, viewer, p.ID, p.Version, false) })
		}
		if err != nil {
			return said("practice "+x.Key, err)
		}
		l.practices[x.Key] = p.ID
	}
	for _, x := range c.Collections {
		s := &atlas.Collection{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: x.Title, Text: x.Text}
		for _, key := range x.Practices {
			id, err := named(l.practices, key)
			if err != nil {
				return err
			}
			s.Practices = append(s.Practices, id)
		}
		if err := l.app.SaveCollection(ctx, viewer, s); err != nil {
			return said("collection "+x.Title, err)
		}
	}
	return nil
}

func (l *loader) practice(ctx context.Context, x practice) (*atlas.Practice, error) {
	p := new(atlas.Practice)
	if x.From != "" {
		project, err := named(l.projects, x.From)
		if err != nil {
			return nil, err
		}
		evaluation, err := named(l.evaluations, x.Evaluation)
		if err != nil {
			return nil, err
		}
		if p, err = l.app.PracticeFrom(ctx, viewer, project, evaluation); err != nil {
			return nil, err
		}
	}
	l.mark(&p.Meta)
	p.Sources = nil // a card says its own
	d := json.NewDecoder(bytes.NewReader(x.Card))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		return nil, err
	}
	for _, key := range x.Actors {
		id, err := named(l.actors, key)
		if err != nil {
			return nil, err
		}
		p.Implementers = append(p.Implementers, id)
	}
	p.RecordStatus = atlas.RecordDraft
	if x.Publish {
		p.RecordStatus = atlas.RecordPublished
	}
	return p, nil
}
