package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/web/page"
)

// fail answers a request that cannot be answered. Who is refused because nobody
// is signed in is asked to sign in. A form that is refused, also because a role
// was taken away meanwhile or the record with it, is given back with every word.
func (w *web) fail(q *page.Request, r page.Route, err error) {
	gone := q.Method == http.MethodPost && (r.Right == atlas.RightEdit || q.Viewer.SignedIn()) && errors.Is(err, atlas.ErrNotFound)
	if r.Machine || !gone && !errors.Is(err, atlas.ErrForbidden) || w.site.Config.OpenEditing {
		q.Fail(err)
		return
	}
	var failed error
	switch {
	case q.Method == http.MethodPost:
		kept, whole := posted(q.Request)
		failed = q.Lost(err, kept, whole)
	case q.Visit.Session == "" && w.site.Door != nil:
		failed = w.site.Door(q)
	default:
		failed = err
	}
	if failed != nil {
		q.Fail(failed)
	}
}

// mostKept is how many bytes of a form a page carries.
const mostKept = usualBody

// posted is what a form said, whether somebody has read it already or not; whole
// says that nothing of it was lost but files, of which there are only names.
func posted(req *http.Request) (fields []page.LostField, whole bool) {
	kind, _, _ := mime.ParseMediaType(req.Header.Get("Content-Type"))
	switch {
	case req.MultipartForm != nil:
		return ofForm(req.MultipartForm.Value, req.MultipartForm.File), true
	case kind == "multipart/form-data":
		parts, err := req.MultipartReader()
		if err != nil { // it was read by somebody else
			return nil, false
		}
		return ofParts(parts)
	}
	err := req.ParseForm()
	return ofForm(req.PostForm, nil), err == nil
}

func ofForm(values map[string][]string, files map[string][]*multipart.FileHeader) (out []page.LostField) {
	for name, all := range values {
		for _, v := range all {
			out = append(out, page.LostField{Name: name, Value: v})
		}
	}
	for name, all := range files {
		for _, f := range all {
			out = append(out, page.LostField{Name: name, Value: f.Filename, File: true})
		}
	}
	slices.SortStableFunc(out, func(a, b page.LostField) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// ofParts reads the fields of a form and passes over its files, as far as that is
// no great work: nobody has let them in yet.
func ofParts(parts *multipart.Reader) (out []page.LostField, whole bool) {
	left := int64(mostKept)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return out, true
		}
		if err != nil || left <= 0 {
			return out, false
		}
		if part.FileName() != "" {
			out = append(out, page.LostField{Name: part.FormName(), Value: part.FileName(), File: true})
			n, err := io.CopyN(io.Discard, part, mostSkipped)
			if err == nil || n == mostSkipped {
				return out, true // what may follow are no words of a person
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, left+1))
		if left -= int64(len(text)); err != nil || left < 0 {
			return out, false
		}
		out = append(out, page.LostField{Name: part.FormName(), Value: string(text)})
	}
}

// mostSkipped is how many bytes of a file are passed over to reach what follows.
const mostSkipped = 8 << 20
