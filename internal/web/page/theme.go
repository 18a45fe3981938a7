package page

import "net/http"

// themeCookie keeps the look a person chose: "light" or "dark".
const themeCookie = "vzhled"

func theme(r *http.Request) string {
	c, err := r.Cookie(themeCookie)
	if err != nil || c.Value != "light" && c.Value != "dark" {
		return ""
	}
	return c.Value
}

// SetTheme keeps the look for a year; any other value than "light" and "dark"
// goes back to what the machine prefers.
func SetTheme(w http.ResponseWriter, value string) {
	c := &http.Cookie{Name: themeCookie, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if value != "light" && value != "dark" {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(w, c)
}
