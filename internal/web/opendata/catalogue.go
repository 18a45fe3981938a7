package opendata

import (
	"cmp"
	"strings"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// The catalogue follows the open formal norm for catalogues of open data
// (OFN Rozhraní katalogů otevřených dat, DCAT-AP-CZ): properties are Czech, the
// context below turns them into DCAT.
const (
	catalogueContext = "https://ofn.gov.cz/rozhraní-katalogů-otevřených-dat/2021-01-11/kontexty/rozhraní-katalogů-otevřených-dat.jsonld"
	wholeCountry     = "https://linked.cuzk.cz/resource/ruian/stat/1"
	irregularly      = "http://publications.europa.eu/resource/authority/frequency/IRREG"
	themes           = "http://publications.europa.eu/resource/authority/data-theme/"
	fileTypes        = "http://publications.europa.eu/resource/authority/file-type/"
	mediaTypes       = "http://www.iana.org/assignments/media-types/"
	noPersonal       = "https://data.gov.cz/podmínky-užití/neobsahuje-osobní-údaje/"
	somePersonal     = "https://data.gov.cz/podmínky-užití/obsahuje-osobní-údaje/"
)

// Catalogue is the catalogue itself. Data sets stand in it by their addresses,
// as the norm asks, and whole under @included, so that one read is enough.
type Catalogue struct {
	Context     string    `json:"@context"`
	IRI         string    `json:"iri"`
	Kind        string    `json:"typ"`
	Name        Words     `json:"název"`
	Description Words     `json:"popis"`
	Publisher   string    `json:"poskytovatel"`
	Contact     *Office   `json:"kontaktní_bod,omitempty"`
	Home        string    `json:"domovská_stránka"`
	Datasets    []string  `json:"datová_sada"`
	Included    []Dataset `json:"@included"`
}

// Office is who to write to.
type Office struct {
	Kind  string `json:"typ"`
	Name  Words  `json:"jméno"`
	Email string `json:"e-mail"`
}

// Dataset is one data set (datová sada).
type Dataset struct {
	Context       string         `json:"@context,omitempty"`
	IRI           string         `json:"iri"`
	Kind          string         `json:"typ"`
	Name          Words          `json:"název"`
	Description   Words          `json:"popis"`
	Publisher     string         `json:"poskytovatel"`
	Themes        []string       `json:"téma"`
	Frequency     string         `json:"periodicita_aktualizace"`
	Keywords      Keywords       `json:"klíčové_slovo"`
	Places        []string       `json:"prvek_rúian"`
	Contact       *Office        `json:"kontaktní_bod,omitempty"`
	Documentation string         `json:"dokumentace"`
	PartOf        string         `json:"je_součástí,omitempty"`
	Distributions []Distribution `json:"distribuce"`
}

// Keywords are key words in both languages.
type Keywords struct {
	Cs []string `json:"cs"`
	En []string `json:"en"`
}

// Distribution (distribuce) is a file or a service by which a data set is had.
type Distribution struct {
	IRI       string   `json:"iri"`
	Kind      string   `json:"typ"`
	Name      Words    `json:"název"`
	Terms     Terms    `json:"podmínky_užití"`
	Access    string   `json:"přístupové_url"`
	File      string   `json:"soubor_ke_stažení,omitempty"`
	Format    string   `json:"formát,omitempty"`
	MediaType string   `json:"typ_média,omitempty"`
	Service   *Service `json:"přístupová_služba,omitempty"`
}

// Terms are the terms of use (podmínky užití).
type Terms struct {
	Kind           string `json:"typ"`
	Work           string `json:"autorské_dílo"`
	Author         Words  `json:"autor"`
	Database       string `json:"databáze_jako_autorské_dílo"`
	DatabaseAuthor Words  `json:"autor_databáze"`
	SpecialRights  string `json:"databáze_chráněná_zvláštními_právy"`
	Personal       string `json:"osobní_údaje"`
}

// Service is the interface for programs (datová služba).
type Service struct {
	IRI      string `json:"iri"`
	Kind     string `json:"typ"`
	Name     Words  `json:"název"`
	Endpoint string `json:"přístupový_bod"`
	Document string `json:"popis_přístupového_bodu"`
}

// catalogue answers the whole catalogue.
func (a *area) catalogue(q *page.Request) error {
	c := a.cataloguer(q)
	sets := c.datasets()
	out := Catalogue{
		Context: catalogueContext, IRI: c.origin + route.Catalogue, Kind: "Katalog", Publisher: c.publisher, Contact: c.contact,
		Name: c.say("opendata.catalogue"), Description: c.say("opendata.catalogue.text"), Home: c.origin + route.About, Included: sets,
	}
	for _, s := range sets {
		out.Datasets = append(out.Datasets, s.IRI)
	}
	return sendLinked(q, out)
}

// catalogueDataset answers one data set at its own address.
func (a *area) catalogueDataset(q *page.Request) error {
	c := a.cataloguer(q)
	for _, s := range c.datasets() {
		if s.IRI == c.iri(q.PathValue("sada")) {
			s.Context = catalogueContext
			return sendLinked(q, s)
		}
	}
	return atlas.ErrNotFound
}

func sendLinked(q *page.Request, v any) error {
	out, err := encode(v)
	if err != nil {
		return err
	}
	return q.Answer("application/ld+json", out)
}

// cataloguer describes the data sets of one instance.
type cataloguer struct {
	filler
	publisher string
	operator  Words
	contact   *Office
}

func (a *area) cataloguer(q *page.Request) cataloguer {
	f, conf := a.filler(q), a.site.Config
	name := cmp.Or(conf.OperatorName, "Atlas integrace")
	c := cataloguer{filler: f, publisher: cmp.Or(conf.OperatorURL, f.origin+route.About), operator: Words{name, name}}
	if strings.Contains(conf.Contact, "@") {
		c.contact = &Office{Kind: "Organizace", Name: c.operator, Email: "mailto:" + conf.Contact}
	}
	return c
}

// kept is a data set of records.
type kept struct {
	name     string // in addresses and keys
	service  string // address of its endpoint; "" = files only
	theme    string
	personal string
}

func keptSets() []kept {
	return []kept{
		{dataset.Projects, route.APIProjects, "SOCI", somePersonal},
		{dataset.Funding, route.APIProjects, "ECON", noPersonal},
		{dataset.Indicators, route.APIProjects, "SOCI", noPersonal},
		{dataset.Actors, route.APIActors, "SOCI", noPersonal},
		{dataset.Calls, route.APICalls, "GOVE", noPersonal},
		{dataset.Needs, "", "SOCI", noPersonal},
		{dataset.Practices, route.APIPractices, "SOCI", somePersonal},
		{dataset.Evaluations, route.APIEvaluations, "SOCI", noPersonal},
		{dataset.Transfers, "", "SOCI", noPersonal},
	}
}

// datasetLists is the name of the series of code lists.
const datasetLists = "ciselniky"

func (c cataloguer) iri(name string) string {
	return c.origin + route.Fill(route.CatalogueDataset, name)
}

// datasets lists all data sets: records, then the code lists, each of which is
// a data set of the series.
func (c cataloguer) datasets() []Dataset {
	var out []Dataset
	for _, k := range keptSets() {
		s := c.dataset(k.name, k.theme)
		for _, f := range export.Formats {
			s.Distributions = append(s.Distributions, c.file(s, f, route.Dataset(k.name, f.Extension), k.personal))
		}
		for _, kind := range dataset.Kinds(k.name) {
			s.Distributions = append(s.Distributions, c.kind(s, kind, route.Dataset(k.name, kind.Extension), k.personal))
		}
		if k.service != "" {
			s.Distributions = append(s.Distributions, c.service(s, k.service, k.personal))
		}
		out = append(out, s)
	}
	series := c.dataset(datasetLists, "SOCI")
	series.Distributions = []Distribution{c.service(series, route.APILists, noPersonal)}
	out = append(out, series)
	for _, l := range c.lists.All() {
		out = append(out, c.codeList(series, l))
	}
	return out
}

func (c cataloguer) dataset(name, theme string) Dataset {
	return Dataset{
		IRI: c.iri(name), Kind: "Datová sada", Publisher: c.publisher, Contact: c.contact,
		Name: c.say("opendata.dataset." + name), Description: c.say("opendata.dataset." + name + ".text"),
		Themes: []string{themes + theme}, Frequency: irregularly, Keywords: c.keywords(), Places: []string{wholeCountry},
		Documentation: c.origin + route.Guide,
	}
}

func (c cataloguer) keywords() Keywords {
	of := func(lang string) []string { return strings.Split(c.words.T(lang, "opendata.keywords"), ", ") }
	return Keywords{of("cs"), of("en")}
}

func (c cataloguer) codeList(series Dataset, l atlas.List) Dataset {
	s := series
	s.IRI, s.PartOf = c.iri(datasetLists+"-"+l.Slug), series.IRI
	s.Name = both(func(lang string) string {
		return c.words.T(lang, "opendata.list", "name", pick(lang, named(l.Cs, l.En)))
	})
	if l.SourceCs != "" || l.SourceEn != "" {
		s.Description = named(l.SourceCs, l.SourceEn)
	}
	s.Documentation = c.origin + route.List("cs", l.Slug)
	s.Distributions = nil
	for _, f := range export.Formats {
		s.Distributions = append(s.Distributions, c.file(s, f, route.List("cs", l.Slug+f.Extension), noPersonal))
	}
	s.Distributions = append(s.Distributions, c.service(s, route.Fill(route.APIList, l.Code), noPersonal))
	return s
}

func pick(lang string, w Words) string {
	if lang == "en" {
		return w.En
	}
	return w.Cs
}

func (c cataloguer) terms(personal string) Terms {
	return Terms{
		Kind: "Specifikace podmínek užití", Work: licence, Author: c.operator, Database: licence, DatabaseAuthor: c.operator,
		SpecialRights: licence, Personal: personal,
	}
}

// file is a distribution to be downloaded.
func (c cataloguer) file(s Dataset, f export.Format, address, personal string) Distribution {
	media, _, _ := strings.Cut(f.MediaType, ";")
	name := strings.ToUpper(f.Name)
	return Distribution{
		IRI: s.IRI + "#" + f.Name, Kind: "Distribuce", Name: Words{name, name}, Terms: c.terms(personal),
		Access: c.origin + address, File: c.origin + address, Format: fileTypes + name, MediaType: mediaTypes + media,
	}
}

// kind is a distribution that is no table: a map, grants. What is made of JSON
// and has no type of its own is JSON.
func (c cataloguer) kind(s Dataset, k dataset.Kind, address, personal string) Distribution {
	kind := "JSON"
	if k == dataset.Map {
		kind = "GEOJSON"
	}
	return Distribution{
		IRI: s.IRI + "#" + strings.ToLower(k.Text), Kind: "Distribuce", Name: Words{k.Text, k.Text}, Terms: c.terms(personal),
		Access: c.origin + address, File: c.origin + address, Format: fileTypes + kind, MediaType: mediaTypes + k.MediaType,
	}
}

// service is a distribution by the interface for programs.
func (c cataloguer) service(s Dataset, address, personal string) Distribution {
	return Distribution{
		IRI: s.IRI + "#api", Kind: "Distribuce", Name: c.say("opendata.service"), Terms: c.terms(personal), Access: c.origin + address,
		Service: &Service{
			IRI: s.IRI + "#sluzba", Kind: "Datová služba", Name: c.say("opendata.service"),
			Endpoint: c.origin + route.API, Document: c.origin + route.APISpecification,
		},
	}
}
