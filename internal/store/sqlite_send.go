package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// calls sends statements of one transaction to SQLite, past database/sql, whose
// part in a call would be larger than that of the database.
type calls struct {
	ctx   context.Context // of the transaction
	conn  *sql.Conn
	stmts map[*form]driver.Stmt
	args  []driver.NamedValue // used again and again
}

func (c *calls) send(ctx context.Context, all []statement) (failed int, err error) {
	err = c.conn.Raw(func(conn any) error {
		// When its context ends, database/sql rolls the transaction back; that
		// waits for this function, which must not begin after it.
		if err := errors.Join(c.ctx.Err(), ctx.Err()); err != nil {
			return err
		}
		for i, s := range all {
			failed = i
			if err := c.run(conn.(driver.Conn), s); err != nil {
				return err
			}
		}
		return nil
	})
	return failed, err
}

func (c *calls) run(conn driver.Conn, s statement) error {
	stmt := c.stmts[s.form]
	if stmt == nil {
		var err error
		if stmt, err = conn.Prepare(s.plain()); err != nil {
			return err
		}
		c.stmts[s.form] = stmt
	}
	for len(c.args) < len(s.shared)+len(s.args) {
		c.args = append(c.args, driver.NamedValue{Ordinal: len(c.args) + 1})
	}
	args := c.args[:len(s.shared)+len(s.args)]
	for i, v := range s.shared {
		args[i].Value = v
	}
	for i, v := range s.args {
		args[len(s.shared)+i].Value = v
	}
	_, err := stmt.(driver.StmtExecContext).ExecContext(context.Background(), args)
	return err
}

func (c *calls) close() error {
	return c.conn.Raw(func(any) error {
		var all error
		for _, s := range c.stmts {
			all = errors.Join(all, s.Close())
		}
		return all
	})
}
