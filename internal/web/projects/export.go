package projects

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strings"
	"time"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
)

// exportName is the part of a file's name before its ending.
const exportName = "projekty"

// exportChunk is how many projects are read at once while exporting.
const exportChunk = 200

// exportPatience is how long one chunk may take to reach the reader.
const exportPatience = time.Minute

// export answers the whole result of a question as a file, in the order of the
// list and as many rows as the list counts. Rows go out while they are read, so
// memory holds one chunk of projects and the codes of the rest.
func (a *area) export(q *page.Request) error {
	format, ok := exportFormat(q.PathValue("file"))
	if !ok {
		return atlas.ErrNotFound
	}
	query := a.read(q).query(nil)
	query.Offset, query.Limit = 0, a.app.Index().Len()
	hits := a.app.Index().Search(query).Hits
	columns := a.columns(q.Lang, origin(q))
	table := export.Table{Columns: heads(columns), Rows: a.rows(q.Context(), hits, columns, http.NewResponseController(q.W))}
	day := a.app.Now().In(i18n.Prague).Format(time.DateOnly)
	q.Attach(format.MediaType, exportName+"-"+day+format.Extension)
	return cutShort(q, format.Write(q.W, table))
}

// cutShort ends the connection after an error, because part of the file is out:
// a download that broke must not look whole.
func cutShort(q *page.Request, err error) error {
	if err == nil {
		return nil
	}
	if !errors.Is(err, context.Canceled) {
		q.Site.Log.Error("export failed", "request", page.RequestID(q.Context()), "error", err)
	}
	panic(http.ErrAbortHandler)
}

// exportFormat finds the format of "projekty.csv".
func exportFormat(file string) (export.Format, bool) {
	for _, f := range export.Formats {
		if name, ok := strings.CutSuffix(file, f.Extension); ok && name == exportName {
			return f, true
		}
	}
	return export.Format{}, false
}

// rows reads the projects in chunks in the order of ids. What stopped being
// public since the question was asked is left out.
func (a *area) rows(ctx context.Context, ids []string, columns []column, out *http.ResponseController) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for len(ids) > 0 {
			n := min(len(ids), exportChunk)
			chunk, err := a.app.Reader().Projects(ctx, ids[:n])
			if err != nil {
				yield(nil, err)
				return
			}
			ids = ids[n:]
			if err := out.SetWriteDeadline(time.Now().Add(exportPatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
				yield(nil, err)
				return
			}
			for _, p := range chunk {
				if p.Public() && !yield(cells(columns, p), nil) {
					return
				}
			}
		}
	}
}

func cells(columns []column, p *atlas.Project) []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.cell(p)
	}
	return row
}

func heads(columns []column) []export.Column {
	out := make([]export.Column, len(columns))
	for i, c := range columns {
		out[i] = c.Column
	}
	return out
}
