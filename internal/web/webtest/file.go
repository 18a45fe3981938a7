package webtest

import (
	"bytes"
	"mime/multipart"
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
