package statement

import (
	"cmp"
	"slices"
)

// Part is one part of a whole.
type Part struct {
	Name    string
	N       float64
	Unknown bool // of whom nothing more is known
	Rest    bool // several small parts together: never named as the largest
}

// Composition is what a whole is made of at one time.
type Composition struct {
	What, When string
	Parts      []Part
	// Hidden says that some number is known and not told, so that shares would be
	// wrong.
	Hidden bool
}

// Composition says which part is the largest, and how much is not known. Where
// what is not known could change the order, it speaks of what is known only.
func (s Speaker) Composition(c Composition) string {
	whole, unknown, rest := 0.0, 0.0, 0.0
	var named []Part
	for _, p := range c.Parts {
		whole += p.N
		switch {
		case p.Unknown:
			unknown += p.N
		case p.Rest:
			rest += p.N
		case p.N > 0:
			named = append(named, p)
		}
	}
	slices.SortStableFunc(named, func(a, b Part) int { return cmp.Compare(b.N, a.N) })
	at := s.at(c.When)
	switch {
	case whole <= 0 || len(named) == 0:
		return s.t("parts.none", "what", c.What, "at", at)
	case c.Hidden:
		return s.t("parts.hidden", "what", c.What, "at", at, "name", named[0].Name, "value", s.number(named[0].N))
	case unknown*2 > whole:
		return s.t("parts.mostly_unknown", "what", c.What, "at", at, "share", s.share(unknown, whole))
	}
	out := s.largest(c.What, at, named, whole, unknown)
	if rest > 0 {
		out += s.t("parts.rest", "share", s.share(rest, whole))
	}
	if unknown > 0 {
		out += s.t("parts.unknown", "share", s.share(unknown, whole))
	}
	return out + "."
}

// mostNamed is how many parts a sentence names.
const mostNamed = 3

func (s Speaker) largest(what, at string, named []Part, whole, unknown float64) string {
	told := func(p Part) string { return p.Name + " (" + s.share(p.N, whole) + ")" }
	if len(named) > 1 && named[0].N == named[1].N {
		var names []string
		for _, p := range named {
			if p.N == named[0].N && len(names) < mostNamed {
				names = append(names, told(p))
			}
		}
		return s.t("parts.equal", "what", what, "at", at, "names", s.list(names))
	}
	key := "parts.largest"
	if len(named) > 1 && named[0].N-named[1].N <= unknown {
		key = "parts.largest_known"
	}
	out := s.t(key, "what", what, "at", at, "name", told(named[0]))
	var next []string
	for _, p := range named[1:min(len(named), mostNamed)] {
		next = append(next, told(p))
	}
	if len(next) > 0 {
		out += s.t("parts.then", "names", s.list(next))
	}
	return out
}

// Band is one age group by sex; what is not told is not known.
type Band struct {
	Label              string
	Men, Women, Beside Value
	Unknown            bool // the age is not known
}

// Pyramid is people by age and sex at one time.
type Pyramid struct {
	What, When string
	Bands      []Band
}

// Pyramid says which age group is the largest and what share women are, of those
// of whom it is known. Where a number is hidden, nothing is compared.
func (s Speaker) Pyramid(p Pyramid) string {
	var men, women, noSex, noAge, aged, most float64
	var top []string
	hidden := 0
	for _, b := range p.Bands {
		here := b.Men.N + b.Women.N + b.Beside.N
		for _, v := range []Value{b.Men, b.Women} {
			if !v.Known {
				hidden++
			}
		}
		men, women, noSex = men+b.Men.N, women+b.Women.N, noSex+b.Beside.N
		switch {
		case b.Unknown:
			noAge += here
			continue
		case here > most:
			most, top = here, nil
			fallthrough
		case here == most && here > 0:
			top = append(top, b.Label)
		}
		aged += here
	}
	at := s.at(p.When)
	switch {
	case hidden > 0:
		return s.n("ages.hidden", hidden, "what", p.What, "at", at)
	case aged == 0 || men+women == 0:
		return s.t("ages.none", "what", p.What, "at", at)
	}
	out := s.t("ages.largest", "what", p.What, "at", at, "bands", s.list(top[:min(len(top), mostNamed)]), "value", s.number(most), "share", s.share(most, aged))
	return join(out, s.t("ages.women", "share", s.share(women, men+women)), s.not("ages.no_sex", noSex), s.not("ages.no_age", noAge))
}

func (s Speaker) not(key string, n float64) string {
	if n == 0 {
		return ""
	}
	return s.n(key, int(n))
}

// Change is how a territory changed.
type Change struct {
	Name  string
	N     float64
	Known bool // both values are
	// Broken says that something else is counted in one of them than in the other, so
	// that there is no change to tell.
	Broken bool
}

// Changes says where most was added and where most went, by number of people, not
// by share.
func (s Speaker) Changes(what, from, to string, all []Change) string {
	var known []Change
	broken := 0
	for _, c := range all {
		switch {
		case c.Broken:
			broken++
		case c.Known:
			known = append(known, c)
		}
	}
	span := s.span(from, to)
	incomparable := ""
	if broken > 0 {
		incomparable = s.n("changes.broken", broken)
	}
	switch {
	case len(known) == 0 && broken > 0:
		return s.t("changes.broken_all", "what", what, "span", span) + " " + incomparable
	case len(known) == 0:
		return s.t("changes.none", "what", what, "span", span)
	}
	most := slices.MaxFunc(known, func(a, b Change) int { return cmp.Compare(a.N, b.N) }).N
	least := slices.MinFunc(known, func(a, b Change) int { return cmp.Compare(a.N, b.N) }).N
	grew, fell := s.t("changes.no_growth"), s.t("changes.no_fall")
	if most > 0 {
		grew = s.t("changes.growth", "names", s.having(known, most), "value", s.signed(most))
	}
	if least < 0 {
		fell = s.t("changes.fall", "names", s.having(known, least), "value", s.signed(least))
	}
	out := s.t("changes.said", "what", what, "span", span, "grew", grew, "fell", fell)
	if missing := len(all) - len(known) - broken; missing > 0 {
		out = join(out, s.n("changes.missing", missing))
	}
	return join(out, incomparable)
}

// having names the territories with a value.
func (s Speaker) having(all []Change, value float64) string {
	var names []string
	for _, c := range all {
		if c.N == value {
			names = append(names, c.Name)
		}
	}
	if more := len(names) - mostNamed; more > 0 {
		names = append(names[:mostNamed:mostNamed], s.n("changes.others", more))
	}
	return s.list(names)
}
