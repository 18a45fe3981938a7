package coverage

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// exports are the files of the other views beside that of the matrix.
func (a *area) exports() []page.Route {
	return slices.Concat(
		dataset.Routes(dataset.CoverageRanking, a.exportRanking), dataset.Routes(dataset.CoverageThemes, a.exportThemes),
		dataset.Routes(dataset.CoverageEnding, a.exportEnding), dataset.Routes(dataset.CoverageOverlaps, a.exportOverlaps),
	)
}

// exported is the data set that a view is taken away as.
var exported = map[string]string{viewRank: dataset.CoverageRanking, viewThemes: dataset.CoverageThemes, viewEnding: dataset.CoverageEnding, viewOverlaps: dataset.CoverageOverlaps}

// fileOf is the question of a file of a view, with its matrix.
func (a *area) fileOf(q *page.Request, view string) (builder, dataset.File) {
	values := q.URL.Query()
	values.Set(paramView, view)
	b := a.matrix(a.teller(q.Lang), read(values, a.app, a.app.Now().In(i18n.Prague).Year()))
	return b, dataset.File{Name: exported[view], Now: a.app.Now(), Asked: b.conditions()}
}

// all gives records that are in memory.
func all[T any](records []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// plain writes a number for programs; "" is not known.
func plain(v coverage.Value, places int) string {
	if !v.Known {
		return ""
	}
	return strconv.FormatFloat(v.V, 'f', places, 64)
}

// exportRanking answers the whole ranking in its order, not the page of it that is
// shown.
func (a *area) exportRanking(q *page.Request, f export.Format) error {
	b, file := a.fileOf(q, viewRank)
	s, err := a.app.Standings(q.Context(), app.CoverageAsked{Query: b.asked.query(), Level: b.asked.Level, Axis: b.asked.Axis})
	if err != nil {
		return err
	}
	var records []app.Ranked
	if s.Dataset != nil {
		records = ofClass(b.inOrder(s, rankedBy(q)), q.Param(paramClass))
	}
	return dataset.Send(q, file, f, b.rankingColumns(s, q.Origin()), all(records))
}

func (b builder) rankingColumns(s *app.CoverageStandings, host string) dataset.Columns[app.Ranked] {
	var c dataset.Columns[app.Ranked]
	add := func(key string, cell func(app.Ranked) string) { c.Add(key, b.T("coverage.export."+key), cell) }
	add("territory_code", func(r app.Ranked) string { return r.Row.Code })
	add("territory", func(r app.Ranked) string { return b.app.Places().Label(r.Row.Code) })
	add("item_code", func(r app.Ranked) string {
		if r.Item == "" {
			return anyItem
		}
		return r.Item
	})
	add("item", func(r app.Ranked) string {
		if r.Item == "" {
			return b.T("coverage.sum." + string(b.asked.facet()))
		}
		return b.itemName(r.Item)
	})
	add("class", func(r app.Ranked) string { return b.T("coverage.class." + string(r.Standing.Class)) })
	add("from", func(app.Ranked) string { return strconv.Itoa(s.From) })
	add("to", func(app.Ranked) string { return strconv.Itoa(s.To) })
	add("projects", func(r app.Ranked) string { return strconv.Itoa(int(totalOf(s, r).Projects)) })
	add("people", func(r app.Ranked) string { return plain(r.Row.People, 0) })
	source := ""
	if s.Dataset != nil {
		source = s.Dataset.Name(b.lang)
	}
	if s.Summed {
		source += " " + b.T("coverage.rank.summed_short")
	}
	add("people_source", func(app.Ranked) string { return source })
	add("people_date", func(app.Ranked) string { return s.Date.String() })
	add("growth", func(r app.Ranked) string {
		return plain(coverage.Value{V: r.Row.Growth.V * 100, Known: r.Row.Growth.Known}, 2)
	})
	add("need", func(r app.Ranked) string { return plain(r.Standing.Need.Value, 4) })
	add("supply", func(r app.Ranked) string { return plain(r.Standing.Supply.Value, 4) })
	add("gap", func(r app.Ranked) string { return plain(r.Standing.Gap, 4) })
	add("missing", func(r app.Ranked) string { return strconv.Itoa(r.Standing.Need.Missing + r.Standing.Supply.Missing) })
	add("address", func(r app.Ranked) string { return absolute(host, b.rankedURL(s, r)) })
	return c.Typed(export.KindYear, "from", "to").Typed(export.KindNumber, "projects", "people", "need", "supply", "gap", "missing").
		Typed(export.KindPercent, "growth").Typed(export.KindDate, "people_date").Typed(export.KindURL, "address")
}

// absolute is an address with its host; "" stays "".
func absolute(host, address string) string {
	if address == "" {
		return ""
	}
	return host + address
}

// themeRecord is a theme in the five years and in the five before them.
type themeRecord struct {
	item        string
	now, before themeSum
}

func (a *area) exportThemes(q *page.Request, f export.Format) error {
	b, file := a.fileOf(q, viewThemes)
	before := a.before(b)
	var records []themeRecord
	for _, item := range b.themeItems() {
		records = append(records, themeRecord{item, b.sumOf(item), before.sumOf(item)})
	}
	return dataset.Send(q, file, f, b.themeColumns(before, q.Origin()), all(records))
}

func (b builder) themeColumns(before builder, host string) dataset.Columns[themeRecord] {
	var c dataset.Columns[themeRecord]
	add := func(key string, cell func(themeRecord) string) { c.Add(key, b.T("coverage.export."+key), cell) }
	money := func(s themeSum) string {
		if !s.known() {
			return ""
		}
		return atlas.Amount{Minor: s.minor, State: atlas.AmountKnown}.String()
	}
	whole := b.known()
	add("item_code", func(r themeRecord) string { return r.item })
	add("item", func(r themeRecord) string { return b.itemName(r.item) })
	add("from", func(themeRecord) string { return strconv.Itoa(b.asked.From) })
	add("to", func(themeRecord) string { return strconv.Itoa(b.asked.To) })
	add("projects", func(r themeRecord) string { return strconv.Itoa(int(r.now.projects)) })
	add("money", func(r themeRecord) string { return money(r.now) })
	add("unknown_money", func(r themeRecord) string { return strconv.Itoa(int(r.now.unknown)) })
	add("share", func(r themeRecord) string {
		return plain(coverage.Value{V: float64(r.now.minor) * 100 / float64(max(1, whole)), Known: whole > 0 && r.now.known()}, 2)
	})
	add("neglected", func(r themeRecord) string {
		yes, known := coverage.Neglected(r.now.minor, whole)
		switch {
		case !known || !r.now.known() || r.item == "":
			return ""
		case yes:
			return b.T("coverage.export.yes")
		}
		return b.T("coverage.export.no")
	})
	add("earlier_from", func(themeRecord) string { return strconv.Itoa(before.asked.From) })
	add("earlier_to", func(themeRecord) string { return strconv.Itoa(before.asked.To) })
	add("earlier_projects", func(r themeRecord) string { return strconv.Itoa(int(r.before.projects)) })
	add("earlier_money", func(r themeRecord) string { return money(r.before) })
	add("address", func(r themeRecord) string { return absolute(host, b.themeURL(r.item, r.now)) })
	return c.Typed(export.KindYear, "from", "to", "earlier_from", "earlier_to").Typed(export.KindNumber, "projects", "unknown_money", "earlier_projects").
		Typed(export.KindMoney, "money", "earlier_money").Typed(export.KindPercent, "share").Typed(export.KindURL, "address")
}

// exportEnding answers all projects that end unfollowed.
func (a *area) exportEnding(q *page.Request, f export.Format) error {
	b, file := a.fileOf(q, viewEnding)
	ids, _, err := a.app.Ending(q.Context(), b.withinQuery())
	if err != nil {
		return err
	}
	records := func(yield func(*atlas.Project, error) bool) {
		for p, err := range dataset.Read(q, ids, a.app.Reader().Projects) {
			if (err != nil || p.Public()) && !yield(p, err) {
				return
			}
		}
	}
	return dataset.Send(q, file, f, b.endingColumns(q.Origin()), records)
}

func (b builder) endingColumns(host string) dataset.Columns[*atlas.Project] {
	var c dataset.Columns[*atlas.Project]
	add := func(key string, cell func(*atlas.Project) string) { c.Add(key, b.T("coverage.export."+key), cell) }
	joined := func(p *atlas.Project, one func(code string) string) string {
		var out []string
		for _, x := range p.Territories {
			out = append(out, one(x.Territory))
		}
		return strings.Join(out, "; ")
	}
	areas := func(p *atlas.Project, one func(code string) string) string {
		var out []string
		for _, x := range p.Areas {
			out = append(out, one(x.Code))
		}
		return strings.Join(out, "; ")
	}
	people := func(n atlas.Count) string {
		if !n.Known {
			return ""
		}
		return strconv.Itoa(int(n.N))
	}
	itself := func(code string) string { return code }
	add("project_code", func(p *atlas.Project) string { return p.ID })
	add("project", func(p *atlas.Project) string { return p.Title(b.lang) })
	add("end", func(p *atlas.Project) string { return p.To.String() })
	add("territory_code", func(p *atlas.Project) string { return joined(p, itself) })
	add("territory", func(p *atlas.Project) string { return joined(p, b.app.Places().Label) })
	add("area_code", func(p *atlas.Project) string { return areas(p, itself) })
	add("area", func(p *atlas.Project) string {
		return areas(p, func(code string) string { return b.app.Lists().Label(atlas.ListArea, code, b.lang) })
	})
	add("people_reached", func(p *atlas.Project) string { return people(p.PeopleReached) })
	add("people_planned", func(p *atlas.Project) string { return people(p.PeoplePlanned) })
	add("address", func(p *atlas.Project) string { return host + route.Project(b.lang, p.ID) })
	return c.Typed(export.KindDate, "end").Typed(export.KindNumber, "people_reached", "people_planned").Typed(export.KindURL, "address")
}

// overlapRecord is an overlap with what its projects are called.
type overlapRecord struct {
	search.Overlap
	titles map[string]string
}

// overlapsRead is how many overlaps have their projects read together.
const overlapsRead = 200

// exportOverlaps answers all overlaps with all of their projects.
func (a *area) exportOverlaps(q *page.Request, f export.Format) error {
	b, file := a.fileOf(q, viewOverlaps)
	records := func(yield func(overlapRecord, error) bool) {
		for some := range slices.Chunk(b.overlapping(), overlapsRead) {
			var ids []string
			for _, o := range some {
				ids = append(ids, o.Projects...)
			}
			titles, err := b.titles(q.Context(), ids)
			if err != nil {
				yield(overlapRecord{}, err)
				return
			}
			for _, o := range some {
				if !yield(overlapRecord{o, titles}, nil) {
					return
				}
			}
		}
	}
	return dataset.Send(q, file, f, b.overlapColumns(), records)
}

func (b builder) overlapColumns() dataset.Columns[overlapRecord] {
	var c dataset.Columns[overlapRecord]
	add := func(key string, cell func(overlapRecord) string) { c.Add(key, b.T("coverage.export."+key), cell) }
	label := func(list, code string) string { return b.app.Lists().Label(list, code, b.lang) }
	add("territory_code", func(r overlapRecord) string { return r.Place })
	add("territory", func(r overlapRecord) string { return b.app.Places().Label(r.Place) })
	add("area_code", func(r overlapRecord) string { return r.Area })
	add("area", func(r overlapRecord) string { return label(atlas.ListArea, r.Area) })
	add("activity_code", func(r overlapRecord) string { return r.Activity })
	add("activity", func(r overlapRecord) string { return label(atlas.ListActivity, r.Activity) })
	add("group_code", func(r overlapRecord) string { return r.Group })
	add("group", func(r overlapRecord) string { return label(atlas.ListTargetLegal, r.Group) })
	add("count", func(r overlapRecord) string { return strconv.Itoa(len(r.Projects)) })
	add("project_code", func(r overlapRecord) string { return strings.Join(r.Projects, "; ") })
	add("project", func(r overlapRecord) string {
		var out []string
		for _, id := range r.Projects {
			if title, ok := r.titles[id]; ok {
				out = append(out, title)
			}
		}
		return strings.Join(out, "; ")
	})
	return c.Typed(export.KindNumber, "count")
}
