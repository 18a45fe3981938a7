package page_test

import (
	"io"
	"mime"
	"net/http"
	"testing"

	"atlas/internal/web/page"
)

func TestAFileIsOfferedUnderItsNameAndNotSentTwice(t *testing.T) {
	s := site(t, io.Discard)
	content := "a;b\r\n"
	give := func(q *page.Request) error {
		return q.Download("text/csv; charset=utf-8", `číselník "x".csv`, []byte(content))
	}
	first := ask(s, get("/a.csv"), give)
	kind, params, err := mime.ParseMediaType(first.Header().Get("Content-Disposition"))
	if err != nil || kind != "attachment" || params["filename"] != `číselník "x".csv` {
		t.Errorf("%q: %v", first.Header().Get("Content-Disposition"), err)
	}
	if first.Code != http.StatusOK || first.Body.String() != content || first.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%d %q %v", first.Code, first.Body, first.Header())
	}
	again := get("/a.csv")
	again.Header.Set("If-None-Match", `"jiný", `+first.Header().Get("ETag"))
	if w := ask(s, again, give); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("the same file: %d with %q", w.Code, w.Body)
	}
	content = "a;c\r\n"
	if w := ask(s, again, give); w.Code != http.StatusOK || w.Body.String() != content {
		t.Errorf("a changed file: %d with %q", w.Code, w.Body)
	}
}

func TestAPartOfAPageComesWithoutItsFrame(t *testing.T) {
	w := ask(site(t, io.Discard), get("/en/a"), func(q *page.Request) error { return q.RenderPart("own/right", "foot", ownPage{}) })
	if got := w.Body.String(); got != `<p id="foot">Home</p>` {
		t.Errorf("%q", got)
	}
}
