package importer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"
)

// Target is what a column of a list of projects can mean.
type Target string

// Mapping (mapování sloupců) says what the columns of a table mean. It is
// proposed from the header and the values and can be changed by a person.
type Mapping struct {
	// Shape tells tables of the same columns: the mapping of one fits the next.
	Shape   string   `json:"shape"`
	Columns []Column `json:"columns"` // in the order of the table
	// Currency is that of sums which name none (ISO 4217), Country that of
	// projects which name none (ISO 3166); "" when the table does not say.
	Currency string `json:"currency,omitempty"`
	Country  string `json:"country,omitempty"`
}

// Column is one column with its proposed meaning.
type Column struct {
	Header string `json:"header"`
	Target Target `json:"target,omitempty"` // "" is none: the column stays in words
	// Confidence is from 0 to 1; that of a column without target is how near the
	// best guess came.
	Confidence float64 `json:"confidence"`
	Reason     Reason  `json:"reason"`
	// Style is how values that can be read in two ways are written here:
	// StylePoint, StyleComma, StyleMonthFirst, StyleSpan; "" where the values do not say.
	Style string `json:"style,omitempty"`
}

// Reason is the key of a message and its arguments.
type Reason struct {
	Key  string         `json:"key"`
	Args map[string]any `json:"args,omitempty"`
}

// Keys of reasons.
const (
	ReasonHeader  = "import.mapping.header"  // {words} of the header say it
	ReasonBoth    = "import.mapping.both"    // {words} say it and {share} % of the values look so
	ReasonContext = "import.mapping.context" // {words} and the other columns say it
	ReasonValues  = "import.mapping.values"  // {share} % of the values look so
	ReasonTaken   = "import.mapping.taken"   // the best guess {target} fits another column better
	ReasonUnsure  = "import.mapping.unsure"  // the best guess {target} is not sure enough
	ReasonAgainst = "import.mapping.against" // {words} say {target}, but the values do not look so
	ReasonEmpty   = "import.mapping.empty"   // no values
	ReasonNone    = "import.mapping.none"    // nothing known in it
	ReasonPerson  = "import.mapping.person"  // a person said it
)

// Reasons are the keys of all reasons with the arguments of their messages.
func Reasons() map[string][]string {
	return map[string][]string{
		ReasonHeader: {"words"}, ReasonBoth: {"words", "share"}, ReasonValues: {"share"},
		ReasonContext: {"words"},
		ReasonTaken:   {"target"}, ReasonUnsure: {"target"}, ReasonAgainst: {"words", "target"},
		ReasonEmpty: nil, ReasonNone: nil, ReasonPerson: nil,
	}
}

// Sure is the confidence below which a column is left without a target: a wrong
// guess does more harm than none.
const Sure = 0.5

