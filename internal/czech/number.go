package czech

import "strings"

// ValidICO says whether s is an identification number of an organisation (IČO):
// eight digits, the last of which checks the others (10.4).
func ValidICO(s string) bool {
	if len(s) != 8 || !digits(s) {
		return false
	}
	sum := 0
	for i := range 7 {
		sum += int(s[i]-'0') * (8 - i)
	}
	return int(s[7]-'0') == (11-sum%11)%10
}

// NormaliseICO drops blanks and pads the number with zeros from the left to
// eight digits. ok says whether the result is valid; if not, the text comes
// back only trimmed, so that nothing a person wrote is lost.
func NormaliseICO(s string) (ico string, ok bool) {
	trimmed := strings.TrimSpace(s)
	bare := strings.Join(strings.Fields(trimmed), "")
	if bare == "" || len(bare) > 8 || !digits(bare) {
		return trimmed, false
	}
	padded := strings.Repeat("0", 8-len(bare)) + bare
	if !ValidICO(padded) {
		return trimmed, false
	}
	return padded, true
}

// ValidDIC says whether s is a tax number (DIČ) of a legal person: CZ and its
// IČO. The tax number of a natural person holds a birth number, so it is
// refused here and stored nowhere.
func ValidDIC(s string) bool {
	ico, found := strings.CutPrefix(s, "CZ")
	return found && ValidICO(ico)
}

// ValidDataBox says whether s can be the id of a data box (datová schránka):
// seven letters or digits.
func ValidDataBox(s string) bool {
	if len(s) != 7 {
		return false
	}
	for i := range len(s) {
		c := lowerASCII(s[i])
		if !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') {
			return false
		}
	}
	return true
}

// ValidAccount says whether s is a Czech bank account, "19-2000145399/0800":
// an optional prefix of up to six digits, a number of two to ten, the four
// digits of the bank. Prefix and number are each checked modulo 11.
func ValidAccount(s string) bool {
	account, bank, found := strings.Cut(s, "/")
	if !found || len(bank) != 4 || !digits(bank) {
		return false
	}
	prefix, number, found := strings.Cut(account, "-")
	if !found {
		prefix, number = "0", account
	}
	return len(prefix) >= 1 && len(prefix) <= 6 && modulo11(prefix) &&
		len(number) >= 2 && len(number) <= 10 && modulo11(number) && strings.Trim(number, "0") != ""
}

// modulo11 checks a number whose digits weigh, from the right, 1, 2, 4, 8, 5,
// 10, 9, 7, 3, 6.
func modulo11(s string) bool {
	if !digits(s) {
		return false
	}
	weights := [...]int{1, 2, 4, 8, 5, 10, 9, 7, 3, 6}
	sum := 0
	for i := range len(s) {
		sum += int(s[len(s)-1-i]-'0') * weights[i]
	}
	return sum%11 == 0
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
