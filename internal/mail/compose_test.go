package mail_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/mail"

	"github.com/PuerkitoBio/goquery"
)

func composer(t *testing.T) *mail.Composer {
	t.Helper()
	c, err := mail.NewComposer(mail.Site{Name: "Atlas integrace", BaseURL: "https://mesto.example", Contact: "spravce@mesto.example"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func compose(t *testing.T, lang string, what mail.Content) mail.Letter {
	t.Helper()
	l, err := composer(t).Compose(mail.Recipient{Address: "jana@mesto.example", Name: "Jana Nováková", Lang: lang}, what)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

const link = "https://mesto.example/odkaz?k=abc&d=1"

var noon = time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC) // 12.00 in Prague

// all is one letter of each kind.
func all() map[string]mail.Content {
	until := noon.Add(15 * time.Minute)
	out := map[string]mail.Content{
		"sign in":    mail.SignIn{Link: link, Until: until, Device: "Firefox, Linux"},
		"confirm":    mail.ConfirmEmail{Link: link, Until: until},
		"invitation": mail.Invitation{Organisation: "Město Brno", By: "Jan Novák", Link: link, Until: until},
		"join":       mail.JoinRequest{Organisation: "Město Brno", Name: "Jan Novák", Note: "Pracuji na odboru.\nOd roku 2020.", Link: link},
		"accepted":   mail.MembershipDecided{Organisation: "Město Brno", Accepted: true, Link: link},
		"refused":    mail.MembershipDecided{Organisation: "Město Brno", Link: link},
		"mark":       mail.MarkFell{Record: "K-00001", Title: "Kontaktní centrum", Why: "evidence", About: "K5", Link: link},
		"mandate":    mail.MandateChanged{What: mail.MandateGiven, Actor: "Spolek", For: "Město Brno", Territory: "Brno", Until: atlas.Date{Year: 2027, Month: 12, Day: 31}, Link: link},
		"taken back": mail.MandateChanged{What: mail.MandateTakenBack, Actor: "Spolek", For: "Město Brno", Link: link},
		"ended":      mail.MandateChanged{What: mail.MandateEnded, Actor: "Spolek", For: "Město Brno", Until: atlas.Date{Year: 2026, Month: 6, Day: 30}, Link: link},
		"town":       mail.TownWrote{Practice: "Kontaktní centrum", Town: "Pardubice", Text: "Kolik vás to stálo?", Link: link},
		"contact":    mail.TownWrote{Practice: "Kontaktní centrum", Town: "Pardubice", Text: "Kolik vás to stálo?", Link: link, Open: true, Until: atlas.Date{Year: 2026, Month: 7, Day: 31}},
		"received":   mail.ProposalReceived{Record: "P-00001", Title: "Čeština pro děti", Link: link},
		"returned":   mail.ProposalReturned{Record: "P-00001", Title: "Čeština pro děti", Reason: "Chybí částka.", Link: link},
		"published":  mail.ProposalPublished{Record: "P-00001", Title: "Čeština pro děti", Link: link},
		"device":     mail.NewDevice{Device: "Firefox, Linux", At: noon, Link: link},
		"cloned":     mail.PasskeyCloned{Device: "Firefox, Linux", At: noon, Link: link},
		"asleep":     mail.Asleep{Since: noon.AddDate(-3, 0, 0), Until: noon.AddDate(0, 0, 60), Link: link},
		"digest": mail.Digest{Period: mail.Weekly, Link: link, Unsubscribe: "https://mesto.example/dost?k=1", More: 3, Items: []mail.DigestItem{
			{Watch: "Pardubický kraj", Title: "Čeština pro děti", What: "nový projekt", Link: link},
			{Watch: "Pardubický kraj", Title: "Poradna", What: "změna", Link: link}}},
		"test": mail.Test{At: noon},
	}
	for _, w := range []mail.AccountChange{mail.ChangedPassword, mail.ChangedSecondFactor, mail.ChangedEmail, mail.ChangedRecovery, mail.ChangedPasskey} {
		out["changed "+string(w)] = mail.AccountChanged{What: w, At: noon, Link: link}
	}
	for _, w := range []mail.EvaluationNews{mail.EvaluationAssigned, mail.EvaluationExtended, mail.EvaluationSoon, mail.EvaluationOverdue, mail.EvaluationRemoved, mail.EvaluationCancelled,
		mail.EvaluationDisputed, mail.EvaluationConflict, mail.EvaluationErased, mail.EvaluationGathered, mail.EvaluationSettled, mail.EvaluationApproved, mail.EvaluationPublished, mail.EvaluationWithdrawn} {
		out["evaluation "+string(w)] = mail.EvaluationLetter{What: w, Project: "Čeština pro děti", Due: atlas.Date{Year: 2026, Month: 7, Day: 15}, Link: link}
	}
	for _, p := range []mail.Period{mail.Instantly, mail.Daily} {
		out["digest "+string(p)] = mail.Digest{Period: p, Link: link, Unsubscribe: link}
	}
	for _, r := range atlas.Roles() {
		if r.Granted() {
			out["given "+string(r)] = mail.RoleChanged{Role: r, Given: true, Territory: "Brno", Until: atlas.Date{Year: 2027, Month: 12, Day: 31}, Link: link}
			out["taken "+string(r)] = mail.RoleChanged{Role: r, Link: link}
		}
	}
	return out
}

func TestEveryLetterSaysTheSameInTextAndInHTML(t *testing.T) {
	key := regexp.MustCompile(`mail\.[a-z_]+\.|\{[a-z]+\}|%!`)
	for name, what := range all() {
		for _, lang := range []string{"cs", "en"} {
			l := compose(t, lang, what)
			page, err := goquery.NewDocumentFromReader(strings.NewReader(strings.ReplaceAll(l.HTML, "<br>", " ")))
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range []string{l.Subject, l.Text, l.HTML} {
				if m := key.FindString(part); m != "" {
					t.Errorf("%s, %s: says %q", name, lang, m)
				}
			}
			plain := func(s string) string { return strings.Join(strings.Fields(s), " ") }
			text := plain(strings.ReplaceAll(l.Text, "\n> ", "\n"))
			page.Find("h1, h2, p, th, td").Each(func(_ int, e *goquery.Selection) {
				for _, word := range strings.Fields(e.Text()) {
					if !strings.Contains(text, word) {
						t.Errorf("%s, %s: the text lacks %q", name, lang, word)
					}
				}
			})
			if got, _ := page.Find("html").Attr("lang"); got != lang || l.Lang != lang {
				t.Errorf("%s: language %q", name, got)
			}
			if page.Find("img, script, link, iframe").Length() > 0 || strings.Contains(l.HTML, "url(") {
				t.Errorf("%s loads something", name)
			}
			for line := range strings.Lines(l.Text) {
				if len([]rune(line)) > 80 && !strings.Contains(line, "://") {
					t.Errorf("%s, %s: a long line: %s", name, lang, line)
				}
			}
			if name == "test" {
				continue
			}
			if !strings.Contains(l.Text, link) || page.Find(`a[href="`+link+`"]`).Length() == 0 {
				t.Errorf("%s, %s: the address is not written out", name, lang)
			}
		}
	}
}

func TestCzechLettersAreTypesetAsCzechIs(t *testing.T) {
	loose := regexp.MustCompile(`(^|[ („])[KkSsVvZzOoUuAaIi] `)
	for name, what := range all() {
		l := compose(t, "cs", what)
		for _, part := range []string{l.Subject, l.Text} {
			if m := loose.FindString(part); m != "" {
				t.Errorf("%s: %q may end a line:\n%s", name, m, part)
			}
			if strings.ContainsAny(strings.ReplaceAll(part, link, ""), `"`) || strings.Contains(part, " - ") {
				t.Errorf("%s: quotation marks or a hyphen of a typewriter:\n%s", name, part)
			}
		}
	}
	l := compose(t, "cs", mail.SignIn{Link: link, Until: noon})
	if !strings.Contains(strings.Join(strings.Fields(l.Text), " "), "1. 7. 2026 v 12:00") {
		t.Errorf("the hour is not that of Prague:\n%s", l.Text)
	}
	for n, want := range map[int]string{1: "1 novinka", 3: "3 novinky", 5: "5 novinek"} {
		if l := compose(t, "cs", mail.Digest{Period: mail.Daily, More: n, Link: link}); !strings.HasPrefix(l.Subject, want) {
			t.Errorf("%d: %s", n, l.Subject)
		}
	}
}

func TestWhatPeopleWriteStaysInItsPlace(t *testing.T) {
	evil := "Spolek\r\nBcc: x@zly.example\r\n\r\n<script>alert(1)</script> {site} \u202egnp" + strings.Repeat("x", 500)
	for _, what := range []mail.Content{
		mail.Invitation{Organisation: evil, By: evil, Link: link},
		mail.JoinRequest{Organisation: evil, Name: evil, Note: evil, Link: link},
		mail.ProposalReturned{Record: evil, Title: evil, Reason: evil, Link: link},
		mail.Digest{Period: mail.Daily, Items: []mail.DigestItem{{Watch: evil, Title: evil, What: evil, Link: link}}, Link: link},
		mail.NewDevice{Device: evil, Link: link},
	} {
		l := compose(t, "cs", what)
		switch {
		case strings.ContainsAny(l.Subject, "\r\n\u202e"), len([]rune(l.Subject)) > 300:
			t.Errorf("subject %q", l.Subject)
		case strings.Contains(l.HTML, "<script"), strings.ContainsAny(l.HTML+l.Text, "\r\u202e"):
			t.Errorf("letter:\n%s", l.HTML)
		case !strings.Contains(l.Text, "{site}"):
			t.Error("what a person wrote was taken for a message")
		}
	}
	l, err := composer(t).Compose(mail.Recipient{Address: "a@mesto.example", Name: evil}, mail.Test{})
	if err != nil || strings.ContainsAny(l.ToName, "\r\n") || len([]rune(l.ToName)) > 100 {
		t.Errorf("%q: %v", l.ToName, err)
	}
}

func TestOnlyPagesAreLinkedTo(t *testing.T) {
	for _, bad := range []string{"javascript:alert(1)", "/ucet", "https://", "data:text/html,x", "https://a\nb"} {
		if _, err := composer(t).Compose(mail.Recipient{Address: "a@mesto.example"}, mail.SignIn{Link: bad}); err == nil {
			t.Errorf("%q went through", bad)
		}
	}
}

func TestAddressesAreCheckedAndWrittenAsTheyAreSent(t *testing.T) {
	for typed, want := range map[string]string{
		" jana@mesto.example ":   "jana@mesto.example",
		"Jana.N+x@MESTO.Example": "Jana.N+x@mesto.example",
		"urad@Žďár.cz":           "urad@xn--r-tfa1lsr.cz",
	} {
		if got, err := mail.Address(typed); err != nil || got != want {
			t.Errorf("%q gave %q, %v", typed, got, err)
		}
	}
	for _, bad := range []string{
		"", "jana", "@mesto.example", "jana@", "jana@localhost", "Jana <jana@mesto.example>", "jana@mesto.example\r\nBcc: x@y.cz",
		"jana@mesto.example, x@y.cz", "ja na@mesto.example", "jáňa@mesto.example", "jana@[127.0.0.1]", "jana@mesto..example", "jana@.cz",
		strings.Repeat("a", 65) + "@mesto.example", "a@" + strings.Repeat("mesto.", 50) + "example", "jana@mesto.example\x00", "ja\u202ena@mesto.example", `"a b"@mesto.example`,
	} {
		if got, err := mail.Address(bad); !errors.Is(err, mail.ErrAddress) {
			t.Errorf("%q went through as %q: %v", bad, got, err)
		}
	}
}

func TestNoTwoLettersHaveOneID(t *testing.T) {
	a, b := compose(t, "cs", mail.Test{}), compose(t, "cs", mail.Test{})
	if a.ID == b.ID || len(a.ID) < 20 {
		t.Errorf("%s and %s", a.ID, b.ID)
	}
}
