package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"atlas"
	"atlas/internal/store"
)

// LogCheck (ověření protokolu) is how the last verification of the audit log by
// this process went, or goes.
type LogCheck struct {
	Running        bool
	Done, All      int64 // changes looked at, of how many
	Started, Ended time.Time
	Report         *store.AuditReport // nil while it runs and when it failed
	Failed         bool               // the database could not be read
}

// logCheck is one verification at a time.
type logCheck struct {
	mu sync.Mutex
	LogCheck
}

// checkLife is how long a verification may take.
const checkLife = 2 * time.Hour

// CheckLog begins to verify the audit log, up to an entry noted earlier if there
// is one. It does not wait; what is running already goes on. The log notes that it was
// verified, up to which entry, and whether it holds. The right is that to users.
func (a *App) CheckLog(ctx context.Context, v atlas.Viewer, noted store.AuditHead) error {
	if !v.May(atlas.RightUsers) {
		return atlas.ErrForbidden
	}
	c := &a.logCheck
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.Running {
		return nil
	}
	c.LogCheck = LogCheck{Running: true, Started: a.now()}
	go a.checkLog(context.WithoutCancel(ctx), v, noted)
	return nil
}

func (a *App) checkLog(ctx context.Context, v atlas.Viewer, noted store.AuditHead) {
	ctx, stop := context.WithTimeout(ctx, checkLife)
	defer stop()
	c := &a.logCheck
	report, err := a.Reader().VerifyAudit(ctx, noted, func(done, all int64) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.Done, c.All = done, all
	})
	if err == nil {
		err = a.noteCheck(ctx, v, report)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Running, c.Ended = false, a.now()
	if err != nil {
		a.log.Error("the audit log was not verified", "error", err)
		c.Failed = true
		return
	}
	if report.Broken != nil {
		a.log.Error("the audit log does not hold", "place", report.Broken.Error())
	}
	c.Report = report
}

func (a *App) noteCheck(ctx context.Context, v atlas.Viewer, report *store.AuditReport) error {
	action, subject := AuditVerified, fmt.Sprintf("%d:%s", report.Head.Seq, report.Head.Hash)
	if b := report.Broken; b != nil {
		action, subject = AuditLogBroken, fmt.Sprintf("%s %d", b.Kind, b.Entry)
	}
	return a.store.Update(ctx, func(tx *store.Tx) error { return a.audit(ctx, tx, v, action, subject) })
}

// LastLogCheck says how the last verification went; the zero one when there was
// none since the program started.
func (a *App) LastLogCheck() LogCheck {
	a.logCheck.mu.Lock()
	defer a.logCheck.mu.Unlock()
	return a.logCheck.LogCheck
}
