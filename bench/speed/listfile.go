package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"atlas"
	"atlas/internal/export"
)

// rowsOfFile is how many records one file of the corpus holds: a list of that
// size is the largest that was met in life but two.
const rowsOfFile = 100_000

// between stands between several values of one cell of our own export.
const between = " | "

// ownColumns are the columns of our own export of projects that the corpus
// fills; those that the import knows the file by are among them.
func ownColumns() []string {
	return []string{
		"Kód záznamu", "Název projektu", "Registrační číslo", "Anotace", "Začátek", "Konec", "Pokračuje, stal se pravidelnou službou",
		"Stav projektu (kód)", "Země (kód)", "Územní rozsah (kód)", "Místa realizace (kód)", "Místo slovy", "Kdo se na projektu podílí",
		"Financování", "Celkové náklady – jak je známo", "Řádků financování bez známé částky",
		"Oblasti integrace", "Oblasti integrace (kód)", "Cílové skupiny podle pobytu (kód)", "Cílové skupiny podle situace (kód)", "Klíčové aktivity (kód)",
	}
}

// row is a record as our own export writes it.
func (c *corpus) row(r *record) []string {
	ongoing, unknown := "Ne", 0
	if r.ongoing {
		ongoing = "Ano"
	}
	for _, l := range r.funding {
		if l.minor == 0 {
			unknown++
		}
	}
	return []string{
		fmt.Sprintf("P-%05d", r.n+1), r.title, r.reg, r.annotation, r.from.String(), r.to.String(), ongoing,
		r.status, r.country, r.scope, strings.Join(r.territories, between), r.placeText, c.parties(r),
		c.funding(r), "není známo", fmt.Sprint(unknown),
		c.areaWords(r), strings.Join(r.areas, between), strings.Join(r.targets, between), strings.Join(r.situations, between), strings.Join(r.activities, between),
	}
}

// areaWords names the areas, the first as the primary one.
func (c *corpus) areaWords(r *record) string {
	words := make([]string, len(r.areas))
	for i, code := range r.areas {
		words[i] = c.lists.Label(atlas.ListArea, code, "cs")
		if i == 0 {
			words[i] += ", hlavní"
		}
	}
	return strings.Join(words, between)
}

func (c *corpus) parties(r *record) string {
	role := func(code string) string { return c.lists.Label(atlas.ListRole, code, "cs") }
	out := r.implementer + ", Role: " + role(atlas.RoleImplementer)
	if r.partner != "" {
		out += between + r.partner + ", Role: " + role("PNEF")
	}
	return out
}

func (c *corpus) funding(r *record) string {
	var lines []string
	for _, l := range r.funding {
		var parts []string
		add := func(label, value string) {
			if value != "" {
				parts = append(parts, label+": "+value)
			}
		}
		add("Poskytovatel", l.funder)
		add("Druh zdroje", c.label(atlas.ListFunderType, l.kind))
		add("Program", c.label(atlas.ListProgramme, l.programme))
		if l.minor > 0 {
			add("Přiznáno", atlas.Amount{Minor: l.minor, State: atlas.AmountKnown}.String()+" CZK")
		}
		add("Měna", "CZK")
		lines = append(lines, strings.Join(parts, ", "))
	}
	return strings.Join(lines, between)
}

func (c *corpus) label(list, code string) string {
	if code == "" {
		return ""
	}
	return c.lists.Label(list, code, "cs")
}

// writeFiles writes the first n records as files of our own export and gives
// their names.
func (c *corpus) writeFiles(dir string, n int) (files []string, err error) {
	for from := 0; from < n; from += rowsOfFile {
		name := filepath.Join(dir, fmt.Sprintf("projekty-%03d.csv", len(files)+1))
		if err := c.writeFile(name, from, min(n, from+rowsOfFile)); err != nil {
			return nil, err
		}
		files = append(files, name)
	}
	return files, nil
}

func (c *corpus) writeFile(name string, from, to int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString("\ufeff")
	cw := csv.NewWriter(w)
	cw.Comma = ';'
	if err := cw.Write(ownColumns()); err != nil {
		return err
	}
	for n := from; n < to; n++ {
		r := c.at(n)
		cells := c.row(&r)
		for i := range cells {
			cells[i] = export.Inert(cells[i])
		}
		if err := cw.Write(cells); err != nil {
			return err
		}
	}
	cw.Flush()
	if err := cw.Error(); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
