package importer

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
)

// oldBook builds a workbook of Excel 97 to 2003 with one sheet. Texts stand among
// the shared ones, cut into records after so many bytes.
type oldBook struct {
	texts []string
	cells bytes.Buffer
	cut   int
}

func put(to *bytes.Buffer, kind int, data ...any) {
	var b bytes.Buffer
	for _, d := range data {
		binary.Write(&b, binary.LittleEndian, d)
	}
	binary.Write(to, binary.LittleEndian, []uint16{uint16(kind), uint16(b.Len())})
	to.Write(b.Bytes())
}

func (o *oldBook) text(row, column int, s string) {
	o.texts = append(o.texts, s)
	put(&o.cells, recordLabelSST, uint16(row), uint16(column), uint16(0), uint32(len(o.texts)-1))
}

func (o *oldBook) number(row, column, style int, n float64) {
	put(&o.cells, recordNumber, uint16(row), uint16(column), uint16(style), math.Float64bits(n))
}

// shared writes the texts in letters of two bytes, cut in the middle of them.
func (o *oldBook) shared(to *bytes.Buffer) {
	var parts [][]byte
	part := binary.LittleEndian.AppendUint32(nil, uint32(len(o.texts)))
	part = binary.LittleEndian.AppendUint32(part, uint32(len(o.texts)))
	for _, s := range o.texts {
		units := utf16.Encode([]rune(s))
		if len(part)+3 > o.cut {
			parts, part = append(parts, part), nil
		}
		part = append(binary.LittleEndian.AppendUint16(part, uint16(len(units))), 1)
		for _, u := range units {
			if len(part)+2 > o.cut {
				parts, part = append(parts, part), []byte{1}
			}
			part = binary.LittleEndian.AppendUint16(part, u)
		}
	}
	for i, p := range append(parts, part) {
		kind := recordSST
		if i > 0 {
			kind = recordContinue
		}
		put(to, kind, p)
	}
}

// file is the workbook in its container.
func (o *oldBook) file() []byte {
	var globals bytes.Buffer
	put(&globals, recordBOF, uint16(0x0600), uint16(5), make([]byte, 12))
	put(&globals, recordFormat, uint16(164), uint16(5), byte(0), []byte("0\"d\"0"))
	for _, format := range []uint16{0, 14, 164} {
		put(&globals, recordXF, uint16(0), format, make([]byte, 16))
	}
	sheetAt := globals.Len()
	put(&globals, recordSheet, uint32(0), byte(0), byte(0), byte(5), byte(0), []byte("List1"))
	o.shared(&globals)
	put(&globals, recordEOF)
	binary.LittleEndian.PutUint32(globals.Bytes()[sheetAt+4:], uint32(globals.Len()))
	put(&globals, recordBOF, uint16(0x0600), uint16(16), make([]byte, 12))
	globals.Write(o.cells.Bytes())
	put(&globals, recordEOF)
	return container(globals.Bytes())
}

