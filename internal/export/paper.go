package export

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Paper (listina) is a document to be printed or kept: headings, facts and lists,
// in the order in which they are read.
type Paper struct {
	Lang, Title string
	Author      string // who made it: the instance
	Lead        []string
	Sections    []PaperSection
	Foot        string // on each page, before its number
	MadeAt      time.Time
}

// PaperSection is a part under a heading.
type PaperSection struct {
	Title string
	Facts []PaperFact
	Lines []string
	Empty string // said where there is nothing
}

// PaperFact is a row "label: value".
type PaperFact struct{ Label, Value string }

// Measures of a page in millimetres and of letters in points.
const (
	paperMargin  = 20.0
	paperWidth   = 210.0 - 2*paperMargin
	paperLine    = 5.2
	paperText    = 10.0
	paperHeading = 14.0
	paperHead    = 20.0
)

// WritePaper writes a document as PDF. Its fonts are embedded, so that Czech and
// Cyrillic letters are there everywhere and can be copied as text; it says its
// language and title and has bookmarks of its headings. It is not tagged: the
// library has no tags, so pages offer the same content as HTML and JSON beside it.
func WritePaper(w io.Writer, p Paper) error {
	f := fpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("go", "", goregular.TTF)
	f.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	f.SetLang(p.Lang)
	f.SetTitle(p.Title, true)
	f.SetAuthor(p.Author, true)
	f.SetCreator(p.Author, true)
	f.SetProducer("Atlas integrace", true)
	f.SetDisplayMode("fullwidth", "continuous")
	f.SetCreationDate(p.MadeAt)
	f.SetModificationDate(p.MadeAt)
	f.SetCatalogSort(true) // the same content is the same file
	f.SetMargins(paperMargin, paperMargin, paperMargin)
	f.SetAutoPageBreak(true, paperMargin)
	f.AliasNbPages("{pages}")
	f.SetFooterFunc(func() {
		f.SetY(-paperMargin + 5)
		f.SetFont("go", "", 8)
		f.CellFormat(0, 5, fmt.Sprintf("%s  %d / {pages}", plainText(p.Foot), f.PageNo()), "", 0, "R", false, 0, "")
	})
	f.AddPage()
	f.SetFont("go", "B", paperHead)
	f.MultiCell(paperWidth, 9, plainText(p.Title), "", "L", false)
	f.Bookmark(plainText(p.Title), 0, 0)
	f.Ln(2)
	f.SetFont("go", "", paperText)
	for _, line := range p.Lead {
		f.MultiCell(paperWidth, paperLine, plainText(line), "", "L", false)
		f.Ln(1)
	}
	for _, s := range p.Sections {
		s.write(f)
	}
	return f.Output(w)
}

func (s PaperSection) write(f *fpdf.Fpdf) {
	if _, height := f.GetPageSize(); f.GetY() > height-2*paperMargin-3*paperLine {
		f.AddPage() // no heading stands alone at the end of a page
	}
	f.Ln(5)
	f.SetFont("go", "B", paperHeading)
	f.Bookmark(plainText(s.Title), 1, -1)
	f.MultiCell(paperWidth, 7, plainText(s.Title), "", "L", false)
	f.Ln(1)
	f.SetFont("go", "", paperText)
	for _, x := range s.Facts {
		f.SetFont("go", "B", paperText)
		f.Write(paperLine, plainText(x.Label)+": ")
		f.SetFont("go", "", paperText)
		f.Write(paperLine, plainText(x.Value))
		f.Ln(paperLine + 1)
	}
	for _, line := range s.Lines {
		f.MultiCell(paperWidth, paperLine, "• "+plainText(line), "", "L", false)
		f.Ln(1)
	}
	if len(s.Facts)+len(s.Lines) == 0 {
		f.MultiCell(paperWidth, paperLine, plainText(s.Empty), "", "L", false)
	}
}

// plainText is a text that the fonts have the letters of: what lies outside the
// first plane of Unicode, such as pictures, is replaced, and so is what is no text.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r >= ' ' && r < 0x7f:
			return r
		case r < ' ', r == 0x7f:
			return ' '
		case r > 0xffff:
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
