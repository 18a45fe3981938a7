package protocol_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/web/webtest"
)

func TestOnlyAdministratorsReadTheLog(t *testing.T) { // chapter 11
	i := webtest.Start(t)
	if page := i.Get(t, "/protokol"); page.Status != 403 {
		t.Errorf("the public: %d", page.Status)
	}
	for role, want := range map[atlas.Role]int{atlas.RoleMethodologist: 403, atlas.RoleAdmin: 200} {
		who := i.Account(t, strings.ToLower(string(role))+"@example.cz", atlas.Grant{Role: role})
		i.SignIn(t, who.ID, true)
		if page := i.Get(t, "/protokol"); page.Status != want {
			t.Errorf("%s: %d", role, page.Status)
		}
		if page := i.Post(t, "/protokol/overit", url.Values{}); page.Status != want {
			t.Errorf("%s verifies: %d", role, page.Status)
		}
		i.SignOut(t)
	}
}

func TestTheLogIsFilteredAndWrongDaysAreSaid(t *testing.T) {
	i := webtest.Start(t)
	who := i.Account(t, "clenka@example.cz")
	p, err := i.App.Reader().Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.Goal = "Jiný cíl"
	member := atlas.Viewer{Account: who.ID, Name: who.ID, Memberships: []atlas.Membership{{Actor: p.Parties[0].Actor}}}
	if err := i.App.SaveProject(t.Context(), member, p); err != nil {
		t.Fatal(err)
	}
	i.Viewer = webtest.Editor
	for _, lang := range []string{"", "/en"} {
		all := i.Get(t, lang+"/protokol").Find("#zapisy tbody tr").Length()
		mine := i.Get(t, lang+"/protokol?kdo="+who.ID)
		if n := mine.Find("#zapisy tbody tr").Length(); n != 1 || all < 2 || !strings.Contains(mine.Words("#zapisy tbody"), "Jana Nová (U-00001)") {
			t.Errorf("%d of %d: %s", n, all, mine.Words("#zapisy tbody"))
		}
		if href := mine.Find("#zapisy tbody a").AttrOr("href", ""); href != lang+"/projekty/P-00001/historie" {
			t.Errorf("leads to %q", href)
		}
		if n := i.Get(t, lang+"/protokol?zaznam=p-00001&od=1.+1.+2026").Find("#zapisy tbody tr").Length(); n < 2 {
			t.Errorf("%d entries of the record", n)
		}
		if n := i.Get(t, lang+"/protokol?zaznam=P-99999").Find("#zapisy tbody tr").Length(); n != 0 {
			t.Errorf("%d entries of no record", n)
		}
		wrong := i.Get(t, lang+"/protokol?od=loni")
		if said := wrong.Words("#od-chyba"); !strings.Contains(said, "loni") || !strings.Contains(said, "31. 1. 2026") || wrong.Find("#od").AttrOr("value", "") != "loni" {
			t.Errorf("said: %s", said)
		}
	}
}

func TestTheLogIsVerifiedInTheBackgroundUpToANotedEntry(t *testing.T) {
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	head := i.Get(t, "/protokol").Words("#hlava-ted")
	if _, hash, _ := strings.Cut(head, ":"); len(hash) != 64 {
		t.Fatalf("the head is %q", head)
	}
	wrong := i.Post(t, "/protokol/overit", url.Values{"hlava": {"12:xyz"}})
	if wrong.Status != 422 || !strings.Contains(wrong.Words("#hlava-chyba"), "12:xyz") || wrong.Find("#hlava").AttrOr("value", "") != "12:xyz" {
		t.Errorf("%d %s", wrong.Status, wrong.Words("#overeni"))
	}
	for given, want := range map[string]string{head: "Protokol je celý", "": "Protokol je celý", "1:" + strings.Repeat("0", 64): "Protokol není ten, který znáte"} {
		i.Post(t, "/protokol/overit", url.Values{"hlava": {given}})
		for end := time.Now().Add(20 * time.Second); i.App.LastLogCheck().Running && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if page := i.Get(t, "/protokol"); page.Status != 200 {
				t.Error(page.Status)
			}
		}
		if page := i.Get(t, "/protokol"); !strings.Contains(page.Words("#overeni"), want) {
			t.Errorf("given %q: %s", given, page.Words("#overeni"))
		}
	}
}

// deeds are what operations write into the log: names of constants and what changes
// of an account are called.
var deeds = regexp.MustCompile(`(?:[aA]udit[A-Z]\w*\s*=|\.change\(ctx, who,)\s*"([a-z_]+)`)

func TestEveryDeedOfTheLogHasWords(t *testing.T) {
	files, err := filepath.Glob("../../app/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, lang := range []string{"cs", "en"} {
		words, err := os.ReadFile("messages/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range deeds.FindAllSubmatch(source, -1) {
				found++
				if !strings.Contains(string(words), `"protocol.action.`+string(m[1])+`"`) {
					t.Errorf("%s: the deed %s has no words", lang, m[1])
				}
			}
		}
		if found < 20 {
			t.Errorf("only %d deeds found in internal/app", found)
		}
	}
}
