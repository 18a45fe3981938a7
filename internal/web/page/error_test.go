package page_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/page"
)

func TestEveryKindOfErrorHasItsStatusAndItsWordsInBothLanguages(t *testing.T) {
	large := &http.MaxBytesError{Limit: 10}
	for _, c := range []struct {
		err    error
		status int
		key    string
	}{
		{atlas.ErrNotFound, 404, "error.not_found"},
		{atlas.ErrForbidden, 403, "error.public"},
		{atlas.ErrConflict, 409, "error.conflict"},
		{&atlas.ConflictError{Kind: "project", ID: "P-00001", Read: 1, Current: 2}, 409, "error.conflict"},
		{page.ErrMethod, 405, "error.method"},
		{page.ErrCrossOrigin, 403, "error.cross_origin"},
		{page.ErrForeignHost, 421, "error.foreign_host"},
		{page.ErrBadRequest, 400, "error.bad_request"},
		{large, 413, "error.too_large"},
		{errors.Join(page.ErrBadRequest, large), 413, "error.too_large"},
		{store.ErrDiskFull, 507, "error.disk_full"},
		{&fs.PathError{Op: "write", Path: "/var/lib/atlas", Err: syscall.ENOSPC}, 507, "error.disk_full"},
		{syscall.EDQUOT, 507, "error.disk_full"},
		{context.DeadlineExceeded, 503, "error.busy"},
		{errors.New("cokoli"), 500, "error.internal"},
		{&atlas.InvalidError{}, 500, "error.internal"},
		{context.Canceled, 500, "error.internal"}, // not the reader's doing: the request goes on
	} {
		for lang, path := range map[string]string{"cs": "/stranka", "en": "/en/stranka"} {
			var log bytes.Buffer
			s := site(t, &log)
			w := ask(s, get(path), func(*page.Request) error { return fmt.Errorf("uložení P-00007 (%w) u tajneslovo", c.err) })
			d := document(t, w)
			if w.Code != c.status || d.Find("h1").Text() != s.Words.T(lang, c.key+".title") || d.Find(".lead").Text() != s.Words.T(lang, c.key+".text") {
				t.Errorf("%v in %s: %d %s", c.err, lang, w.Code, d.Find("main").Text())
			}
			if got, _ := d.Find("html").Attr("lang"); got != lang || w.Header().Get("Content-Language") != lang {
				t.Errorf("%v is said in %q", c.err, got)
			}
			if robots, _ := d.Find("meta[name=robots]").Attr("content"); robots != "noindex" {
				t.Errorf("%v would be indexed", c.err)
			}
			if strings.Contains(w.Body.String(), "tajneslovo") || strings.Contains(w.Body.String(), "P-00007") {
				t.Errorf("%v shows its insides", c.err)
			}
			ours := c.status >= 500
			if strings.Contains(d.Text(), "f00dba") != ours || strings.Contains(log.String(), "request=f00dba") != ours {
				t.Errorf("%v: number on the page or in the log %q", c.err, log.String())
			}
			if _, search := d.Find("main input[name=q]").Attr("name"); search != (c.status == 404) {
				t.Errorf("%v: a search box is offered: %v", c.err, search)
			}
		}
	}
}

func TestAMergedRecordSendsOnForGoodToWhereItLivesInTheSameLanguage(t *testing.T) {
	for _, c := range []struct{ path, id, want string }{
		{"/projekty/P-00002", "P-00001", "/projekty/P-00001"},
		{"/en/projekty/P-00002", "P-00001", "/en/projekty/P-00001"},
		{"/akteri/A-00002", "A-00001", "/akteri/A-00001"},
		{"/en/akteri/A-00002", "A-00001", "/en/akteri/A-00001"},
	} {
		var log bytes.Buffer
		w := ask(site(t, &log), get(c.path), func(*page.Request) error { return fmt.Errorf("read: %w", &atlas.RedirectError{ID: c.id}) })
		if w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != c.want || log.Len() > 0 {
			t.Errorf("%s: %d to %s, log %s", c.path, w.Code, w.Header().Get("Location"), log.String())
		}
	}
}
