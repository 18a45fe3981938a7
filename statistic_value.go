package atlas

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Why a text is no number of a data set.
var (
	ErrNoNumber    = errors.New("not a number")
	ErrNegative    = errors.New("a negative number")
	ErrTooPrecise  = errors.New("more decimal places than the data set has")
	ErrTooGreat    = errors.New("too great a number")
	errNoPrecision = errors.New("decimal places")
)

// MaxDecimals is how many decimal places a data set may tell.
const MaxDecimals = 6

// ParseValue reads a number with at most so many decimal places, exactly, as
// units of the last of them: "12,5" with two is 1250. Both the decimal comma and
// the point are understood, and blanks between thousands. It never rounds.
func ParseValue(text string, decimals int) (int64, error) {
	if decimals < 0 || decimals > MaxDecimals {
		return 0, errNoPrecision
	}
	s := strings.Map(dropBlank, text)
	s, negative := strings.CutPrefix(strings.Replace(s, "−", "-", 1), "-")
	whole, part, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	part = strings.TrimRight(part, "0")
	switch {
	case whole == "" || !digits(whole) || !digits(part):
		return 0, ErrNoNumber
	case negative && strings.Trim(whole+part, "0") != "":
		return 0, ErrNegative
	case len(part) > decimals:
		return 0, ErrTooPrecise
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", decimals-len(part)), 10, 64)
	if err != nil || n > math.MaxInt64/1_000_000 {
		return 0, ErrTooGreat
	}
	return n, nil
}

func dropBlank(r rune) rune {
	switch r {
	case ' ', '\u00a0', '\u202f', '\u2009', '\t':
		return -1
	}
	return r
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// FormatValue writes units of the last decimal place with a decimal point, as
// programs read it; ParseValue reads it back.
func FormatValue(n int64, decimals int) string {
	s := strconv.FormatInt(n, 10)
	if decimals <= 0 {
		return s
	}
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	if short := decimals + 1 - len(s); short > 0 {
		s = strings.Repeat("0", short) + s
	}
	return sign + s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}
