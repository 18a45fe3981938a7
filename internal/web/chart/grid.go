package chart

import (
	"html/template"
	"strings"
	"unicode/utf8"
)

// Grid is a table as a picture, for a file: rows and columns with their names, each
// cell in a state with its number. A page has the table itself instead.
type Grid struct {
	ID, Title, Desc string
	Corner          string // what the rows are
	Columns         []string
	Rows            []GridRow
	States          []State
}

// GridRow is a row; one that stands apart has a line over it.
type GridRow struct {
	Name  string
	Apart bool
	Cells []GridCell
}

// GridCell is the state of a cell and what stands in it.
type GridCell struct {
	State int // index of Grid.States
	Text  string
}

const (
	gridText    = 13.0
	gridLine    = 16.0 // height of a line of text
	gridRow     = 24.0
	gridPadding = 6.0
	gridLeast   = 46.0 // width of a column
	gridMargin  = 4.0
	// gridLetter is the width of a letter, taken rather wide: the picture is laid out
	// before anybody knows its font.
	gridLetter = 7.3
	gridHead   = 26 // characters in a line of the name of a column
	gridName   = 34 // of a row
)

// SVG draws the table.
func (g Grid) SVG() template.HTML { return g.draw().svg() }

func (g Grid) draw() *canvas {
	var c canvas
	if len(g.Rows) == 0 {
		return &c
	}
	l := g.lay()
	c.begin(g.ID, "chart-matrix", g.Title, g.Desc, l.right+gridMargin, l.bottom+gridRow*(float64(len(g.States))+0.5)+gridMargin)
	c.open("defs")
	c.hatching(g.ID+"-stripes", "chart-stripe-ground", "chart-stripe", false)
	c.close("defs")
	g.head(&c, l)
	y := l.top
	for i := range g.Rows {
		g.row(&c, l, i, y)
		y += l.heights[i]
	}
	g.legend(&c, y+gridRow/2)
	return &c
}

// gridLayout is where everything stands.
type gridLayout struct {
	left, top, right, bottom float64 // of the cells
	widths                   []float64
	heights                  []float64
	heads                    [][]string
	names                    [][]string
}

func (g Grid) lay() gridLayout {
	l := gridLayout{left: gridMargin, top: gridMargin}
	head, name := 0, utf8.RuneCountInString(g.Corner)
	for i, column := range g.Columns {
		lines := folded(column, gridHead)
		head = max(head, longest(lines))
		width := max(gridLeast, float64(len(lines))*gridLine+2*gridPadding)
		for _, row := range g.Rows {
			if i < len(row.Cells) {
				width = max(width, float64(utf8.RuneCountInString(row.Cells[i].Text)+2)*gridLetter+2*gridPadding)
			}
		}
		l.heads, l.widths = append(l.heads, lines), append(l.widths, width)
	}
	l.top += float64(head)*gridLetter + 2*gridPadding
	l.bottom = l.top
	for _, row := range g.Rows {
		lines := folded(row.Name, gridName)
		name = max(name, longest(lines))
		l.names = append(l.names, lines)
		l.heights = append(l.heights, gridRow+float64(len(lines)-1)*gridLine)
		l.bottom += l.heights[len(l.heights)-1]
	}
	l.left += float64(name)*gridLetter + 2*gridPadding
	l.right = l.left
	for _, w := range l.widths {
		l.right += w
	}
	return l
}

// folded breaks a text into lines of at most so many characters, where it can.
func folded(text string, most int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if line != "" && utf8.RuneCountInString(longer) > most {
			out, longer = append(out, line), word
		}
		line = longer
	}
	return append(out, line)
}

func longest(lines []string) int {
	n := 0
	for _, l := range lines {
		n = max(n, utf8.RuneCountInString(l))
	}
	return n
}

// head writes the names of columns upwards.
func (g Grid) head(c *canvas, l gridLayout) {
	c.text("text", g.Corner, "class", "matrix-head", "x", gridMargin+gridPadding, "y", l.top-gridPadding)
	x := l.left
	for i, lines := range l.heads {
		at := x + l.widths[i]/2 - float64(len(lines)-1)*gridLine/2 + gridText/3
		for _, line := range lines {
			y := l.top - gridPadding
			c.text("text", line, "class", "matrix-head", "x", at, "y", y, "transform", "rotate(-90 "+number(at)+" "+number(y)+")")
			at += gridLine
		}
		x += l.widths[i]
	}
	c.edge(l, l.top)
}

// edge is a line across the table.
func (c *canvas) edge(l gridLayout, y float64) {
	c.leaf("line", "class", "matrix-edge", "x1", gridMargin, "y1", y, "x2", l.right, "y2", y)
}

func (g Grid) row(c *canvas, l gridLayout, n int, y float64) {
	for i, line := range l.names[n] {
		c.text("text", line, "class", "chart-label", "x", gridMargin+gridPadding, "y", y+gridLine+float64(i)*gridLine)
	}
	x := l.left
	for i, cell := range g.Rows[n].Cells {
		g.cell(c, cell, x, y, l.widths[i], l.heights[n])
		x += l.widths[i]
	}
	if g.Rows[n].Apart {
		c.edge(l, y)
	}
}

func (g Grid) cell(c *canvas, cell GridCell, x, y, width, height float64) {
	s := g.States[cell.State]
	c.field(g.ID, s.Pattern, x, y, width, height)
	c.text("text", strings.TrimPrefix(cell.Text+" "+s.Mark, " "), "class", "chart-label", "x", x+width-gridPadding, "y", y+gridLine, "text-anchor", "end")
}

// field is the ground of a cell; the mark beside the number says the same.
func (c *canvas) field(id string, p Pattern, x, y, width, height float64) {
	fill := ""
	if p == Striped {
		fill = striped(id)
	}
	c.open("g", "class", "matrix-field matrix-"+string(p))
	c.leaf("rect", "x", x, "y", y, "width", width, "height", height, "fill", fill)
	c.close("g")
}

func (g Grid) legend(c *canvas, y float64) {
	for _, s := range g.States {
		c.field(g.ID, s.Pattern, gridMargin+gridPadding, y, gridLeast/2, gridRow-gridPadding)
		c.text("text", s.Mark+" "+s.Text, "class", "chart-name", "x", gridMargin+2*gridPadding+gridLeast/2, "y", y+gridLine-2)
		y += gridRow
	}
}
