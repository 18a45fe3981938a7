package contributions

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"

	"atlas/internal/store"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// forms are the addresses of forms of which what is typed is kept.
var forms = regexp.MustCompile(`^/((projekty|akteri)/(novy|[PA]-\d{5,9}/(upravit|navrhnout-opravu))|potreby/(nova|T-\d{5,9}/upravit))$`)

// fieldSilent says that a script keeps the form and shows no page.
const fieldSilent = "tise"

// largestForm is how many bytes of a form are kept; no form of ours typed by hand
// has more.
const largestForm = 256 << 10

// longestTitle is how much of a title the list of started forms shows.
const longestTitle = 200

// keep keeps what stands in a form and is not sent. A script gets nothing but that
// it went well.
func (a *area) keep(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	address := f.Get(form.FieldForm)
	if !forms.MatchString(address) {
		return fmt.Errorf("%w: %s", page.ErrBadRequest, form.FieldForm)
	}
	silent := f.Get(fieldSilent) != ""
	for _, name := range []string{fieldSilent, form.FieldForm, form.FieldAction} {
		delete(f.Values, name)
	}
	content := f.Values.Encode()
	if len(content) > largestForm {
		return &http.MaxBytesError{Limit: largestForm}
	}
	title := []rune(cmp.Or(f.Text("title_cs"), f.Text("name"), f.Text("title")))
	err = a.app.KeepDraft(q.Context(), q.Viewer, store.Draft{
		Form: address, Title: string(title[:min(len(title), longestTitle)]), Content: content,
	})
	if err != nil {
		return err
	}
	if silent {
		q.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	q.Flash(page.FlashSuccess, q.T("contributions.kept"))
	return q.Redirect(resuming(q.Lang, address))
}

// resuming is the address of a form with what was kept of it.
func resuming(lang, address string) string {
	return route.WithQuery(route.In(lang, address), route.ParamResume+"=1")
}

// drop forgets what was kept of a form.
func (a *area) drop(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	address := f.Get(form.FieldForm)
	if !forms.MatchString(address) {
		return fmt.Errorf("%w: %s", page.ErrBadRequest, form.FieldForm)
	}
	if err := a.app.DropDraft(q.Context(), q.Viewer, address); err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("contributions.dropped"))
	return q.Redirect(route.In(q.Lang, address))
}
