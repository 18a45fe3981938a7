package export

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	linkSpace    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace = "http://schemas.openxmlformats.org/package/2006/"
	mediaPrefix  = "application/vnd.openxmlformats-officedocument.spreadsheetml."

	packageLinks = xmlHead + `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="rId1" Type="` + linkSpace +
		`/officeDocument" Target="xl/workbook.xml"/></Relationships>`
)

// The styles of cells, by their places in styles.
const (
	_            = iota // the one without a format, which must come first
	styleHead           // bold
	styleText           // text, also when edited
	styleLiteral        // text that looks like a formula: the quote prefix keeps it a text when edited
	styleDate
	styleMoney   // 740 576,85
	styleWhole   // 1 234
	stylePlain   // 2017, 0.5
	stylePercent // 33,33 %
)

// styles is the part of formats. Formats 3, 4, 14 and 49 are those that every
// program shows the way of its country; 14 is a day.
func styles() string {
	var xfs strings.Builder
	for _, xf := range []string{
		`numFmtId="0"`, `numFmtId="49" fontId="1" applyFont="1" applyNumberFormat="1"`, `numFmtId="49" applyNumberFormat="1"`,
		`numFmtId="49" quotePrefix="1" applyNumberFormat="1"`, `numFmtId="14" applyNumberFormat="1"`, `numFmtId="4" applyNumberFormat="1"`,
		`numFmtId="3" applyNumberFormat="1"`, `numFmtId="0"`, `numFmtId="164" applyNumberFormat="1"`,
	} {
		xfs.WriteString(`<xf borderId="0" fillId="0" xfId="0" ` + xf + `/>`)
	}
	return xmlHead + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.00&quot; %&quot;"/></numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="9">` + xfs.String() + `</cellXfs></styleSheet>`
}

// styleOf is the style of a number of a kind.
func styleOf(kind Kind, cell string) int {
	switch {
	case kind == KindMoney:
		return styleMoney
	case kind == KindPercent:
		return stylePercent
	case kind == KindNumber && !strings.Contains(cell, "."):
		return styleWhole
	}
	return stylePlain
}

// textStyle keeps a text that a spreadsheet would run as a formula a text.
func textStyle(cell string) int {
	if strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return styleLiteral
	}
	return styleText
}

// width is how wide a column is, in characters.
func (c Column) width() int {
	switch least := min(max(len([]rune(c.Label))+3, 12), 28); c.Kind {
	case KindText:
		return max(least, 26)
	case KindURL:
		return max(least, 36)
	default:
		return least
	}
}

func sheetPart(n int) string { return "xl/worksheets/sheet" + strconv.Itoa(n) + ".xml" }

// dataSheets names n sheets of data: "Projekty", "Projekty (2)".
func dataSheets(name string, n int) []string {
	out := []string{sheetName(name, "")}
	for i := 2; i <= n; i++ {
		out = append(out, sheetName(name, " ("+strconv.Itoa(i)+")"))
	}
	return out
}

// sheetName makes a name fit for a sheet: at most 31 characters and none of
// those that addresses of cells use.
func sheetName(name, suffix string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, name), "' ")
	if name == "" {
		name = "data"
	}
	runes := []rune(name)
	return string(runes[:min(len(runes), 31-len(suffix))]) + suffix
}

func workbookPart(names []string) string {
	var b strings.Builder
	for i, name := range names {
		fmt.Fprintf(&b, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, attribute(name), i+1, i+1)
	}
	return xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + linkSpace + `"><sheets>` + b.String() + `</sheets></workbook>`
}

func attribute(s string) string {
	return strings.ReplaceAll(string(appendText(nil, s)), `"`, "&quot;")
}

// workbookLinks ties the sheets and the formats to the workbook.
func workbookLinks(sheets int) string {
	var b strings.Builder
	link := func(i int, kind, target string) {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i, linkSpace, kind, target)
	}
	for i := 1; i <= sheets; i++ {
		link(i, "worksheet", strings.TrimPrefix(sheetPart(i), "xl/"))
	}
	link(sheets+1, "styles", "styles.xml")
	return xmlHead + `<Relationships xmlns="` + packageSpace + `relationships">` + b.String() + `</Relationships>`
}

func contentTypes(sheets int) string {
	var b strings.Builder
	part := func(name, kind string) {
		fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s%s+xml"/>`, name, mediaPrefix, kind)
	}
	part("xl/workbook.xml", "sheet.main")
	part("xl/styles.xml", "styles")
	for i := 1; i <= sheets; i++ {
		part(sheetPart(i), "worksheet")
	}
	return xmlHead + `<Types xmlns="` + packageSpace + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` + b.String() + `</Types>`
}
