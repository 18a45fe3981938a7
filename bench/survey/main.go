// Command survey sends every file of a folder through the preview of an import
// into an empty database and prints what would come of each. Nothing is stored.
package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"text/tabwriter"

	"atlas/internal/app"
	"atlas/internal/store"
)

func main() {
	if len(os.Args) != 2 || os.Args[1] == "" {
		fmt.Fprintln(os.Stderr, "usage: make import-survey DIR=folder (unpack an archive first: tar -xf lists.tar.xz)")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, folder string) error {
	a, done, err := emptyDatabase(ctx)
	if err != nil {
		return err
	}
	defer done()
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "encoding\tdelimiter\theader\trows\tskipped\tunusable\twith problems\tcolumns\tmapped\tunsure\tsource\tfile")
	all := newOutcome()
	files, refused := 0, 0
	err = filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		o, err := survey(ctx, a, name)
		if err != nil {
			refused++
			fmt.Fprintf(w, "refused\t\t\t\t\t\t\t\t\t\t\t%s: %v\n", filepath.Base(name), err)
			return nil
		}
		o.print(w, filepath.Base(name))
		all.add(o)
		return nil
	})
	w.Flush()
	fmt.Printf("\n%d files, of them %d refused with a reason\n", files, refused)
	all.sum(os.Stdout)
	return err
}

// emptyDatabase is an application over a database that is thrown away.
func emptyDatabase(ctx context.Context) (a *app.App, done func(), err error) {
	dir, err := os.MkdirTemp("", "atlas-survey-")
	if err != nil {
		return nil, nil, err
	}
	s, err := store.Open(ctx, filepath.Join(dir, "empty.db"))
	if err != nil {
		return nil, nil, err
	}
	if _, _, err := s.Migrate(ctx); err != nil {
		return nil, nil, err
	}
	a = app.New(s, app.Options{Log: slog.New(slog.DiscardHandler)})
	return a, func() { s.Close(); os.RemoveAll(dir) }, a.Load(ctx)
}
