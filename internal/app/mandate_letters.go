package app

import (
	"context"
	"log/slog"
	"time"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// tellMandate tells those who decide about the members of both organisations what
// became of a mandate, but who did it.
func (a *App) tellMandate(ctx context.Context, tx *store.Tx, v atlas.Viewer, m atlas.Mandate, what mail.MandateChange) error {
	told := map[string]bool{v.Account: true}
	for _, side := range []string{m.For, m.Actor} {
		managers, err := managersOf(ctx, tx.Reader, side)
		if err != nil {
			return err
		}
		for _, who := range managers {
			if told[who.ID] {
				continue
			}
			told[who.ID] = true
			letter := mail.MandateChanged{What: what, Actor: a.ActorName(m.Actor, who.Lang), For: a.ActorName(m.For, who.Lang), Until: m.Until, Link: a.people(who.Lang, side)}
			if m.Territory != "" {
				letter.Territory = a.Places().Label(m.Territory)
			}
			if err := a.letterTo(ctx, tx, who, letter); err != nil {
				return err
			}
		}
	}
	return nil
}

// CloseMandates notes the end of the mandates whose last day is over and tells
// both sides, once; it says how many they were. A clock that ran ahead does no
// harm but the letter: by the day a mandate holds as before.
func (a *App) CloseMandates(ctx context.Context) (closed int, err error) {
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		closed = 0
		all, err := tx.OpenMandates(ctx)
		if err != nil {
			return err
		}
		v := atlas.Operator("atlas")
		for _, m := range all {
			if !m.Until.Known() || m.InForce(a.today()) {
				continue
			}
			last := m.Until.Last()
			m.EndedAt = time.Date(last.Year, time.Month(last.Month), last.Day+1, 0, 0, 0, 0, time.UTC)
			if err := tx.PutMandate(ctx, &m); err != nil {
				return err
			}
			if err := a.auditMandate(ctx, tx, v, AuditMandateEnded, m); err != nil {
				return err
			}
			if err := a.tellMandate(ctx, tx, v, m, mail.MandateEnded); err != nil {
				return err
			}
			closed++
		}
		return nil
	})
	return closed, err
}

// KeepClosingMandates closes mandates when it begins and once an hour, until ctx
// ends. Several processes of one database may do so at once.
func (a *App) KeepClosingMandates(ctx context.Context, log *slog.Logger) {
	const every = time.Hour
	for ctx.Err() == nil {
		if n, err := a.CloseMandates(ctx); err != nil && ctx.Err() == nil {
			log.Error("the end of mandates was not noted; it is tried again in an hour", "error", err)
		} else if n > 0 {
			log.Info("mandates ended", "n", n)
		}
		select {
		case <-ctx.Done():
		case <-time.After(every):
		}
	}
}
