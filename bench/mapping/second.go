package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// place is a column of a file: the name of the file in the gold table and the
// place of the column in it, counted from 1.
type place struct {
	file   string
	column int
}

// secondReader are the answers of the second reader by column: a target, none or
// cannotTell.
//
// second_reader.csv was made once: one reader, a language model, labelled the
// columns blind from the sheet of -sheet, having seen neither the gold table nor
// the proposals, and the answers were not revised afterwards. It has no header
// and no value of the lists: source_file, position, target.
type secondReader map[place]string

// Answers of the second reader that are not targets.
const (
	none       = "none"        // no target fits
	cannotTell = "cannot tell" // counts as no answer
)

// readSecond reads the answers; nil when there is no such file. A column that no
// one asked for, that is there twice, or an unknown target is an error: a typing
// error would count as another opinion.
func readSecond(name string, files []goldFile) (secondReader, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s, err := parseSecond(f, files)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

func parseSecond(r io.Reader, files []goldFile) (secondReader, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], []string{"source_file", "position", "target"}) {
		return nil, errors.New("the header is not source_file,position,target")
	}
	asked := map[place]bool{}
	for _, f := range files {
		for i, target := range f.targets {
			asked[place{f.name, i + 1}] = f.part == heldOut && target != ""
		}
	}
	answers := append(goldTargets(files), none, cannotTell)
	s := secondReader{}
	for _, row := range rows[1:] {
		position, err := strconv.Atoi(row[1])
		at, target := place{row[0], position}, strings.TrimSpace(row[2])
		_, twice := s[at]
		switch {
		case err != nil || !asked[at]:
			return nil, fmt.Errorf("column %s of %s is not in the sheet", row[1], row[0])
		case twice:
			return nil, fmt.Errorf("column %s of %s is there twice", row[1], row[0])
		case target == "":
			continue
		case !slices.Contains(answers, target):
			return nil, fmt.Errorf("column %s of %s: %q is no target", row[1], row[0], target)
		}
		s[at] = target
	}
	return s, nil
}

// reading is what one column is taken for.
type reading struct {
	at         place
	lang       string
	gold, ours string
	second     string // like ours "" for none; of columns that the second reader answered
}

// answered are the columns that the second reader gave an answer to, and how
// many he did not: because he could not tell, or because he is still to do so.
func (s secondReader) answered(all []reading) (out []reading, unable, open int) {
	for _, r := range all {
		switch answer, ok := s[r.at]; {
		case !ok:
			open++
		case answer == cannotTell:
			unable++
		case answer == none:
			out = append(out, r)
		default:
			r.second = answer
			out = append(out, r)
		}
	}
	return out, unable, open
}

// print prints the figures with the second reader.
func (s secondReader) print(w io.Writer, all []reading) {
	if s == nil {
		fmt.Fprintln(w, "with a second reader: there are no answers of one")
		return
	}
	five := slices.DeleteFunc(slices.Clone(all), func(r reading) bool { return !slices.Contains(fiveLanguages(), r.lang) })
	for _, group := range []struct {
		name string
		all  []reading
	}{{"all languages", all}, {strings.Join(fiveLanguages(), ", "), five}} {
		answered, unable, open := s.answered(group.all)
		fmt.Fprintf(w, "\nwith a second reader, %s: %d of %d columns answered; no answer to %d that the reader could not tell and %d not labelled\n",
			group.name, len(answered), len(group.all), unable, open)
		c := compare(answered)
		fmt.Fprintf(w, "%-34s %s\n", "", heading)
		fmt.Fprintf(w, "%-34s %v\n", "volunteers against second reader", c.readers)
		fmt.Fprintf(w, "%-34s %s\n", "  the same, Cohen's kappa", c.kappa)
		fmt.Fprintf(w, "%-34s %v\n", "proposals against second reader", c.ours)
		fmt.Fprintf(w, "%-34s %v\n", "proposals where the readers agree", c.agreed)
	}
	fmt.Fprintln(w)
}
