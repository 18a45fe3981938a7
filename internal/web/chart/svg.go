// Package chart draws the pictures of the pages on the server: bars by year,
// lines, shares, pyramids of age, maps. On a page they are SVG, whose colours are
// classes of the style sheet, so that a picture follows the theme; as a file they
// are painted from the same elements (PNG); every mark carries its number and a
// name for a screen reader, and a page always shows the same numbers in a table.
// The package knows no project and no language: texts come ready to be read.
package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// Picture is a drawn chart: as SVG for a page, by PNG as a file.
type Picture interface {
	SVG() template.HTML
	draw() *canvas
}

// node is one element of a picture.
type node struct {
	tag, text string
	attrs     []any // name, value, name, value…; empty values are left out
	kids      []*node
}

// canvas collects the elements of a picture. It is written as SVG or painted;
// both show the same elements.
type canvas struct {
	root   *node
	inside []*node // elements that are open, the innermost last
}

// open begins an element; attrs are name, value, name, value… Empty values are
// left out.
func (c *canvas) open(tag string, attrs ...any) {
	n := &node{tag: tag, attrs: attrs}
	c.add(n)
	c.inside = append(c.inside, n)
}

// leaf adds an element without content.
func (c *canvas) leaf(tag string, attrs ...any) { c.add(&node{tag: tag, attrs: attrs}) }

func (c *canvas) add(n *node) {
	if len(c.inside) == 0 {
		c.root = n
		return
	}
	holder := c.inside[len(c.inside)-1]
	holder.kids = append(holder.kids, n)
}

// write writes an element as SVG. Attribute values and texts are escaped here and
// nowhere else.
func (n *node) write(b *strings.Builder) {
	b.WriteByte('<')
	b.WriteString(n.tag)
	for i := 0; i+1 < len(n.attrs); i += 2 {
		if value := attribute(n.attrs[i+1]); value != "" {
			fmt.Fprintf(b, ` %s="%s"`, n.attrs[i], value)
		}
	}
	if n.text == "" && len(n.kids) == 0 && n.tag != "svg" {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	template.HTMLEscape(b, []byte(n.text))
	for _, kid := range n.kids {
		kid.write(b)
	}
	b.WriteString("</" + n.tag + ">")
}

func attribute(v any) string {
	switch v := v.(type) {
	case float64:
		return number(v)
	case string:
		return template.HTMLEscapeString(v)
	}
	return template.HTMLEscapeString(fmt.Sprint(v))
}

// close ends the innermost element.
func (c *canvas) close(string) { c.inside = c.inside[:len(c.inside)-1] }

// text adds an element that holds only text.
func (c *canvas) text(tag, text string, attrs ...any) {
	c.add(&node{tag: tag, text: text, attrs: attrs})
}

// begin opens a picture with its name. It is a group, not an image, because the
// marks inside are links.
func (c *canvas) begin(id, class, title, desc string, width, height float64) {
	c.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "chart "+class, "role", "group",
		"viewBox", fmt.Sprintf("0 0 %s %s", number(width), number(height)),
		"aria-labelledby", id+"-title", "aria-describedby", described(id, desc))
	c.text("title", title, "id", id+"-title")
	if desc != "" {
		c.text("desc", desc, "id", id+"-desc")
	}
}

func described(id, desc string) string {
	if desc == "" {
		return ""
	}
	return id + "-desc"
}

// link opens a mark: a link with a name, or an image with a name where there is
// nowhere to go.
func (c *canvas) link(href, class, name string) (end string) {
	if href == "" {
		c.open("g", "class", class, "role", "img", "aria-label", name)
		return "g"
	}
	c.open("a", "class", class, "href", href, "aria-label", name)
	return "a"
}

// svg writes the picture; "" where there is none.
func (c *canvas) svg() template.HTML {
	if c.root == nil {
		return ""
	}
	var b strings.Builder
	c.root.write(&b)
	return template.HTML(b.String()) //nolint:gosec // every value went through write
}

// number writes a coordinate with at most one decimal.
func number(f float64) string {
	s := fmt.Sprintf("%.1f", f)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}
