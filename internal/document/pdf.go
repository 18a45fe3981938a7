package document

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"
)

// Measures of a page in points: A4 with margins of 20 mm.
const (
	pageWidth, pageHeight = 595.28, 841.89
	margin                = 56.7
	textWidth             = pageWidth - 2*margin
	bottom                = margin + 12 // below it stands the footer
)

// WritePDF writes a document as tagged PDF 1.7 that says it is PDF/UA-1: a tree of
// structure in the order of reading, language, title, bookmarks, alternative texts,
// header cells with their scope, fonts embedded with the letters they stand for.
// It fails when a picture is no PNG or w does.
func WritePDF(w io.Writer, d *Document) error {
	pages, err := laid(d, nil)
	if err != nil {
		return err
	}
	if d.Contents != "" { // a second time, when the pages of headings are known
		if pages, err = laid(d, pages.headings); err != nil {
			return err
		}
	}
	body, err := pages.file()
	if err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}

// pdf is a file while it is made.
type pdf struct {
	doc         *Document
	faces       [allFaces]*face
	sheets      []*sheet
	y           float64 // where the next line begins, from the bottom
	document    *node
	headings    []heading
	known       []heading // headings of the first round, for the table of contents
	annotations []*annotation
	pictures    []picture
	objects     []string // by their number less one
}

// heading is where a heading stands.
type heading struct {
	text        string
	level, page int
	y           float64
}

func laid(doc *Document, known []heading) (*pdf, error) {
	d := &pdf{doc: doc, known: known, document: &node{tag: "Document"}}
	var err error
	if d.faces, err = newFaces(); err != nil {
		return nil, err
	}
	return d, d.flow()
}

func (d *pdf) reserve() int {
	d.objects = append(d.objects, "")
	return len(d.objects)
}

func (d *pdf) set(number int, body string) { d.objects[number-1] = body }

func (d *pdf) add(body string) int {
	n := d.reserve()
	d.set(n, body)
	return n
}

// stream adds a packed stream with further entries of its dictionary.
func (d *pdf) stream(entries string, body []byte) int {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(body) // a buffer takes everything
	_ = z.Close()
	return d.add(fmt.Sprintf("<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream", entries, packed.Len(), packed.Bytes()))
}

// file puts the objects of the laid out pages together.
func (d *pdf) file() ([]byte, error) {
	catalog, pages := d.reserve(), d.reserve()
	fonts, err := d.writeFonts()
	if err != nil {
		return nil, err
	}
	d.writePages(pages, fonts)
	tree := d.writeTree()
	outline := d.writeOutline()
	meta := d.add(fmt.Sprintf("<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%s\nendstream", len(d.xmp()), d.xmp()))
	info := d.add(fmt.Sprintf("<</Title %s /Subject %s /Author %s /Creator (Atlas integrace) /Producer (Atlas integrace) /CreationDate %s /ModDate %[4]s>>",
		textString(d.doc.Title), textString(d.doc.Subject), textString(d.doc.Author), d.doc.MadeAt.UTC().Format("(D:20060102150405Z)")))
	d.set(catalog, fmt.Sprintf("<</Type /Catalog /Pages %d 0 R /Lang %s /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /ViewerPreferences <</DisplayDocTitle true>> /Metadata %d 0 R%s>>",
		pages, textString(locale(d.doc.Lang)), tree, meta, outline))

	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(d.objects))
	for i, body := range d.objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	id := fmt.Sprintf("<%X>", sha256.Sum256(out.Bytes()))[:33] + ">"
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [%s %s]>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, catalog, info, id, id, start)
	return out.Bytes(), nil
}

// writePages writes pages, their annotations and pictures.
func (d *pdf) writePages(parent int, fonts string) {
	for _, s := range d.sheets {
		s.object = d.reserve()
	}
	for i := range d.pictures {
		p := &d.pictures[i]
		p.object = d.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8", p.width, p.height), p.pixels)
	}
	for i, a := range d.annotations {
		action := fmt.Sprintf("/A <</S /URI /URI %s>>", byteString(a.uri))
		if a.uri == "" {
			h := d.known[a.to]
			action = fmt.Sprintf("/Dest [%d 0 R /XYZ 0 %.2f 0]", d.sheets[min(h.page, len(d.sheets)-1)].object, h.y)
		}
		a.object = d.add(fmt.Sprintf("<</Type /Annot /Subtype /Link /Rect [%.2f %.2f %.2f %.2f] /Border [0 0 0] /F 4 /Contents %s /StructParent %d %s>>",
			a.box[0], a.box[1], a.box[2], a.box[3], textString(a.about), len(d.sheets)+i, action))
	}
	var kids strings.Builder
	for i, s := range d.sheets {
		fmt.Fprintf(&kids, "%d 0 R ", s.object)
		var images, annotations strings.Builder
		for _, n := range s.pictures {
			fmt.Fprintf(&images, "/I%d %d 0 R ", n, d.pictures[n].object)
		}
		for _, a := range s.annotations {
			fmt.Fprintf(&annotations, "%d 0 R ", a.object)
		}
		body := d.stream("", s.body.Bytes())
		d.set(s.object, fmt.Sprintf("<</Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Resources <</Font <<%s>> /XObject <<%s>>>> /Contents %d 0 R /StructParents %d /Tabs /S /Annots [%s]>>",
			parent, pageWidth, pageHeight, fonts, images.String(), body, i, annotations.String()))
	}
	d.set(parent, fmt.Sprintf("<</Type /Pages /Kids [%s] /Count %d>>", kids.String(), len(d.sheets)))
}

