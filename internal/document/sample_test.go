package document

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"
)

// letters is what must come through every format.
const letters = "Příliš žluťoučký kůň úpěl ďábelské ódy – „Їжак ґрунт щука“"

// sample is a document with one of everything.
func sample(t testing.TB) *Document {
	t.Helper()
	return &Document{
		Lang: "cs", Title: "Zpráva o integraci: Ústecký kraj", Subject: "2020–2024", Author: "Atlas integrace", AsOf: "Data k 31. lednu 2026",
		MadeAt: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Foot: "Atlas integrace", Contents: "Obsah",
		Blocks: []Block{
			Heading(1, "Finanční toky"),
			Text(Span{Text: letters + " "}, Span{Text: "důrazně", Strong: true}, Span{Text: ", ", Emphasis: true}, Span{Text: "pramen", Link: "https://example.org/a?b=1&c=2"}, Span{Text: "."}),
			Tabular(longTable(3)),
			Note("Zdroj: záznamy projektů."),
			Heading(3, "Úroveň, která by jednu přeskočila"),
			List(false, Plain("první bod"), Plain("druhý bod")),
			List(true, Plain("krok jedna"), Plain("krok dva")),
			List(true, Plain("jiný začátek")),
			Heading(1, "Obrázky"),
			Picture(Figure{PNG: dots(t, 40, 30), Alt: "Sloupce rostou od roku 2015", Caption: "Projekty podle let"}),
		},
	}
}

// longTable has n rows with a header cell in each.
func longTable(n int) Table {
	t := Table{Caption: "Částky podle poskytovatele", Columns: []Column{{Title: "Poskytovatel"}, {Title: "Popis"}, {Title: "Částka (Kč)", Number: true}}, RowHeader: true}
	for i := range n {
		t.Rows = append(t.Rows, Row(fmt.Sprintf("Řádek %d", i+1), "Podpora integrace cizinců ve školách, v obcích a v zaměstnání", fmt.Sprintf("%d 000", i+1)))
	}
	return t
}

// dots is a picture.
func dots(t testing.TB, width, height int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		img.Set(x, x%height, color.NRGBA{200, 30, 30, 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
