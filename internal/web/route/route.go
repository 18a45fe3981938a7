// Package route is the only place where addresses are written. Addresses are
// Czech and lasting; the English face has the same ones under /en.
package route

import (
	"net/url"
	"strings"
)

// Patterns of pages, as the router reads them.
const (
	Home                = "/"
	Projects            = "/projekty"
	ProjectsFeed        = "/projekty/nove.atom"
	ProjectNew          = "/projekty/novy"
	ProjectShow         = "/projekty/{id}"
	ProjectEdit         = "/projekty/{id}/upravit"
	Actors              = "/akteri"
	ActorNew            = "/akteri/novy"
	ActorShow           = "/akteri/{id}"
	ActorEdit           = "/akteri/{id}/upravit"
	Calls               = "/vyzvy"
	CallShow            = "/vyzvy/{id}"
	Territories         = "/uzemi"
	TerritoryShow       = "/uzemi/{code}"
	TerritoryEmbed      = "/uzemi/{code}/vlozit"
	TerritoryCompare    = "/uzemi/porovnani"
	TerritoryCompareCSV = "/uzemi/porovnani.csv"
	Lists               = "/ciselniky"
	ListShow            = "/ciselniky/{slug}"
	Imports             = "/import"
	ImportShow          = "/import/{id}"
	About               = "/o-databazi"
	Theme               = "/vzhled"
)

// Addresses for machines; they have no language.
const (
	Health  = "/healthz"
	Ready   = "/readyz"
	Metrics = "/metrics"
)

// In puts an address under the face of a language.
func In(lang, path string) string {
	if lang != "en" {
		return path
	}
	if path == "/" {
		return "/en"
	}
	return "/en" + path
}

// Split takes the language off an address: "/en/projekty" is "en", "/projekty".
func Split(path string) (lang, rest string) {
	switch {
	case path == "/en":
		return "en", "/"
	case strings.HasPrefix(path, "/en/"):
		return "en", path[len("/en"):]
	}
	return "cs", path
}

// Fill puts a value in the first {…} of a pattern.
func Fill(pattern, value string) string {
	i, j := strings.IndexByte(pattern, '{'), strings.IndexByte(pattern, '}')
	if i < 0 || j < i {
		return pattern
	}
	return pattern[:i] + url.PathEscape(value) + pattern[j+1:]
}

// Own says whether an address stays within this instance. A browser reads a
// backslash as a slash and leaves control characters out, so that "/\t/name" would
// lead to another machine.
func Own(address string) bool {
	strange := func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }
	return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.ContainsFunc(address, strange)
}

// Project is the address of a project.
func Project(lang, id string) string { return In(lang, Fill(ProjectShow, id)) }

// Actor is the address of an actor.
func Actor(lang, id string) string { return In(lang, Fill(ActorShow, id)) }

// Call is the address of a call.
func Call(lang, id string) string { return In(lang, Fill(CallShow, id)) }

// Territory is the address of a territory.
func Territory(lang, code string) string { return In(lang, Fill(TerritoryShow, code)) }

// List is the address of a code list.
func List(lang, slug string) string { return In(lang, Fill(ListShow, slug)) }

// ProjectsWith is the list of projects under a query.
func ProjectsWith(lang string, q url.Values) string {
	if len(q) == 0 {
		return In(lang, Projects)
	}
	return In(lang, Projects) + "?" + q.Encode()
}

// TerritoriesBeside is the page that compares territories.
func TerritoriesBeside(lang string, codes ...string) string {
	return WithQuery(In(lang, TerritoryCompare), url.Values{"uzemi": codes}.Encode())
}

// Embedded is the small page of a territory for pages of others.
func Embedded(lang, code string) string { return In(lang, Fill(TerritoryEmbed, code)) }

// ProjectsBy is the list of projects with one facet chosen.
func ProjectsBy(lang, facet, value string) string {
	return ProjectsWith(lang, url.Values{facet: {value}})
}

// Outside gives the address of another site back only when it is one of the web: an
// imported list may hold anything.
func Outside(address string) string {
	address = strings.TrimSpace(address)
	lower := strings.ToLower(address)
	if strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") {
		return address
	}
	return ""
}
