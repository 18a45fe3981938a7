package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/statistics"
	"atlas/internal/store"
)

// What the undoing of an import does to a record.
const (
	UndoWithdraw = "withdraw" // it came by the import and goes to the archive
	UndoRestore  = "restore"  // all that the import changed goes back
	UndoPartly   = "partly"   // some of it does; what was edited since stays
	UndoKeep     = "keep"     // it stays as it is
)

// UndoPlan is what taking an import back would do, record by record.
type UndoPlan struct {
	Batch  atlas.Batch
	Rows   []UndoRow
	Actors []UndoActor // organisations that the import brought
	Slices int         // of statistics, which go
	// Already says that the batch was taken back before: nothing would change.
	Already bool
}

// UndoRow is one record that the import wrote and what becomes of it.
type UndoRow struct {
	Row      int // of the file; 0 when not known
	Record   string
	Title    string
	Outcome  string      // UndoWithdraw, …
	Restored []string    // keys of the fields that go back (6.1)
	Kept     []KeptField // what was edited since and stays
	// Merged is the record this one was merged into since: the merge has to be
	// undone first.
	Merged string
	// Taken is the record that has by now the registration number which would
	// come back.
	Taken string
	// Invalid is why the record would break a rule (6.1) if a part of it went
	// back and a part stayed.
	Invalid []atlas.Problem
}

// UndoActor is an organisation that the import brought. It is withdrawn when
// nothing else names it and nobody changed it.
type UndoActor struct {
	ID, Name  string
	Withdrawn bool
}

// Count is how many rows have an outcome.
func (p *UndoPlan) Count(outcome string) int {
	n := 0
	for i := range p.Rows {
		if p.Rows[i].Outcome == outcome {
			n++
		}
	}
	return n
}

// Edited is how many records keep something that was edited since.
func (p *UndoPlan) Edited() int {
	return p.Count(UndoPartly) + p.Count(UndoKeep)
}

// PrepareUndo says what UndoImport of a batch would do as things stand; it
// changes nothing. A batch that is not there is atlas.ErrNotFound. tell, when
// there is one, is told how many records of all are done, now and then.
func (a *App) PrepareUndo(ctx context.Context, v atlas.Viewer, batch string, tell func(done, total int)) (*UndoPlan, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	var plan *UndoPlan
	err := a.Reader().View(ctx, func(r *store.Reader) error {
		u, err := a.undoing(ctx, r, batch, tell)
		if err != nil {
			return err
		}
		plan = u.plan
		if plan.Already {
			return nil
		}
		if err := u.projects(ctx, nil); err != nil {
			return err
		}
		return u.actors(ctx, nil)
	})
	return plan, err
}

// UndoImport takes a whole batch back in one transaction, and says what it did.
// Records that the batch created and nobody changed since are withdrawn to the
// archive (CL-12), with their history; in those that it changed the fields go
// back to what they were. What was edited since stays, is named in the plan and
// with the rows of the batch. Organisations that came with the batch and are
// named by nothing else are withdrawn too. Of two that undo one batch at once
// the second finds it done. The same file can be imported again. tell is as for
// PrepareUndo.
func (a *App) UndoImport(ctx context.Context, v atlas.Viewer, batch string, tell func(done, total int)) (*UndoPlan, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	var plan *UndoPlan
	err := a.update(ctx, func(tx *store.Tx) error {
		u, err := a.undoing(ctx, tx.Reader, batch, tell)
		if err != nil {
			return err
		}
		plan = u.plan
		if plan.Already {
			return nil
		}
		return u.write(ctx, tx, v)
	})
	if err != nil {
		return nil, fmt.Errorf("undo of %s: %w", batch, err)
	}
	return plan, nil
}

// undoing takes one batch back against one state of the database.
type undoing struct {
	*App
	r    *store.Reader
	plan *UndoPlan
	// gone are the projects that are withdrawn; freed those that no longer name
	// an organisation once their fields are back.
	gone  map[string]bool
	freed map[string][]string
	gives map[string]bool // projects that give up their registration number
	// How many records are done of all, and who is told.
	done, total int
	tell        func(done, total int)
}

