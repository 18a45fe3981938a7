package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"atlas/internal/config"
)

// helpWidth is how many letters a line of help has at most.
const helpWidth = 79

// help prints the overview, or what one command does.
func help(_ context.Context, c *call) error {
	if len(c.args) == 0 {
		c.printOverview()
		return nil
	}
	cmd, rest, err := find(c.args)
	if err == nil && len(rest) > 0 {
		err = unknownCommand(c.args)
	}
	if err != nil {
		return err
	}
	c.printHelp(cmd)
	return nil
}

// printOverview lists the commands.
func (t *tool) printOverview() {
	t.say("help.intro")
	fmt.Fprintln(t.out)
	for _, c := range commands() {
		t.printRow(c.name, t.T("help."+c.name+".line"), 22)
	}
	fmt.Fprintln(t.out)
	t.say("help.more")
}

// printHelp says what a command does, its flags and examples of it.
func (t *tool) printHelp(c command) {
	usage := "atlas " + c.name
	if c.args != "" {
		usage += " " + t.T(c.args)
	}
	if len(c.flags) > 0 {
		usage += " " + t.T("help.flags_mark")
	}
	fmt.Fprintf(t.out, "%s\n\n", usage)
	for _, l := range wrap(t.T("help."+c.name+".text"), helpWidth) {
		fmt.Fprintln(t.out, l)
	}
	if len(c.flags) > 0 {
		fmt.Fprintf(t.out, "\n%s\n", t.T("help.flags"))
		for _, f := range c.flags {
			t.printRow("--"+f, t.flagHelp(c, f), 18)
		}
		if len(c.flags) > 1 {
			fmt.Fprintln(t.out)
			for _, l := range wrap(t.T("help.environment"), helpWidth) {
				fmt.Fprintln(t.out, l)
			}
		}
	}
	if len(c.examples) > 0 {
		fmt.Fprintf(t.out, "\n%s\n", t.T("help.examples"))
		for _, e := range c.examples {
			fmt.Fprintln(t.out, "  "+e)
		}
	}
}

// flagHelp says what a flag does and what holds without it.
func (t *tool) flagHelp(c command, flag string) string {
	text := t.T("flag." + flag)
	defaults := config.Default()
	if c.defaults != nil {
		c.defaults(&defaults)
	}
	switch v := defaults.Get(flag); v {
	case "", "false":
		return text
	case "true":
		return text + " " + t.T("help.default_on", "flag", flag)
	default:
		return text + " " + t.T("help.default", "value", v)
	}
}

// printRow prints a name and beside it what it is; under it where the name is
// longer than its column.
func (t *tool) printRow(name, text string, column int) {
	if utf8.RuneCountInString(name) >= column {
		fmt.Fprintln(t.out, "  "+name)
		name = ""
	}
	lines := wrap(text, helpWidth-column-2)
	for i, l := range lines {
		if i > 0 {
			name = ""
		}
		fmt.Fprintln(t.out, "  "+name+strings.Repeat(" ", max(1, column-utf8.RuneCountInString(name)))+l)
	}
}

// wrap breaks a text between words into lines of at most width letters. A
// no-break space is a letter.
func wrap(text string, width int) []string {
	var lines []string
	var b strings.Builder
	for _, word := range strings.Split(text, " ") {
		if n := utf8.RuneCountInString(b.String()); n > 0 && n+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, b.String())
			b.Reset()
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return append(lines, b.String())
}

// version prints which build this is.
func version(_ context.Context, c *call) error {
	fmt.Fprintf(c.out, "atlas %s\n%s %s/%s\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// buildVersion is the version of the module, or the commit it was built from.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "?"
	}
	v, revision, changed := info.Main.Version, "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	if v == "" || v == "(devel)" {
		v = "devel"
		if revision != "" {
			v += " " + revision + changed
		}
	}
	return v
}
