// Package statement says in one or two sentences what a chart shows (R0-41,
// R0-42). It reads numbers, not pictures, and never claims more than they say:
// what is not known is said, values counted in different ways are not compared,
// and no share is told where a part of the whole is hidden.
package statement

import (
	"embed"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"atlas/internal/i18n"
)

//go:embed messages/*.json
var messageFiles embed.FS

// Messages are the words of the sentences: cs.json and en.json.
func Messages() fs.FS {
	folder, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return folder
}

// Speaker says sentences in a language.
type Speaker struct {
	Words *i18n.Catalog
	Lang  string
	// Number writes a value with its unit; nil writes whole numbers.
	Number func(float64) string
	// Days says that steps of time are days, not years.
	Days bool
}

func (s Speaker) t(key string, args ...any) string {
	return s.Words.T(s.Lang, "statement."+key, args...)
}

func (s Speaker) n(key string, n int, args ...any) string {
	return s.Words.N(s.Lang, "statement."+key, int64(n), args...)
}

func (s Speaker) number(v float64) string {
	if s.Number != nil {
		return s.Number(v)
	}
	return i18n.Number(s.Lang, int64(math.Round(v)))
}

// at is "v roce 2020", or "ke dni 31. 12. 2020".
func (s Speaker) at(when string) string {
	if when == "" {
		return ""
	}
	return s.t("at."+s.kind(), "when", when)
}

func (s Speaker) span(from, to string) string {
	return s.t("span."+s.kind(), "from", from, "to", to)
}

func (s Speaker) kind() string {
	if s.Days {
		return "day"
	}
	return "year"
}

const nbsp = "\u00a0"

// share writes a share of a whole that is neither none nor all without saying
// that it is.
func (s Speaker) share(part, whole float64) string {
	switch x := part / whole * 100; {
	case x > 0 && x < 1:
		return s.t("share.little")
	case x > 99 && x < 100:
		return s.t("share.nearly")
	default:
		return strconv.Itoa(int(math.Round(x))) + nbsp + "%"
	}
}

const (
	leastBase   = 10   // of fewer people a percentage of change misleads
	mostPercent = 1000 // beyond, the two numbers say it better
)

// change writes " (+119 %)"; "" where a percentage would mislead.
func (s Speaker) change(from, to float64) string {
	x := (to - from) / from * 100
	if from < leastBase || math.Abs(x) >= mostPercent || math.Abs(x) < 0.05 {
		return ""
	}
	places := 0
	if math.Abs(x) < 1 {
		places = 1
	}
	sign := "+"
	if x < 0 {
		sign = "−"
	}
	return " (" + sign + i18n.Decimal(s.Lang, strconv.FormatFloat(math.Abs(x), 'f', places, 64)) + nbsp + "%)"
}

func (s Speaker) signed(v float64) string {
	if v < 0 {
		return "−" + s.number(-v)
	}
	return "+" + s.number(v)
}

// list joins names: "Děčín, Louny a Most".
func (s Speaker) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + s.t("and") + " " + names[last]
}

// join makes a text of the sentences that there are.
func join(sentences ...string) string {
	var out []string
	for _, one := range sentences {
		if one != "" {
			out = append(out, one)
		}
	}
	return strings.Join(out, " ")
}
