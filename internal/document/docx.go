package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"strconv"
	"strings"
	"time"
)

// WriteDOCX writes a document as Office Open XML, to be edited in a word
// processor: styles for headings, real lists, header rows that repeat, alternative
// texts, language and title. It fails when a picture is no PNG or w does.
func WriteDOCX(w io.Writer, d *Document) error {
	b := &docx{levels: d.levels(), numbered: []bool{false}}
	body, err := b.body(d)
	if err != nil {
		return err
	}
	parts := []struct{ name, text string }{
		{"[Content_Types].xml", docxTypes},
		{"_rels/.rels", docxRoot},
		{"docProps/core.xml", docxCore(d)},
		{"docProps/app.xml", docxApp},
		{"word/document.xml", body},
		{"word/styles.xml", docxStyles(d.Lang)},
		{"word/numbering.xml", b.numbering()},
		{"word/settings.xml", docxSettings(d.Lang)},
		{"word/footer1.xml", docxFooter(d.Foot)},
		{"word/_rels/document.xml.rels", b.relations()},
	}
	for i, image := range b.images {
		parts = append(parts, struct{ name, text string }{fmt.Sprintf("word/media/image%d.png", i+1), string(image)})
	}
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

// docx gathers what the parts beside the text must know of it.
type docx struct {
	out      strings.Builder
	levels   map[int]int
	numbered []bool // of each list that counts anew, whether it is ordered; the first is for bullets
	links    []string
	images   [][]byte
	headings int
}

// put writes markup and, between its pieces, texts to be escaped.
func (b *docx) put(markup string, rest ...string) {
	b.out.WriteString(markup)
	for i, s := range rest {
		if i%2 == 0 {
			s = xmlText(s)
		}
		b.out.WriteString(s)
	}
}

// xmlText escapes a text for an element or an attribute.
func xmlText(s string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(clean(s))) // a buffer takes everything
	return out.String()
}

func (b *docx) body(d *Document) (string, error) {
	b.put(docxHead + `<w:document ` + docxNames + `><w:body>`)
	b.paragraph("Title", "", Plain(d.Title))
	if d.Subject != "" {
		b.paragraph("Subtitle", "", Plain(d.Subject))
	}
	if d.AsOf != "" {
		b.paragraph("Note", "", Plain(d.AsOf))
	}
	b.contents(d)
	for i, block := range d.Blocks {
		if err := b.block(i, block); err != nil {
			return "", err
		}
	}
	b.put(`<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.out.String(), nil
}

// contents writes the table of contents as a field: what is seen leads to the
// headings; a word processor that updates the field adds numbers of pages.
func (b *docx) contents(d *Document) {
	if d.Contents == "" || len(b.levels) == 0 {
		return
	}
	b.paragraph("TOCHeading", "", Plain(d.Contents))
	n := 0
	d.headings(func(_, level int, text string) {
		n++
		b.put(fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="TOC%d"/></w:pPr>`, level))
		if n == 1 {
			b.put(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-3" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`)
		}
		b.put(fmt.Sprintf(`<w:hyperlink w:anchor="_Toc%d" w:history="1"><w:r><w:t xml:space="preserve">`, n), text, `</w:t></w:r></w:hyperlink>`)
		if n == len(b.levels) {
			b.put(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
		}
		b.put(`</w:p>`)
	})
}

