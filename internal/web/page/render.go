package page

import (
	"bytes"
	"embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"atlas/internal/i18n"
)

//go:embed templates/*.html templates/own/*.html
var layout embed.FS

//go:embed messages/*.json
var messages embed.FS

// Messages are the words of the frame and its parts.
func Messages() fs.FS { return Folder(messages, "messages") }

// Parse reads the templates of all areas over the shared layout, once for each
// language, so that a mistake shows at start and not to a reader.
func (s *Site) Parse(areas []Area) error {
	s.templates = map[string]map[string]*template.Template{}
	for _, lang := range i18n.Languages {
		s.templates[lang] = map[string]*template.Template{}
		frame, err := template.New("layout").Funcs(s.funcs(lang)).ParseFS(layout, "templates/*.html")
		if err != nil {
			return fmt.Errorf("layout: %w", err)
		}
		own := Area{Name: "page", Templates: Folder(layout, "templates/own")}
		for _, a := range append([]Area{own}, areas...) {
			if a.Templates == nil {
				continue
			}
			if err := s.parseArea(lang, frame, a); err != nil {
				return fmt.Errorf("templates of %s: %w", a.Name, err)
			}
		}
	}
	return nil
}

func (s *Site) parseArea(lang string, frame *template.Template, a Area) error {
	files, err := fs.Glob(a.Templates, "*.html")
	if err != nil {
		return err
	}
	var parts, pages []string
	for _, f := range files {
		if strings.HasPrefix(f, "_") {
			parts = append(parts, f)
		} else {
			pages = append(pages, f)
		}
	}
	for _, f := range pages {
		t, err := frame.Clone()
		if err != nil {
			return err
		}
		if _, err := t.ParseFS(a.Templates, append([]string{f}, parts...)...); err != nil {
			return err
		}
		s.templates[lang][a.Name+"/"+strings.TrimSuffix(path.Base(f), ".html")] = t
	}
	return nil
}

// Render writes a page: name is "area/page", its template defines "main", data
// embeds Base. The page is built whole before its first byte goes out, so an
// error never leaves half a page.
func (q *Request) Render(status int, name string, data any) error {
	return q.render(status, name, "layout", data)
}

// RenderPart writes one block of a page without the frame, for scripts that
// replace a part of the page.
func (q *Request) RenderPart(name, block string, data any) error {
	return q.render(http.StatusOK, name, block, data)
}

// Frameable lets pages of others show this answer in a frame. Only what is the same
// for everybody, changes nothing and has no form may be: everything else stays closed
// to frames, so that nobody is led to press what they do not see.
func (q *Request) Frameable() {
	h := q.W.Header()
	h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), "frame-ancestors 'none'", "frame-ancestors *", 1))
}

func (q *Request) render(status int, name, block string, data any) error {
	t, ok := q.Site.templates[q.Lang][name]
	if !ok {
		return fmt.Errorf("no template %s", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, block, data); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	h := q.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", q.Lang)
	keep(h)
	h.Add("Vary", "Cookie")
	if status == http.StatusOK && q.Method != http.MethodPost && q.unchanged(b.Bytes()) {
		q.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	q.W.WriteHeader(status)
	_, err := b.WriteTo(q.W)
	return err
}

// unchanged marks the page with a tag of its content and says whether the
// reader has that very page already.
func (q *Request) unchanged(body []byte) bool {
	hash := fnv.New64a()
	hash.Write(body)
	tag := fmt.Sprintf(`W/"%x"`, hash.Sum64())
	q.W.Header().Set("ETag", tag)
	return strings.Contains(q.Header.Get("If-None-Match"), tag)
}
