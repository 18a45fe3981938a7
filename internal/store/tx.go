package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"atlas"
)

// Tx reads and writes in one transaction. It is used by one goroutine, inside
// the function given to Store.Update.
type Tx struct {
	*Reader
	sql      *sql.Tx
	counters map[string]*counter
	letters  int         // put so far
	written  written     // the changes appended so far
	head     *AuditEntry // the last entry of the log; nil until asked for
	unlogged bool
	bulk     bool
	scratch  []byte                    // for snapshots
	claims   map[string]*atlas.Project // by registration numbers not looked for yet
	undo     []func()                  // puts records given by the caller back as they were
}

// bulkRoom is about how many bytes of rows wait until they are sent together.
const bulkRoom = 1 << 20

// Bulk makes the transaction one that writes many records, fast and in memory
// that does not grow with their number: what is put is sent together with much
// else, so an error of it may come with a later call, as late as the commit,
// and a record given to a Put is not put back as it was when the transaction
// fails. So the function given to Store.Update makes its records anew when it is
// run again.
func (tx *Tx) Bulk() {
	tx.bulk, tx.q.room, tx.q.narrow, tx.q.meanwhile = true, bulkRoom, true, true
	tx.claims, tx.q.check = map[string]*atlas.Project{}, tx.claimsFree
}

// undone has undo called when the transaction fails.
func (tx *Tx) undone(undo func()) {
	if !tx.bulk {
		tx.undo = append(tx.undo, undo)
	}
}

// counter is a row of the table counter while the transaction holds it. No
// other writer is about, so it is read once and written once.
type counter struct{ stored, value int64 }

func (s *Store) newTx(ctx context.Context, conn *sql.Conn, sqlTx *sql.Tx) *Tx {
	q := &querier{
		engine: s.engine, tx: sqlTx, stmts: map[string]*sql.Stmt{}, count: s.count,
		sender: s.engine.sender(ctx, conn),
	}
	if s.engine.quick() {
		q.narrow = true // the statements are prepared for this transaction only
	} else {
		q.room = bulkRoom
	}
	return &Tx{Reader: &Reader{q: q, schema: s.schema}, sql: sqlTx, counters: map[string]*counter{}, unlogged: s.unlogged}
}

// finish writes what was put off to the end.
func (tx *Tx) finish(ctx context.Context) error {
	if err := tx.q.flush(ctx); err != nil {
		return err
	}
	if err := tx.seal(ctx); err != nil {
		return err
	}
	for name, c := range tx.counters {
		if c.value == c.stored {
			continue
		}
		_, err := tx.q.exec(ctx, `INSERT INTO counter (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, c.value)
		if err != nil {
			return fmt.Errorf("counter %s: %w", name, err)
		}
	}
	if err := tx.q.sender.close(); err != nil {
		return err
	}
	if tx.written.rows == 0 {
		return nil
	}
	return tx.q.engine.announce(ctx, tx.sql)
}

func (tx *Tx) rollback() {
	_ = tx.q.await() // the connection is free then; that something failed is known
	tx.q.sender.close()
	tx.sql.Rollback()
	for _, undo := range slices.Backward(tx.undo) {
		undo()
	}
}

func (tx *Tx) counter(ctx context.Context, name string) (*counter, error) {
	if c := tx.counters[name]; c != nil {
		return c, nil
	}
	n, err := tx.q.number(ctx, "SELECT value FROM counter WHERE name = $1", name)
	if err != nil {
		return nil, fmt.Errorf("counter %s: %w", name, err)
	}
	c := &counter{n, n}
	tx.counters[name] = c
	return c, nil
}

// assignID gives a record without an id the next one, "P-00042". An id that
// was given moves the counter, so that it is not given again.
func (tx *Tx) assignID(ctx context.Context, kind, prefix string, id *string) error {
	c, err := tx.counter(ctx, kind)
	if err != nil {
		return err
	}
	if *id == "" {
		c.value++
		*id = fmt.Sprintf("%s-%05d", prefix, c.value)
		return nil
	}
	if digits, ok := strings.CutPrefix(*id, prefix+"-"); ok {
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
			c.value = max(c.value, n)
		}
	}
	return nil
}
