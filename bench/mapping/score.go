package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"atlas/internal/importer"
)

// tally counts columns that have a target in the gold table.
type tally struct{ right, wrong, unsure int }

func (t tally) all() int { return t.right + t.wrong + t.unsure }

func (t tally) String() string {
	if t.all() == 0 {
		return "no columns"
	}
	return fmt.Sprintf("%5.1f %%  (%d of %d right, %d wrong, %d not sure)",
		100*float64(t.right)/float64(t.all()), t.right, t.all(), t.wrong, t.unsure)
}

// result is the outcome of one part of the files.
type result struct {
	part         string
	files        int
	unlabelled   int // files of which no column is mapped: they say nothing
	total        tally
	byLanguage   map[string]tally
	leftOut      int // columns without a target, in files that have some
	leftOutGiven int // of these, those that are given one here
	misses       []string
	extra        []string
}

// score proposes the columns of all files of a part and compares. Targets that
// the gold table never uses count as none.
func score(files []goldFile, part string) *result {
	known := map[string]bool{}
	for _, f := range files {
		for _, t := range f.targets {
			known[t] = true
		}
	}
	r := &result{part: part, byLanguage: map[string]tally{}}
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
		for range f.headers {
			r.total.unsure++
		}
		r.misses = append(r.misses, fmt.Sprintf("%s: %v", f.name, err))
		return
	}
	got := byHeader(f, importer.Propose(table))
	t := r.byLanguage[f.lang]
	for i, want := range f.targets {
		c := got[i]
		have := string(c.Target)
		if !known[have] {
			have = ""
		}
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
			r.misses = append(r.misses, "not sure "+line)
		default:
			t.wrong++
			r.misses = append(r.misses, "WRONG    "+line)
		}
	}
	r.total.right += t.right - r.byLanguage[f.lang].right
	r.total.wrong += t.wrong - r.byLanguage[f.lang].wrong
	r.total.unsure += t.unsure - r.byLanguage[f.lang].unsure
	r.byLanguage[f.lang] = t
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
	fmt.Fprintf(w, "all languages      %v\n", r.total)
	var five tally
	for _, lang := range []string{"cs", "sk", "pl", "de", "en"} {
		t := r.byLanguage[lang]
		five.right, five.wrong, five.unsure = five.right+t.right, five.wrong+t.wrong, five.unsure+t.unsure
	}
	fmt.Fprintf(w, "cs, sk, pl, de, en %v\n", five)
	langs := []string{}
	for lang := range r.byLanguage {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	for _, lang := range langs {
		fmt.Fprintf(w, "%-18s %v\n", lang, r.byLanguage[lang])
	}
	strict := tally{right: r.total.right + r.leftOut - r.leftOutGiven, wrong: r.total.wrong + r.leftOutGiven, unsure: r.total.unsure}
	fmt.Fprintf(w, "columns that the volunteers left out: %d, of which %d get a target here; counted as wrong, all is %v\n", r.leftOut, r.leftOutGiven, strict)
	if misses {
		for _, line := range append(slices.Sorted(slices.Values(r.misses)), r.extra...) {
			fmt.Fprintln(w, "  ", line)
		}
	}
}
