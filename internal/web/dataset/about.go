package dataset

import (
	"strings"
	"time"

	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
)

// Licence is the licence of all data sets, by its lasting address.
const Licence = "https://creativecommons.org/licenses/by/4.0/"

// Metadata is the same for files of JSON: what they are, where they come from
// and how they may be used.
func Metadata(q *page.Request, f File) []export.Member {
	return []export.Member{
		{Name: "title", Value: q.T("file.sheet." + f.Name)}, {Name: "question", Value: f.asked(q)}, {Name: "source", Value: q.Origin() + q.URL.RequestURI()},
		{Name: "date", Value: f.Now.In(i18n.Prague).Format(time.DateOnly)}, {Name: "licence", Value: Licence},
	}
}

func (f File) asked(q *page.Request) string {
	if len(f.Asked) == 0 {
		return q.T("file.asked.all")
	}
	return strings.Join(f.Asked, "; ")
}

// about says in the language of the reader what a file is: the question that
// made it, where and when, how to read it and how it may be used.
func about(q *page.Request, f File) export.About {
	return export.About{
		Sheet: q.T("file.sheet." + f.Name), Notes: q.T("file.notes"),
		Lines: []export.Line{
			{Label: q.T("file.set"), Text: q.T("file.sheet." + f.Name)},
			{Label: q.T("file.asked"), Text: f.asked(q)},
			{Label: q.T("file.address"), Text: q.Origin() + q.URL.RequestURI()},
			{Label: q.T("file.made"), Text: f.Now.In(i18n.Prague).Format(time.DateOnly)},
			{Label: q.T("file.licence"), Text: "CC BY 4.0, " + Licence},
			{Label: q.T("file.unknown"), Text: q.T("file.unknown.text")},
			{Label: q.T("file.dates"), Text: q.T("file.dates.text")},
		},
		Column: q.T("file.column"), Key: q.T("file.key"), Kind: q.T("file.kind"),
		Kinds: map[export.Kind]string{
			export.KindText: q.T("file.kind.text"), export.KindCode: q.T("file.kind.code"), export.KindURL: q.T("file.kind.url"),
			export.KindDate: q.T("file.kind.date"), export.KindMoney: q.T("file.kind.money"), export.KindNumber: q.T("file.kind.number"),
			export.KindPercent: q.T("file.kind.percent"), export.KindYear: q.T("file.kind.year"),
		},
		Rows: q.T("file.rows"), Sheets: q.T("file.sheets"), Cut: q.T("file.cut"),
	}
}
