package statistics

import (
	"cmp"
	"embed"
	"io/fs"
	"slices"

	"atlas"
)

// ProblemPrefix begins the key of every problem.
const ProblemPrefix = "statistics.problem."

// Problems are the keys of all problems, without the prefix, with the arguments
// of their messages beside row, column and value.
func Problems() map[string][]string {
	return map[string][]string{
		// A row is refused.
		"cut":                 nil,
		"value":               nil,
		"negative":            nil,
		"decimals":            {"decimals"},
		"great":               nil,
		"date":                nil,
		"no_date":             nil,
		"future":              {"today"},
		"territory":           nil,
		"no_territory":        nil,
		"territory_level":     {"level"},
		"name_unknown":        nil,
		"name_ambiguous":      {"candidates"},
		"outside":             {"territory"},
		"not_born":            {"name", "from"},
		"citizenship":         nil,
		"sex":                 nil,
		"age":                 nil,
		"age_differs":         {"text"},
		"residence":           nil,
		"indicator":           {"expected"},
		"source":              {"expected"},
		"same_key":            {"others", "territory", "date", "category"},
		"version_differs":     {"expected", "territory", "date"},
		"version_later":       {"date"},
		"impossible":          {"name", "population"},
		"greater_than_total":  {"total"},
		"dimension_of_values": nil,
		// A row is read, and something is to be known.
		"extinct":     {"name", "to"},
		"sum_differs": {"total", "sum"},
		"summed_gap":  {"name", "date"},
		// Of the file.
		"year_of_name":   {"said", "found"},
		"missing_places": {"date", "n", "of", "names"},
		"fewer_places":   {"date", "n", "before", "then"},
		"half":           {"date", "total", "sum"},
	}
}

//go:embed messages/*.json
var messageFiles embed.FS

// Messages are the words of the problems: cs.json and en.json.
func Messages() fs.FS {
	folder, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		panic(err) // the folder is embedded; only a typing error here can fail
	}
	return folder
}

// Group is problems of one kind in one column.
type Group struct {
	Key, Column string
	Refused     bool // the rows were refused; otherwise they were read
	Count       int
	Examples    []atlas.RowProblem // the first of them
}

// How many problems are kept: examples of each group, and one by one.
const (
	groupExamples = 5
	groupsKept    = 200
	problemsKept  = 2000
)

// book keeps problems in memory that does not grow with their number.
type book struct {
	groups map[groupKey]*Group
	kept   []atlas.RowProblem
}

type groupKey struct{ key, column string }

func newBook() *book { return &book{groups: map[groupKey]*Group{}} }

func (b *book) add(p atlas.RowProblem, refused bool) {
	k := groupKey{p.Key, p.Column}
	g := b.groups[k]
	if g == nil {
		if len(b.groups) >= groupsKept {
			k.column = ""
		}
		if g = b.groups[k]; g == nil {
			g = &Group{Key: k.key, Column: k.column, Refused: refused}
			b.groups[k] = g
		}
	}
	g.Count++
	if len(g.Examples) < groupExamples {
		g.Examples = append(g.Examples, p)
	}
	if refused && len(b.kept) < problemsKept {
		b.kept = append(b.kept, p)
	}
}

// copy is a book to go on writing in.
func (b *book) copy() *book {
	c := &book{groups: make(map[groupKey]*Group, len(b.groups)), kept: slices.Clone(b.kept)}
	for k, g := range b.groups {
		h := *g
		h.Examples = slices.Clone(g.Examples)
		c.groups[k] = &h
	}
	return c
}

// all gives the groups: refused rows first, then the commonest.
func (b *book) all() []Group {
	out := make([]Group, 0, len(b.groups))
	for _, g := range b.groups {
		out = append(out, *g)
	}
	slices.SortFunc(out, func(x, y Group) int {
		if x.Refused != y.Refused {
			if x.Refused {
				return -1
			}
			return 1
		}
		return cmp.Or(-cmp.Compare(x.Count, y.Count), cmp.Compare(x.Key, y.Key), cmp.Compare(x.Column, y.Column))
	})
	return out
}

// problem is what is wrong in a cell.
func problem(row int, column, value, key string, args ...any) atlas.RowProblem {
	p := atlas.RowProblem{Row: row, Column: column, Value: value, Key: ProblemPrefix + key}
	for i := 0; i+1 < len(args); i += 2 {
		if p.Args == nil {
			p.Args = map[string]any{}
		}
		p.Args[args[i].(string)] = args[i+1]
	}
	return p
}
