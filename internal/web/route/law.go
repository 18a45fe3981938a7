package route

import "net/url"

// Patterns of the pages that the law asks for.
const (
	Contact       = "/kontakt"
	Accessibility = "/pristupnost"    // Act 99/2019 Sb., § 8
	Privacy       = "/soukromi"       // GDPR, articles 13 and 14
	Cookies       = "/cookies"        //
	Report        = "/nahlasit-obsah" // Regulation (EU) 2022/2065, article 16
	SecurityTxt   = "/.well-known/security.txt"
)

// Reporting is the address where the content of a page is reported.
func Reporting(lang, page string) string {
	return In(lang, Report) + "?" + url.Values{"stranka": {page}}.Encode()
}
