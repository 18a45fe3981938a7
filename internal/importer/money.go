package importer

import (
	"regexp"
	"strings"

	"atlas"
	"atlas/internal/czech"
)

// Money is an amount as a list says it, with the currency where it names one.
type Money struct {
	Amount   atlas.Amount
	Currency string // ISO 4217; "" when the text names none
}

// ReadMachineMoney reads what programs write: digits with a decimal point and
// at most two decimals, "2212809.25". Further decimals are refused unless they
// are zeros, because money is never rounded here.
func ReadMachineMoney(s string) (atlas.Amount, bool) {
	s = strings.TrimSpace(s)
	whole, part, _ := strings.Cut(s, ".")
	return exact(whole, part)
}

// exact joins whole units and decimals without rounding.
func exact(whole, part string) (atlas.Amount, bool) {
	negative := strings.HasPrefix(whole, "-")
	whole = strings.TrimPrefix(whole, "-")
	part = strings.TrimRight(part, "0")
	if whole == "" || len(strings.TrimLeft(whole, "0")) > 15 || len(part) > 2 || strings.Trim(whole+part, "0123456789") != "" {
		return atlas.Amount{}, false
	}
	part += "00"[len(part):]
	var n int64
	for _, d := range whole + part {
		n = n*10 + int64(d-'0')
	}
	if negative {
		n = -n
	}
	return atlas.Amount{Minor: n, State: atlas.AmountKnown}, true
}

// plainNumber parts digits with at most one sign among them, which parts the
// decimals in the style of the column. Without a style, a comma or a point
// before three digits could be of thousands: ok is false then, and where there
// is anything else.
func plainNumber(s, style string) (whole, part string, ok bool) {
	digits, sign := leadingDigits(strings.TrimPrefix(s, "-"))
	digits += len(s) - len(strings.TrimPrefix(s, "-"))
	if digits == 0 || !isDigit(s[digits-1]) {
		return "", "", false
	}
	if whole = s[:digits]; digits == len(s) {
		return whole, "", true
	}
	part = s[digits+1:]
	if n, _ := leadingDigits(part); n == 0 || n < len(part) {
		return "", "", false
	}
	switch style {
	case StylePoint:
		return whole, part, sign == '.'
	case StyleComma:
		return whole, part, sign == ','
	}
	return whole, part, (sign == '.' || sign == ',') && len(part) != 3
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// moneyText is a number with what may stand about it, folded: a word that makes
// it a guess, a unit, a currency.
var moneyText = regexp.MustCompile(`^(?:(cca|ca|priblizne|zhruba|asi|okolo|kolem|odhadem)\.? ?)?(?:(kc|czk|eur|€|gbp|£|usd|\$) ?)?` +
	`(-?\d[\d .,']*?)(,-+|\.-+|,–|\.–)? ?(tis\.?|tisic[a-z]*|mil\.?|milion[a-z]*|mld\.?|miliard[a-z]*)? ?(kc|czk|korun[a-z]*|eur|euro|€|gbp|£|usd|\$)?\.?$`)

// ReadMoney reads how people write money in Czech: "740 576,85", "1.395.997,-",
// "2.997.060,- Kč", "přibližně 1,5 milionu korun" (an estimate), "5 000 EUR".
// Spaces and dots part thousands and a comma decimals; one dot before one or
// two last digits parts decimals too. A limit such as "max. 201.635 Kč" or a
// sum of several is not an amount and is refused.
func ReadMoney(s string) (Money, bool) {
	text := oneLine(czech.Fold(clean(s)))
	if !strings.ContainsAny(text, "0123456789") {
		return Money{}, false
	}
	m := moneyText.FindStringSubmatch(text)
	if m == nil {
		return Money{}, false
	}
	digits, part, ok := splitNumber(m[3])
	if !ok {
		return Money{}, false
	}
	digits, part = scaled(digits, part, m[5])
	a, ok := exact(digits, part)
	if !ok {
		return Money{}, false
	}
	if m[1] != "" {
		a.State = atlas.AmountEstimate
	}
	currency := currencyOf(m[2])
	if m[6] != "" {
		if currency != "" && currency != currencyOf(m[6]) {
			return Money{}, false
		}
		currency = currencyOf(m[6])
	}
	return Money{a, currency}, true
}

// splitNumber parts a number into whole units and decimals; ok is false where
// it can be read in two ways or in none.
func splitNumber(s string) (whole, part string, ok bool) {
	s = strings.TrimRight(strings.ReplaceAll(s, "'", " "), " ")
	if comma := strings.Count(s, ","); comma == 1 {
		whole, part, _ = strings.Cut(s, ",")
		if len(part) == 3 && !strings.ContainsAny(whole, " .") {
			return "", "", false // 1,500: thousands of English or three decimals
		}
		if strings.ContainsAny(part, " .") || part == "" {
			return "", "", false
		}
	} else if comma > 1 {
		return "", "", false
	} else if dot := strings.LastIndexByte(s, '.'); dot >= 0 && strings.Count(s, ".") == 1 && len(s)-dot-1 != 3 {
		whole, part = s[:dot], s[dot+1:]
	} else {
		whole = s
	}
	joined, ok := joinThousands(whole)
	return joined, part, ok
}

// joinThousands takes out what parts thousands; every group but the first must
// have three digits and one sign parts them all.
func joinThousands(s string) (string, bool) {
	sep := ""
	switch {
	case strings.Contains(s, " ") && strings.Contains(s, "."):
		return "", false
	case strings.Contains(s, " "):
		sep = " "
	case strings.Contains(s, "."):
		sep = "."
	default:
		return s, true
	}
	groups := strings.Split(s, sep)
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(strings.TrimPrefix(g, "-")) > 3 || g == "" {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// scaled moves the decimal comma by the unit in words.
func scaled(whole, part, unit string) (string, string) {
	shift := 0
	switch {
	case strings.HasPrefix(unit, "tis"):
		shift = 3
	case strings.HasPrefix(unit, "mil") && !strings.HasPrefix(unit, "miliard"):
		shift = 6
	case strings.HasPrefix(unit, "ml"), strings.HasPrefix(unit, "miliard"):
		shift = 9
	}
	for range shift {
		digit := "0"
		if part != "" {
			digit, part = part[:1], part[1:]
		}
		whole += digit
	}
	return whole, part
}

func currencyOf(s string) string {
	switch {
	case s == "kc" || s == "czk" || strings.HasPrefix(s, "korun"):
		return "CZK"
	case s == "€" || strings.HasPrefix(s, "eur"):
		return "EUR"
	case s == "£" || s == "gbp":
		return "GBP"
	case s == "$" || s == "usd":
		return "USD"
	}
	return ""
}