func (a *App) undoing(ctx context.Context, r *store.Reader, batch string, tell func(done, total int)) (*undoing, error) {
	b, err := r.Batch(ctx, batch)
	if err != nil {
		return nil, err
	}
	u := &undoing{App: a, r: r, plan: &UndoPlan{Batch: *b, Already: b.Undone()}, gone: map[string]bool{}, freed: map[string][]string{}, tell: tell}
	if strings.HasPrefix(b.Source, statistics.SourcePrefix) && !b.Undone() {
		u.plan.Slices = b.Created + b.Updated
	}
	if tell != nil {
		u.total, err = r.CountWrittenBy(ctx, batch)
	}
	return u, err
}

// step counts a record that is done.
func (u *undoing) step() {
	if u.done++; u.tell != nil && u.done%100 == 0 {
		u.tell(u.done, u.total)
	}
}

func (u *undoing) write(ctx context.Context, tx *store.Tx, v atlas.Viewer) error {
	b := u.plan.Batch
	if strings.HasPrefix(b.Source, statistics.SourcePrefix) {
		n, err := u.undoStatistics(ctx, tx, v, &b)
		u.plan.Batch, u.plan.Slices = b, n
		return err
	}
	w := store.Write{By: v.Name, Origin: b.ID, Action: atlas.ActionUndo, At: u.now().UTC()}
	named := map[string]bool{}
	err := u.projects(ctx, func(p *atlas.Project) error {
		addNamed(named, p)
		return tx.PutProject(ctx, p, w)
	})
	if err != nil {
		return err
	}
	err = u.actors(ctx, func(r *atlas.Actor) error { return tx.PutActor(ctx, r, w) })
	if err != nil {
		return err
	}
	if err := u.revive(ctx, tx, named, "", w); err != nil {
		return err
	}
	problems := u.plan.problems()
	if err := tx.AddRowProblems(ctx, b.ID, problems); err != nil {
		return err
	}
	b.UndoneAt, b.UndoneBy, b.Problems = w.At, w.By, b.Problems+len(problems)
	u.plan.Batch = b
	return tx.PutBatch(ctx, &b)
}

// undoChunk is how many records are looked at together.
const undoChunk = 500

// written hands over the changes that the batch made to records of a kind.
func (u *undoing) written(ctx context.Context, kind string, fn func([]atlas.Change) error) error {
	for after := int64(0); ; {
		changes, err := u.r.WrittenBy(ctx, u.plan.Batch.ID, after, undoChunk)
		if err != nil || len(changes) == 0 {
			return err
		}
		after = changes[len(changes)-1].Seq
		changes = slices.DeleteFunc(changes, func(c atlas.Change) bool { return c.Kind != kind })
		if err := fn(changes); err != nil {
			return err
		}
	}
}

// projects decides about all projects of the batch. put, when there is one,
// writes each that changes.
func (u *undoing) projects(ctx context.Context, put func(*atlas.Project) error) error {
	return u.written(ctx, atlas.KindProject, func(changes []atlas.Change) error {
		ids := make([]string, len(changes))
		for i, c := range changes {
			ids[i] = c.ID
		}
		found, err := u.r.Projects(ctx, ids)
		if err != nil {
			return err
		}
		rows, err := u.r.FirstRows(ctx, u.plan.Batch.ID, ids)
		if err != nil {
			return err
		}
		for i, now := range found { // no record is ever deleted
			row := UndoRow{Row: rows[now.ID], Record: now.ID, Title: now.Title("cs")}
			next, err := u.project(ctx, changes[i], now, &row)
			if err != nil {
				return fmt.Errorf("%s: %w", now.ID, err)
			}
			u.plan.Rows = append(u.plan.Rows, row)
			u.step()
			if next == nil || put == nil {
				continue
			}
			if err := put(next); err != nil {
				return err
			}
		}
		return nil
	})
}

