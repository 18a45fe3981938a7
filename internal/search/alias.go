package search

// aliases know the spellings of one name: Charkov, Kharkiv, Харків. A query
// with one of them, in any form, finds them all.
type aliases struct {
	byFirst map[string][]spelling // by the first word and its stems
	groups  [][]spelling
}

type spelling struct {
	words []string
	group int
}

// maxSpelling is the number of words of the longest spelling that is looked for.
const maxSpelling = 6

func newAliases(groups [][]string) *aliases {
	a := &aliases{byFirst: map[string][]spelling{}}
	for _, texts := range groups {
		var group []spelling
		for _, text := range texts {
			s := spelling{group: len(a.groups)}
			for t := range tokens(text) {
				s.words = append(s.words, t.word)
			}
			if len(s.words) == 0 || len(s.words) > maxSpelling {
				continue
			}
			group = append(group, s)
			for _, key := range append(stemKeys(s.words[0]), s.words[0]) {
				a.byFirst[key] = append(a.byFirst[key], s)
			}
		}
		a.groups = append(a.groups, group)
	}
	return a
}

// expand adds the other spellings to what was written. Several plain words in a
// row may be one name.
func (a *aliases) expand(clauses []clause) []clause {
	var out []clause
	for len(clauses) > 0 {
		n, s, found := a.longest(clauses)
		if !found {
			out, clauses = append(out, clauses[0]), clauses[1:]
			continue
		}
		out, clauses = append(out, a.joined(clauses[:n], s)), clauses[n:]
	}
	return out
}

// longest finds the longest spelling at the start of the clauses and how many
// of them it takes.
func (a *aliases) longest(clauses []clause) (n int, best spelling, found bool) {
	first := clauses[0].written()[0][0].word
	for _, key := range append(stemKeys(first), first) {
		for _, s := range a.byFirst[key] {
			if k, ok := s.spans(clauses); ok && (!found || len(s.words) > len(best.words)) {
				n, best, found = k, s, true
			}
		}
	}
	return n, best, found
}

// spans says how many whole clauses from the start the spelling takes up.
func (s spelling) spans(clauses []clause) (int, bool) {
	i := 0
	for n, c := range clauses {
		if n > 0 && (c.negative || c.quoted || clauses[0].negative || clauses[0].quoted) {
			return 0, false
		}
		for _, w := range c.written()[0] {
			if i == len(s.words) || !sameWord(w.word, s.words[i]) {
				return 0, false
			}
			i++
		}
		if i == len(s.words) {
			return n + 1, true
		}
	}
	return 0, false
}

// joined makes one clause of those that a spelling takes up.
func (a *aliases) joined(clauses []clause, s spelling) clause {
	c := clause{negative: clauses[0].negative, quoted: clauses[0].quoted, alternatives: make([][]unit, 1)}
	for _, part := range clauses {
		c.alternatives[0] = append(c.alternatives[0], part.written()...)
	}
	for _, other := range a.groups[s.group] {
		u := make(unit, len(other.words))
		for i, w := range other.words {
			u[i] = slot{word: w}
		}
		if u.String() != c.alternatives[0][0].String() {
			c.alternatives = append(c.alternatives, []unit{u})
		}
	}
	return c
}
