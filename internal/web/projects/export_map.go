package projects

import (
	"io"
	"iter"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
)

// exportMap answers the projects of a question as GeoJSON: as many features as
// the page says, each at the definition points of its places.
func (a *area) exportMap(q *page.Request) error {
	columns := a.columns(q.Lang, q.Origin()).Only("id", "title_cs", "title_en", "reg_number", "annotation", "date_from", "date_to",
		"status", "status_code", "country_code", "scope_code", "territories", "territories_code", "place_text", "implementers", "funders",
		"amount_czk", "areas", "areas_code", "target_legal_code", "target_situation_code", "people_reached", "sample", "url")
	f := a.file(q, dataset.Projects)
	return dataset.Stream(q, f, dataset.Map.MediaType, dataset.Map.Extension, func(w io.Writer) error {
		return export.WriteGeoJSON(w, columns.Heads(), a.features(columns, a.found(q)), dataset.Metadata(q, f))
	})
}

func (a *area) features(columns dataset.Columns[*atlas.Project], projects iter.Seq2[*atlas.Project, error]) iter.Seq2[export.Feature, error] {
	places := a.app.Places()
	return func(yield func(export.Feature, error) bool) {
		for p, err := range projects {
			if err != nil {
				yield(export.Feature{}, err)
				return
			}
			f := export.Feature{Cells: columns.Row(p)}
			for _, x := range p.Territories {
				if t, ok := places.Get(x.Territory); ok && t.HasPoint {
					f.Points = append(f.Points, export.Point{Lat: t.Lat, Lon: t.Lon})
				}
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}
