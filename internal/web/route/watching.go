package route

import "net/url"

// Patterns of what people watch.
const (
	Watches     = "/sledovani"
	WatchNew    = "/sledovani/nove"
	WatchFeed   = "/sledovani/{file}" // secret of a feed and ".atom"
	WatchNews   = "/sledovani/{id}/novinky"
	WatchChange = "/sledovani/{id}/zmenit"
	WatchEnd    = "/nesledovat/{token}" // of a letter; without signing in
)

// Following is the page where somebody begins to watch something: what it is
// ("hledani", "uzemi", "organizace", "zaznam") and its code, id or question.
func Following(lang, what, subject string) string {
	q := url.Values{"co": {what}}
	if subject != "" {
		q.Set("na", subject)
	}
	return In(lang, WatchNew) + "?" + q.Encode()
}

// Feed is the address of a personal feed.
func Feed(lang, secret string) string { return In(lang, Fill(WatchFeed, secret+".atom")) }

// News is the page with what is new in one watch.
func News(lang, id string) string { return In(lang, Fill(WatchNews, id)) }

// Unfollowing ends letters by the token in them.
func Unfollowing(lang, token string) string { return In(lang, Fill(WatchEnd, token)) }
