// Package document holds one content – headings, paragraphs, lists, tables,
// figures, notes – and writes it as HTML for our pages, as DOCX to be edited and
// as tagged PDF to be kept. Whoever reads with their ears gets the same from each:
// language, title, headings, header cells, alternative texts, order of reading.
//
// Nothing in it reads a clock or a database: the same content is the same bytes.
// Words that a writer adds come in with the content, so it has no language of its
// own.
package document

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Document (dokument) is what a reader gets, in the order in which it is read. It
// is plain data, so that it can be kept as JSON and written again the same.
type Document struct {
	Lang     string    `json:"lang"` // "cs", "en"
	Title    string    `json:"title"`
	Subject  string    `json:"subject,omitempty"`
	Author   string    `json:"author,omitempty"` // who made it: the instance
	AsOf     string    `json:"as_of,omitempty"`  // in words: to which day the data are
	MadeAt   time.Time `json:"made_at"`
	Foot     string    `json:"foot,omitempty"`     // on each page, before its number
	Contents string    `json:"contents,omitempty"` // heading of the table of contents; "" is none
	Blocks   []Block   `json:"blocks"`
}

// Kind says which part of a Block is filled.
type Kind string

// Kinds of blocks.
const (
	KindHeading Kind = "heading" // Level, Text
	KindText    Kind = "text"    // Text
	KindNote    Kind = "note"    // Text: a source, a remark below what it is about
	KindList    Kind = "list"    // Ordered, Items
	KindTable   Kind = "table"   // Table
	KindFigure  Kind = "figure"  // Figure
)

// Block is one piece of a document.
type Block struct {
	Kind    Kind     `json:"kind"`
	Level   int      `json:"level,omitempty"` // of a heading: 1 under the title to 3
	Text    []Span   `json:"text,omitempty"`
	Ordered bool     `json:"ordered,omitempty"`
	Items   [][]Span `json:"items,omitempty"`
	Table   *Table   `json:"table,omitempty"`
	Figure  *Figure  `json:"figure,omitempty"`
}

// Span is text of one look. A link is a whole address with http, https or mailto;
// anything else is written as plain text.
type Span struct {
	Text     string `json:"text"`
	Strong   bool   `json:"strong,omitempty"`
	Emphasis bool   `json:"emphasis,omitempty"`
	Link     string `json:"link,omitempty"`
}

// Table is a table with a caption and header cells. Rows are as long as Columns:
// what is missing is an empty cell, what is over is left out.
type Table struct {
	Caption   string     `json:"caption"`
	Columns   []Column   `json:"columns"`
	Rows      [][][]Span `json:"rows"`
	RowHeader bool       `json:"row_header,omitempty"` // the first cell of a row is its header
	Total     bool       `json:"total,omitempty"`      // the last row sums the others
}

// Column is the header of a column. Numbers stand at the right.
type Column struct {
	Title  string `json:"title"`
	Number bool   `json:"number,omitempty"`
}

// Figure is a picture. SVG, where it is given, stands in HTML instead of the PNG;
// it must come from us, as it is written as it is.
type Figure struct {
	PNG     []byte `json:"png,omitempty"`
	SVG     string `json:"svg,omitempty"`
	Alt     string `json:"alt"`
	Caption string `json:"caption,omitempty"`
}

// Heading is a heading of a level under the title, 1 to 3.
func Heading(level int, text string) Block {
	return Block{Kind: KindHeading, Level: level, Text: Plain(text)}
}

// Text is a paragraph.
func Text(spans ...Span) Block { return Block{Kind: KindText, Text: spans} }

// Note is a source or a remark.
func Note(text string) Block { return Block{Kind: KindNote, Text: Plain(text)} }

// List is a list of items, with numbers where their order matters.
func List(ordered bool, items ...[]Span) Block {
	return Block{Kind: KindList, Ordered: ordered, Items: items}
}

// Tabular is a table.
func Tabular(t Table) Block { return Block{Kind: KindTable, Table: &t} }

// Picture is a figure.
func Picture(f Figure) Block { return Block{Kind: KindFigure, Figure: &f} }

// Plain is text without any emphasis.
func Plain(text string) []Span { return []Span{{Text: text}} }

// Row makes cells of plain texts.
func Row(texts ...string) [][]Span {
	cells := make([][]Span, len(texts))
	for i, text := range texts {
		cells[i] = Plain(text)
	}
	return cells
}

// Prose turns what a person typed into paragraphs and lists: an empty line ends a
// paragraph, lines that begin with "- " or "* " are items.
func Prose(typed string) (blocks []Block) {
	for part := range strings.SplitSeq(strings.ReplaceAll(typed, "\r\n", "\n"), "\n\n") {
		var lines []string
		var items [][]Span
		flush := func() {
			if len(lines) > 0 {
				blocks = append(blocks, Text(Span{Text: strings.Join(lines, "\n")}))
			}
			if len(items) > 0 {
				blocks = append(blocks, List(false, items...))
			}
			lines, items = nil, nil
		}
		for line := range strings.SplitSeq(part, "\n") {
			line = strings.TrimSpace(line)
			item, marked := strings.CutPrefix(line, "- ")
			if !marked {
				item, marked = strings.CutPrefix(line, "* ")
			}
			switch {
			case line == "":
			case marked:
				if len(lines) > 0 {
					flush()
				}
				items = append(items, Plain(item))
			default:
				if len(items) > 0 {
					flush()
				}
				lines = append(lines, line)
			}
		}
		flush()
	}
	return blocks
}

// cells are the cells of a row, as many as there are columns.
func (t *Table) cells(row [][]Span) [][]Span {
	out := make([][]Span, len(t.Columns))
	copy(out, row)
	return out
}

// headings calls f with each heading, its level made so that none is skipped: a
// reader who jumps from heading to heading must not miss a step.
func (d *Document) headings(f func(block, level int, text string)) {
	before := 0
	for i, b := range d.Blocks {
		if b.Kind != KindHeading {
			continue
		}
		before = min(max(b.Level, 1), before+1, 3)
		f(i, before, words(b.Text))
	}
}

// levels are the levels of headings by the number of their block.
func (d *Document) levels() map[int]int {
	out := map[int]int{}
	d.headings(func(block, level int, _ string) { out[block] = level })
	return out
}

// words is the text of spans.
func words(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return clean(b.String())
}

// link is the address of a span, "" where it leads nowhere that we let it.
func (s Span) link() string {
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(s.Link, scheme) && !strings.ContainsAny(s.Link, " \t\r\n\"<>\\") {
			return clean(s.Link)
		}
	}
	return ""
}

// clean leaves out what no document can hold: control characters and what is not
// text.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}
