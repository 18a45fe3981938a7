package importer

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
)

// generatedList is a list of so many rows such as offices publish, with what
// makes reading hard: several formats of dates and money, long texts, commas and
// quotes.
func generatedList(rows int) []byte {
	r := rand.New(rand.NewPCG(7, 7))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	words := func(n int) string {
		var b bytes.Buffer
		for range n {
			b.WriteString(pick("kurzy ", "češtiny ", "pro ", "cizince ", "Škola ", "podpora ", "integrace ", "v obci ", "Žďár ", "poradenství, ", "dílny ", "Zusammenarbeit ", "\"sousedé\" "))
		}
		return b.String()
	}
	var b bytes.Buffer
	b.WriteString("Registrační číslo,Název projektu,Popis projektu,Příjemce,IČO,Obec,Okres,Kraj,Operační program,Fond,Celkové náklady,Příspěvek EU,Datum zahájení,Datum ukončení,Stav,Poznámka\n")
	for i := range rows {
		day := fmt.Sprintf(pick("%02d.%02d.%d", "%d. %d. %d", "%02d/%02d/%d"), 1+r.IntN(28), 1+r.IntN(12), 2007+r.IntN(14))
		amount := fmt.Sprintf(pick("%d %03d,50", "%d.%03d,00", "%d%03d.5", "%d %03d Kč", "%d%03d"), 1+r.IntN(900), r.IntN(1000))
		cells := []string{
			fmt.Sprintf("CZ.03.2.60/0.0/0.0/15_%03d/%07d", i%40, i), words(4), words(r.IntN(60)),
			pick("Město ", "Obec ", "Centrum pro ") + words(2) + pick("", "o.p.s.", ", z. s.", "s.r.o."), pick("70098085", "00231151", "", "123"),
			pick("Brno", "Praha 3", "Březová", "Kdesi"), pick("Sokolov", "Beroun", ""), pick("Karlovarský kraj", "Jihomoravský kraj", ""),
			pick("OP Zaměstnanost", "Operační program Zaměstnanost plus", "Program obcí", "AMIF"), pick("ESF", "EFRR", ""), amount, amount, day, pick(day, "", "2019", "září 2017"),
			pick("Projekt v realizaci", "Ukončen", "schváleno", ""), pick("", "", words(3)),
		}
		for j, c := range cells {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "\"%s\"", bytes.ReplaceAll([]byte(c), []byte{'"'}, []byte(`""`)))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// BenchmarkImport tells the time for each row: of reading a file, of going
// through its rows again, and of that with making a draft of each. The file of
// ATLAS_LIST takes the place of a generated one.
func BenchmarkImport(b *testing.B) {
	data := generatedList(20_000)
	if name := os.Getenv("ATLAS_LIST"); name != "" {
		var err error
		if data, err = os.ReadFile(name); err != nil {
			b.Fatal(err)
		}
	}
	read, err := ReadBytes("seznam", data)
	if err != nil {
		b.Fatal(err)
	}
	known, source := env(), MappedSource(Propose(read))
	each := func(name string, fn func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := fn(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(read.Len()), "ns/row")
		})
	}
	each("read", func() error {
		t, err := ReadBytes("seznam", data)
		if err != nil {
			return err
		}
		return t.Close()
	})
	each("walk", func() error {
		for _, err := range read.Rows(0) {
			if err != nil {
				return err
			}
		}
		return nil
	})
	each("draft", func() error {
		columns := columnsOf(read)
		for row, err := range read.Rows(0) {
			if err != nil {
				return err
			}
			source.read(newMapping(known, read, columns, row))
		}
		return nil
	})
}
