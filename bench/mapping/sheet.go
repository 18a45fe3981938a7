package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"atlas/internal/importer"
)

// writeBlind writes the sheet for the second reader into a file, and what the
// targets mean to w.
func writeBlind(sheet string, w io.Writer, files []goldFile) error {
	rows, err := blindSheet(files)
	if err != nil {
		return err
	}
	f, err := os.Create(sheet)
	if err != nil {
		return err
	}
	c := csv.NewWriter(f)
	if err := c.WriteAll(rows); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return describe(w, goldTargets(files))
}

// blindSheet has a row for each column held out that has a target in the gold
// table, as it stands in its file: of the gold table it takes only which columns
// these are, and of the importer only the cells.
func blindSheet(files []goldFile) ([][]string, error) {
	rows := [][]string{{"source_file", "position", "original_header", "samples", "other_headers", "target"}}
	for _, f := range files {
		if f.part != heldOut || !f.labelled() {
			continue
		}
		table, err := importer.ReadBytes(f.name, f.data)
		if err != nil {
			return nil, err
		}
		if len(table.Header) != len(f.targets) {
			return nil, fmt.Errorf("%s has %d columns, and %d in the gold table", f.name, len(table.Header), len(f.targets))
		}
		for i, target := range f.targets {
			if target == "" {
				continue
			}
			others := slices.Delete(slices.Clone(table.Header), i, i+1)
			rows = append(rows, []string{f.name, strconv.Itoa(i + 1), oneLine(table.Header[i]),
				strings.Join(samples(table, i), " | "), oneLine(strings.Join(others, " | ")), ""})
		}
	}
	return rows, nil
}

// samples are up to eight different values of a column, from all over it, each
// at most 80 characters long.
func samples(table *importer.Table, column int) []string {
	const most, long = 8, 80
	var values []string
	seen := map[string]bool{}
	for _, row := range table.Sample() {
		if column >= len(row.Cells) {
			continue
		}
		value := []rune(oneLine(row.Cells[column]))
		if len(value) > long {
			value = append(value[:long-1], '…')
		}
		if s := string(value); s != "" && !seen[s] {
			seen[s] = true
			values = append(values, s)
		}
	}
	if len(values) <= most {
		return values
	}
	spread := make([]string, most)
	for i := range spread {
		spread[i] = values[i*len(values)/most]
	}
	return spread
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
