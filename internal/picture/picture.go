// Package picture takes photographs of people in: it decodes them within limits,
// turns them as the camera says, scales them and writes them anew, so that nothing
// but the picture is left – no place, no camera, no names, nothing hidden behind its
// end. What was taken out is told.
package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // a format that is read
	"slices"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // a format that is read
)

// Limits of a picture.
const (
	MaxBytes  = 10 << 20
	MaxPixels = 30_000_000 // decoding takes up to 16 bytes for each
	// LargeWidth and SmallWidth are how wide a picture is kept, in pixels; a narrower
	// one stays as it is.
	LargeWidth = 1600
	SmallWidth = 480
	quality    = 85 // of JPEG
)

// Errors of a file that is no picture for us.
var (
	ErrBytes  = errors.New("picture: too many bytes")
	ErrFormat = errors.New("picture: neither JPEG nor PNG nor WebP")
	ErrPixels = errors.New("picture: too many pixels")
	ErrBroken = errors.New("picture: cannot be decoded")
)

// Removed is a kind of what a file held beside its picture.
type Removed string

// Kinds of what is taken out, in the order in which they are told.
const (
	RemovedPlace  Removed = "gps"
	RemovedTime   Removed = "time"
	RemovedCamera Removed = "camera"
	RemovedAuthor Removed = "author"
	RemovedText   Removed = "text" // anything else: comments, colours, thumbnails, what an editor wrote
)

// Picture is a picture written anew, as JPEG in two sizes.
type Picture struct {
	Large, Small  []byte
	Width, Height int // of the large one
	Removed       []Removed
}

// Read takes a JPEG, PNG or WebP in.
func Read(file []byte) (*Picture, error) {
	if len(file) > MaxBytes {
		return nil, ErrBytes
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(file))
	switch {
	case errors.Is(err, image.ErrFormat):
		return nil, ErrFormat
	case err != nil, config.Width <= 0, config.Height <= 0:
		return nil, ErrBroken
	case config.Width > MaxPixels/config.Height:
		return nil, ErrPixels
	}
	img, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, ErrBroken
	}
	found := look(file, format)
	p := &Picture{Removed: found.removed()}
	large := turn(scale(img, fit(img.Bounds().Dx(), img.Bounds().Dy(), found.sideways(), LargeWidth)), found.orientation)
	p.Width, p.Height = large.Bounds().Dx(), large.Bounds().Dy()
	if p.Large, err = encode(large); err != nil {
		return nil, err
	}
	p.Small, err = encode(scale(large, fit(p.Width, p.Height, false, SmallWidth)))
	return p, err
}

// fit is the size of a picture that is at most so wide once it is turned.
func fit(width, height int, sideways bool, most int) image.Point {
	wide := width
	if sideways {
		wide = height
	}
	if wide <= most {
		return image.Pt(width, height)
	}
	return image.Pt(max(1, width*most/wide), max(1, height*most/wide))
}

// scale draws a picture in a size on white, so that what was transparent is white.
func scale(img image.Image, size image.Point) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if img.Bounds().Size() == size {
		draw.Draw(out, out.Bounds(), img, img.Bounds().Min, draw.Over)
		return out
	}
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	return out
}

// turn puts a picture upright by the orientation of EXIF: 1 is upright, 2 to 8 are
// mirrored and turned.
func turn(img *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range h {
		for x := range w {
			tx, ty := turned(x, y, w, h, orientation)
			copy(out.Pix[out.PixOffset(tx, ty):][:4], img.Pix[img.PixOffset(x, y):][:4])
		}
	}
	return out
}

// turned is where a point of a picture w × h goes.
func turned(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

func encode(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}

// removed lists what was found, in its order.
func (f findings) removed() []Removed {
	var out []Removed
	for _, r := range []Removed{RemovedPlace, RemovedTime, RemovedCamera, RemovedAuthor, RemovedText} {
		if slices.Contains(f.kinds, r) {
			out = append(out, r)
		}
	}
	return out
}

// sideways says whether the picture lies on its side.
func (f findings) sideways() bool { return f.orientation >= 5 && f.orientation <= 8 }
