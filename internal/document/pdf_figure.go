package document

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// picture is what a page draws: three bytes for each pixel.
type picture struct {
	width, height int
	pixels        []byte
	object        int
}

// mostPixels is how large a picture may be, so that a small file cannot take all
// memory.
const mostPixels = 20_000_000

// readPicture reads a PNG; what is seen through becomes white.
func readPicture(body []byte) (picture, error) {
	size, err := png.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return picture{}, err
	}
	if size.Width < 1 || size.Height < 1 || size.Width*size.Height > mostPixels {
		return picture{}, fmt.Errorf("a picture of %d × %d pixels is too large", size.Width, size.Height)
	}
	img, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		return picture{}, err
	}
	p := picture{width: size.Width, height: size.Height, pixels: make([]byte, 0, 3*size.Width*size.Height)}
	box := img.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := onWhite(img, x, y)
			p.pixels = append(p.pixels, c.R, c.G, c.B)
		}
	}
	return p, nil
}

func onWhite(img image.Image, x, y int) color.RGBA {
	r, g, b, a := img.At(x, y).RGBA()
	white := 0xffff - a
	return color.RGBA{uint8((r + white) >> 8), uint8((g + white) >> 8), uint8((b + white) >> 8), 255}
}

// figureFoot is the room kept for what stands under a picture: its caption and the
// sentence on it.
const figureFoot = 78

// shown is how large a picture of some pixels is on the page.
func shown(across, down int) (width, height float64) {
	scale := min(0.75, textWidth/float64(across), 0.6*pageHeight/float64(down))
	return scale * float64(across), scale * float64(down)
}

// picturedIn is how high the picture of a block is with its foot: a heading before it
// goes to the page that the picture goes to. 0 is no picture.
func (b Block) picturedIn() float64 {
	if b.Kind != KindFigure || b.Figure == nil {
		return 0
	}
	size, err := png.DecodeConfig(bytes.NewReader(b.Figure.PNG))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return 0
	}
	_, height := shown(size.Width, size.Height)
	return height + figureFoot + 4
}

// figure draws a picture at 96 points to the inch, at most as wide as the text and
// three fifths of a page high, with its alternative text.
func (d *pdf) figure(f *Figure) error {
	p, err := readPicture(f.PNG)
	if err != nil {
		return fmt.Errorf("picture %q: %w", f.Alt, err)
	}
	width, height := shown(p.width, p.height)
	d.room(height + figureFoot)
	d.y -= height + 4
	n := d.document.child("Figure", fmt.Sprintf(" /Alt %s /A <</O /Layout /Placement /Block /BBox [%.2f %.2f %.2f %.2f]>>", textString(f.Alt), margin, d.y, margin+width, d.y+height))
	s := d.sheet()
	s.mark(n)
	fmt.Fprintf(&s.body, "q %.2f 0 0 %.2f %.2f %.2f cm /I%d Do Q\n", width, height, margin, d.y, len(d.pictures))
	s.pictures = append(s.pictures, len(d.pictures))
	d.pictures = append(d.pictures, p)
	d.y -= 3
	if f.Caption != "" {
		d.paragraph(d.document.child("P", ""), Plain(f.Caption), bold, noteSize+0.5, 6)
	}
	return nil
}
