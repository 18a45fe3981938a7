package app

import (
	"context"
	"errors"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// longestMandate is how many years a mandate may hold at most.
const longestMandate = 3

// Actions in the audit log about mandates. The subject is the mandate, who may
// write and in whose name.
const (
	AuditMandateGiven = "mandate_given"
	AuditMandateEnded = "mandate_ended"
)

// GiveMandate authorises an organisation to write in the name of another until
// a day (U-14): its records and, where a territory is named, those in it. m.ID is
// filled in. A territory only its editor or an administrator may give.
func (a *App) GiveMandate(ctx context.Context, v atlas.Viewer, m *atlas.Mandate) error {
	if wrong := a.mandateProblems(v, *m); len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightMembers, ofActor(m.For)); err != nil {
			return err
		}
		for field, id := range map[string]string{"for": m.For, "actor": m.Actor} {
			if _, err := organisation(ctx, tx.Reader, id); errors.Is(err, atlas.ErrNotFound) {
				return refusal(field, "problem.reference", "value", id)
			} else if err != nil {
				return err
			}
		}
		if err := a.notGivenYet(ctx, tx, *m); err != nil {
			return err
		}
		m.By, m.At, m.EndedAt = v.Name, a.now().UTC(), time.Time{}
		if err := tx.PutMandate(ctx, m); err != nil {
			return err
		}
		if err := a.auditMandate(ctx, tx, v, AuditMandateGiven, *m); err != nil {
			return err
		}
		return a.tellMandate(ctx, tx, v, *m, mail.MandateGiven)
	})
}

func (a *App) auditMandate(ctx context.Context, tx *store.Tx, v atlas.Viewer, action string, m atlas.Mandate) error {
	subject := m.ID + " " + m.Actor + " " + m.For
	if m.Territory != "" {
		subject += " " + m.Territory
	}
	return a.audit(ctx, tx, v, action, subject)
}

// mandateProblems says what of a mandate cannot be.
func (a *App) mandateProblems(v atlas.Viewer, m atlas.Mandate) []atlas.Problem {
	var out []atlas.Problem
	add := func(field, key string, args map[string]any) {
		out = append(out, atlas.Problem{Field: field, Key: key, Args: args})
	}
	switch {
	case m.Actor == "":
		add("actor", "problem.required", nil)
	case m.Actor == m.For:
		add("actor", "problem.mandate_itself", nil)
	}
	today := a.today()
	latest := today
	latest.Year += longestMandate
	switch {
	case !m.Until.Known():
		add("until", "problem.mandate_until", nil)
	case m.Until.Last().Compare(today) < 0:
		add("until", "problem.mandate_past", nil)
	case m.Until.Last().Compare(latest) > 0:
		add("until", "problem.mandate_long", map[string]any{"limit": longestMandate, "date": i18n.Date(v.Lang, latest)})
	}
	if m.Territory == "" {
		return out
	}
	if _, ok := a.Places().Get(m.Territory); !ok {
		add("territory", "problem.reference", map[string]any{"value": m.Territory})
	} else if !a.governs(v, m.Territory) {
		add("territory", "problem.mandate_territory", map[string]any{"place": a.Places().Label(m.Territory)})
	}
	return out
}

// governs says whether a viewer may write whatever lies in a territory by a role
// of their own: what one has by mandate cannot be given on.
func (a *App) governs(v atlas.Viewer, territory string) bool {
	return a.may(atlas.Viewer{Grants: v.Grants}, atlas.RightEdit, atlas.Subject{Status: atlas.RecordPublished, Territories: []string{territory}})
}

// notGivenYet refuses a second mandate of the same kind while one holds.
func (a *App) notGivenYet(ctx context.Context, tx *store.Tx, m atlas.Mandate) error {
	all, err := tx.Mandates(ctx, m.For)
	for _, old := range all {
		if old.For == m.For && old.Actor == m.Actor && old.Territory == m.Territory && old.InForce(a.today()) {
			return refusal("actor", "problem.mandate_twice", "id", old.ID)
		}
	}
	return err
}

// EndMandate takes a mandate back before its end; who has it may give it back
// too. One that is over is ErrDecided.
func (a *App) EndMandate(ctx context.Context, v atlas.Viewer, id string) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		m, err := tx.Mandate(ctx, id)
		if err != nil {
			return err
		}
		if err := a.stillMay(ctx, tx, v, atlas.RightMembers, atlas.Subject{Organisations: []string{m.For, m.Actor}}); err != nil {
			return err
		}
		if !m.InForce(a.today()) {
			return ErrDecided
		}
		m.EndedAt = a.now().UTC()
		if err := tx.PutMandate(ctx, &m); err != nil {
			return err
		}
		if err := a.auditMandate(ctx, tx, v, AuditMandateEnded, m); err != nil {
			return err
		}
		return a.tellMandate(ctx, tx, v, m, mail.MandateTakenBack)
	})
}

// OnBehalf says by which organisation something was entered and in whose name:
// the arguments of the words "zadal {by} z pověření {for}".
type OnBehalf struct{ By, For Organisation }

// Organisation is an organisation with its name.
type Organisation struct{ ID, Name string }

// OnBehalf reads what the origin of a change says; false when it is no mandate.
func (a *App) OnBehalf(ctx context.Context, origin, lang string) (OnBehalf, bool, error) {
	id := atlas.Change{Origin: origin}.Mandate()
	if id == "" {
		return OnBehalf{}, false, nil
	}
	m, err := a.Reader().Mandate(ctx, id)
	if errors.Is(err, atlas.ErrNotFound) {
		return OnBehalf{}, false, nil
	}
	return a.onBehalf(m, lang), err == nil, err
}

// BehindRecord lists in whose names a record was ever written by others, for the
// sources of its page.
func (a *App) BehindRecord(ctx context.Context, kind, id, lang string) ([]OnBehalf, error) {
	all, err := a.Reader().MandatesBehind(ctx, kind, id)
	var out []OnBehalf
	seen := map[OnBehalf]bool{}
	for _, m := range all {
		if b := a.onBehalf(m, lang); !seen[b] {
			seen[b] = true
			out = append(out, b)
		}
	}
	return out, err
}

func (a *App) onBehalf(m atlas.Mandate, lang string) OnBehalf {
	return OnBehalf{Organisation{m.Actor, a.ActorName(m.Actor, lang)}, Organisation{m.For, a.ActorName(m.For, lang)}}
}
