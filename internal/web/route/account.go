package route

import "net/url"

// Patterns of the pages of one's own account.
const (
	Account             = "/ucet"
	AccountDetails      = "/ucet/udaje"
	AccountEmail        = "/ucet/udaje/e-mail"
	AccountEmailConfirm = "/ucet/udaje/e-mail/{secret}"
	AccountPassword     = "/ucet/heslo"
	AccountPasswordDrop = "/ucet/heslo/odebrat"
	AccountFactor       = "/ucet/druhy-faktor"
	AccountFactorDrop   = "/ucet/druhy-faktor/odebrat"
	AccountRecovery     = "/ucet/druhy-faktor/zalozni-kody"
	AccountKeys         = "/ucet/klice"
	AccountKeysBegin    = "/ucet/klice/zacit"
	AccountKey          = "/ucet/klice/{id}"
	AccountDevices      = "/ucet/zarizeni"
	AccountConsents     = "/ucet/souhlasy"
	AccountData         = "/ucet/moje-data"
	AccountDataJSON     = "/ucet/moje-data.json"
	AccountDataPDF      = "/ucet/moje-data.pdf"
	AccountErase        = "/ucet/smazat"
	AccountProof        = "/ucet/overeni"
	AccountProofLink    = "/ucet/overeni/{secret}"
)

// paramBack names the address to go back to.
const paramBack = "zpet"

// AccountProving is the page on which a person proves once more who they are; back
// is where they go on.
func AccountProving(lang, back string) string {
	return In(lang, AccountProof) + "?" + url.Values{paramBack: {back}}.Encode()
}
