package webtest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"testing"
)

// PostFile sends a form with one file, as a browser does; without a name no
// file is chosen.
func (i *Instance) PostFile(t testing.TB, path string, fields map[string]string, field, name string, data []byte) Page {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for key, value := range fields {
		if err := form.WriteField(key, value); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	res, err := i.client.Post(i.at(t)+path, form.FormDataContentType(), &body)
	return read(t, res, err)
}

// File asks for an address that answers with something else than a page.
func (i *Instance) File(t testing.TB, path string) (status int, header http.Header, data []byte) {
	t.Helper()
	res, err := i.client.Get(i.at(t) + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err = io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, data
}

// Origin is the address under which the instance answers.
func (i *Instance) Origin(t testing.TB) string {
	t.Helper()
	return i.at(t)
}

// Ask asks as a program does: by any method, with heads given as pairs of name
// and value; redirects are not followed.
func (i *Instance) Ask(t testing.TB, method, path string, heads ...string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, i.at(t)+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n+1 < len(heads); n += 2 {
		req.Header.Set(heads[n], heads[n+1])
	}
	stay := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := stay.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, data
}
