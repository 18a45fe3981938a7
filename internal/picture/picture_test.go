package picture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"atlas/internal/picture"
)

// quarters is a picture whose corners differ: red, green / blue, white.
func quarters(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			switch {
			case x < w/2 && y < h/2:
				c = color.RGBA{255, 0, 0, 255}
			case y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			case x < w/2:
				c = color.RGBA{0, 0, 255, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tiff is a block of EXIF with an orientation, the maker of the camera, the time, the
// author and a directory of the place.
func tiff(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("II")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = []byte("MM")
	}
	b = order.AppendUint16(b, 42)
	b = order.AppendUint32(b, 8)
	tags := []struct {
		tag, kind uint16
		value     uint32
	}{{0x010F, 2, 0}, {0x0132, 2, 0}, {0x013B, 2, 0}, {0x8825, 4, 80}}
	b = order.AppendUint16(b, uint16(len(tags)+1))
	b = order.AppendUint16(order.AppendUint16(b, 0x0112), 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(order.AppendUint16(b, orientation), 0)
	for _, x := range tags {
		b = order.AppendUint16(order.AppendUint16(b, x.tag), x.kind)
		b = order.AppendUint32(order.AppendUint32(b, 4), x.value)
	}
	return append(b, "50.0755N 14.4378E Canon Jana Nova"...)
}

// withParts puts parts behind the beginning of a JPEG.
func withParts(file []byte, parts map[byte][]byte) []byte {
	out := slices.Clone(file[:2])
	for mark, part := range parts {
		out = append(out, 0xFF, mark)
		out = binary.BigEndian.AppendUint16(out, uint16(len(part)+2))
		out = append(out, part...)
	}
	return append(out, file[2:]...)
}

func exif(orientation uint16) []byte {
	return append([]byte("Exif\x00\x00"), tiff(binary.LittleEndian, orientation)...)
}

func near(c color.Color, r, g, b uint32) bool {
	cr, cg, cb, _ := c.RGBA()
	off := func(a, b uint32) bool { return max(a>>8, b)-min(a>>8, b) > 40 }
	return !off(cr, r) && !off(cg, g) && !off(cb, b)
}

func TestAPictureLosesAllBesideItAndWhatItLostIsSaid(t *testing.T) {
	plain := asJPEG(t, quarters(80, 60))
	p, err := picture.Read(plain)
	if err != nil || len(p.Removed) > 0 {
		t.Fatalf("a picture with nothing beside it: %v, %v", p.Removed, err)
	}
	full := withParts(plain, map[byte][]byte{0xE1: exif(1), 0xFE: []byte("tajný komentář")})
	full = append(full, "PK skrytý archiv za koncem"...)
	p, err = picture.Read(full)
	if err != nil {
		t.Fatal(err)
	}
	want := []picture.Removed{picture.RemovedPlace, picture.RemovedTime, picture.RemovedCamera, picture.RemovedAuthor, picture.RemovedText}
	if !slices.Equal(p.Removed, want) {
		t.Errorf("removed %v", p.Removed)
	}
	for _, secret := range []string{"Exif", "Canon", "Jana", "50.0755", "komentář", "archiv"} {
		if bytes.Contains(p.Large, []byte(secret)) || bytes.Contains(p.Small, []byte(secret)) {
			t.Errorf("%q is in the kept picture", secret)
		}
	}
	if again, err := picture.Read(p.Large); err != nil || len(again.Removed) > 0 {
		t.Errorf("the kept picture read again: %v, %v", again, err)
	}
}

func TestThePlaceIsFoundInEveryWayOfWritingIt(t *testing.T) {
	chunk := func(name string, part []byte) []byte {
		out := binary.BigEndian.AppendUint32(nil, uint32(len(part)))
		body := append([]byte(name), part...)
		return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
	}
	drawn := asPNG(t, quarters(20, 20))
	inPNG := func(name string, part []byte) []byte { return slices.Concat(drawn[:33], chunk(name, part), drawn[33:]) }
	for name, file := range map[string][]byte{
		"EXIF, little end first": withParts(asJPEG(t, quarters(20, 20)), map[byte][]byte{0xE1: exif(1)}),
		"EXIF, big end first":    withParts(asJPEG(t, quarters(20, 20)), map[byte][]byte{0xE1: append([]byte("Exif\x00\x00"), tiff(binary.BigEndian, 1)...)}),
		"XMP":                    withParts(asJPEG(t, quarters(20, 20)), map[byte][]byte{0xE1: []byte("http://ns.adobe.com/xap/1.0/\x00<x exif:GPSLatitude='50,4N'/>")}),
		"PNG, EXIF":              inPNG("eXIf", tiff(binary.BigEndian, 1)),
		"PNG, words":             inPNG("iTXt", []byte("XML:com.adobe.xmp\x00<x exif:GPSLongitude='14E'/>")),
	} {
		p, err := picture.Read(file)
		if err != nil || !slices.Contains(p.Removed, picture.RemovedPlace) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPictureStandsUprightHoweverTheCameraWasHeld(t *testing.T) {
	for orientation := uint16(0); orientation <= 9; orientation++ {
		p, err := picture.Read(withParts(asJPEG(t, quarters(80, 60)), map[byte][]byte{0xE1: exif(orientation)}))
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(p.Large))
		if err != nil {
			t.Fatal(err)
		}
		w, h := 80, 60
		if orientation >= 5 && orientation <= 8 {
			w, h = 60, 80
		}
		if img.Bounds().Dx() != w || img.Bounds().Dy() != h || p.Width != w || p.Height != h {
			t.Errorf("orientation %d: %v", orientation, img.Bounds())
		}
		// Where the red corner is once the picture stands upright.
		x, y := 5, 5
		switch orientation {
		case 2, 6:
			x = w - 6
		case 3, 7:
			x, y = w-6, h-6
		case 4, 8:
			y = h - 6
		}
		if !near(img.At(x, y), 255, 0, 0) {
			t.Errorf("orientation %d: at %d,%d stands %v", orientation, x, y, img.At(x, y))
		}
	}
}

func TestAPictureIsKeptInTwoWidthsAndNeverMadeWider(t *testing.T) {
	for _, x := range []struct{ w, h, large, small int }{{2000, 1000, 1600, 480}, {600, 300, 600, 480}, {100, 50, 100, 100}, {3000, 1, 1600, 480}} {
		p, err := picture.Read(asPNG(t, quarters(x.w, x.h)))
		if err != nil {
			t.Fatal(err)
		}
		large, err := jpeg.DecodeConfig(bytes.NewReader(p.Large))
		if err != nil || large.Width != x.large || large.Height < 1 {
			t.Errorf("%d × %d: large %v, %v", x.w, x.h, large, err)
		}
		small, err := jpeg.DecodeConfig(bytes.NewReader(p.Small))
		if err != nil || small.Width != x.small || small.Height < 1 {
			t.Errorf("%d × %d: small %v, %v", x.w, x.h, small, err)
		}
	}
}

func TestWhatWasTransparentIsWhite(t *testing.T) {
	p, err := picture.Read(asPNG(t, image.NewNRGBA(image.Rect(0, 0, 10, 10))))
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(p.Large))
	if err != nil || !near(img.At(5, 5), 255, 255, 255) {
		t.Errorf("%v, %v", img.At(5, 5), err)
	}
}

func TestWhatIsNoPictureIsRefusedForItsReason(t *testing.T) {
	// A PNG that says of itself that it is 100 000 × 100 000: refused before it is decoded.
	bomb := asPNG(t, quarters(4, 4))
	binary.BigEndian.PutUint32(bomb[16:], 100_000)
	binary.BigEndian.PutUint32(bomb[20:], 100_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	whole := asJPEG(t, quarters(400, 400))
	for _, x := range []struct {
		name string
		file []byte
		want error
	}{
		{"too long", make([]byte, picture.MaxBytes+1), picture.ErrBytes},
		{"empty", nil, picture.ErrFormat},
		{"a page", []byte("<!doctype html><script>alert(1)</script>"), picture.ErrFormat},
		{"a drawing of SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), picture.ErrFormat},
		{"GIF", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), picture.ErrFormat},
		{"broken off", whole[:len(whole)/2], picture.ErrBroken},
		{"a beginning only", whole[:10], picture.ErrBroken},
		{"a bomb", bomb, picture.ErrPixels},
	} {
		if _, err := picture.Read(x.file); !errors.Is(err, x.want) {
			t.Errorf("%s: %v", x.name, err)
		}
	}
}

// FuzzRead: no bytes bring the reader down, and what it keeps has nothing beside it.
func FuzzRead(f *testing.F) {
	f.Add(asJPEG(f, quarters(8, 6)))
	f.Add(withParts(asJPEG(f, quarters(8, 6)), map[byte][]byte{0xE1: exif(6)}))
	f.Add(asPNG(f, quarters(8, 6)))
	f.Add([]byte("RIFF\x24\x00\x00\x00WEBPVP8 " + strings.Repeat("\x00", 24)))
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && c.Width*c.Height > 1<<20 {
			t.Skip("large pictures take long")
		}
		p, err := picture.Read(file)
		if err != nil {
			return
		}
		again, err := picture.Read(p.Large)
		if err != nil || len(again.Removed) > 0 || again.Width != p.Width {
			t.Fatalf("what was kept: %+v, %v", again, err)
		}
	})
}
