package imports

import (
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// asked is what a person says of a file. It travels in the address of the
// preview, so that nothing is lost with the memory of the instance.
type asked struct {
	Name     string // of the file
	URL      string // where it was got
	Accessed string // when, as typed
	Publish  bool
	// What a person chose where the list is read by its columns.
	Columns           []string // "3:total_amount": column from 0 and its meaning
	Currency, Country string
}

// Parameters of the upload form and of the preview's address.
const (
	paramName     = "jmeno"
	paramURL      = "odkud"
	paramAccessed = "kdy"
	paramPublish  = "zverejnit"
	paramFile     = "soubor"
	paramColumn   = "sloupec"
	paramCurrency = "mena"
	paramCountry  = "zeme"
)

func (s asked) query() string {
	v := url.Values{paramName: {s.Name}}
	for name, text := range map[string]string{paramURL: s.URL, paramAccessed: s.Accessed, paramCurrency: s.Currency, paramCountry: s.Country} {
		if text != "" {
			v.Set(name, text)
		}
	}
	if s.Publish {
		v.Set(paramPublish, "1")
	}
	if len(s.Columns) > 0 {
		v[paramColumn] = s.Columns
	}
	return v.Encode()
}

func askedOf(q *page.Request) asked {
	s := asked{Name: q.Param(paramName), URL: q.Param(paramURL), Accessed: q.Param(paramAccessed), Publish: q.Param(paramPublish) == "1",
		Currency: q.Param(paramCurrency), Country: q.Param(paramCountry)}
	for _, c := range q.URL.Query()[paramColumn] {
		if c != "" {
			s.Columns = append(s.Columns, strings.ToValidUTF8(c, ""))
		}
	}
	return s
}

// options reads what was typed; a date that is none is a problem of the form.
func (s asked) options() (app.ImportOptions, error) {
	o := app.ImportOptions{URL: s.URL, Publish: s.Publish}
	if s.Accessed == "" {
		return o, nil
	}
	d, ok := typed.ParseDate(s.Accessed)
	if !ok {
		return o, &atlas.InvalidError{Problems: []atlas.Problem{{Field: "accessed", Key: typed.KeyDate, Args: map[string]any{"value": s.Accessed}}}}
	}
	o.Accessed = d
	return o, nil
}

// upload keeps the file and goes on to the preview of what it would do.
func (a *area) upload(q *page.Request) error {
	s, sum, err := a.receive(q)
	switch {
	case errors.Is(err, blob.ErrTooLarge):
		return &http.MaxBytesError{Limit: uploadLimit}
	case err != nil:
		return err
	case sum == "":
		return a.again(q, s, []problem{{Href: "#" + paramFile, Text: q.T("imports.no_file")}})
	}
	return q.Redirect(previewAddress(q.Lang, sum, s))
}

func previewAddress(lang, sum string, s asked) string {
	return route.WithQuery(route.In(lang, route.Fill(route.ImportPreview, sum)), s.query())
}

// receive reads the parts of the form as they come; the file goes to the disk
// and never whole into memory. sum is "" when no file was chosen.
func (a *area) receive(q *page.Request) (s asked, sum string, err error) {
	parts, err := q.MultipartReader()
	if err != nil {
		return s, "", page.ErrBadRequest
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return s, sum, nil
		}
		if err != nil {
			return s, "", broken(err)
		}
		if part.FormName() == paramFile && part.FileName() != "" {
			s.Name = fileName(part.FileName())
			if sum, _, err = a.files.Put(part, uploadLimit); err != nil {
				return s, "", broken(err)
			}
			continue
		}
		if err := s.take(part); err != nil {
			return s, "", broken(err)
		}
	}
}

// broken says that a form broke off or cannot be read, unless it is known to be
// too large or the disk is to blame.
func broken(err error) error {
	var large *http.MaxBytesError
	var disk *fs.PathError
	if errors.As(err, &large) || errors.As(err, &disk) || errors.Is(err, blob.ErrTooLarge) {
		return err
	}
	return errors.Join(page.ErrBadRequest, err)
}

func (s *asked) take(part *multipart.Part) error {
	data, err := io.ReadAll(io.LimitReader(part, 4096))
	text := strings.TrimSpace(strings.ToValidUTF8(string(data), "\uFFFD"))
	switch part.FormName() {
	case paramURL:
		s.URL = text
	case paramAccessed:
		s.Accessed = text
	case paramPublish:
		s.Publish = text == "1"
	}
	return err
}

// fileName is the name without folders, which some browsers send too.
func fileName(s string) string {
	return filepath.Base(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), `\`, "/"))
}
