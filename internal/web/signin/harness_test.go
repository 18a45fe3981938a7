package signin_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/mail"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
	"atlas/internal/web"
)

// house is an instance with a clock of its own and an outbox to look into.
type house struct {
	*testing.T
	app    *app.App
	store  *store.Store
	now    time.Time
	server *httptest.Server
	config config.Config
	sent   []store.Letter
}

// open starts an instance that is closed for editing.
func open(t *testing.T, setup func(*config.Config, *app.Options)) *house {
	t.Helper()
	h := &house{T: t, store: storetest.Open(t, storetest.SQLite(t)), now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	h.server = httptest.NewUnstartedServer(nil)
	letters, err := mail.NewComposer(mail.Site{Name: "Atlas integrace"})
	if err != nil {
		t.Fatal(err)
	}
	h.config = config.Default()
	h.config.Data, h.config.Listen = t.TempDir(), h.server.Listener.Addr().String()
	o := app.Options{Now: func() time.Time { return h.now }, Letters: letters, Gate: app.Gate{Open: true}}
	if setup != nil {
		setup(&h.config, &o)
	}
	h.app = app.New(h.store, o)
	if err := h.app.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(web.Options{Config: h.config, App: h.app, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))})
	if err != nil {
		t.Fatal(err)
	}
	h.server.Config.Handler = handler
	h.server.Start()
	t.Cleanup(h.server.Close)
	return h
}

// account founds an account.
func (h *house) account(email string, roles ...atlas.Grant) *atlas.Account {
	h.Helper()
	who := &atlas.Account{Email: email, Name: "Jana Nová", Lang: "cs", State: atlas.AccountActive, CreatedAt: h.now}
	h.update(func(tx *store.Tx) error {
		if err := tx.PutAccount(h.Context(), who); err != nil {
			return err
		}
		for _, g := range roles {
			g.By, g.At = "atlas", h.now
			if err := tx.PutGrant(h.Context(), who.ID, g); err != nil {
				return err
			}
		}
		return nil
	})
	return who
}

func (h *house) update(fn func(*store.Tx) error) {
	h.Helper()
	if err := h.store.Update(h.Context(), fn); err != nil {
		h.Fatal(err)
	}
}

// password gives an account a password.
func (h *house) password(id, password string) {
	h.Helper()
	hasher, err := h.app.Hasher()
	if err != nil {
		h.Fatal(err)
	}
	hash, err := hasher.Hash(h.Context(), password)
	if err != nil {
		h.Fatal(err)
	}
	h.update(func(tx *store.Tx) error {
		s, err := tx.Secrets(h.Context(), id)
		if err != nil {
			return err
		}
		s.Password, s.PasswordAt = hash, h.now
		return tx.PutSecrets(h.Context(), id, s)
	})
}

// recovery gives an account recovery codes and, as its second factor, a passkey
// that nobody has.
func (h *house) recovery(id string) []string {
	h.Helper()
	hasher, err := h.app.Hasher()
	if err != nil {
		h.Fatal(err)
	}
	codes, hashes, err := hasher.NewRecovery(context.Background())
	if err != nil {
		h.Fatal(err)
	}
	h.update(func(tx *store.Tx) error {
		if err := tx.PutPasskey(h.Context(), store.Passkey{ID: "k-" + id, Account: id, Name: "Telefon", Credential: "{}", AddedAt: h.now}); err != nil {
			return err
		}
		return tx.PutRecoveryCodes(h.Context(), id, hashes)
	})
	return codes
}

// letters are the letters of a kind to an address, the oldest first, as whoever
// sends them reads them.
func (h *house) letters(kind, to string) (out []store.Letter) {
	h.Helper()
	const late = 1000 * time.Hour
	for {
		l, err := h.store.ClaimLetter(h.Context(), h.now.Add(late), 100*late)
		if errors.Is(err, atlas.ErrNotFound) {
			break
		}
		if err != nil {
			h.Fatal(err)
		}
		h.sent = append(h.sent, l)
	}
	for _, l := range h.sent {
		if l.Kind == kind && l.To == to {
			out = append(out, l)
		}
	}
	return out
}

var linkIn = regexp.MustCompile(`https?://\S+/prihlaseni/odkaz/[\w-]+`)

// linkTo is the link of the newest letter to an address.
func (h *house) linkTo(to string) string {
	h.Helper()
	all := h.letters(mail.KindSignIn, to)
	if len(all) == 0 {
		h.Fatalf("no letter came to %s", to)
	}
	link := linkIn.FindString(all[len(all)-1].Text)
	if link == "" {
		h.Fatalf("no link in %s", all[len(all)-1].Text)
	}
	return link
}

// browser is a browser before the instance.
type browser struct {
	*house
	client *http.Client
	heads  map[string]string
}

func (h *house) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.Fatal(err)
	}
	return &browser{house: h, client: &http.Client{Jar: jar}, heads: map[string]string{}}
}

// answer is what came back, after redirects.
type answer struct {
	*goquery.Document
	status int
	path   string
	body   string
	header http.Header
}

func (a answer) says(t testing.TB, status int, words ...string) {
	t.Helper()
	text := strings.ReplaceAll(a.Text(), "\u00a0", " ")
	if a.status != status {
		t.Errorf("%s: status %d, want %d: %s", a.path, a.status, status, strings.Join(strings.Fields(text), " "))
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q: %s", a.path, w, strings.Join(strings.Fields(text), " "))
		}
	}
	if m := regexp.MustCompile(`\b(signin|site|lost|error|account)\.[a-z_]+`).FindString(text); m != "" {
		t.Errorf("%s shows the key %s", a.path, m)
	}
}

func (b *browser) do(method, address, kind string, body io.Reader) answer {
	b.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.server.URL + address
	}
	req, err := http.NewRequestWithContext(b.Context(), method, address, body)
	if err != nil {
		b.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for name, value := range b.heads {
		if name == "Host" {
			req.Host = value
		}
		req.Header.Set(name, value)
	}
	res, err := b.client.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(data)))
	if err != nil {
		b.Fatal(err)
	}
	doc.Find("script").Remove()
	return answer{doc, res.StatusCode, res.Request.URL.RequestURI(), string(data), res.Header}
}

func (b *browser) get(address string) answer { b.Helper(); return b.do("GET", address, "", nil) }

func (b *browser) post(address string, pairs ...string) answer {
	b.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.do("POST", address, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// ask asks for a link.
func (b *browser) ask(email string, more ...string) answer {
	b.Helper()
	return b.post("/prihlaseni", append([]string{"email", email, "akce", "odkaz"}, more...)...)
}

// bring uses the link of the newest letter up.
func (b *browser) bring(email string, more ...string) answer {
	b.Helper()
	return b.post(b.linkTo(email), more...)
}

// try tries a password.
func (b *browser) try(email, password string, more ...string) answer {
	b.Helper()
	return b.post("/prihlaseni", append([]string{"email", email, "heslo", password, "akce", "heslo"}, more...)...)
}

// who is who the instance says is at the browser.
func (b *browser) who() string {
	b.Helper()
	return strings.TrimSpace(b.get("/o-databazi").Find(".site-person summary").Text())
}

// askOnce asks for a link and follows no redirect, whose address may be anywhere.
func (b *browser) askOnce(email string) int {
	b.Helper()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return b.ask(email).status
}
