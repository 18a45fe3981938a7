package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"time"

	"atlas"
	"atlas/internal/config"
	"atlas/internal/i18n"
	"atlas/internal/importer"
	"atlas/internal/mail"
	"atlas/internal/statistics"
	"atlas/internal/store"
	"atlas/internal/web/page"
)

//go:embed messages/*.json
var messageFiles embed.FS

// newTool makes the tool with its words: Czech, or English when the variable
// ATLAS_LANG says so.
func newTool(out, err io.Writer, env func(string) string) (*tool, error) {
	own, failed := fs.Sub(messageFiles, "messages")
	if failed != nil {
		return nil, failed
	}
	words, failed := i18n.Load(own, importer.Messages(), statistics.Messages(), mail.Messages(), page.Messages())
	if failed != nil {
		return nil, failed
	}
	t := &tool{out: out, err: err, env: env, words: words, lang: i18n.Languages[0]}
	if env("ATLAS_LANG") == "en" {
		t.lang = "en"
	}
	return t, nil
}

// T is a message in the language of the tool.
func (t *tool) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

// say prints a message on a line of its own.
func (t *tool) say(key string, args ...any) { fmt.Fprintln(t.out, t.T(key, args...)) }

// number writes a count as the language writes it.
func (t *tool) number(n int) string { return i18n.Number(t.lang, int64(n)) }

// seconds writes how long something took.
func (t *tool) seconds(d time.Duration) string {
	return i18n.Decimal(t.lang, fmt.Sprintf("%.2f", d.Seconds()))
}

// kinds is the one table from the kind of an error to what a person reads.
var kinds = []struct {
	err error
	key string
}{
	{store.ErrNewerDatabase, "failed.newer"},
	{store.ErrNotEmpty, "failed.not_empty"},
	{store.ErrDiskFull, "failed.disk_full"},
	{syscall.ENOSPC, "failed.disk_full"},
	{syscall.EDQUOT, "failed.disk_full"},
	{fs.ErrExist, "failed.exists"},
	{fs.ErrNotExist, "failed.no_file"},
	{fs.ErrPermission, "failed.permission"},
	{importer.ErrTerritoryTooLarge, "failed.too_large"},
	{importer.ErrBoundaryTooLarge, "failed.too_large"},
	{importer.ErrBoundaryFormat, "failed.not_geojson"},
	{atlas.ErrForbidden, "failed.forbidden"},
}

// explain says an error in the language of the tool. The technical words stand
// behind it, for the one whom the person will ask.
func (t *tool) explain(err error) string {
	var said *sayError
	var setting *config.Error
	var layout *importer.TerritoryLayoutError
	var usage *usageError
	var file *importer.FileError
	switch {
	case errors.As(err, &said):
		return t.T(said.key, said.args...)
	case errors.As(err, &setting):
		return t.T(setting.Key, setting.Args...)
	case errors.As(err, &layout):
		return t.T("failed.layout", "file", layout.File, "header", fmt.Sprintf("%q", layout.Header))
	case errors.As(err, &file):
		return t.T(file.Key, t.pairs(file.Args)...)
	case errors.As(err, &usage) && usage.key != "":
		return t.T(usage.key, usage.args...)
	}
	for _, k := range kinds {
		if errors.Is(err, k.err) {
			return t.T(k.key, "error", err)
		}
	}
	return t.T("failed.other", "error", err)
}

// pairs are arguments of a message by name, as T takes them. Texts of files are
// made safe to print; a rule is a message itself.
func (t *tool) pairs(args map[string]any) []any {
	var out []any
	for name, v := range args {
		switch text, ok := v.(string); {
		case name == "rule":
			v = strings.TrimSuffix(t.T(text), ".")
		case ok:
			v = printable(text)
		}
		out = append(out, name, v)
	}
	return out
}

// sayError is an error with a message of its own.
type sayError struct {
	key  string
	args []any
}

func (e *sayError) Error() string { return e.key }

func fail(key string, args ...any) error { return &sayError{key, args} }
