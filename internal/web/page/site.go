// Package page is what every page shares: the frame around it, the parts it is
// built of, and the one way from an error to a page.
package page

import (
	"html/template"
	"io/fs"
	"log/slog"

	"atlas"
	"atlas/internal/config"
	"atlas/internal/i18n"
	"atlas/internal/place"
)

// Site is what an area gets: lists, words and templates. It is made
// once and never changed; Lists and Places are functions because both may be
// replaced while the instance runs.
type Site struct {
	Config config.Config
	Lists  func() *atlas.Lists
	Places func() *place.Gazetteer
	Words  *i18n.Catalog
	Assets Assets
	Log    *slog.Logger
	// Version of the program, "" in development.
	Version string
	// Door asks whoever is not signed in to do so, in place of a page that they may
	// not see; nil = the page of the error says it.
	Door Handler

	templates map[string]map[string]*template.Template // language → "area/page"
}

// Assets knows the addresses of built styles, scripts and fonts.
type Assets interface {
	// URL is the address of an asset by its plain name: "atlas.css".
	URL(name string) string
}

// Area is one family of pages as the router takes it: its routes, its
// templates (*.html; those that start with "_" are parts of the others) and its
// messages (cs.json, en.json).
type Area struct {
	Name      string // first part of the names of its templates: "projects/list"
	Routes    []Route
	Templates fs.FS
	Messages  fs.FS
}

// Route is one address of an area. Pattern stands in package route; the router
// answers it in both languages.
type Route struct {
	Method  string // "GET", "POST"
	Pattern string
	Handle  Handler
	// Right is what a viewer must have of it; of which records, the handler says.
	Right  atlas.Right
	Upload int64 // bytes a body may have where more than usual is needed; 0 = usual
	Long   bool  // may take longer than a page: an export, an import
	// Machine is an address for programs: it stands once, outside the faces of
	// languages, and its errors are application/problem+json.
	Machine bool
}

// Folder gives a folder of an embedded file system, for Area.
func Folder(files fs.FS, dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // the folder is embedded; only a typing error here can fail
	}
	return f
}
