package main

import (
	"context"
	"strings"

	"atlas/internal/config"
)

// command is one thing the program can do. Its words have keys of the
// catalogue by its name: "help.demo.line", "help.demo.text".
type command struct {
	name     string // "import territories"
	args     string // key of the names of its arguments, "" = none
	min, max int    // how many arguments it takes; max -1 = any number
	flags    []string
	examples []string
	defaults func(*config.Config) // what it starts from other than the others
	run      func(context.Context, *call) error
}

// database are the flags by which a command finds the database.
var database = []string{"data", "database", "config"}

// commands lists everything the program can do, in the order it is shown.
func commands() []command {
	with := func(flags ...string) []string { return append(flags, database...) }
	return []command{
		{name: "demo", flags: []string{"listen", "data", "open-editing", "log-format"},
			examples: []string{"atlas demo", "atlas demo --listen 127.0.0.1:9000 --data ./ukazka"},
			defaults: demoDefaults, run: demo},
		{name: "serve", flags: append(config.Names(), "config", "print-config"),
			examples: []string{"atlas serve --data /var/lib/atlas", "atlas serve --listen 0.0.0.0:8080 --database postgres://atlas@db/atlas",
				"atlas serve --config /etc/atlas.conf --print-config"},
			run: serve},
		{name: "migrate", flags: with(), examples: []string{"atlas migrate --data /var/lib/atlas"}, run: migrate},
		{name: "backup", args: "args.file", min: 1, max: 1, flags: with(),
			examples: []string{"atlas backup zaloha-2026-01-31.sqlite"}, run: backup},
		{name: "restore", args: "args.file", min: 1, max: 1, flags: with("replace"),
			examples: []string{"atlas restore zaloha-2026-01-31.sqlite --data ./nova", "atlas restore zaloha.sqlite --database postgres://atlas@db/atlas --replace"},
			run:      restore},
		{name: "reindex", flags: with(), examples: []string{"atlas reindex"}, run: reindex},
		{name: "import territories", args: "args.files", min: 1, max: -1, flags: with("dry-run"),
			examples: []string{"atlas import territories obce.csv mestske_casti.csv", "atlas import territories UI_OKRES.csv UI_ORP.csv UI_POU.csv UI_OBEC.csv --dry-run"},
			run:      importTerritories},
		{name: "import boundaries", args: "args.files", min: 1, max: -1, flags: with("dry-run"),
			examples: []string{"atlas import boundaries kraje.geojson okresy.geojson"},
			run:      importBoundaries},
		{name: "import projects", args: "args.files", min: 1, max: -1, flags: with("dry-run", "publish", "url", "accessed"),
			examples: []string{"atlas import projects seznam-operaci.xlsx --dry-run",
				"atlas import projects seznam-operaci.csv --url https://www.dotaceeu.cz/ --accessed 2026-01-31 --publish"},
			run: importProjects},
		{name: "import statistics", args: "args.files", min: 1, max: -1, flags: with("dry-run", "dataset", "indicator", "url", "accessed"),
			examples: []string{"atlas import statistics 290038-24data2023.csv --url https://csu.gov.cz/ --accessed 2026-01-31",
				"atlas import statistics statistika-ukr-31-12-2025.xls --dry-run", "atlas import statistics zaci.csv --dataset zaci-s-omj"},
			run: importStatistics},
		{name: "import undo", args: "args.batch", min: 1, max: 1, flags: with("dry-run"),
			examples: []string{"atlas import undo D-00001 --dry-run", "atlas import undo D-00001"},
			run:      importUndo},
		{name: "mail test", args: "args.address", min: 1, max: 1, flags: append([]string{"data", "config"}, mailFlags...),
			examples: []string{"atlas mail test jana@mesto.cz", "atlas mail test jana@mesto.cz --smtp smtp://posta.mesto.cz:587 --mail-from atlas@mesto.cz"},
			run:      mailTest},
		{name: "mail list", flags: with(), examples: []string{"atlas mail list --data /var/lib/atlas"}, run: mailList},
		{name: "purge", flags: with("dry-run", "base-url"),
			examples: []string{"atlas purge --dry-run", "atlas purge --data /var/lib/atlas --base-url https://atlas.mesto.cz"}, run: purge},
		{name: "audit verify", flags: with("head"),
			examples: []string{"atlas audit verify", "atlas audit verify --head 1204:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
			run:      auditVerify},
		{name: "audit show", flags: with("since", "by", "record"),
			examples: []string{"atlas audit show --since 2026-01", "atlas audit show --record P-00001", "atlas audit show --by U-00001"},
			run:      auditShow},
		{name: "user add", args: "args.address", min: 1, max: 1, flags: with("name", "role", "territory", "until", "base-url", "listen"),
			examples: []string{"atlas user add jana@mesto.cz --name 'Jana Nováková' --role admin", "atlas user add petr@mesto.cz --role territory --territory CZ041 --until 2026-12-31"},
			run:      userAdd},
		{name: "user list", flags: with(), examples: []string{"atlas user list"}, run: userList},
		{name: "user role", args: "args.address", min: 1, max: 1, flags: with("give", "take", "territory", "until", "base-url", "listen"),
			examples: []string{"atlas user role jana@mesto.cz --give methodologist", "atlas user role petr@mesto.cz --take territory --territory CZ041"},
			run:      userRole},
		{name: "user block", args: "args.address", min: 1, max: 1, flags: with(), examples: []string{"atlas user block jana@mesto.cz"}, run: userBlock},
		{name: "user unblock", args: "args.address", min: 1, max: 1, flags: with(), examples: []string{"atlas user unblock jana@mesto.cz"}, run: userUnblock},
		{name: "user link", args: "args.address", min: 1, max: 1, flags: with("base-url", "listen"), examples: []string{"atlas user link jana@mesto.cz"}, run: userLink},
		{name: "user reset-second-factor", args: "args.address", min: 1, max: 1, flags: with("base-url", "listen"),
			examples: []string{"atlas user reset-second-factor jana@mesto.cz"}, run: userReset},
		{name: "sbom", examples: []string{"atlas sbom > sbom.cdx.json"}, run: sbom},
		{name: "version", run: version},
		{name: "help", args: "args.command", max: 2, examples: []string{"atlas help import territories"}, run: help},
	}
}

// isSwitch says whether a flag is one of yes and no and needs no value.
func isSwitch(flag string) bool {
	switch flag {
	case "dry-run", "print-config", "publish", "replace":
		return true
	}
	return config.OnOff(flag)
}

// find takes the name of a command, of one word or two, off the arguments.
func find(args []string) (command, []string, error) {
	for _, words := range []int{2, 1} {
		if len(args) < words {
			continue
		}
		name := strings.Join(args[:words], " ")
		for _, c := range commands() {
			if c.name == name || words == 1 && c.name == alias(name) {
				return c, args[words:], nil
			}
		}
	}
	return command{}, nil, unknownCommand(args)
}

// alias is a command by what people type out of habit.
func alias(name string) string {
	switch name {
	case "-h", "-help", "--help":
		return "help"
	case "-v", "-version", "--version":
		return "version"
	}
	return ""
}

// groups are the first words of commands of two words, with what is said when the
// second is missing.
func groups() map[string]string {
	return map[string]string{"import": "usage.import", "mail": "usage.mail", "audit": "usage.audit", "user": "usage.user"}
}

// unknownCommand says what may have been meant.
func unknownCommand(args []string) error {
	given := args[0]
	group := groups()[given]
	switch {
	case group != "" && len(args) > 1 && !strings.HasPrefix(args[1], "-"):
		given += " " + args[1]
	case group != "":
		return &usageError{key: group}
	}
	best, fewest := "", 1+len([]rune(given))/3
	for _, c := range commands() {
		if d := distance(given, c.name); d <= fewest {
			best, fewest = c.name, d
		}
	}
	if best == "" {
		return &usageError{key: "usage.unknown", args: []any{"value", given}}
	}
	return &usageError{command: best, key: "usage.meant", args: []any{"value", given, "meant", best}}
}

// distance is how many letters must be changed, added or taken away to make b
// of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
