package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"atlas/internal/importer"
)

// result is the outcome of one part of the files.
type result struct {
	part         string
	files        int
	unlabelled   int                // files of which no column is mapped: they say nothing
	byFile       map[string][]tally // by language
	leftOut      int                // columns without a target, in files that have some
	leftOutGiven int                // of these, those that are given one here
	elsewhere    elsewhere
	doubtful     int // misses whose label looks wrong
	misses       []string
	extra        []string
	readings     []reading    // of the columns with a target, in the order of the files
	second       secondReader // of the files held out; nil when there is none
}

// fiveLanguages are those of the lists that the product is for.
func fiveLanguages() []string { return []string{"cs", "sk", "pl", "de", "en"} }

// score proposes the columns of all files of a part and compares. Targets that
// the gold table never uses count as none.
func score(files []goldFile, part string) *result {
	known := map[string]bool{}
	for _, f := range files {
		for _, t := range f.targets {
			known[t] = true
		}
	}
	labels := files
	if part != heldOut {
		labels = ofPart(files, part) // nothing of the files held out, not even why a label is doubted
	}
	r := &result{part: part, byFile: map[string][]tally{}, elsewhere: labelsElsewhere(labels)}
	for _, f := range files {
		if f.part == part {
			r.add(f, known)
		}
	}
	return r
}

func (r *result) add(f goldFile, known map[string]bool) {
	r.files++
	if !f.labelled() {
		r.unlabelled++
		return
	}
	table, err := importer.ReadBytes(f.name, f.data)
	if err != nil {
		labelled := slices.DeleteFunc(slices.Clone(f.targets), func(t string) bool { return t == "" })
		r.byFile[f.lang] = append(r.byFile[f.lang], tally{unsure: len(labelled)})
		r.misses = append(r.misses, fmt.Sprintf("%s: %v", f.name, err))
		for i, want := range f.targets {
			r.read(f, i, want, "")
		}
		return
	}
	got := byHeader(f, importer.Propose(table))
	var t tally
	for i, want := range f.targets {
		c := got[i]
		have := string(c.Target)
		if !known[have] {
			have = ""
		}
		r.read(f, i, want, have)
		line := fmt.Sprintf("[%s] %s: %q is %s, proposed %q %.2f %s %v", f.lang, f.name, f.headers[i], want, c.Target, c.Confidence, c.Reason.Key, c.Reason.Args)
		switch {
		case want == "":
			r.leftOut++
			if have != "" {
				r.leftOutGiven++
				r.extra = append(r.extra, line)
			}
			continue
		case have == want:
			t.right++
		case have == "":
			t.unsure++
			r.miss("not sure "+line, f, i, string(c.Target))
		default:
			t.wrong++
			r.miss("WRONG    "+line, f, i, string(c.Target))
		}
	}
	r.byFile[f.lang] = append(r.byFile[f.lang], t)
}

// read keeps what a column with a target in the gold table is taken for.
func (r *result) read(f goldFile, column int, want, have string) {
	if want != "" {
		r.readings = append(r.readings, reading{at: place{f.name, column + 1}, lang: f.lang, gold: want, ours: have})
	}
}

// miss lists a column that is wrong or not sure.
func (r *result) miss(line string, f goldFile, column int, have string) {
	if why := r.elsewhere.doubt(f, column, have); why != "" {
		r.doubtful++
		line += "\n            the label looks wrong: " + why
	}
	r.misses = append(r.misses, line)
}

// byHeader finds the column of each row of the gold table: by its name, else,
// where the names were garbled by another encoding, by its place.
func byHeader(f goldFile, m importer.Mapping) []importer.Column {
	out := make([]importer.Column, len(f.headers))
	for i, h := range f.headers {
		at := slices.IndexFunc(m.Columns, func(c importer.Column) bool { return key(c.Header) == key(h) })
		if at < 0 && len(m.Columns) == len(f.headers) {
			at = i
		}
		if at >= 0 {
			out[i] = m.Columns[at]
		} else {
			out[i] = importer.Column{Header: h, Reason: importer.Reason{Key: "the column was not found"}}
		}
	}
	return out
}

func key(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

func (r *result) print(w io.Writer, misses bool) {
	fmt.Fprintf(w, "\n== %s: %d files, %d of them without any mapped column\n", r.part, r.files, r.unlabelled)
	langs := slices.Sorted(maps.Keys(r.byFile))
	var all, five []tally
	for _, lang := range langs {
		all = append(all, r.byFile[lang]...)
		if slices.Contains(fiveLanguages(), lang) {
			five = append(five, r.byFile[lang]...)
		}
	}
	fmt.Fprintf(w, "%-18s %s\n", "", heading)
	fmt.Fprintf(w, "%-18s %v\n", "all languages", figures(all))
	fmt.Fprintf(w, "%-18s %v\n", "cs, sk, pl, de, en", figures(five))
	for _, lang := range langs {
		fmt.Fprintf(w, "%-18s %v\n", lang, figures(r.byFile[lang]))
	}
	if r.part == heldOut {
		r.second.print(w, r.readings)
	}
	fmt.Fprintf(w, "columns that the volunteers left out: %d, of which %d get a target here\n", r.leftOut, r.leftOutGiven)
	fmt.Fprintf(w, "misses: %d, of which %d have a label that looks wrong; they count as misses all the same\n", len(r.misses), r.doubtful)
	if misses {
		for _, line := range append(slices.Sorted(slices.Values(r.misses)), r.extra...) {
			fmt.Fprintln(w, "  ", line)
		}
	}
}