// Shape is a fingerprint of the names of columns, in their order.
func (t *Table) Shape() string {
	sum := sha256.New()
	for _, h := range t.Header {
		sum.Write([]byte(columnKey(h) + "\n"))
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// Of gives the places of the columns of a target.
func (m Mapping) Of(target Target) []int {
	var out []int
	for i, c := range m.Columns {
		if c.Target == target {
			out = append(out, i)
		}
	}
	return out
}

// Fits says whether the mapping is of the columns of a table and has only known
// targets, each that does not repeat once. The error is a *FileError.
func (m Mapping) Fits(t *Table) error {
	if len(m.Columns) != len(t.Header) {
		return fileError(ErrorMapping, nil, "file", t.File, "column", "")
	}
	seen := map[Target]bool{}
	for i, c := range m.Columns {
		known := c.Target == "" || slices.Contains(Targets(), c.Target)
		if columnKey(c.Header) != columnKey(t.Header[i]) || !known || seen[c.Target] && c.Target != "" && !c.Target.Repeats() {
			return fileError(ErrorMapping, nil, "file", t.File, "column", t.Header[i])
		}
		seen[c.Target] = true
	}
	if !m.Usable() {
		return fileError(ErrorMapping, nil, "file", t.File, "column", "")
	}
	return nil
}

// Usable says whether the mapping is enough to look at rows with: what names a
// project, or who carries it out.
func (m Mapping) Usable() bool {
	for _, t := range []Target{TargetName, TargetNumber, TargetDescription, TargetBeneficiary} {
		if len(m.Of(t)) > 0 {
			return true
		}
	}
	return false
}

// Set gives a column a target that a person chose.
func (m *Mapping) Set(column int, target Target) {
	c := &m.Columns[column]
	c.Target, c.Confidence, c.Reason = target, 1, Reason{Key: ReasonPerson}
}

// Propose guesses what each column means, by the words of its header, the look
// of its values, and the other columns: a target that a project has once goes to
// one column, so that all columns together fit best.
func Propose(t *Table) Mapping {
	lex := loadLexicon()
	guesses := make([]guess, len(t.Header))
	headers := lex.repaired(t.Header)
	above := lex.headings(headers)
	profiles := make([]profile, len(t.Header))
	union := false
	for i, h := range headers {
		profiles[i] = lex.profileOf(t, i)
		share, _ := profiles[i].share(shapeFund)
		union = union || share >= 0.5 || lex.read(h, above[i]).has["eu"]
	}
	for i, h := range headers {
		guesses[i] = lex.guess(h, above[i], profiles[i], union)
	}
	totalIsEligible(guesses)
	baseOfRate(t, guesses)
	paidIsNoTotal(guesses)
	yearOfAllocation(guesses)
	firstAndLast(t, guesses)
	chosen := assign(guesses)
	m := Mapping{Shape: t.Shape(), Columns: make([]Column, len(t.Header)), Currency: tableCurrency(t)}
	if m.Currency == "CZK" || inCzech(t) {
		m.Country = "CZ"
	}
	if m.Country == "CZ" && m.Currency == "" {
		m.Currency = "CZK"
	}
	for i, h := range t.Header {
		m.Columns[i] = guesses[i].column(h, chosen[i])
	}
	return m
}

// inCzech says whether a table is in Czech, by letters that no other language
// has. Such a list, if it says nothing else, is of projects in this country and
// of crowns; a person sees both and can change them before anything is stored.
func inCzech(t *Table) bool {
	const letters = "ěřůĚŘŮ"
	if strings.ContainsAny(strings.Join(t.Header, " "), letters) {
		return true
	}
	rows := t.Sample()
	step, seen, czech := max(1, len(rows)/sampled), 0, 0
	for i := 0; i < len(rows); i += step {
		seen++
		if strings.ContainsAny(strings.Join(rows[i].Cells, " "), letters) {
			czech++
		}
	}
	return czech*2 > seen
}

// guess is what one column can be.
type guess struct {
	profile profile
	says    map[string]bool // concepts of the header
	strange bool            // has words that are not understood
	scores  map[Target]candidate
	against candidate // a target of the header that the values speak against
}

// candidate is one target with how far it fits and why.
type candidate struct {
	target Target
	score  float64
	reason Reason
	style  string // how the values are to be read, where the header says it
}

// best is the target that fits most; the lesser name among equals.
func (g guess) best() candidate {
	var best candidate
	for _, c := range g.scores {
		if c.score > best.score || c.score == best.score && c.target < best.target {
			best = c
		}
	}
	return best
}

// column tells the outcome for one column.
func (g guess) column(header string, chosen Target) Column {
	c := Column{Header: header, Style: g.profile.style}
	best := g.best()
	switch {
	case chosen != "":
		why := g.scores[chosen]
		c.Target, c.Confidence, c.Reason = chosen, why.score, why.reason
		c.Style = cmp.Or(why.style, c.Style)
	case g.profile.filled == 0:
		c.Reason = Reason{Key: ReasonEmpty}
	case best.score >= Sure:
		c.Confidence, c.Reason = best.score, because(ReasonTaken, "target", string(best.target))
	case g.against.target != "":
		c.Confidence, c.Reason = g.against.score, g.against.reason
	case best.score > 0:
		c.Confidence, c.Reason = best.score, because(ReasonUnsure, "target", string(best.target))
	default:
		c.Reason = Reason{Key: ReasonNone}
	}
	c.Confidence = math.Round(min(max(c.Confidence, 0), 1)*100) / 100
	return c
}

func because(key string, args ...any) Reason {
	r := Reason{Key: key, Args: map[string]any{}}
	for i := 0; i+1 < len(args); i += 2 {
		r.Args[args[i].(string)] = args[i+1]
	}
	return r
}

func quoted(words []string) string { return strings.Join(words, ", ") }
