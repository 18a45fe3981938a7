package figure

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"

	"atlas/internal/app"
	"atlas/internal/web/chart"
)

const (
	// mostBorder is how many characters an outline may have: a more detailed
	// one would cost more than a picture can show.
	mostBorder = 300_000
	// mostBorders is how many characters the outlines of a picture may have
	// together.
	mostBorders = 4_000_000
)

var errTooDetailed = errors.New("outlines are too detailed")

// Outlines reads the borders of some territories that were imported, in the order
// of codes; none where they are too detailed together. One that cannot be read is
// left out and logged. They are read for each page: an import may change them at any
// time.
func Outlines(ctx context.Context, ops *app.App, log *slog.Logger, codes []string) ([]chart.Outline, error) {
	var out []chart.Outline
	left := mostBorders
	err := ops.Reader().EachBoundary(ctx, codes, mostBorder, func(code string, geojson []byte) error {
		if left -= len(geojson); left < 0 {
			return errTooDetailed
		}
		o, err := chart.ReadGeoJSON(code, geojson)
		if err != nil {
			log.Warn("outline left out", "territory", code, "error", err)
			return nil
		}
		out = append(out, o)
		return nil
	})
	if errors.Is(err, errTooDetailed) {
		return nil, nil
	}
	slices.SortFunc(out, func(x, y chart.Outline) int { return cmp.Compare(x.Code, y.Code) })
	return out, err
}
