package page

import "time"

// themeLife is how long a chosen look is kept.
const themeLife = 365 * 24 * time.Hour

func (q *Request) theme() string {
	if v := q.Kept(CookieTheme); v == "light" || v == "dark" {
		return v
	}
	return ""
}

// SetTheme keeps the look for a year; any other value than "light" and "dark"
// goes back to what the machine prefers.
func (q *Request) SetTheme(value string) {
	if value != "light" && value != "dark" {
		q.SetCookie(CookieTheme, "", 0)
		return
	}
	q.SetCookie(CookieTheme, value, themeLife)
}
