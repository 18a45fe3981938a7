package chart

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// Plate is what stands around a picture in a file, where there is no page to say
// it: its name above, words and the source below.
type Plate struct {
	Title  string
	Words  string   // what it shows; "" nothing
	Source string   // where the numbers are from and of which day
	Names  []string // over each of several pictures
	InRow  int      // of several pictures; 0 is three
}

const (
	pointsPerUnit = 2.0    // of the image for one unit of the plate
	fewPoints     = 1.0    // the same of a long picture that would be too large
	plateWidth    = 760.0  // at least, in units
	plateMost     = 1400.0 // the widest picture as drawn; a wider one is made smaller
	plateMargin   = 24.0
	plateGap      = 20.0
	titleSize     = 20.0
	wordsSize     = 15.0
	sourceSize    = 12.0
	lineHeight    = 1.4
	mostPoints    = 16_000_000 // of an image: 64 MB while it is painted
	mostInRow     = 3
)

// ErrTooLarge says that a picture would be larger than a file may be.
var ErrTooLarge = errors.New("picture is too large for a file")

// PNG paints pictures as a file: one below the title, several in rows.
// The same pictures give the same bytes. It says ErrTooLarge instead of taking
// more than 64 MB.
func PNG(plate Plate, pictures ...Picture) ([]byte, error) {
	var all []*canvas
	for _, one := range pictures {
		if c := one.draw(); c.root != nil {
			all = append(all, c)
		}
	}
	s := setting{plate: plate, points: pointsPerUnit}
	if err := s.lay(all); err != nil {
		return nil, err
	}
	if s.size() > mostPoints {
		s = setting{plate: plate, points: fewPoints}
		if err := s.lay(all); err != nil {
			return nil, err
		}
	}
	if s.size() > mostPoints {
		return nil, fmt.Errorf("%.0f points: %w", s.size(), ErrTooLarge)
	}
	on := image.NewRGBA(image.Rect(0, 0, int(s.width*s.points), int(math.Ceil(s.height*s.points))))
	draw.Draw(on, on.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if err := s.paint(on); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, on); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// setting is where everything of a plate stands, in units.
type setting struct {
	plate         Plate
	points        float64 // of the image for one unit
	letters       letters
	width, height float64
	lines         []setLine
	pictures      []setPicture
}

// size is how many points the image has.
func (s *setting) size() float64 { return s.width * s.points * s.height * s.points }

type setLine struct {
	text  string
	at    spot
	size  float64
	bold  bool
	faint bool
}

type setPicture struct {
	canvas *canvas
	at     spot
	scale  float64
}

func (s *setting) lay(all []*canvas) error {
	s.width = plateWidth
	if len(all) == 1 {
		wide, _ := all[0].size()
		s.width = max(s.width, min(wide, plateMost)+2*plateMargin)
	} else if len(all) > 1 {
		s.width = plateMost
	}
	y := plateMargin
	y, err := s.say(s.plate.Title, y, titleSize, true, false)
	if err != nil {
		return err
	}
	y = s.grid(all, y+plateGap/2) + plateGap/2
	if y, err = s.say(s.plate.Words, y, wordsSize, false, false); err != nil {
		return err
	}
	if y, err = s.say(s.plate.Source, y, sourceSize, false, true); err != nil {
		return err
	}
	s.height = y + plateMargin
	return nil
}

// grid places pictures in rows and gives where they end.
func (s *setting) grid(all []*canvas, y float64) float64 {
	row := min(cmp.Or(s.plate.InRow, mostInRow), max(1, len(all)))
	slot := (s.width - 2*plateMargin - plateGap*float64(row-1)) / float64(row)
	lowest := y
	for i, c := range all {
		if i%row == 0 {
			y = lowest
			lowest = y
		}
		x := plateMargin + float64(i%row)*(slot+plateGap)
		wide, high := c.size()
		scale := min(slot/wide, 1)
		if len(all) > 1 || wide >= plateWidth/2 {
			scale = slot / wide
		}
		top := y
		if i < len(s.plate.Names) && s.plate.Names[i] != "" {
			size := max(wordsSize, linesText*scale) // as large as what stands in the picture
			top += size * lineHeight
			s.lines = append(s.lines, setLine{text: short(s.plate.Names[i], size, slot), at: spot{x, top - size*(lineHeight-1)}, size: size, bold: true})
		}
		s.pictures = append(s.pictures, setPicture{c, spot{x, top}, scale})
		lowest = max(lowest, top+high*scale+plateGap/2)
	}
	return lowest
}

// say breaks a text into lines of the plate and gives where they end.
func (s *setting) say(text string, y, size float64, bold, faint bool) (float64, error) {
	if text == "" {
		return y, nil
	}
	face, err := s.letters.face(size*s.points, bold)
	if err != nil {
		return 0, err
	}
	most := (s.width - 2*plateMargin) * s.points
	line := ""
	end := func() {
		y += size * lineHeight
		s.lines = append(s.lines, setLine{line, spot{plateMargin, y - size*(lineHeight-1)}, size, bold, faint})
	}
	for _, word := range strings.Split(text, " ") {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if line != "" && float64(font.MeasureString(face, longer))/64 > most {
			end()
			longer = word
		}
		line = longer
	}
	end()
	return y, nil
}

func (s *setting) paint(on *image.RGBA) error {
	p := painter{on: on, scale: s.points, letters: s.letters}
	for _, l := range s.lines {
		ink := "ink"
		if l.faint {
			ink = "ink-soft"
		}
		face, err := p.letters.face(l.size*p.scale, l.bold)
		if err != nil {
			return err
		}
		p.write(l.text, spot{l.at.x * p.scale, l.at.y * p.scale}, face, ink)
	}
	for _, one := range s.pictures {
		p.scale, p.corner = one.scale*s.points, spot{one.at.x * s.points, one.at.y * s.points}
		if err := p.paint([]*node{one.canvas.root}, look{}); err != nil {
			return err
		}
	}
	return nil
}

// letters are the faces of the font in the sizes that were asked for.
type letters struct {
	fonts map[bool]*opentype.Font
	faces map[letter]font.Face
}

type letter struct {
	size float64
	bold bool
}

func (l *letters) face(size float64, bold bool) (font.Face, error) {
	if f, ok := l.faces[letter{size, bold}]; ok {
		return f, nil
	}
	if l.faces == nil {
		l.fonts, l.faces = map[bool]*opentype.Font{}, map[letter]font.Face{}
	}
	if l.fonts[bold] == nil {
		data := goregular.TTF
		if bold {
			data = gobold.TTF
		}
		f, err := opentype.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("font of pictures: %w", err)
		}
		l.fonts[bold] = f
	}
	face, err := opentype.NewFace(l.fonts[bold], &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("font of pictures: %w", err)
	}
	l.faces[letter{size, bold}] = face
	return face, nil
}

// size is the width and the height of a picture in its own units.
func (c *canvas) size() (width, height float64) {
	box := spots(strings.Replace(strings.TrimPrefix(c.root.word("viewBox"), "0 0 "), " ", ",", 1))
	return box[0].x, box[0].y
}
