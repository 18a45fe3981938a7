package chart_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"testing"

	"atlas/internal/web/chart"
)

func painted(t testing.TB, plate chart.Plate, pictures ...chart.Picture) image.Image {
	t.Helper()
	data, err := chart.PNG(plate, pictures...)
	if err != nil {
		t.Fatal(err)
	}
	again, err := chart.PNG(plate, pictures...)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same data gave another file: %v", err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// stretches are the boxes of one colour from left to right: columns of points
// that hold it and touch.
func stretches(img image.Image, want color.NRGBA) []image.Rectangle {
	var out []image.Rectangle
	last := -2
	for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
		box := image.Rectangle{}
		for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
			if color.NRGBAModel.Convert(img.At(x, y)) == want {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
		if box.Empty() {
			continue
		}
		if x == last+1 {
			out[len(out)-1] = out[len(out)-1].Union(box)
		} else {
			out = append(out, box)
		}
		last = x
	}
	return out
}

var accent = color.NRGBA{0x23, 0x62, 0xa2, 255}

func TestAFileShowsTheMarksOfTheSVGInTheirPlacesAndSizes(t *testing.T) {
	b := chart.Bars{ID: "b", Title: "Roky", Bars: []chart.Bar{{Label: "2019", Value: 10, Text: "10"}, {Label: "2020", Value: 40, Text: "40"}, {Label: "2021", Value: 0, Text: "0"}, {Label: "2022", Value: 20, Text: "20"}}}
	img := painted(t, chart.Plate{}, b)
	boxes := stretches(img, accent)
	var columns []mark
	for _, m := range byClass(marks(t, b.SVG()), "chart-mark") {
		if m.num(t, "height") > 0 {
			columns = append(columns, m)
		}
	}
	if len(boxes) != len(columns) {
		t.Fatalf("%d columns in the file, %d in the page", len(boxes), len(columns))
	}
	scale := float64(boxes[0].Dx()) / columns[0].num(t, "width")
	for i, m := range columns {
		if h := float64(boxes[i].Dy()); !near(h, m.num(t, "height")*scale, 3) {
			t.Errorf("column %d is %v high, want %v", i, h, m.num(t, "height")*scale)
		}
		if x := float64(boxes[i].Min.X - boxes[0].Min.X); !near(x, (m.num(t, "x")-columns[0].num(t, "x"))*scale, 3) {
			t.Errorf("column %d stands %v from the first", i, x)
		}
		if boxes[i].Max.Y != boxes[0].Max.Y {
			t.Errorf("column %d ends at %d", i, boxes[i].Max.Y)
		}
	}
}

func TestAGapIsAGapInAFileToo(t *testing.T) {
	widest := func(values string) (gap int) {
		l := chart.Lines{ID: "l", Steps: years(2015, 4), Series: []chart.Series{{Dots: known(values)}}}
		boxes := stretches(painted(t, chart.Plate{}, l), accent)
		for i := 1; i < len(boxes); i++ {
			gap = max(gap, boxes[i].Min.X-boxes[i-1].Max.X)
		}
		return gap
	}
	if whole, broken := widest("10 20 30 40"), widest("10 20 ? 40"); broken < 200 || whole > 20 {
		t.Errorf("%d points without a line where a year has no data, %d where all have", broken, whole)
	}
}

func TestAFileSaysItsTitleAndSource(t *testing.T) {
	dark := func(img image.Image, from, to int) (n int) {
		for y := from; y < to; y++ {
			for x := range img.Bounds().Dx() {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
					n++
				}
			}
		}
		return n
	}
	b := chart.Bars{ID: "b", Bars: []chart.Bar{{Value: 1}}}
	plain := painted(t, chart.Plate{}, b)
	full := painted(t, chart.Plate{Title: "Příliš žluťoučký kůň úpěl ďábelské ódy", Words: "Slova pod obrázkem.", Source: "Zdroj: ČSÚ, 31. 12. 2024"}, b)
	if full.Bounds().Dy() <= plain.Bounds().Dy()+100 || dark(full, 0, 120) < 500 || dark(full, full.Bounds().Dy()-100, full.Bounds().Dy()) < 200 {
		t.Errorf("%v beside %v", full.Bounds(), plain.Bounds())
	}
}

