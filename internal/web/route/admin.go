package route

// Patterns of the administration.
const (
	Admin            = "/sprava"
	AdminLetter      = "/sprava/dopisy/{id}"
	AdminTestLetter  = "/sprava/zkusebni-dopis"
	AdminPeople      = "/sprava/lide"
	AdminPerson      = "/sprava/lide/{id}"
	AdminPersonRole  = "/sprava/lide/{id}/role"
	AdminLists       = "/sprava/ciselniky"
	AdminList        = "/sprava/ciselniky/{slug}"
	AdminItemNew     = "/sprava/ciselniky/{slug}/nova-polozka"
	AdminItem        = "/sprava/ciselniky/{slug}/polozky/{code}"
	AdminSpellings   = "/sprava/nazvy"
	AdminTexts       = "/sprava/texty"
	AdminText        = "/sprava/texty/{code}"
	AdminTerritories = "/sprava/uzemi"
)

// AdminPersonOf is the address of a person in the administration.
func AdminPersonOf(lang, account string) string { return In(lang, Fill(AdminPerson, account)) }

// AdminListOf is the address of a code list in the administration.
func AdminListOf(lang, slug string) string { return In(lang, Fill(AdminList, slug)) }

// AdminItemOf is the address of an item of a code list in the administration.
func AdminItemOf(lang, slug, code string) string { return In(lang, Fill(Fill(AdminItem, slug), code)) }

// AdminTextOf is the address of a text of a page in the administration.
func AdminTextOf(lang, code string) string { return In(lang, Fill(AdminText, code)) }
