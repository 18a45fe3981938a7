package route

import "net/url"

// Patterns of the pages of signing in.
const (
	SignIn         = "/prihlaseni"
	SignInSent     = "/prihlaseni/poslano"
	SignInLink     = "/prihlaseni/odkaz/{secret}"
	SignInSecond   = "/prihlaseni/druhy-krok"
	SignInKeyBegin = "/prihlaseni/klic/zacatek" // challenge for a passkey, for the script
	SignInKey      = "/prihlaseni/klic"         // answer of a passkey, from the script
	SignInProvider = "/prihlaseni/oidc"         // on to the provider of identities
	SignInReturn   = "/prihlaseni/oidc/navrat"
	SignOut        = "/odhlaseni"
)

// ParamNext is the name of the parameter with the address to go on to after
// signing in.
func ParamNext() string { return "dal" }

// SigningIn is the page of signing in that leads on to an address of ours; "" or
// an address elsewhere leads nowhere in particular.
func SigningIn(lang, next string) string { return withNext(In(lang, SignIn), next) }

// SigningInSecond is the page of the second step.
func SigningInSecond(lang, next string) string { return withNext(In(lang, SignInSecond), next) }

// SigningInBy is the address of a link sent by e-mail.
func SigningInBy(lang, secret string) string { return In(lang, Fill(SignInLink, secret)) }

// SigningInElsewhere is the address that leads on to the provider of identities.
func SigningInElsewhere(lang, next string) string { return withNext(In(lang, SignInProvider), next) }

func withNext(address, next string) string {
	if next = Next(next); next == "" {
		return address
	}
	return address + "?" + url.Values{ParamNext(): {next}}.Encode()
}

// Next is an address to go on to as it was asked for: "" when it is not ours or of
// no use, as it is very long.
func Next(asked string) string {
	if !Own(asked) || len(asked) > 2000 {
		return ""
	}
	return asked
}
