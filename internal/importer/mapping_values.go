package importer

import (
	"regexp"
	"strings"
	"unicode"

	"atlas/internal/czech"
)

// shape is what the values of a column look like.
type shape string

const (
	shapeAny      shape = "any"
	shapeText     shape = "text"     // words
	shapeLong     shape = "longtext" // words
	shapeShort    shape = "short"    // a word or two, of few kinds
	shapeProse    shape = "prose"    // sentences, longer than titles are
	shapeMoney    shape = "money"
	shapeNumberOf shape = "number"  // a number or a code that begins with one
	shapeDecimal  shape = "decimal" // a number with two decimals, or of a thousand and more
	shapeNumeric  shape = "numeric" // short, with a digit in it
	shapePercent  shape = "percent"
	shapeDate     shape = "date"
	shapeSpan     shape = "span" // from one date to another, or the one in which all was
	shapeCode     shape = "code" // has a digit or no small letters, and no blanks to speak of
	shapePostcode shape = "postcode"
	shapeBarePost shape = "barepostcode" // and nothing else
	shapeNUTS     shape = "nuts"
	shapeCountry  shape = "country"
	shapeState    shape = "countryname" // the name or the code of a country that we know
	shapeCurrency shape = "currency"
	shapeURL      shape = "url"
	shapeEmail    shape = "email"
	shapeICO      shape = "ico"
	shapeNumber   shape = "regnumber"
	shapeBody     shape = "body" // a name of an organisation
	shapeFund     shape = "fund" // a short name of a fund of the Union
	shapeID       shape = "id"   // codes that hardly repeat
)

// Styles of values that can be read in two ways.
const (
	StylePoint      = "point"       // 1,234.56
	StyleComma      = "comma"       // 1.234,56
	StyleMonthFirst = "month-first" // 12/31/2016
	StyleSpan       = "span"        // the time of the whole project: 2016 is its beginning and its end
)

// sampled is how many values of a column are looked at, from all over the
// table.
const sampled = 300

// How many bytes an amount or a date, the name of a country, and a postcode can
// have.
const (
	longestValue    = 80
	longestCountry  = 40
	longestPostcode = 9
)

// proseLetters is how many letters a text has that is longer than a title.
const proseLetters = 150

// profile is how the values of a column look: of how many each shape fits.
type profile struct {
	filled int
	kinds  int // of different values
	counts map[shape]int
	style  string
}

// sampleOf gives the values of a sample of a column and how often each is there.
func sampleOf(t *Table, column int) map[string]int {
	out := map[string]int{}
	rows := t.Sample()
	step := (len(rows) + sampled - 1) / sampled
	for i := 0; i < len(rows); i += step {
		if row := rows[i].Cells; column < len(row) {
			if s := clean(row[column]); s != "" && !saysNothing(s) {
				out[s]++
			}
		}
	}
	return out
}

// saysNothing says whether a value stands only for none.
func saysNothing(s string) bool {
	switch strings.ToLower(s) {
	case "-", "–", "—", "--", "?", ".", "x", "n/a", "n.a.", "na", "nan", "none", "null", "#n/a", "k.a.", "k. a.", "keine angabe", "nicht zutreffend", "neuvedeno", "nezadáno", "neuvedené", "nie dotyczy", "brak", "not applicable", "tbc", "tbd":
		return true
	}
	return false
}

// profileOf looks at a sample of a column.
func (lex *lexicon) profileOf(t *Table, column int) profile {
	p := profile{counts: map[shape]int{}}
	signs := map[byte]int{}
	values := sampleOf(t, column)
	p.kinds = len(values)
	for s, n := range values {
		p.filled += n
		for _, sh := range shapesOf(s) {
			p.counts[sh] += n
		}
		if len(s) <= longestCountry && lex.countries[columnKey(s)] {
			p.counts[shapeState] += n
		}
		if lex.isBody(s) {
			p.counts[shapeBody] += n
		}
		if len(s) <= longestValue {
			signs[decimalSign(s)] += n
			signs[slashOrder(s)] += n
		}
	}
	p.counts[shapeID] = p.counts[shapeCode] * len(values) / max(1, p.filled)
	switch {
	case signs['.'] > 0 && signs[','] == 0:
		p.style = StylePoint
	case signs[','] > 0 && signs['.'] == 0:
		p.style = StyleComma
	case signs['m'] > 0 && signs['d'] == 0:
		p.style = StyleMonthFirst
	}
	return p
}

