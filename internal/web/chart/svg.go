// Package chart draws the pictures of the pages as SVG on the server: bars by
// year, shares in one bar, the map of kraje. Colours are classes of the style
// sheet, so a picture follows the theme; every mark carries its number and a
// name for a screen reader, and a page always shows the same numbers in a table.
// The package knows no project and no language: texts come ready to be read.
package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// canvas collects the SVG text. Attribute values and texts are escaped here and
// nowhere else.
type canvas struct{ b strings.Builder }

// open writes a start tag; attrs are name, value, name, value… Empty values are
// left out.
func (c *canvas) open(tag string, attrs ...any) { c.tag(tag, ">", attrs) }

// leaf writes an element without content.
func (c *canvas) leaf(tag string, attrs ...any) { c.tag(tag, "/>", attrs) }

func (c *canvas) tag(tag, end string, attrs []any) {
	c.b.WriteByte('<')
	c.b.WriteString(tag)
	for i := 0; i+1 < len(attrs); i += 2 {
		value := attribute(attrs[i+1])
		if value == "" {
			continue
		}
		fmt.Fprintf(&c.b, ` %s="%s"`, attrs[i], value)
	}
	c.b.WriteString(end)
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

func (c *canvas) close(tag string) { c.b.WriteString("</" + tag + ">") }

// text writes an element that holds only text.
func (c *canvas) text(tag, text string, attrs ...any) {
	c.open(tag, attrs...)
	template.HTMLEscape(&c.b, []byte(text))
	c.close(tag)
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

func (c *canvas) done() template.HTML {
	c.close("svg")
	return template.HTML(c.b.String()) //nolint:gosec // every value went through tag or text
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
