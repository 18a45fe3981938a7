package main

import (
	"os"

	"atlas"
)

// outcome is how many records an import made, changed and found the same.
type outcome struct{ created, updated, unchanged int }

// printOutcome sums an import up, and says so when nothing was written.
func (c *call) printOutcome(what string, n outcome) {
	c.say("import."+what, "created", c.number(n.created), "updated", c.number(n.updated), "unchanged", c.number(n.unchanged))
	if c.has("dry-run") {
		c.say("import.dry_run")
	}
}

// problemsShown is how many problems of rows are listed one by one.
const problemsShown = 100

// printProblems lists what was wrong in files, the first of them row by row,
// and says how many there are.
func (c *call) printProblems(all []atlas.RowProblem, file string) {
	for _, p := range all[:min(len(all), problemsShown)] {
		c.say(rowKey(p), "file", fileOf(p, file), "row", p.Row, "column", p.Column, "reason", c.problem(p))
	}
	if rest := len(all) - problemsShown; rest > 0 {
		c.say("import.more_problems", "n", c.number(rest))
	}
}

func rowKey(p atlas.RowProblem) string {
	if p.Column == "" {
		return "import.row"
	}
	return "import.cell"
}

func fileOf(p atlas.RowProblem, file string) string {
	if name, ok := p.Args["file"].(string); ok {
		return name
	}
	return file
}

// problem is the reason in the language of the tool.
func (t *tool) problem(p atlas.RowProblem) string {
	args := []any{"value", p.Value}
	for name, v := range p.Args {
		args = append(args, name, v)
	}
	return t.T(p.Key, args...)
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