// share is the part of the values that have a shape; known is false where the
// shape says nothing or there are no values.
func (p profile) share(s shape) (share float64, known bool) {
	if p.filled == 0 || s == shapeAny || s == "" {
		return 0, false
	}
	return float64(p.counts[s]) / float64(p.filled), true
}

var (
	moneyShape    = regexp.MustCompile(`^(?:[A-Z]{3}|[€£$]|Kč)?\s*[-+]?(?:\d{1,3}(?:[ .,'’]\d{3})+|\d+)(?:[.,]\d+)?\s*(?:[,.]-+)?\s*(?:[A-Za-zčł]{1,4}\.?|[€£$])?$`)
	decimalShape  = regexp.MustCompile(`\d[.,]\d\d?\D{0,5}$|\d[ .,'’]\d{3}\b`)
	dateShape     = regexp.MustCompile(`^(?:\d{1,2}[./ -]{1,2}\d{1,2}[./ -]{1,2}(?:\d{4}|\d{2})|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?\.?|\d{1,2}[./-]\d{4}|(?:19|20)\d\d(?:\s*[/–,;-]\s*(?:(?:19|20)?\d\d))?|(?:19|20)\d{6})(?:[T ]\d{1,2}:\d{2}.*)?$`)
	percentShape  = regexp.MustCompile(`^\d{1,3}(?:[.,]\d+)?\s*%?$`)
	postcodeShape = regexp.MustCompile(`^(?:[A-Z]{1,3}[ -]?)?\d{3,5}(?:[ -]\d{2,4})?\b|^\d\d-\d{3}\b|^[A-Z]\d[\dW] ?[A-Z\d]{4}$|^[A-Z]{1,2}\d[A-Z\d]?(?: ?\d[A-Z]{0,2})?$`)
	nutsShape     = regexp.MustCompile(`^[A-Z]{2}[A-Z0-9]{1,5}(?:$|[ -])|^[A-Z]\d{8}$|^\d{5,8}$`)
	currencyShape = regexp.MustCompile(`^(?:EUR|CZK|PLN|HUF|GBP|USD|SEK|DKK|RON|BGN|HRK|CHF|NOK|Kč|€)$`)
	emailShape    = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}`)
	icoShape      = regexp.MustCompile(`^\d{8}$`)
	projectNumber = regexp.MustCompile(`^CZ\.\d[\dA-Z./_-]{8,}$`)
	fundShape     = regexp.MustCompile(`^(?:ERDF|EFRE|EFRR|EFRO|FEDER|FESR|EFS|ESF|FSE|ERFA|EAKR|EFRU|ERUF|CF|KF|FC|YEI|EAFRD|EMFF|AMIF|EIF|ESZA|ERFA|KA|EKF|EMAFF|FEAD)(?:[ /+-].{0,20})?$`)
	bodyForm      = regexp.MustCompile(`(?:^|[\s,])(?:s\. ?r\. ?o|a\. ?s\.|z\. ?s\.|z\. ?ú|o\. ?p\. ?s|p\. ?o\.|v\. ?v\. ?i|o\. ?z\.|n\. ?o\.|sp\. ?z ?o|e\. ?V|S\.r\.l|S\.p\.A|Ges\.? ?m\.? ?b)`)
	numberFirst   = regexp.MustCompile(`^[A-Z]{0,3}\d{1,4}[a-z]?(?:[ ./,-]|$)`)
)

// shapesOf are all shapes of one value.
func shapesOf(s string) []shape {
	out := []shape{}
	add := func(sh shape, fits bool) {
		if fits {
			out = append(out, sh)
		}
	}
	letters, digits, lower := 0, 0, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
			if unicode.IsLower(r) {
				lower++
			}
		}
	}
	isDate, isSpan := false, false
	if digits > 0 && len(s) <= longestValue {
		_, isDate = ReadDateAs(s, "")
		_, _, isSpan = ReadSpanAs(s, StyleSpan)
		isSpan = isSpan || isDate || since.MatchString(s)
		isDate = isDate || dateShape.MatchString(s)
	}
	// A whole date or a sum is short, but no word or code of a few kinds.
	isShort := len([]rune(s)) <= 60 && (digits < 6 || letters > 0 && !isDate && !moneyShape.MatchString(s))
	isURL := webAddress(s) != "" && strings.Contains(s, ".") && letters > digits
	add(shapeText, letters >= 2 && letters >= digits)
	add(shapeProse, letters >= proseLetters && strings.Count(s, " ") >= proseLetters/15)
	add(shapeLong, letters >= 2 && letters >= digits)
	add(shapeShort, isShort)
	add(shapeMoney, digits > 0 && moneyShape.MatchString(s))
	add(shapeNumeric, digits > 0 && len(s) <= longestCountry)
	add(shapeDecimal, digits >= 4 && decimalShape.MatchString(s))
	add(shapeDate, isDate)
	add(shapeSpan, isSpan)
	add(shapePercent, digits > 0 && (strings.Contains(s, "%") || percentShape.MatchString(s)))
	add(shapeNumberOf, digits > 0 && numberFirst.MatchString(s) && (digits < 5 || !decimalShape.MatchString(s)))
	add(shapeCode, len([]rune(s)) <= 60 && (digits > 0 || lower == 0))
	isPostcode := digits > 0 && postcodeShape.MatchString(s)
	add(shapePostcode, isPostcode)
	add(shapeBarePost, isPostcode && lower == 0 && len(s) <= longestPostcode)
	add(shapeNUTS, nutsShape.MatchString(s))
	add(shapeCountry, letters >= 1 && digits == 0 && len([]rune(s)) <= 40)
	add(shapeCurrency, currencyShape.MatchString(s))
	add(shapeURL, isURL)
	add(shapeEmail, strings.Contains(s, "@") && emailShape.MatchString(s))
	add(shapeICO, icoShape.MatchString(s) && czech.ValidICO(s))
	add(shapeFund, fundShape.MatchString(s))
	add(shapeNumber, projectNumber.MatchString(s))
	return out
}

// isBody says whether a text is the name of an organisation: of several words,
// one of which says what kind it is.
func (lex *lexicon) isBody(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 {
		return false
	}
	for _, w := range words {
		if lex.bodies[strings.ToLower(strings.Trim(w, `",.()`))] {
			return true
		}
	}
	return strings.Contains(s, ".") && bodyForm.MatchString(s)
}

