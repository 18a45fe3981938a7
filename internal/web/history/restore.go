package history

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
)

// Fields of the form.
const (
	fieldRestore = "obnovit" // the version to restore
	fieldCurrent = "verze"   // the one that stood when the page was made
	fieldWhy     = "duvod"
)

// mostWhy is how many characters a reason may have.
const mostWhy = 500

// restore makes an older version the newest one again. When somebody
// saved the record meanwhile, the page says so and shows what there is now; what
// today's rules do not allow is named.
func (a *area) restore(q *page.Request, k kind) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	r, err := a.open(q, k)
	if err != nil {
		return err
	}
	now := r.editions[0].Record
	if err := q.Allow(atlas.RightEdit, subjectOf(now)); err != nil {
		return err
	}
	if into := app.MetaOf(now).MergedInto; into != "" {
		return &atlas.RedirectError{ID: into}
	}
	version := q.PostForm.Get(fieldRestore)
	e, err := r.edition(version)
	if err != nil {
		return err
	}
	current, err := strconv.ParseInt(q.PostForm.Get(fieldCurrent), 10, 64)
	if err != nil {
		return page.ErrBadRequest
	}
	why := strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(q.PostForm.Get(fieldWhy), "\x00", ""), "\uFFFD"))
	if n := utf8.RuneCountInString(why); n > mostWhy {
		return a.showVersion(q, r, version, http.StatusUnprocessableEntity, []string{q.T("history.restore.long", "n", n, "limit", mostWhy)})
	}
	err = a.app.RestoreVersion(q.Context(), q.Viewer, k.name, r.id, e.Version, current, why)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		return a.showVersion(q, r, version, http.StatusUnprocessableEntity, a.teller(q.Lang, k).said(invalid))
	case errors.Is(err, atlas.ErrConflict):
		again, err := a.open(q, k)
		if err != nil {
			return err
		}
		return a.showVersion(q, again, version, http.StatusConflict, []string{q.T("history.restore.conflict",
			"read", strconv.FormatInt(current, 10), "now", strconv.FormatInt(again.newest(), 10))})
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("history.restore.done", "version", strconv.FormatInt(e.Version, 10)))
	return q.Redirect(r.Of(q.Lang, r.id))
}

// said names what stands in the way, with the field it stands at.
func (t teller) said(invalid *atlas.InvalidError) []string {
	var out []string
	for _, p := range invalid.Problems {
		var args []any
		for name, v := range p.Args {
			args = append(args, name, v)
		}
		field, _, _ := strings.Cut(p.Field, ".")
		text := t.first(p.Key)
		if text != "" {
			text = t.T(p.Key, args...)
		}
		out = append(out, joined(": ", t.label(field), text))
	}
	return out
}
