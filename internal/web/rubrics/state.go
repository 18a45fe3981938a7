package rubrics

import (
	"errors"
	"io"
	"net/http"
	"strconv"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Values of the field that changes the state of a version.
const (
	statePublish  = "zverejnit"
	stateWithdraw = "stahnout"
)

// state publishes a version or withdraws it.
func (a *area) state(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	r, err := a.readable(q)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(q.PostForm.Get("version"), 10, 64)
	said := ""
	switch q.PostForm.Get("stav") {
	case statePublish:
		err, said = a.app.PublishRubric(q.Context(), q.Viewer, r.ID, version), "rubrics.done.published"
	case stateWithdraw:
		err, said = a.app.WithdrawRubric(q.Context(), q.Viewer, r.ID, version), "rubrics.done.withdrawn"
	default:
		return page.ErrBadRequest
	}
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		return a.showVersion(q, http.StatusUnprocessableEntity, r, invalid.Problems)
	case errors.Is(err, atlas.ErrConflict):
		q.Flash(page.FlashError, q.T("rubrics.changed"))
		return q.Redirect(route.Rubric(q.Lang, r.ID))
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T(said))
	return q.Redirect(route.Rubric(q.Lang, r.ID))
}

// version begins the next version, or opens the draft of it that there is.
func (a *area) version(q *page.Request) error {
	id, err := a.app.NextRubric(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	return q.Redirect(route.RubricEditing(q.Lang, id))
}

// takePage is where a file is read.
type takePage struct {
	page.Base
	URLSave, URLBack string
	Text             string
	Flaws            []string
	Limit            int // kilobytes
}

func (a *area) upload(q *page.Request) error { return a.showTake(q, http.StatusOK, "", nil) }

func (a *area) showTake(q *page.Request, status int, text string, wrong []atlas.Problem) error {
	p := &takePage{
		Base: q.Base(q.T("rubrics.take")), Text: text, Limit: rubric.FileLimit >> 10,
		URLSave: route.In(q.Lang, route.RubricImport), URLBack: route.In(q.Lang, route.Rubrics),
	}
	p.Nav, p.Breadcrumb, p.NoIndex = route.Rubrics, crumbs(q, nil), true
	for _, w := range wrong {
		said := a.said(q, w)
		if w.Field != "" {
			said = w.Field + ": " + said
		}
		p.Flaws = append(p.Flaws, said)
	}
	return q.Render(status, "rubrics/take", p)
}

// said is a problem in words.
func (a *area) said(q *page.Request, w atlas.Problem) string {
	var pairs []any
	for name, v := range w.Args {
		pairs = append(pairs, name, v)
	}
	key := w.Key
	if !a.site.Words.Has(key) {
		key = "rubrics." + key
	}
	return q.T(key, pairs...)
}

// take reads a rubric from a file or from what was pasted and makes a draft of it.
// What is wrong is said by its place in the file, all at once; what was pasted
// stays.
func (a *area) take(q *page.Request) error {
	data, pasted, err := sent(q)
	if err != nil {
		return err
	}
	if len(data) == 0 {
		return a.showTake(q, http.StatusUnprocessableEntity, pasted, []atlas.Problem{{Key: "rubric.file.none"}})
	}
	r, wrong := rubric.Read(data)
	if len(wrong) > 0 {
		return a.showTake(q, http.StatusUnprocessableEntity, pasted, wrong)
	}
	err = a.app.TakeRubric(q.Context(), q.Viewer, r)
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		return a.showTake(q, http.StatusUnprocessableEntity, pasted, invalid.Problems)
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("rubrics.done.taken"))
	return q.Redirect(route.Rubric(q.Lang, r.ID))
}

// sent is what came: a file, or a text pasted into the form.
func sent(q *page.Request) (data []byte, pasted string, err error) {
	if err := q.ParseMultipartForm(2 * rubric.FileLimit); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, "", err
		}
		return nil, "", page.ErrBadRequest
	}
	pasted = q.PostFormValue("text")
	file, _, err := q.FormFile("soubor")
	if err != nil {
		return []byte(pasted), pasted, nil // no file was chosen
	}
	defer file.Close()
	data, err = io.ReadAll(io.LimitReader(file, rubric.FileLimit+1))
	if len(data) == 0 {
		data = []byte(pasted)
	}
	return data, pasted, err
}
