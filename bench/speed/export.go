package main

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"sync"
	"time"
)

// exported is what taking everything away cost.
type exported struct {
	rows  int
	bytes int64
	took  time.Duration
	grew  int64 // most that was resident above what it was before, bytes
	err   error // the file was cut
}

// exportAll takes the whole list away as CSV and watches the memory of the
// program meanwhile.
func exportAll(ctx context.Context, c *client, s *server) exported {
	before, _ := s.resident()
	most := before
	watching, stop := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	watcher.Go(func() {
		for watching.Err() == nil {
			if now, _ := s.resident(); now > most {
				most = now
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	var e exported
	start := time.Now()
	e.err = c.get(ctx, "/export/projekty.csv", url.Values{}, func(r io.Reader) error {
		n, err := e.countLines(r)
		e.bytes = n
		return err
	})
	e.took = time.Since(start)
	e.rows-- // the head
	stop()
	watcher.Wait()
	e.grew = most - before
	return e
}

// countLines counts rows, which hold no line breaks in this corpus.
func (e *exported) countLines(r io.Reader) (all int64, err error) {
	part := make([]byte, 256<<10)
	for {
		n, err := r.Read(part)
		all += int64(n)
		e.rows += bytes.Count(part[:n], []byte("\n"))
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
	}
}
