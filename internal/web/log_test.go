package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/store"
	"atlas/internal/web"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// What is known of the person who walks through the instance in the test below.
const (
	knownEmail, knownName, knownWord, knownPhone = "jana.vseveda@mesto.example", "Jana Vševědová", "tajneslovo", "+420777123456"
)

// TestTheLogSaysNothingOfPeopleWhateverTheyDo walks every route as somebody whose
// name, e-mail, words and browser are known, in questions, forms, cookies and heads,
// and then looks for them in the whole log (12.2, ASVS 16.2.5).
func TestTheLogSaysNothingOfPeopleWhateverTheyDo(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s := webtest.Database(t)
	a := app.New(s, app.Options{Log: logger})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	who := &atlas.Account{Email: knownEmail, Name: knownName, Lang: "cs", State: atlas.AccountActive, CreatedAt: webtest.Now, Grants: nil}
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutAccount(t.Context(), who); err != nil {
			return err
		}
		return tx.PutGrant(t.Context(), who.ID, atlas.Grant{Role: atlas.RoleAdmin, By: "atlas", At: webtest.Now})
	})
	if err != nil {
		t.Fatal(err)
	}
	in, err := a.StartSession(t.Context(), who.ID, "Prohlížeč Jany", true)
	if err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	c.Data = t.TempDir()
	h, err := web.New(web.Options{Config: c, App: a, Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	said := url.Values{"q": {knownWord}, "e_mail": {knownEmail}, "email": {knownEmail}, "jmeno": {knownName}, "name": {knownName}, "heslo": {knownWord}, "telefon": {knownPhone},
		"title_cs": {knownWord}, "contacts.0.name": {knownName}, "contacts.0.email": {knownEmail}, "zpet": {"/projekty?q=" + knownWord}}
	asked := 0
	for _, r := range web.Routes(t) {
		path := r.Pattern
		for strings.Contains(path, "{") {
			path = route.Fill(path, knownWord)
		}
		for _, cookie := range []string{"", "atlas=" + in.Secret, "atlas=" + knownWord} {
			var req *http.Request
			if r.Method == http.MethodGet {
				req = httptest.NewRequest(r.Method, path+"?"+said.Encode(), nil)
			} else {
				req = httptest.NewRequest(r.Method, path+"?"+said.Encode(), strings.NewReader(said.Encode()))
				req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			req.RemoteAddr = "198.51.100.77:4321"
			req.Header.Set("Cookie", cookie)
			req.Header.Set("User-Agent", "Prohlížeč "+knownWord)
			req.Header.Set("Referer", "https://"+knownWord+".example/")
			req.Header.Set("X-Forwarded-For", "198.51.100.78")
			h.ServeHTTP(httptest.NewRecorder(), req)
			asked++
		}
	}
	for _, secret := range []string{knownEmail, "jana.vseveda", knownName, "Vševěd", knownWord, knownPhone, "777123456", in.Secret, "198.51.100", "Prohlížeč"} {
		if at := strings.Index(log.String(), secret); at >= 0 {
			t.Errorf("the log says %q: %s", secret, log.String()[max(0, at-200):min(log.Len(), at+80)])
		}
	}
	if n := strings.Count(log.String(), "msg=request "); n != asked || asked < 200 {
		t.Errorf("%d requests are in the log of %d", n, asked)
	}
}
