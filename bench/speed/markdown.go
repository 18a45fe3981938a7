package main

import (
	"fmt"
	"io"
	"slices"
)

// printMarkdown writes the table of the README.
func (b *bench) printMarkdown(out io.Writer) {
	fmt.Fprintf(out, "\n`make bench`, %d records, %d cores, %s, %s:\n\n", b.records, b.machine.cores, b.machine.system, b.machine.when.Format("2006-01-02"))
	fmt.Fprintln(out, "| | wanted | measured | |\n|---|---|---|---|")
	for _, t := range b.targets() {
		fmt.Fprintf(out, "| %s | %s | %s | %s |\n", t.name, t.want, t.got, t.verdict())
	}
	fmt.Fprintf(out, "| start to the first answered page | | %.1f s | |\n", b.first.Seconds())
	fmt.Fprintln(out, "\n| questions over HTTP | clients | p50 | p95 | p99 | questions/s |\n|---|---|---|---|---|---|")
	for _, r := range b.runs {
		d := r.of(b.all, "")
		fmt.Fprintf(out, "| %s | %d | %s | %s | %s | %.0f |\n", r.way, r.clients, ms(percentile(d, 50)), ms(percentile(d, 95)), ms(percentile(d, 99)), r.perSecond())
	}
	fmt.Fprintf(out, "| floor: bare set operations | 1 | %s | %s | %s | %.0f |\n", ms(percentile(b.floor, 50)), ms(percentile(b.floor, 95)), ms(percentile(b.floor, 99)), perSecond(b.floor))
	fmt.Fprintln(out, "\n| instead of it | records | p50 | p95 | ours p50 | ours p95 | ratio |\n|---|---|---|---|---|---|---|")
	for _, p := range b.peers {
		if p.err != nil {
			fmt.Fprintf(out, "| %s | not measured | | | | | |\n", p.name)
			continue
		}
		d := slices.Sorted(slices.Values(p.took))
		fmt.Fprintf(out, "| %s | %d | %s | %s | %s | %s | %s |\n", p.name, p.records, ms(percentile(d, 50)), ms(percentile(d, 95)),
			ms(percentile(p.ours, 50)), ms(percentile(p.ours, 95)), ratio(d, p.ours, 50))
	}
}
