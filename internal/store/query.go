package store

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"

	"atlas"
)

// querier sends statements to one database or, inside a transaction, to that
// transaction. It counts them and names the errors that have a kind.
type querier struct {
	engine engine
	db     *sql.DB
	tx     *sql.Tx              // nil outside a transaction
	stmts  map[string]*sql.Stmt // prepared in tx, which writes, where the engine gains by it
	count  *atomic.Int64

	// Of a transaction that writes:
	sender  sender
	heaps   []*heap     // rows that wait, by the rank of their table
	queue   []statement // statements that wait, before the rows
	waiting int         // about how many bytes wait
	broken  error       // why something of it could not be written
	sent    chan error  // tells how what was handed over went; nil when there is none
	narrow  bool        // columns in which nothing is known are left out
	room    int         // how many may
	// meanwhile says that what is too much is sent while more is collected.
	meanwhile bool
	check     func(context.Context) error // looks at what waits before it is sent; may be nil
}

func (q *querier) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := q.flush(ctx); err != nil {
		return nil, err
	}
	q.count.Add(1)
	if q.tx != nil && q.engine.quick() {
		// As of exec. The rows still end with the transaction, and so does it
		// with its context.
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ctx = context.WithoutCancel(ctx)
	}
	var rows *sql.Rows
	var err error
	if stmt, perr := q.prepare(ctx, text); perr != nil {
		err = perr
	} else if stmt != nil {
		rows, err = stmt.QueryContext(ctx, args...)
	} else if q.tx != nil {
		rows, err = q.tx.QueryContext(ctx, text, args...)
	} else {
		rows, err = q.db.QueryContext(ctx, text, args...)
	}
	if err != nil {
		return nil, q.engine.explain(err)
	}
	return rows, nil
}

// exec runs a statement of a transaction.
func (q *querier) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if err := q.flush(ctx); err != nil {
		return nil, err
	}
	q.count.Add(1)
	if q.engine.quick() {
		// A statement that takes microseconds is not worth a goroutine that
		// watches the context; the transaction watches it.
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ctx = context.WithoutCancel(ctx)
	}
	stmt, err := q.prepare(ctx, text)
	var res sql.Result
	switch {
	case err != nil:
	case stmt != nil:
		res, err = stmt.ExecContext(ctx, args...)
	default:
		res, err = q.tx.ExecContext(ctx, text, args...)
	}
	if err != nil {
		return nil, q.engine.explain(err)
	}
	return res, nil
}

// prepare gives the statement prepared earlier in the transaction; nil where
// the connection keeps prepared statements itself.
func (q *querier) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if q.stmts == nil || !q.engine.quick() {
		return nil, nil
	}
	if stmt := q.stmts[text]; stmt != nil {
		return stmt, nil
	}
	stmt, err := q.tx.PrepareContext(context.WithoutCancel(ctx), text)
	if err == nil {
		q.stmts[text] = stmt
	}
	return stmt, err
}

// scan reads the one row of a query; atlas.ErrNotFound when there is none.
func (q *querier) scan(ctx context.Context, text string, args []any, dest ...any) error {
	rows, err := q.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return q.engine.explain(err)
		}
		return atlas.ErrNotFound
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Close()
}

// number reads one number; 0 when there is no row or it is NULL.
func (q *querier) number(ctx context.Context, text string, args ...any) (int64, error) {
	var n sql.NullInt64
	err := q.scan(ctx, text, args, &n)
	if errors.Is(err, atlas.ErrNotFound) {
		return 0, nil
	}
	return n.Int64, err
}

// texts reads a column of texts.
func (q *querier) texts(ctx context.Context, text string, args ...any) ([]string, error) {
	rows, err := q.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, q.engine.explain(rows.Err())
}
