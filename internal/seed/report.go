package seed

import (
	"context"

	"atlas"
)

// writeReport writes one report that is not published, so that whoever tries the
// program sees how tables stand between texts. What it says of itself is all it
// says: the figures are those of the demo content.
func (l *loader) writeReport(ctx context.Context, _ content) error {
	return l.app.SaveReport(ctx, viewer, &atlas.Report{
		Meta:  atlas.Meta{Sample: true},
		Title: "Integrace cizinců v Česku 2015–2023 (ukázka zprávy)", Lang: "cs", Territory: "CZ", From: 2015, To: 2023,
		Texts: []atlas.ReportText{
			{Section: atlas.ReportFlows, Text: "Tento odstavec je ukázka textu redakce. Tabulky pod ním se počítají z projektů v databázi."},
			{Section: atlas.ReportApproach, Text: "Sem redakce píše, co v integraci dělá kraj a jeho obce:\n\n- strategie a akční plány,\n- platformy a koordinátoři,\n- práce škol a knihoven."},
		},
	})
}
