package document

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is one cut of the typeface of a PDF: Go, which has Latin letters with all
// Czech marks, Cyrillic and Greek. It remembers which letters were used.
type face struct {
	name   string
	ttf    []byte
	font   *sfnt.Font
	buffer sfnt.Buffer
	units  int
	glyphs map[rune]glyph
	used   map[uint16]rune
}

// glyph is the picture of a letter and how wide it is in units of the face.
type glyph struct {
	id      uint16
	advance int
}

// Cuts of the typeface; strong and emphasis are added.
const (
	regular  = 0
	bold     = 1
	italic   = 2
	allFaces = 4
)

// newFaces opens the cuts. They are part of the program, so an error is a fault of
// ours.
func newFaces() (faces [allFaces]*face, err error) {
	names := [allFaces]string{"Go-Regular", "Go-Bold", "Go-Italic", "Go-BoldItalic"}
	for i, ttf := range [allFaces][]byte{goregular.TTF, gobold.TTF, goitalic.TTF, gobolditalic.TTF} {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			return faces, fmt.Errorf("font %s: %w", names[i], err)
		}
		faces[i] = &face{name: names[i], ttf: ttf, font: f, units: int(f.UnitsPerEm()), glyphs: map[rune]glyph{}, used: map[uint16]rune{}}
	}
	return faces, nil
}

// glyph finds a letter; what the typeface lacks is a question mark, as a letter
// that is nowhere must be seen.
func (f *face) glyph(r rune) glyph {
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	shown := r
	switch r {
	case '\u00a0', '\u202f', '\u2009', '\t':
		shown = ' '
	case '\u2011':
		shown = '-'
	case '\u00ad', '\u200b', '\ufeff':
		shown = ' '
	}
	id, err := f.font.GlyphIndex(&f.buffer, shown)
	if err != nil || id == 0 {
		shown = '?'
		id, _ = f.font.GlyphIndex(&f.buffer, shown)
	}
	advance, _ := f.font.GlyphAdvance(&f.buffer, id, fixed.I(f.units), font.HintingNone)
	g := glyph{uint16(id), advance.Round()}
	if _, there := f.used[g.id]; !there {
		f.used[g.id] = shown
	}
	f.glyphs[r] = g
	return g
}

// width is how wide a text is in points at a size in points.
func (f *face) width(text string, size float64) float64 {
	sum := 0
	for _, r := range text {
		sum += f.glyph(r).advance
	}
	return float64(sum) * size / float64(f.units)
}

// usedGlyphs are the used glyphs in their order.
func (f *face) usedGlyphs() []uint16 { return slices.Sorted(maps.Keys(f.used)) }

// box is what all letters of the face fit in, in thousandths of their size.
func (f *face) box() string {
	b, err := f.font.Bounds(&f.buffer, fixed.I(1000), font.HintingNone)
	if err != nil {
		return "0 0 0 0"
	}
	return fmt.Sprintf("%d %d %d %d", b.Min.X.Floor(), -b.Max.Y.Ceil(), b.Max.X.Ceil(), -b.Min.Y.Floor())
}

// subset is the font file with the outlines of used glyphs only. Glyphs keep their
// numbers, so what the pages say stays true.
func (f *face) subset() ([]byte, error) {
	tables, err := fontTables(f.ttf)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", f.name, err)
	}
	offsets := glyphOffsets(tables)
	keep := map[uint16]bool{0: true}
	for id := range f.used {
		keepGlyph(tables["glyf"], offsets, id, keep)
	}
	var glyf, loca []byte
	for id := range len(offsets) - 1 {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if keep[uint16(id)] {
			glyf = append(glyf, tables["glyf"][offsets[id]:offsets[id+1]]...)
			glyf = append(glyf, make([]byte, -len(glyf)&3)...)
		}
	}
	tables["glyf"], tables["loca"] = glyf, binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	head := slices.Clone(tables["head"])
	binary.BigEndian.PutUint32(head[8:], 0)  // the sum of all, filled in below
	binary.BigEndian.PutUint16(head[50:], 1) // loca has whole offsets
	tables["head"] = head
	return joinTables(tables), nil
}

// fontTables cuts a font file to those tables that a PDF wants.
func fontTables(ttf []byte) (map[string][]byte, error) {
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(ttf[4:])) {
		record := ttf[12+16*i:]
		from, length := binary.BigEndian.Uint32(record[8:]), binary.BigEndian.Uint32(record[12:])
		tables[string(record[:4])] = ttf[from : from+length]
	}
	out := map[string][]byte{}
	for _, name := range []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"} {
		if table, ok := tables[name]; ok {
			out[name] = table
		} else if name[0] == 'g' || name[0] == 'h' || name[0] == 'l' {
			return nil, fmt.Errorf("no table %s", name)
		}
	}
	return out, nil
}

// glyphOffsets reads where outlines begin in the table glyf.
func glyphOffsets(tables map[string][]byte) []int {
	loca, count := tables["loca"], int(binary.BigEndian.Uint16(tables["maxp"][4:]))
	whole := binary.BigEndian.Uint16(tables["head"][50:]) == 1
	offsets := make([]int, count+1)
	for i := range offsets {
		if whole {
			offsets[i] = int(binary.BigEndian.Uint32(loca[4*i:]))
		} else {
			offsets[i] = 2 * int(binary.BigEndian.Uint16(loca[2*i:]))
		}
	}
	return offsets
}

// keepGlyph keeps a glyph and those it is put together from.
func keepGlyph(glyf []byte, offsets []int, id uint16, keep map[uint16]bool) {
	if keep[id] || int(id)+1 >= len(offsets) {
		return
	}
	keep[id] = true
	outline := glyf[offsets[id]:offsets[id+1]]
	if len(outline) == 0 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return
	}
	const words, scale, more, twoScales, matrix = 0x1, 0x8, 0x20, 0x40, 0x80
	for at := 10; ; {
		flags, part := binary.BigEndian.Uint16(outline[at:]), binary.BigEndian.Uint16(outline[at+2:])
		keepGlyph(glyf, offsets, part, keep)
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return
		}
	}
}

// joinTables makes a font file of tables.
func joinTables(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	search, power := 16, 0
	for search*2 <= 16*len(names) {
		search, power = search*2, power+1
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, n := range []int{len(names), search, power, 16*len(names) - search} {
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	}
	at, head := 12+16*len(names), 0
	for _, name := range names {
		table := tables[name]
		if name == "head" {
			head = at
		}
		out = append(out, name...)
		for _, n := range []uint32{checksum(table), uint32(at), uint32(len(table))} {
			out = binary.BigEndian.AppendUint32(out, n)
		}
		at += (len(table) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, tables[name]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	binary.BigEndian.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out
}

// checksum is the sum of a table's words, as if zeros followed it.
func checksum(table []byte) (sum uint32) {
	for len(table) >= 4 {
		sum, table = sum+binary.BigEndian.Uint32(table), table[4:]
	}
	var rest [4]byte
	copy(rest[:], table)
	return sum + binary.BigEndian.Uint32(rest[:])
}
