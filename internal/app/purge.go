package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// PurgeReport says how much was purged: counts only, nobody's name.
type PurgeReport struct {
	Sessions, Links, Letters, Drafts, Memberships, Roles, Proposals, Remarks, Messages int64
	// Accounts that nobody ever signed in to, those that nobody signed in to for
	// years, and letters of warning that they will be erased.
	Unconfirmed, Asleep, Warned int64
}

// Counts are the lines of the report by their names.
func (r PurgeReport) Counts() []PurgeCount {
	return []PurgeCount{
		{"sessions", r.Sessions}, {"links", r.Links}, {"letters", r.Letters}, {"drafts", r.Drafts},
		{"memberships", r.Memberships}, {"roles", r.Roles}, {"proposals", r.Proposals}, {"remarks", r.Remarks}, {"messages", r.Messages},
		{"unconfirmed", r.Unconfirmed}, {"asleep", r.Asleep}, {"warned", r.Warned},
	}
}

// PurgeCount is one line of a report.
type PurgeCount struct {
	Name string
	N    int64
}

// String is the report as the audit log has it: what is not 0.
func (r PurgeReport) String() string {
	var parts []string
	for _, c := range r.Counts() {
		if c.N > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", c.Name, c.N))
		}
	}
	return strings.Join(parts, ", ")
}

// AuditPurge is the action of the entry of the log that reports a purge.
const AuditPurge = "purge"

// errRehearsed takes a rehearsal back.
var errRehearsed = errors.New("rehearsed")

// Purge deletes what is not kept any longer (Retention), warns owners of accounts
// that will be, and leaves a report in the audit log unless nothing was done. A
// rehearsal says what it would do and changes nothing. signIn is the public
// address of the page of signing in, for the letters; without it nobody is warned
// and so no account erased for not being used.
func (a *App) Purge(ctx context.Context, signIn string, rehearse bool) (PurgeReport, error) {
	var r PurgeReport
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		p := purging{app: a, tx: tx, signIn: signIn, now: a.now().UTC()}
		if err := errors.Join(p.rows(ctx), p.unconfirmed(ctx), p.asleep(ctx)); err != nil {
			return err
		}
		r = p.report
		if rehearse {
			return errRehearsed
		}
		if report := r.String(); report != "" {
			return tx.Audit(ctx, store.AuditEntry{At: p.now, By: "atlas", Action: AuditPurge, Subject: report})
		}
		return nil
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return r, err
}

// purging is one purge.
type purging struct {
	app    *App
	tx     *store.Tx
	signIn string
	now    time.Time
	report PurgeReport
}

// rows deletes what is nobody's account.
func (p *purging) rows(ctx context.Context) error {
	var errs [9]error
	r := &p.report
	r.Sessions, r.Links, errs[0] = p.tx.PurgeSessions(ctx, p.now.Add(-24*time.Hour))
	r.Letters, errs[1] = p.tx.PurgeLetters(ctx, p.now.Add(-keepFor))
	r.Drafts, errs[2] = p.tx.PurgeDrafts(ctx, p.now.Add(-keepDrafts))
	r.Memberships, errs[3] = p.tx.PurgeMemberships(ctx, p.now.Add(-keepEnded))
	r.Roles, errs[4] = p.tx.PurgeGrants(ctx, atlas.DateOf(p.now.Add(-keepEnded).In(i18n.Prague)))
	_, errs[5] = p.tx.PurgeWarnings(ctx)
	r.Proposals, errs[6] = p.tx.PurgeProposals(ctx, p.now.Add(-keepEnded))
	r.Remarks, errs[7] = p.tx.PurgeRemarks(ctx, p.now.AddDate(-keepWordsYears, 0, 0))
	r.Messages, errs[8] = p.tx.PurgeTransferMessages(ctx, p.now.AddDate(-keepWordsYears, 0, 0))
	return errors.Join(errs[:]...)
}

