package watching_test

import (
	"context"
	"io"
	"log/slog"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/mail"
	"atlas/internal/mail/mailtest"
	"atlas/internal/store"
	"atlas/internal/web"
	"atlas/internal/web/webtest"
)

// served is an instance as atlas serve runs it: pages, the outbox and those who
// are told, before a real mail server.
type served struct {
	t     *testing.T
	app   *app.App
	store *store.Store
	mails *mailtest.Server
	pages *httptest.Server
}

func serve(t *testing.T) *served {
	t.Helper()
	in := &served{t: t, store: webtest.Database(t), mails: mailtest.Start(t, mailtest.Options{})}
	letters, err := mail.NewComposer(mail.Site{Name: "Atlas", BaseURL: "https://mesto.example"})
	if err != nil {
		t.Fatal(err)
	}
	sender, err := mail.NewSender(mail.Options{Server: in.mails.URL, TLS: in.mails.TLS, From: "atlas@mesto.example", Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	in.app = app.New(in.store, app.Options{Letters: letters})
	if err := in.app.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	c.Data, c.BaseURL = t.TempDir(), "https://mesto.example"
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	h, err := web.New(web.Options{Config: c, App: in.app, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	in.pages = httptest.NewServer(h)
	t.Cleanup(in.pages.Close)
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { app.NewOutbox(in.store, sender, app.OutboxOptions{Log: log}).Run(ctx) })
	t.Cleanup(func() { stop(); working.Wait() })
	return in
}

// await waits for the n-th letter and reads its head and text.
func (in *served) await(n int) (netmail.Header, string) {
	in.t.Helper()
	if err := in.app.TellWatchers(in.t.Context()); err != nil {
		in.t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if mails := in.mails.Mails(); len(mails) >= n {
			m, err := netmail.ReadMessage(strings.NewReader(string(mails[n-1].Content)))
			if err != nil {
				in.t.Fatal(err)
			}
			body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
			if err != nil {
				in.t.Fatal(err)
			}
			return m.Header, string(body)
		}
	}
	in.t.Fatalf("letter %d did not come", n)
	return nil, ""
}

// person founds an account that is told at once of some projects.
func (in *served) person(email, lang, kind, subject, period string) atlas.Viewer {
	in.t.Helper()
	who := &atlas.Account{Email: email, Name: "Jana Nová", Lang: lang, State: atlas.AccountActive, CreatedAt: time.Now()}
	if err := in.store.Update(in.t.Context(), func(tx *store.Tx) error { return tx.PutAccount(in.t.Context(), who) }); err != nil {
		in.t.Fatal(err)
	}
	v := atlas.Viewer{Account: who.ID, Name: who.ID}
	if _, err := in.app.Begin(in.t.Context(), v, kind, subject, period); err != nil {
		in.t.Fatal(err)
	}
	return v
}

func (in *served) change(goal string) {
	in.t.Helper()
	p, err := in.store.Project(in.t.Context(), "P-00001")
	if err != nil {
		in.t.Fatal(err)
	}
	p.Goal = goal
	if err := in.app.SaveProject(in.t.Context(), webtest.Editor, p); err != nil {
		in.t.Fatal(err)
	}
}

// ask sends a request without cookies; redirects are not followed.
func (in *served) ask(method, path string, form url.Values) (*http.Response, string) {
	in.t.Helper()
	r, err := http.NewRequestWithContext(in.t.Context(), method, in.pages.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		in.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		in.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		in.t.Fatal(err)
	}
	return res, string(body)
}

var stopAddress = regexp.MustCompile(`<https://mesto\.example((?:/en)?/nesledovat/[^>]+)>`)

func TestALetterOfAnInstanceSaysWhatIsNewAndIsStoppedByOneClickWithoutSigningIn(t *testing.T) {
	in := serve(t)
	jana := in.person("jana@mesto.example", "cs", store.WatchRecord, "P-00001", store.WatchInstantly)
	if _, err := in.app.Begin(t.Context(), jana, store.WatchSearch, "oblast=JAZ", store.WatchWeekly); err != nil {
		t.Fatal(err)
	}
	in.change("Nový cíl")
	head, body := in.await(1)
	for _, want := range []string{"Záznam P-00001", "Změnilo se: Cíl", "https://mesto.example/projekty/P-00001", "https://mesto.example/sledovani"} {
		if !strings.Contains(body, want) {
			t.Errorf("the letter does not say %q:\n%s", want, body)
		}
	}
	found := stopAddress.FindStringSubmatch(head.Get("List-Unsubscribe"))
	if found == nil || head.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Fatalf("%q %q", head.Get("List-Unsubscribe"), head.Get("List-Unsubscribe-Post"))
	}
	stop := found[1]

	if res, page := in.ask(http.MethodGet, stop, nil); res.StatusCode != http.StatusOK || !strings.Contains(page, "Záznam P-00001") || !strings.Contains(page, "Přestat posílat") {
		t.Errorf("the page: %d", res.StatusCode)
	}
	if in.paused(jana) != 0 {
		t.Error("looking at the page stopped letters")
	}
	// As a mail program does it (RFC 8058): no cookie, no page that it came from.
	res, page := in.ask(http.MethodPost, stop, url.Values{"List-Unsubscribe": {"One-Click"}})
	if res.StatusCode != http.StatusOK || !strings.Contains(page, "už vám posílat nebudeme") || in.paused(jana) != 1 {
		t.Errorf("one click: %d, %d paused", res.StatusCode, in.paused(jana))
	}
	if res, _ := in.ask(http.MethodPost, stop, url.Values{"List-Unsubscribe": {"One-Click"}}); res.StatusCode != http.StatusOK {
		t.Errorf("twice: %d", res.StatusCode)
	}
	if res, _ := in.ask(http.MethodPost, stop, url.Values{"co": {"vse"}}); res.StatusCode != http.StatusSeeOther || in.paused(jana) != 2 {
		t.Errorf("all: %d, %d paused", res.StatusCode, in.paused(jana))
	}
	in.change("Ještě novější cíl")
	in.person("petr@mesto.example", "en", store.WatchRecord, "P-00001", store.WatchInstantly)
	in.change("Nejnovější cíl")
	head, body = in.await(2)
	if !strings.Contains(head.Get("To"), "petr@") || !strings.Contains(body, "Changed: Goal") || !strings.Contains(head.Get("List-Unsubscribe"), "/en/nesledovat/") {
		t.Errorf("%s\n%s", head.Get("To"), body)
	}
	if n := len(in.mails.Mails()); n != 2 {
		t.Errorf("%d letters came", n)
	}
}

func (in *served) paused(v atlas.Viewer) int {
	in.t.Helper()
	all, err := in.store.Watches(in.t.Context(), v.Account)
	if err != nil {
		in.t.Fatal(err)
	}
	n := 0
	for _, w := range all {
		if w.Paused {
			n++
		}
	}
	return n
}

func TestATokenThatIsNotOursStopsNothing(t *testing.T) {
	in := serve(t)
	jana := in.person("jana@mesto.example", "cs", store.WatchRecord, "P-00001", store.WatchDaily)
	good := in.app.StopToken(jana.Account, store.WatchDaily)
	for _, token := range []string{"x", good + "x", good[1:], in.app.Signer().Unsubscribe(jana.Account), in.app.Signer().Unsubscribe(jana.Account + " jindy"), "A" + good} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if res, _ := in.ask(method, "/nesledovat/"+token, url.Values{"co": {"vse"}}); res.StatusCode != http.StatusNotFound {
				t.Errorf("%s %s: %d", method, token, res.StatusCode)
			}
		}
	}
	if in.paused(jana) != 0 {
		t.Error("stopped")
	}
	if res, page := in.ask(http.MethodGet, "/en/nesledovat/"+good, nil); res.StatusCode != http.StatusOK || !strings.Contains(page, "Stop sending") {
		t.Errorf("the right one: %d", res.StatusCode)
	}
}

func TestNothingOfWhatSomebodyWatchesIsInTheAuditLog(t *testing.T) {
	in := serve(t)
	jana := in.person("jana@mesto.example", "cs", store.WatchSearch, "q=tajemstvi", store.WatchDaily)
	if _, err := in.app.StopLetters(t.Context(), in.app.StopToken(jana.Account, store.WatchDaily), false); err != nil {
		t.Fatal(err)
	}
	all, err := in.store.AuditEntries(t.Context(), store.AuditFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var deeds []string
	for _, e := range all {
		if strings.HasPrefix(e.Action, "watch") {
			deeds = append(deeds, e.By+" "+e.Action+" "+e.Subject)
		}
	}
	if got := strings.Join(deeds, "; "); !strings.Contains(got, "U-00001 watch S-00001") || !strings.Contains(got, "U-00001 watch_stop U-00001") || strings.Contains(got, "tajemstvi") {
		t.Errorf("%q", got)
	}
}
