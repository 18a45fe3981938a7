package law

import (
	"fmt"
	"strings"
	"time"

	"atlas"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// securityLife is how long what security.txt says may be believed. It is computed
// anew for each day, so an instance that runs never tells of a past day.
const securityLife = 180 * 24 * time.Hour

// security answers where faults of security are reported (RFC 9116).
func (a *area) security(q *page.Request) error {
	to := operatorOf(q).Security
	if to.URL == "" {
		q.Site.Log.Warn("security.txt was asked for and nothing says where to report faults; set security-contact", "request", page.RequestID(q.Context()))
		return atlas.ErrNotFound
	}
	expires := time.Now().UTC().Truncate(24 * time.Hour).Add(securityLife)
	var b strings.Builder
	fmt.Fprintf(&b, "Contact: %s\nExpires: %s\nPreferred-Languages: cs, en\n", to.URL, expires.Format(time.RFC3339))
	if base := q.Site.Config.BaseURL; base != "" {
		fmt.Fprintf(&b, "Canonical: %s%s\n", base, route.SecurityTxt)
	}
	return q.Answer("text/plain; charset=utf-8", []byte(b.String()))
}