// writeFonts embeds what was used of each face; it gives back the resources.
func (d *pdf) writeFonts() (resources string, err error) {
	for i, f := range d.faces {
		if len(f.used) == 0 {
			continue
		}
		ttf, err := f.subset()
		if err != nil {
			return "", err
		}
		name := fmt.Sprintf("ATLAS%c+%s", 'A'+i, f.name)
		file := d.stream(fmt.Sprintf("/Length1 %d", len(ttf)), ttf)
		angle, scale := 0, func(n int) int { return n * 1000 / f.units }
		if i&italic != 0 {
			angle = -12
		}
		descriptor := d.add(fmt.Sprintf("<</Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%s] /ItalicAngle %d /Ascent 950 /Descent -222 /CapHeight 730 /StemV %d /FontFile2 %d 0 R>>",
			name, 4|i&italic<<5, f.box(), angle, 80+60*(i&bold), file))
		var widths, letters strings.Builder
		for _, id := range f.usedGlyphs() {
			fmt.Fprintf(&widths, "%d [%d] ", id, scale(f.glyph(f.used[id]).advance))
		}
		used := f.usedGlyphs()
		for len(used) > 0 { // at most a hundred in one block
			n := min(len(used), 100)
			fmt.Fprintf(&letters, "%d beginbfchar\n", n)
			for _, id := range used[:n] {
				fmt.Fprintf(&letters, "<%04X> <%s>\n", id, utf16Hex(string(f.used[id])))
			}
			letters.WriteString("endbfchar\n")
			used = used[n:]
		}
		unicode := d.stream("", []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"+letters.String()+"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"))
		descendant := d.add(fmt.Sprintf("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R /DW 1000 /W [%s] /CIDToGIDMap /Identity>>", name, descriptor, widths.String()))
		font := d.add(fmt.Sprintf("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>", name, descendant, unicode))
		resources += fmt.Sprintf("/F%d %d 0 R ", i, font)
	}
	return resources, nil
}

// writeOutline writes the bookmarks, nested as the headings are, and gives back
// their entry of the catalogue.
func (d *pdf) writeOutline() string {
	if len(d.headings) == 0 {
		return ""
	}
	root := d.reserve()
	type mark struct {
		object, parent, prev, next, first, last, count int
	}
	marks := make([]mark, len(d.headings))
	above := []int{-1} // the open headings, the outermost first; -1 is the root
	var top mark
	for i, h := range d.headings {
		marks[i].object = d.reserve()
		above = above[:min(h.level, len(above))]
		up := above[len(above)-1]
		over, number := &top, root
		if up >= 0 {
			over, number = &marks[up], marks[up].object
		}
		marks[i].parent = number
		if over.first == 0 {
			over.first = marks[i].object
		} else {
			marks[i].prev = over.last
			marks[over.last-marks[0].object].next = marks[i].object
		}
		over.last = marks[i].object
		over.count++
		above = append(above, i)
	}
	for i, m := range marks {
		entry := fmt.Sprintf("<</Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ 0 %.2f 0]", textString(d.headings[i].text), m.parent, d.sheets[d.headings[i].page].object, d.headings[i].y)
		for _, x := range []struct {
			name string
			to   int
		}{{"Prev", m.prev}, {"Next", m.next}, {"First", m.first}, {"Last", m.last}} {
			if x.to > 0 {
				entry += fmt.Sprintf(" /%s %d 0 R", x.name, x.to)
			}
		}
		if m.count > 0 {
			entry += fmt.Sprintf(" /Count -%d", m.count) // closed, its children counted
		}
		d.set(m.object, entry+">>")
	}
	d.set(root, fmt.Sprintf("<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>", top.first, top.last, top.count))
	return fmt.Sprintf(" /Outlines %d 0 R /PageMode /UseOutlines", root)
}

// xmp is what the file says about itself for programs.
func (d *pdf) xmp() string {
	made := d.doc.MadeAt.UTC().Format(time.RFC3339)
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + xmlText(d.doc.Title) + `</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>` + xmlText(d.doc.Author) + `</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + xmlText(d.doc.Subject) + `</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>` + locale(d.doc.Lang) + `</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>Atlas integrace</pdf:Producer><xmp:CreatorTool>Atlas integrace</xmp:CreatorTool><xmp:CreateDate>` + made + `</xmp:CreateDate><xmp:ModifyDate>` + made + `</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`
}

// textString is a text of a dictionary in any script.
func textString(s string) string { return "<FEFF" + utf16Hex(clean(s)) + ">" }

// byteString is a string of bytes, such as an address.
func byteString(s string) string { return fmt.Sprintf("<%X>", s) }

func utf16Hex(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}
