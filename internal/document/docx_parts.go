package document

import (
	"fmt"
	"strings"
	"time"
)

const (
	docxHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	docxOpen  = "http://schemas.openxmlformats.org/"
	docxNames = `xmlns:w="` + docxOpen + `wordprocessingml/2006/main" xmlns:r="` + docxOpen + `officeDocument/2006/relationships" xmlns:wp="` + docxOpen + `drawingml/2006/wordprocessingDrawing" xmlns:a="` + docxOpen + `drawingml/2006/main" xmlns:pic="` + docxOpen + `drawingml/2006/picture"`
	docxWord  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	docxRel   = docxOpen + "officeDocument/2006/relationships/"

	docxTypes = docxHead + `<Types xmlns="` + docxOpen + `package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + docxWord + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + docxWord + `styles+xml"/><Override PartName="/word/numbering.xml" ContentType="` + docxWord + `numbering+xml"/><Override PartName="/word/settings.xml" ContentType="` + docxWord + `settings+xml"/><Override PartName="/word/footer1.xml" ContentType="` + docxWord + `footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`

	docxRoot = docxHead + `<Relationships xmlns="` + docxOpen + `package/2006/relationships"><Relationship Id="rId1" Type="` + docxRel + `officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="` + docxOpen + `package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="` + docxRel + `extended-properties" Target="docProps/app.xml"/></Relationships>`

	docxApp = docxHead + `<Properties xmlns="` + docxOpen + `officeDocument/2006/extended-properties"><Application>Atlas integrace</Application></Properties>`
)

// docxCore is what the document says about itself.
func docxCore(d *Document) string {
	made := d.MadeAt.UTC().Format(time.RFC3339)
	return docxHead + `<cp:coreProperties xmlns:cp="` + docxOpen + `package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + xmlText(d.Title) + `</dc:title><dc:subject>` + xmlText(d.Subject) + `</dc:subject><dc:creator>` + xmlText(d.Author) + `</dc:creator><dc:language>` + locale(d.Lang) + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + made + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + made + `</dcterms:modified></cp:coreProperties>`
}

// locale is a language with its country, as word processors want it.
func locale(lang string) string {
	switch lang {
	case "cs":
		return "cs-CZ"
	case "en":
		return "en-GB"
	}
	return xmlText(lang)
}

func docxStyles(lang string) string {
	var b strings.Builder
	b.WriteString(docxHead + `<w:styles ` + docxNames + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="21"/><w:lang w:val="` + locale(lang) + `"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	style := func(id, name, base, paragraph, run string) {
		b.WriteString(`<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="` + base + `"/>`)
		fmt.Fprintf(&b, `<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, paragraph, run)
	}
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	style("Title", "Title", "Normal", `<w:spacing w:after="120"/>`, `<w:b/><w:sz w:val="44"/>`)
	style("Subtitle", "Subtitle", "Normal", "", `<w:sz w:val="26"/>`)
	for i, size := range []int{30, 25, 22} {
		style(fmt.Sprintf("Heading%d", i+1), fmt.Sprintf("heading %d", i+1), "Normal", fmt.Sprintf(`<w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="%d"/>`, i), fmt.Sprintf(`<w:b/><w:sz w:val="%d"/>`, size))
		style(fmt.Sprintf("TOC%d", i+1), fmt.Sprintf("toc %d", i+1), "Normal", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9628"/></w:tabs><w:spacing w:after="40"/><w:ind w:left="%d"/>`, i*284), "")
	}
	style("TOCHeading", "TOC Heading", "Normal", `<w:keepNext/><w:spacing w:before="280" w:after="100"/>`, `<w:b/><w:sz w:val="30"/>`)
	style("ListParagraph", "List Paragraph", "Normal", `<w:spacing w:after="60"/><w:ind w:left="425" w:hanging="425"/>`, "")
	style("Caption", "caption", "Normal", `<w:spacing w:before="160" w:after="80"/>`, `<w:b/><w:sz w:val="19"/>`)
	style("Note", "Note", "Normal", "", `<w:color w:val="555555"/><w:sz w:val="18"/>`)
	style("TableText", "Table Text", "Normal", `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="18"/>`)
	style("Footer", "footer", "Normal", `<w:spacing w:after="0"/><w:jc w:val="right"/>`, `<w:sz w:val="16"/>`)
	b.WriteString(`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0B4F9E"/><w:u w:val="single"/></w:rPr></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
		`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="999999"/>`)
	}
	b.WriteString(`</w:tblBorders></w:tblPr></w:style></w:styles>`)
	return b.String()
}

// numbering has one list of bullets and one of numbers for each ordered list.
func (b *docx) numbering() string {
	var out strings.Builder
	out.WriteString(docxHead + `<w:numbering ` + docxNames + `>`)
	for i, look := range []string{`<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>`, `<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>`} {
		fmt.Fprintf(&out, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>%s<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:lvl></w:abstractNum>`, i, look)
	}
	for i, ordered := range b.numbered {
		if ordered {
			fmt.Fprintf(&out, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, i+1)
			continue
		}
		fmt.Fprintf(&out, `<w:num w:numId="%d"><w:abstractNumId w:val="0"/></w:num>`, i+1)
	}
	out.WriteString(`</w:numbering>`)
	return out.String()
}

func docxSettings(lang string) string {
	return docxHead + `<w:settings ` + docxNames + `><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="` + locale(lang) + `"/></w:settings>`
}

// docxFooter has what stands on each page and its number.
func docxFooter(foot string) string {
	field := func(name string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	if foot != "" {
		foot += "   "
	}
	return docxHead + `<w:ftr ` + docxNames + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">` + xmlText(foot) + `</w:t></w:r>` +
		field("PAGE") + `<w:r><w:t xml:space="preserve"> / </w:t></w:r>` + field("NUMPAGES") + `</w:p></w:ftr>`
}

// relations say which parts and addresses the text refers to.
func (b *docx) relations() string {
	var out strings.Builder
	out.WriteString(docxHead + `<Relationships xmlns="` + docxOpen + `package/2006/relationships">`)
	for i, name := range []string{"styles", "numbering", "settings"} {
		fmt.Fprintf(&out, `<Relationship Id="rId%d" Type="%s%s" Target="%s.xml"/>`, i+1, docxRel, name, name)
	}
	out.WriteString(`<Relationship Id="rId4" Type="` + docxRel + `footer" Target="footer1.xml"/>`)
	for i, to := range b.links {
		fmt.Fprintf(&out, `<Relationship Id="rIdLink%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, i+1, docxRel, xmlText(to))
	}
	for i := range b.images {
		fmt.Fprintf(&out, `<Relationship Id="rIdImage%d" Type="%simage" Target="media/image%d.png"/>`, i+1, docxRel, i+1)
	}
	out.WriteString(`</Relationships>`)
	return out.String()
}