func TestAPictureThatWouldBeTooLargeForAFileIsRefused(t *testing.T) {
	p := chart.Pyramid{ID: "p", Bands: make([]chart.Band, 5000)}
	if _, err := chart.PNG(chart.Plate{}, p); !errors.Is(err, chart.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
	wide := chart.Bars{ID: "b", Bars: make([]chart.Bar, 400)}
	if _, err := chart.PNG(chart.Plate{}, wide); err != nil {
		t.Errorf("a wide picture is made smaller: %v", err)
	}
}

func TestAMapIsPaintedWithTheHolesOfItsTerritories(t *testing.T) {
	hole := square(14.4, 49.4, 0.2)
	for _, ring := range [][][2]float64{hole, {hole[0], hole[3], hole[2], hole[1], hole[0]}} {
		m := chart.Map{ID: "m", Outlines: []chart.Outline{{Code: "a", Rings: [][][2]float64{square(14, 49, 1), ring}}}, Regions: []chart.Region{{Code: "a", Value: 5}}}
		img := painted(t, chart.Plate{}, m)
		middle := color.NRGBAModel.Convert(img.At(img.Bounds().Dx()/2, img.Bounds().Dy()/2)).(color.NRGBA)
		if middle != (color.NRGBA{255, 255, 255, 255}) {
			t.Errorf("the hole is %v", middle)
		}
		if len(stretches(img, color.NRGBA{0xfd, 0xe1, 0xa1, 255})) == 0 {
			t.Error("the territory has no colour")
		}
	}
}

func TestSeveralPicturesStandInRowsUnderTheirNames(t *testing.T) {
	panel := chart.Lines{ID: "p", Title: "Jazyk", Steps: years(2020, 2), Series: []chart.Series{{Dots: known("1 2")}}}
	one, err := chart.Multiples{Panels: []chart.Lines{panel, panel, panel}}.PNG(chart.Plate{})
	if err != nil {
		t.Fatal(err)
	}
	two, err := chart.Multiples{Panels: []chart.Lines{panel, panel, panel, panel}}.PNG(chart.Plate{})
	if err != nil {
		t.Fatal(err)
	}
	a, _ := png.DecodeConfig(bytes.NewReader(one))
	b, _ := png.DecodeConfig(bytes.NewReader(two))
	if a.Width != b.Width || b.Height < a.Height*17/10 {
		t.Errorf("%d × %d and %d × %d", a.Width, a.Height, b.Width, b.Height)
	}
}

// A spread and rows were pictures of a page only.
func TestASpreadAndRowsAreFilesOfTheSameMarks(t *testing.T) {
	s := chart.Spread{ID: "s", Title: "Náklad", Values: []float64{10, 20, 30, 40, 50}, Lower: 20, Median: 30, Upper: 40, MedianText: "30 Kč", LowerText: "20 Kč", UpperText: "40 Kč", Zero: "0", Most: "50 Kč"}
	img := painted(t, chart.Plate{Title: "Náklad"}, s)
	box := stretches(img, color.NRGBA{0xe5, 0xee, 0xf9, 255})
	if len(box) == 0 {
		t.Fatal("the box between the quartiles is not painted")
	}
	left, right := box[0].Min.X, box[len(box)-1].Max.X
	middle := 0
	for x := left; x < right; x++ { // the median is a line through the box
		if r, g, b, _ := img.At(x, box[0].Min.Y+box[0].Dy()/2).RGBA(); r < 0x4000 && g < 0x4000 && b < 0x4000 {
			middle = x
		}
	}
	if at := float64(middle-left) / float64(right-left); !near(at, 0.5, 0.03) {
		t.Errorf("the median stands at %.2f of the box", at)
	}
	if dots := stretches(img, accent); len(dots) != 3 { // one on each side of the box, whose outline joins the others
		t.Errorf("%d dots", len(dots))
	}

	r := chart.Rows{ID: "r", Title: "Podíly", Rows: []chart.RowBar{{Label: "Bydlení", Value: 10, Text: "10"}, {Label: "Jazyk", Value: 40, Text: "40"}, {Label: "Zdraví", Text: "0"}}}
	img = painted(t, chart.Plate{}, r)
	marks := byClass(marks(t, r.SVG()), "chart-mark")
	var long []int
	for y, now := 0, 0; y < img.Bounds().Dy(); y++ {
		n := 0
		for x := range img.Bounds().Dx() {
			if color.NRGBAModel.Convert(img.At(x, y)) == accent {
				n++
			}
		}
		if n > 0 && now == 0 {
			long = append(long, n)
		}
		now = n
	}
	if len(long) != 2 || !near(float64(long[1])/float64(long[0]), marks[1].num(t, "width")/marks[0].num(t, "width"), 0.1) {
		t.Errorf("rows of %v points", long)
	}
}
