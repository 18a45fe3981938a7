package web

import (
	"errors"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
)

// visit finds out who asks and puts it into the request. On an instance opened
// for editing it is whoever sits at it. A session that has ended is taken from the
// browser, so that a page can say so once.
func (w *web) visit(q *page.Request) error {
	q.Visit = atlas.Visit{}
	if w.site.Config.OpenEditing {
		q.Visit.Viewer = atlas.Operator(w.site.Words.T(i18n.Languages[0], "site.local_editor"))
	} else if secret := q.SessionSecret(); secret != "" {
		if err := w.signedIn(q, secret); err != nil {
			return err
		}
	}
	q.Visit.Lang = q.Lang
	q.Viewer = q.Visit.Viewer
	return nil
}

func (w *web) signedIn(q *page.Request, secret string) error {
	// What somebody signed in sees is kept by no cache on the way.
	q.W.Header().Set("Cache-Control", "private, no-store")
	hash, ok := app.SessionHash(secret)
	if !ok {
		q.ForgetSession()
		return nil
	}
	v, err := w.app.Visit(q.Context(), hash)
	if errors.Is(err, atlas.ErrNotFound) {
		q.ForgetSession()
		q.Ended = true
		return nil
	}
	if err != nil {
		return err
	}
	q.Visit = v
	if err := w.app.Touch(q.Context(), v); err != nil {
		w.site.Log.Warn("the use of a session was not noted", "error", err)
	}
	return nil
}