// container puts a stream into a compound file of sectors of 512 bytes: header,
// table of sectors, directory, stream.
func container(stream []byte) []byte {
	const sector, end, tableSign, free = 512, 0xfffffffe, 0xfffffffd, 0xffffffff
	for len(stream) < 4096 || len(stream)%sector != 0 {
		stream = append(stream, 0)
	}
	n := len(stream) / sector
	tables := 1
	for tables*128 < n+1+tables {
		tables++
	}
	head := []uint32{0, 0, 0, uint32(tables), uint32(tables), 0, 4096, end, 0, end, 0}
	var out bytes.Buffer
	out.WriteString(signXLS)
	out.Write(make([]byte, 16))
	binary.Write(&out, binary.LittleEndian, []uint16{0x3e, 3, 0xfffe, 9, 6, 0})
	binary.Write(&out, binary.LittleEndian, head[1:])
	for i := range 109 {
		at := uint32(free)
		if i < tables {
			at = uint32(i)
		}
		binary.Write(&out, binary.LittleEndian, at)
	}
	out.Truncate(sector)
	chain := make([]uint32, tables*128)
	for i := range chain {
		switch {
		case i < tables:
			chain[i] = tableSign
		case i == tables, i == tables+n:
			chain[i] = end
		case i < tables+n:
			chain[i] = uint32(i + 1)
		default:
			chain[i] = free
		}
	}
	binary.Write(&out, binary.LittleEndian, chain)
	entry := func(name string, kind byte, child, start, size uint32) {
		var b [128]byte
		for i, u := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(b[2*i:], u)
		}
		if name != "" {
			binary.LittleEndian.PutUint16(b[64:], uint16(2*len(name)+2))
		}
		b[66], b[67] = kind, 1
		for i, v := range []uint32{free, free, child} {
			binary.LittleEndian.PutUint32(b[68+4*i:], v)
		}
		binary.LittleEndian.PutUint32(b[116:], start)
		binary.LittleEndian.PutUint32(b[120:], size)
		out.Write(b[:])
	}
	entry("Root Entry", 5, 1, end, 0)
	entry("Workbook", 2, free, uint32(tables+1), uint32(len(stream)))
	entry("", 0, free, 0, 0)
	entry("", 0, free, 0, 0)
	out.Write(stream)
	return out.Bytes()
}

func sampleOldBook(cut int) []byte {
	b := oldBook{cut: cut}
	for i, name := range []string{"obec", "kod_obce", "celkem", "datum", "podíl"} {
		b.text(0, i, name)
	}
	b.text(1, 0, "Žďár nad Sázavou")
	put(&b.cells, recordMulRK, uint16(1), uint16(1), uint16(0), uint32(595209<<2|2), uint16(0), uint32(42<<2|2), uint16(2))
	b.number(1, 3, 1, 44626)
	b.number(1, 4, 0, 12.5)
	b.text(2, 0, strings.Repeat("Příliš dlouhý název ", 30))
	put(&b.cells, recordRK, uint16(2), uint16(2), uint16(0), uint32(1250<<2|3))
	put(&b.cells, recordFormula, uint16(2), uint16(4), uint16(0), []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, make([]byte, 8))
	put(&b.cells, recordString, uint16(4), byte(0), []byte("text"))
	return b.file()
}

func TestAnOldWorkbookIsReadAsANewOne(t *testing.T) {
	for _, cut := range []int{8000, 64, 37} {
		table, err := ReadBytes("statistika-ukr-k-08-03-2022.xls", sampleOldBook(cut))
		if err != nil {
			t.Fatalf("texts cut after %d bytes: %v", cut, err)
		}
		if got := strings.Join(table.Header, "|"); got != "obec|kod_obce|celkem|datum|podíl" || table.Sheet != "List1" || table.Format != FormatXLS {
			t.Errorf("header %s of sheet %s (%s)", got, table.Sheet, table.Format)
		}
		rows := rowsOf(table)
		if len(rows) != 2 {
			t.Fatalf("%d rows", len(rows))
		}
		if got := strings.Join(rows[0].Cells, "|"); got != "Žďár nad Sázavou|595209|42|2022-03-06|12.5" {
			t.Errorf("first row %s", got)
		}
		if got := rows[1].Cells; got[0] != strings.Repeat("Příliš dlouhý název ", 30) || got[2] != "12.5" || got[4] != "text" {
			t.Errorf("second row %q", got)
		}
	}
}

func TestHalfAnOldWorkbookIsRefused(t *testing.T) {
	whole := sampleOldBook(8000)
	for _, size := range []int{9, 600, 1500, 2500} {
		if table, err := ReadBytes("a.xls", whole[:size]); err == nil {
			t.Errorf("%d bytes give a table of %d rows", size, table.Len())
		}
	}
}

func FuzzReadXLS(f *testing.F) {
	f.Add(sampleOldBook(8000))
	f.Add(sampleOldBook(37))
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, "a.xls", data) })
}
