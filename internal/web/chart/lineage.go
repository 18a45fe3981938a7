package chart

import (
	"fmt"
	"html/template"
)

// LineageNode is a town in a picture of a journey: a box with its name and what is
// to be said of it in short.
type LineageNode struct {
	Column     int
	Row        float64 // in boxes from the top
	Text, Note string
	Name       string // "Havlíčkův Brod: převzala část, 2014"
	Href       string
	Own        bool // the one that the page is of
}

// LinkStyle is how sure a link is, and whether it lasts.
type LinkStyle uint8

// The styles: a full line, a dashed one, a dotted one with a cross.
const (
	LinkAgreed LinkStyle = iota
	LinkUnconfirmed
	LinkAbandoned
	linkStyles
)

// LineageLink is a handing over: from which node to which, by their positions.
type LineageLink struct {
	From, To int
	Style    LinkStyle
	Name     string // "Plzeň → Pardubice: inspirace, 2012, nepotvrzeno"
	Href     string
}

// Lineage is who took something over from whom, from left to right. Links differ by
// their lines and signs, not by colour.
type Lineage struct {
	ID, Title, Desc string
	Nodes           []LineageNode
	Links           []LineageLink
	Columns, Rows   int
	Words           [linkStyles]string // of the legend; "" leaves a style out
}

const (
	lineageBox    = 176.0
	lineageHigh   = 50.0
	lineageApart  = 84.0 // between two columns
	lineageGap    = 22.0 // between two rows
	lineageMargin = 8.0
	lineageArrow  = 9.0
	lineageLeast  = 960.0 // few columns leave room beside them and grow no larger
	lineageCross  = 5.0
	lineageLegend = 26.0
)

// SVG draws the journey; "" where there is nobody in it.
func (l Lineage) SVG() template.HTML { return l.draw().svg() }

func (l Lineage) draw() *canvas {
	var c canvas
	if len(l.Nodes) == 0 {
		return &c
	}
	below := 0.0
	for _, words := range l.Words {
		if words != "" {
			below += lineageLegend
		}
	}
	tall := 2*lineageMargin + float64(l.Rows)*(lineageHigh+lineageGap)
	wide := 2*lineageMargin + float64(l.Columns)*lineageBox + float64(l.Columns-1)*lineageApart
	c.begin(l.ID, "chart-lineage", l.Title, l.Desc, max(wide, lineageLeast), tall+below)
	for _, link := range l.Links {
		l.link(&c, link)
	}
	for _, n := range l.Nodes {
		l.node(&c, n)
	}
	y := tall
	for style, words := range l.Words {
		if words == "" {
			continue
		}
		c.open("g", "class", styleClass(LinkStyle(style)), "aria-hidden", "true")
		stroke(&c, lineageMargin, y, lineageMargin+lineageApart, y, LinkStyle(style))
		c.close("g")
		c.text("text", words, "x", lineageMargin+lineageApart+10, "y", y+5, "aria-hidden", "true")
		y += lineageLegend
	}
	return &c
}

// corner is where the box of a node begins.
func (n LineageNode) corner() (x, y float64) {
	return lineageMargin + float64(n.Column)*(lineageBox+lineageApart), lineageMargin + n.Row*(lineageHigh+lineageGap)
}

func (l Lineage) node(c *canvas, n LineageNode) {
	x, y := n.corner()
	class := "lineage-node"
	if n.Own {
		class += " lineage-own"
	}
	end := c.link(n.Href, class, n.Name)
	c.leaf("rect", "class", "chart-mark", "x", x, "y", y, "width", lineageBox, "height", lineageHigh)
	c.text("text", short(n.Text, 15, lineageBox-20), "class", "lineage-name", "x", x+10, "y", y+21)
	c.text("text", short(n.Note, 12, lineageBox-20), "class", "lineage-note", "x", x+10, "y", y+39)
	c.close(end)
}

func styleClass(s LinkStyle) string { return "lineage-link lineage-" + s.word() }

func (s LinkStyle) word() string {
	return [linkStyles]string{"agreed", "unconfirmed", "abandoned"}[s]
}

func (l Lineage) link(c *canvas, link LineageLink) {
	fx, fy := l.Nodes[link.From].corner()
	tx, ty := l.Nodes[link.To].corner()
	end := c.link(link.Href, styleClass(link.Style), link.Name)
	stroke(c, fx+lineageBox, fy+lineageHigh/2, tx, ty+lineageHigh/2, link.Style)
	c.close(end)
}

// stroke draws a link: a line, its point and of one that was given up a cross.
func stroke(c *canvas, x1, y1, x2, y2 float64, style LinkStyle) {
	c.leaf("line", "class", "lineage-line", "x1", x1, "y1", y1, "x2", x2-lineageArrow, "y2", y2)
	c.leaf("path", "class", "lineage-point", "d", fmt.Sprintf("M%.0f %.0fl%.0f %.0fl%.0f %.0fz", x2, y2, -lineageArrow, -lineageArrow/2-0.5, 0.0, lineageArrow))
	if style == LinkAbandoned {
		x, y := (x1+x2)/2, (y1+y2)/2
		c.leaf("line", "class", "lineage-cross", "x1", x-lineageCross, "y1", y-lineageCross, "x2", x+lineageCross, "y2", y+lineageCross)
		c.leaf("line", "class", "lineage-cross", "x1", x-lineageCross, "y1", y+lineageCross, "x2", x+lineageCross, "y2", y-lineageCross)
	}
}