// project decides about one. It gives the record to be written, nil when it
// stays as it is.
func (u *undoing) project(ctx context.Context, c atlas.Change, now *atlas.Project, row *UndoRow) (*atlas.Project, error) {
	row.Outcome, row.Merged = UndoKeep, now.MergedInto
	if row.Merged != "" {
		return nil, nil
	}
	after := now
	if now.Version != c.Version {
		var err error
		if after, err = projectAt(ctx, u.r, c.ID, c.Version); err != nil {
			return nil, err
		}
	}
	if c.Action == atlas.ActionCreate {
		return u.withdraw(ctx, after, now, row)
	}
	before, err := projectAt(ctx, u.r, c.ID, c.Version-1)
	if err != nil {
		return nil, err
	}
	return u.restore(ctx, c, revert(before, after, now), now, row)
}

// withdraw takes a project that came by the batch to the archive, unless
// somebody changed it since.
func (u *undoing) withdraw(ctx context.Context, after, now *atlas.Project, row *UndoRow) (*atlas.Project, error) {
	if edited := differing(after, now); len(edited) > 0 {
		var err error
		row.Kept, err = whoEdited(ctx, u.r, now.ID, 1, edited)
		return nil, err
	}
	row.Outcome = UndoWithdraw
	u.gone[now.ID] = true
	next := *now
	next.RecordStatus = atlas.RecordArchived
	return &next, nil
}

// restore takes back what the batch changed in a project.
func (u *undoing) restore(ctx context.Context, c atlas.Change, r reversal, now *atlas.Project, row *UndoRow) (*atlas.Project, error) {
	taken, err := u.numberTaken(ctx, r.next)
	if err != nil {
		return nil, err
	}
	if row.Taken = taken; taken != "" {
		r.next.RegNumber = now.RegNumber
		r.restored = slices.DeleteFunc(r.restored, func(key string) bool { return key == "reg_number" })
		r.kept = append(r.kept, "reg_number")
	}
	if len(r.kept) > 0 {
		if row.Invalid = u.CheckProject(r.next); len(row.Invalid) > 0 {
			r.kept, r.restored = append(r.kept, r.restored...), nil
		}
	}
	if row.Kept, err = whoEdited(ctx, u.r, now.ID, c.Version, r.kept); err != nil {
		return nil, err
	}
	row.Restored = r.restored
	switch {
	case len(r.restored) == 0 && len(r.kept) > 0:
		return nil, nil
	case len(r.kept) > 0:
		row.Outcome = UndoPartly
	default:
		row.Outcome = UndoRestore
	}
	if len(r.restored) == 0 {
		return nil, nil // somebody took the same back by hand
	}
	if r.next.RecordStatus == atlas.RecordArchived && now.RecordStatus != atlas.RecordArchived {
		row.Outcome = UndoWithdraw // an earlier undoing had it there
		u.gone[now.ID] = true
	}
	u.free(now, r.next)
	return r.next, nil
}

// numberTaken is the other project that has the registration number by now.
func (u *undoing) numberTaken(ctx context.Context, p *atlas.Project) (string, error) {
	if p.RegNumber == "" {
		return "", nil
	}
	holder, err := u.r.HolderOfRegNumber(ctx, p.RegNumber)
	if err != nil || holder == p.ID || u.gives[holder] {
		return "", err
	}
	return holder, nil
}

// free notes which organisations a project names no more.
func (u *undoing) free(now, next *atlas.Project) {
	had, has := map[string]bool{}, map[string]bool{}
	addNamed(had, now)
	addNamed(has, next)
	for id := range had {
		if !has[id] {
			u.freed[id] = append(u.freed[id], now.ID)
		}
	}
}

// problems are what the rows of the batch remember of the fields that stayed.
func (p *UndoPlan) problems() []atlas.RowProblem {
	var out []atlas.RowProblem
	for _, r := range p.Rows {
		if r.Row == 0 {
			continue
		}
		if r.Merged != "" {
			out = append(out, atlas.RowProblem{Row: r.Row, Value: r.Title, Key: importer.ProblemPrefix + "undo_merged",
				Args: map[string]any{"id": r.Record, "into": r.Merged}})
		}
		for _, k := range r.Kept {
			out = append(out, atlas.RowProblem{Row: r.Row, Value: r.Title, Key: importer.ProblemPrefix + "undo_kept",
				Args: map[string]any{"field": k.Key, "id": r.Record}})
		}
	}
	return out
}