// unconfirmed erases accounts that nobody ever signed in to.
func (p *purging) unconfirmed(ctx context.Context) error {
	all, err := p.tx.NeverSignedIn(ctx, p.now.Add(-keepUnconfirmed))
	if err != nil {
		return err
	}
	for _, id := range all {
		erased, err := p.erase(ctx, id)
		if err != nil {
			return err
		}
		if erased {
			p.report.Unconfirmed++
		}
	}
	return nil
}

// erase erases an account, unless nobody else may look after accounts.
func (p *purging) erase(ctx context.Context, id string) (bool, error) {
	last, err := p.app.lastAdministrator(ctx, p.tx.Reader, id)
	if err != nil || last {
		return false, err
	}
	who, err := p.tx.Account(ctx, id)
	if err != nil {
		return false, err
	}
	return true, eraseAccount(ctx, p.tx, p.app, who)
}

// asleep warns owners of accounts that nobody signs in to and erases those whose
// owners were warned twice.
func (p *purging) asleep(ctx context.Context) error {
	end := p.now.AddDate(-keepAsleepYears, 0, 0)
	all, err := p.tx.Asleep(ctx, end.Add(warnBefore))
	if err != nil {
		return err
	}
	for _, one := range all {
		if err := p.dealWith(ctx, one, end); err != nil {
			return fmt.Errorf("account %s: %w", one.ID, err)
		}
	}
	return nil
}

func (p *purging) dealWith(ctx context.Context, one store.Asleep, end time.Time) error {
	since := p.now.Sub(one.WarnedAt)
	switch {
	case one.Warnings == 0, one.Warnings == 1 && since >= warnAgain:
		return p.warn(ctx, one)
	case one.Warnings >= 2 && since >= warnedBefore && one.SeenAt.Before(end):
		erased, err := p.erase(ctx, one.ID)
		if erased {
			p.report.Asleep++
		}
		return err
	}
	return nil
}

// warn puts a letter of warning, and notes that it went out.
func (p *purging) warn(ctx context.Context, one store.Asleep) error {
	if p.app.letters == nil || p.signIn == "" {
		return nil
	}
	last, err := p.app.lastAdministrator(ctx, p.tx.Reader, one.ID)
	if err != nil || last {
		return err
	}
	who, err := p.tx.Account(ctx, one.ID)
	if err != nil {
		return err
	}
	l, err := p.app.letters.Compose(mail.Recipient{Address: who.Email, Name: who.Name, Lang: who.Lang},
		mail.Asleep{Since: one.SeenAt, Until: p.until(one), Link: p.signIn})
	if errors.Is(err, mail.ErrAddress) { // nothing reaches them; the account goes all the same
		l, err = mail.Letter{}, nil
	}
	if err != nil {
		return err
	}
	if l.ID != "" {
		if err := PutLetter(ctx, p.tx, l, p.now); err != nil {
			return err
		}
	}
	p.report.Warned++
	return p.tx.PutWarning(ctx, one.ID, one.Warnings+1, p.now)
}

// until is the day on which an account that is warned now will be erased.
func (p *purging) until(one store.Asleep) time.Time {
	left := warnedBefore
	if one.Warnings == 0 {
		left += warnAgain
	}
	end := one.SeenAt.AddDate(keepAsleepYears, 0, 0)
	if soonest := p.now.Add(left); end.Before(soonest) {
		end = soonest
	}
	return end
}

// KeepPurging purges when it begins and once a day, until ctx ends. Several
// processes of one database may do so at once: what one has purged, no other finds.
func (a *App) KeepPurging(ctx context.Context, signIn string, log *slog.Logger) {
	const every = 24 * time.Hour
	for ctx.Err() == nil {
		r, err := a.Purge(ctx, signIn, false)
		switch {
		case err != nil && ctx.Err() == nil:
			log.Error("personal data were not purged; it is tried again tomorrow", "error", err)
		case r.String() != "":
			log.Info("personal data purged", "report", r.String())
		}
		select {
		case <-ctx.Done():
		case <-time.After(every):
		}
	}
}