var (
	surelyPoint = regexp.MustCompile(`\d,\d{3}\.\d|\d,\d{3},\d{3}|^\D*\d+\.(?:\d{1,2}|\d{4,})\D*$|^0\.\d`)
	surelyComma = regexp.MustCompile(`\d\.\d{3},\d|\d\.\d{3}\.\d{3}|^\D*[\d ]+,(?:\d{1,2}|\d{4,})\D*$|^0,\d`)
	slashDate   = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/\d{2,4}\b`)
)

// decimalSign is the sign that parts decimals in a number, where there is only
// one way to read it; 0 else.
func decimalSign(s string) byte {
	switch {
	case !strings.ContainsAny(s, ".,") || !strings.ContainsAny(s, "0123456789"):
		return 0
	case surelyPoint.MatchString(s):
		return '.'
	case surelyComma.MatchString(s):
		return ','
	}
	return 0
}

// slashOrder says what comes first in a date with slashes: 'd', 'm', 0 when it
// cannot be told.
func slashOrder(s string) byte {
	m := slashDate.FindStringSubmatch(s)
	switch {
	case m == nil:
		return 0
	case len(m[1]) == 2 && m[1] > "12":
		return 'd'
	case len(m[2]) == 2 && m[2] > "12":
		return 'm'
	}
	return 0
}
