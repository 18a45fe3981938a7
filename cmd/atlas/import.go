package main

import (
	"os"
	"strings"
	"unicode"

	"atlas"
)

// outcome is how many records an import made, changed and found the same.
type outcome struct{ created, updated, unchanged int }

// printOutcome sums an import up, and says so when nothing was written.
func (c *call) printOutcome(what string, n outcome) {
	c.say("importing."+what, "created", c.number(n.created), "updated", c.number(n.updated), "unchanged", c.number(n.unchanged))
	if c.has("dry-run") {
		c.say("importing.dry_run")
	}
}

// problemsShown is how many problems of rows are listed one by one.
const problemsShown = 100

// printProblems lists what was wrong in files, the first of them one by one,
// and says how many there are. what is the key of how a place in a file is
// told: a row of a table or a feature of a map.
func (c *call) printProblems(all []atlas.RowProblem, what, file string) {
	for _, p := range all[:min(len(all), problemsShown)] {
		if name, ok := p.Args["file"].(string); ok {
			file = name
		}
		c.say(what, "file", file, "row", p.Row, "column", printable(p.Column), "reason", c.problem(p))
	}
	if rest := len(all) - problemsShown; rest > 0 {
		c.say("importing.more_problems", "n", c.number(rest))
	}
}

// problem is the reason in the language of the tool.
func (t *tool) problem(p atlas.RowProblem) string {
	args := []any{"row", p.Row, "column", printable(p.Column), "value", printable(p.Value)}
	return t.T(p.Key, append(args, t.pairs(p.Args)...)...)
}

// printable makes a text of a foreign file safe for a terminal and short.
func printable(text string) string {
	const longest = 80
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	if letters := []rune(text); len(letters) > longest {
		return string(letters[:longest]) + "…"
	}
	return text
}

// readable refuses files that are not there before anything is done.
func readable(files []string) error {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		f.Close()
	}
	return nil
}
