package document

import (
	"cmp"
	"encoding/base64"
	"html"
	"strconv"
	"strings"
)

// HTML writes the blocks as a part of a page whose h1 is the title, so headings
// begin with h2. Anchors of headings are "s1", "s2"… in their order; the table of
// contents leads to them. Every text is escaped.
func HTML(d *Document) string {
	w := &htmlWriter{anchors: map[int]string{}, levels: d.levels()}
	d.headings(func(block, _ int, _ string) { w.anchors[block] = "s" + strconv.Itoa(len(w.anchors)+1) })
	w.contents(d)
	for i, b := range d.Blocks {
		w.block(i, b)
	}
	return w.out.String()
}

type htmlWriter struct {
	out     strings.Builder
	anchors map[int]string
	levels  map[int]int
}

// put writes markup and, between its pieces, texts to be escaped.
func (w *htmlWriter) put(markup string, rest ...string) {
	w.out.WriteString(markup)
	for i, s := range rest {
		if i%2 == 0 {
			s = html.EscapeString(clean(s))
		}
		w.out.WriteString(s)
	}
}

func (w *htmlWriter) contents(d *Document) {
	if d.Contents == "" || len(w.anchors) == 0 {
		return
	}
	w.put(`<nav class="document-contents" aria-labelledby="document-contents"><h2 id="document-contents">`, d.Contents, "</h2>\n")
	at := 0
	d.headings(func(block, level int, text string) {
		switch {
		case level > at: // never by more than one
			w.put("<ol><li>")
		default:
			w.put(strings.Repeat("</li></ol>", at-level) + "</li>\n<li>")
		}
		at = level
		w.put(`<a href="#`, w.anchors[block], `">`, text, "</a>")
	})
	w.put(strings.Repeat("</li></ol>", at) + "</nav>\n")
}

func (w *htmlWriter) block(i int, b Block) {
	switch b.Kind {
	case KindHeading:
		tag := "h" + strconv.Itoa(w.levels[i]+1)
		w.put("<"+tag+` id="`, w.anchors[i], `">`, words(b.Text), "</"+tag+">\n")
	case KindText:
		w.spans("<p>", b.Text, "</p>\n")
	case KindNote:
		w.spans(`<p class="field-hint">`, b.Text, "</p>\n")
	case KindList:
		tag := "ul"
		if b.Ordered {
			tag = "ol"
		}
		w.put("<" + tag + ">\n")
		for _, item := range b.Items {
			w.spans("<li>", item, "</li>\n")
		}
		w.put("</" + tag + ">\n")
	case KindTable:
		if b.Table != nil {
			w.table(b.Table)
		}
	case KindFigure:
		if b.Figure != nil {
			w.figure(b.Figure)
		}
	}
}

func (w *htmlWriter) spans(before string, spans []Span, after string) {
	w.put(before)
	for _, s := range spans {
		open, end := "", ""
		wrap := func(tag, attribute string) { open, end = open+"<"+tag+attribute+">", "</"+tag+">"+end }
		if to := s.link(); to != "" {
			wrap("a", ` href="`+html.EscapeString(to)+`"`)
		}
		if s.Strong {
			wrap("strong", "")
		}
		if s.Emphasis {
			wrap("em", "")
		}
		w.put(open + strings.ReplaceAll(html.EscapeString(clean(s.Text)), "\n", "<br>") + end)
	}
	w.put(after)
}

func (w *htmlWriter) table(t *Table) {
	w.put(`<div class="table-scroll" tabindex="0" role="region" aria-label="`, t.Caption, `"><table class="table"><caption>`, t.Caption, "</caption>\n<thead><tr>")
	for _, c := range t.Columns {
		w.put(`<th scope="col"`+numeric(c)+">", c.Title, "</th>")
	}
	w.put("</tr></thead>\n<tbody>\n")
	for i, row := range t.Rows {
		if t.Total && i > 0 && i == len(t.Rows)-1 {
			w.put("</tbody>\n<tfoot>\n")
		}
		w.put("<tr>")
		for n, cell := range t.cells(row) {
			if n == 0 && t.RowHeader {
				w.spans(`<th scope="row">`, cell, "</th>")
				continue
			}
			w.spans("<td"+numeric(t.Columns[n])+">", cell, "</td>")
		}
		w.put("</tr>\n")
	}
	if t.Total && len(t.Rows) > 1 {
		w.put("</tfoot></table></div>\n")
		return
	}
	w.put("</tbody></table></div>\n")
}

func numeric(c Column) string {
	if c.Number {
		return ` class="number"`
	}
	return ""
}

func (w *htmlWriter) figure(f *Figure) {
	w.put(`<figure class="chart-figure">`)
	if f.SVG != "" {
		w.put(`<div class="chart-scroll" role="region" tabindex="0" aria-label="`, cmp.Or(f.Caption, f.Alt), `">`+f.SVG+`</div>`)
	} else {
		w.put(`<img src="data:image/png;base64,`+base64.StdEncoding.EncodeToString(f.PNG)+`" alt="`, f.Alt, `">`)
	}
	if f.Caption != "" {
		w.put("<figcaption>", f.Caption, "</figcaption>")
	}
	w.put("</figure>\n")
}
