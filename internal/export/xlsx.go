package export

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"fmt"
	"io"
	"strconv"
)

// sheetRows is how many rows one sheet can have, the header included.
const sheetRows = 1_048_576

// writeXLSX writes an Excel workbook (ECMA-376) with typed cells. The workbook is
// made here and not by a library, because a row must leave memory as soon as it
// is written: the parts that name the sheets go to the end of the archive.
func writeXLSX(w io.Writer, t Table) error {
	return (&workbook{table: t, limit: sheetRows}).write(w)
}

// workbook is a workbook being written.
type workbook struct {
	table Table
	limit int // rows of one sheet
	zip   *zip.Writer
	part  *bufio.Writer // the sheet being written
	row   int           // the last one written to it, from 1
	data  int           // sheets of data that were begun
	total int           // rows of data
	cells cells
}

func (b *workbook) write(w io.Writer) error {
	b.zip = zip.NewWriter(w)
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, part := range []struct{ name, text string }{{"_rels/.rels", packageLinks}, {"xl/styles.xml", styles()}} {
		if err := b.whole(part.name, part.text); err != nil {
			return err
		}
	}
	if err := b.rows(); err != nil {
		return err
	}
	about := About{}
	if b.table.About != nil {
		about = b.table.About()
	}
	names := dataSheets(about.Sheet, b.data)
	if about.Notes != "" {
		if err := b.notes(about); err != nil {
			return err
		}
		names = append(names, sheetName(about.Notes, ""))
	}
	for _, part := range []struct{ name, text string }{
		{"xl/workbook.xml", workbookPart(names)}, {"xl/_rels/workbook.xml.rels", workbookLinks(len(names))},
		{"[Content_Types].xml", contentTypes(len(names))},
	} {
		if err := b.whole(part.name, part.text); err != nil {
			return err
		}
	}
	return b.zip.Close()
}

func (b *workbook) whole(name, text string) error {
	w, err := b.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

// rows writes the rows of data; those that one sheet cannot hold go on on the
// next one, under the same header.
func (b *workbook) rows() error {
	if err := b.open(); err != nil {
		return err
	}
	for row, err := range b.table.Rows {
		if err != nil {
			return err
		}
		if b.row == b.limit {
			if err := b.close(); err != nil {
				return err
			}
			if err := b.open(); err != nil {
				return err
			}
		}
		b.total++
		b.begin()
		for i, cell := range row {
			b.cells.add(i, b.row, cell, b.table.Columns[i].Kind)
		}
		if err := b.end(); err != nil {
			return err
		}
	}
	return b.close()
}

// open begins a sheet of data with its frozen header.
func (b *workbook) open() error {
	b.data++
	if err := b.sheet(b.data); err != nil {
		return err
	}
	b.part.WriteString(`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(b.table.Columns) > 0 {
		b.part.WriteString("<cols>")
		for i, c := range b.table.Columns {
			fmt.Fprintf(b.part, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, c.width())
		}
		b.part.WriteString("</cols>")
	}
	b.part.WriteString("<sheetData>")
	b.begin()
	for i, c := range b.table.Columns {
		b.cells.text(i, b.row, c.Label, styleHead)
	}
	return b.end()
}

// close ends a sheet of data with the filter over all its rows.
func (b *workbook) close() error {
	b.part.WriteString("</sheetData>")
	if n := len(b.table.Columns); n > 0 {
		fmt.Fprintf(b.part, `<autoFilter ref="A1:%s%d"/>`, columnName(n-1), b.row)
	}
	b.part.WriteString("</worksheet>")
	return b.part.Flush()
}

// sheet begins the part of a sheet, counted from 1.
func (b *workbook) sheet(n int) error {
	w, err := b.zip.Create(sheetPart(n))
	if err != nil {
		return err
	}
	b.part, b.row = bufio.NewWriterSize(w, 1<<16), 0
	_, err = b.part.WriteString(xmlHead + `<worksheet xmlns="` + mainSpace + `">`)
	return err
}

func (b *workbook) begin() {
	b.row++
	b.cells.out = append(b.cells.out[:0], `<row r="`...)
	b.cells.out = append(strconv.AppendInt(b.cells.out, int64(b.row), 10), `">`...)
}

func (b *workbook) end() error {
	b.cells.out = append(b.cells.out, "</row>"...)
	_, err := b.part.Write(b.cells.out)
	return err
}

// notes writes the sheet of explanations.
func (b *workbook) notes(about About) error {
	if err := b.sheet(b.data + 1); err != nil {
		return err
	}
	b.part.WriteString(`<cols><col min="1" max="1" width="44" customWidth="1"/><col min="2" max="2" width="60" customWidth="1"/><col min="3" max="3" width="24" customWidth="1"/></cols><sheetData>`)
	for _, l := range about.Lines {
		b.line([]string{l.Label, l.Text}, KindText, styleHead, styleText)
	}
	b.line([]string{about.Rows, strconv.Itoa(b.total)}, KindNumber, styleHead)
	if b.data > 1 {
		b.line([]string{about.Sheets, strconv.Itoa(b.data)}, KindNumber, styleHead)
	}
	if b.cells.cut > 0 {
		b.line([]string{about.Cut, strconv.Itoa(b.cells.cut)}, KindNumber, styleHead)
	}
	b.row++ // a blank one
	b.line([]string{about.Column, about.Key, about.Kind}, KindText, styleHead, styleHead, styleHead)
	for _, c := range b.table.Columns {
		b.line([]string{c.Label, c.Key, about.Kinds[c.Kind]}, KindText, styleText, styleText, styleText)
	}
	b.part.WriteString("</sheetData></worksheet>")
	return b.part.Flush()
}

// line writes a row of the explanations: as many cells as there are styles as
// texts, the others of a kind. What the buffer could not take, its Flush says.
func (b *workbook) line(row []string, kind Kind, styles ...int) {
	b.begin()
	for i, cell := range row {
		if i < len(styles) {
			b.cells.text(i, b.row, cell, styles[i])
			continue
		}
		b.cells.add(i, b.row, cell, kind)
	}
	_ = b.end()
}