func (b *docx) block(i int, block Block) error {
	switch block.Kind {
	case KindHeading:
		b.headings++
		b.put(fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Heading%d"/></w:pPr><w:bookmarkStart w:id="%d" w:name="_Toc%d"/>`, b.levels[i], b.headings, b.headings))
		b.runs(Plain(words(block.Text)), "")
		b.put(fmt.Sprintf(`<w:bookmarkEnd w:id="%d"/></w:p>`, b.headings))
	case KindText:
		b.paragraph("", "", block.Text)
	case KindNote:
		b.paragraph("Note", "", block.Text)
	case KindList:
		b.list(block)
	case KindTable:
		if block.Table != nil && len(block.Table.Columns) > 0 {
			b.table(block.Table)
		}
	case KindFigure:
		if block.Figure != nil {
			return b.figure(block.Figure)
		}
	}
	return nil
}

// paragraph writes a paragraph of a style; properties is further markup of its
// look.
func (b *docx) paragraph(style, properties string, spans []Span) {
	b.put("<w:p>")
	if style != "" {
		properties = `<w:pStyle w:val="` + style + `"/>` + properties
	}
	if properties != "" {
		b.put("<w:pPr>" + properties + "</w:pPr>")
	}
	b.runs(spans, "")
	b.put("</w:p>")
}

// runs writes spans; look is markup that all of them have.
func (b *docx) runs(spans []Span, look string) {
	for _, s := range spans {
		to, look := s.link(), look
		if to != "" {
			b.links = append(b.links, to)
			b.put(fmt.Sprintf(`<w:hyperlink r:id="rIdLink%d" w:history="1">`, len(b.links)))
			look = `<w:rStyle w:val="Hyperlink"/>` + look
		}
		if s.Strong {
			look += "<w:b/>"
		}
		if s.Emphasis {
			look += "<w:i/>"
		}
		b.put("<w:r>")
		if look != "" {
			b.put("<w:rPr>" + look + "</w:rPr>")
		}
		for i, line := range strings.Split(s.Text, "\n") {
			if i > 0 {
				b.put("<w:br/>")
			}
			b.put(`<w:t xml:space="preserve">`, line, "</w:t>")
		}
		b.put("</w:r>")
		if to != "" {
			b.put("</w:hyperlink>")
		}
	}
}

// list writes a list; each ordered one counts from one.
func (b *docx) list(block Block) {
	number := 1
	if block.Ordered {
		b.numbered = append(b.numbered, true)
		number = len(b.numbered)
	}
	for _, item := range block.Items {
		b.paragraph("ListParagraph", `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+strconv.Itoa(number)+`"/></w:numPr>`, item)
	}
}

func (b *docx) table(t *Table) {
	if t.Caption != "" {
		b.paragraph("Caption", "<w:keepNext/>", Plain(t.Caption))
	}
	b.put(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>` +
		fmt.Sprintf(`<w:tblLook w:val="%s" w:firstRow="1" w:lastRow="0" w:firstColumn="%d" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`, map[bool]string{true: "06A0", false: "0620"}[t.RowHeader], map[bool]int{true: 1}[t.RowHeader]))
	b.put(`<w:tblCaption w:val="`, t.Caption, `"/></w:tblPr><w:tblGrid>`)
	for range t.Columns {
		b.put(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, 9638/len(t.Columns)))
	}
	b.put(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for _, c := range t.Columns {
		b.cell(c, []Span{{Text: c.Title, Strong: true}}, `<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/></w:tcPr>`)
	}
	b.put("</w:tr>")
	for i, row := range t.Rows {
		b.put("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
		for n, cell := range t.cells(row) {
			if (n == 0 && t.RowHeader) || t.Total && i == len(t.Rows)-1 {
				cell = strong(cell)
			}
			b.cell(t.Columns[n], cell, "")
		}
		b.put("</w:tr>")
	}
	b.put("</w:tbl>")
	b.paragraph("Note", "", nil) // two tables that touch would be one
}

func (b *docx) cell(c Column, spans []Span, properties string) {
	side := ""
	if c.Number {
		side = `<w:jc w:val="right"/>`
	}
	b.put("<w:tc>" + properties)
	b.paragraph("TableText", side, spans)
	b.put("</w:tc>")
}

// strong makes all spans strong.
func strong(spans []Span) []Span {
	out := make([]Span, len(spans))
	for i, s := range spans {
		s.Strong = true
		out[i] = s
	}
	return out
}

// figure writes a picture at 96 points to the inch, at most as wide as the text and
// three fifths of a page high.
func (b *docx) figure(f *Figure) error {
	size, err := png.DecodeConfig(bytes.NewReader(f.PNG))
	if err != nil {
		return fmt.Errorf("picture %q: %w", f.Alt, err)
	}
	b.images = append(b.images, f.PNG)
	const unit, widest, tallest = 9525, 6120000, 6415200 // EMU of a pixel, of the width of the text, of a part of a page
	width, height := size.Width*unit, size.Height*unit
	if width > widest {
		width, height = widest, max(1, height*widest/width)
	}
	if height > tallest {
		width, height = max(1, width*tallest/height), tallest
	}
	n := len(b.images)
	b.put(fmt.Sprintf(`<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="image%d"`, width, height, n, n)+` descr="`, f.Alt, `"/>`)
	b.put(fmt.Sprintf(`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="image%d"`, n, n)+` descr="`, f.Alt, `"/><pic:cNvPicPr/></pic:nvPicPr>`)
	b.put(fmt.Sprintf(`<pic:blipFill><a:blip r:embed="rIdImage%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`, n, width, height))
	if f.Caption != "" {
		b.paragraph("Caption", "", Plain(f.Caption))
	}
	return nil
}
