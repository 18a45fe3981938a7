package app

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"

	"atlas/internal/importer"
)

// chunkRows is how many rows of a file are worked on at once: what one chunk
// needs of the database is read by a handful of statements.
const chunkRows = 256

// draftChunk is some rows of a file, one after another.
type draftChunk struct {
	from   int // place of the first in the table, counted from 0
	rows   []importer.Row
	drafts []*importer.Draft
	err    error
	fault  any // what a panic said
}

// draftsOf reads a table by chunks. Several are mapped at once, on as many
// processors as there are; they come in the order of the file.
func draftsOf(ctx context.Context, t *importer.Table, reading *importer.Reading) iter.Seq2[*draftChunk, error] {
	return func(yield func(*draftChunk, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		queue := make(chan chan *draftChunk, runtime.GOMAXPROCS(0))
		go func() {
			defer close(queue)
			for chunk := range chunksOf(t) {
				mapped := make(chan *draftChunk, 1)
				go func() { mapped <- chunk.read(reading) }()
				select {
				case queue <- mapped:
				case <-ctx.Done():
					return
				}
			}
		}()
		for mapped := range queue {
			chunk := <-mapped
			if chunk.fault != nil {
				panic(chunk.fault)
			}
			if chunk.err == nil {
				chunk.err = ctx.Err()
			}
			if !yield(chunk, chunk.err) || chunk.err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// chunksOf parts the rows of a table. A row that cannot be read ends them.
func chunksOf(t *importer.Table) iter.Seq[*draftChunk] {
	return func(yield func(*draftChunk) bool) {
		chunk := &draftChunk{}
		for row, err := range t.Rows(0) {
			if err != nil {
				chunk.err = err
				break
			}
			if chunk.rows = append(chunk.rows, row); len(chunk.rows) == chunkRows {
				if !yield(chunk) {
					return
				}
				chunk = &draftChunk{from: chunk.from + chunkRows}
			}
		}
		if len(chunk.rows) > 0 || chunk.err != nil {
			yield(chunk)
		}
	}
}

// read maps the rows. A panic is handed over to the goroutine that reads the
// chunks, which knows what to do about it.
func (c *draftChunk) read(reading *importer.Reading) *draftChunk {
	defer func() {
		if p := recover(); p != nil {
			c.fault = fmt.Sprintf("%v\n%s", p, debug.Stack())
		}
	}()
	for _, row := range c.rows {
		c.drafts = append(c.drafts, reading.Draft(row))
	}
	c.rows = nil
	return c
}
