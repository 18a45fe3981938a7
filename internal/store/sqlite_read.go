package store

import (
	"context"
	"database/sql/driver"
)

// mostKept is how many statements a connection keeps: more than there are texts
// of statements that read.
const mostKept = 256

// keeper opens connections that keep the statements that they once parsed.
// Parsing takes longer than reading a page of records does.
type keeper struct{ driver.Connector }

func (k keeper) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &keeping{sqliteConn: c.(sqliteConn), kept: map[string]*kept{}}, nil
}

// sqliteConn is all that database/sql uses of a connection of the driver.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keeping is a connection with the statements it keeps, by their text.
type keeping struct {
	sqliteConn
	kept map[string]*kept
}

// kept is a parsed statement. One whose rows are still being read cannot be run
// a second time.
type kept struct {
	driver.Stmt
	busy bool
}

func (c *keeping) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s := c.kept[text]
	if s == nil && len(c.kept) < mostKept {
		stmt, err := c.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		s = &kept{Stmt: stmt}
		c.kept[text] = s
	}
	if s == nil || s.busy {
		return c.sqliteConn.QueryContext(ctx, text, args)
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return keptRows{rows.(sqliteRows), s}, nil
}

// Close ends the statements, without which the connection cannot end.
func (c *keeping) Close() error {
	for text, s := range c.kept {
		delete(c.kept, text)
		_ = s.Close() // says again what the last run of it said
	}
	return c.sqliteConn.Close()
}

// sqliteRows is all that is used of the rows of the driver.
type sqliteRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
}

// keptRows are the rows of a kept statement.
type keptRows struct {
	sqliteRows
	of *kept
}

func (r keptRows) Close() error {
	err := r.sqliteRows.Close()
	r.of.busy = false
	return err
}
