package account

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"atlas/internal/i18n"
)

var hana = Person{Email: "hana.novakova@mesto-plzen.cz", Name: "Hana Nováková", Site: "Atlas integrace"}

func TestPasswordsThatAreEasyToGuessAreRefusedWithTheReason(t *testing.T) {
	c := NewChoice()
	for password, want := range map[string]string{
		"krátké":                        "problem.password_short",
		"řřřřřřřřřřř":                   "problem.password_short", // 11 letters, 22 bytes
		strings.Repeat("ab c9d", 22):    "problem.password_long",
		strings.Repeat("x", 1_000_000):  "problem.password_long",
		"aaaaaaaaaaaaaaaa":              "problem.password_repeated",
		"ababababab12":                  "problem.password_repeated",
		"\xff\xfe jiné heslo pro práci": "problem.password_unreadable",
		"heslo1234567":                  "problem.password_common",
		"H3slo-H3slo-H3slo":             "problem.password_repeated",
		"H3sl0-Pr4h4-26":                "problem.password_common",
		"P@ssw0rd2024!!":                "problem.password_common",
		"MiLuJu Tě 2025":                "problem.password_common",
		"123456789012":                  "problem.password_common",
		"qwertzuiop12":                  "problem.password_common",
		"Integrace2026":                 "problem.password_common",
		"пароль123456":                  "problem.password_common",
		"hana.novakova@mesto-plzen.cz":  "problem.password_personal",
		"NovakovaHana1":                 "problem.password_personal",
		"Nováková1985!":                 "problem.password_personal",
		"novakova & atlas":              "problem.password_personal",
	} {
		got := c.Check(password, hana)
		if len(got) != 1 || got[0].Key != want || got[0].Field != "password" {
			t.Errorf("%.40q: %v, want %s", password, got, want)
		}
	}
}

func TestPasswordsOfSeveralWordsAreLetThroughWithoutDigitsOrSigns(t *testing.T) {
	c := NewChoice()
	for _, password := range []string{
		"tramvaj polévka skříň",
		"Hana veze trojku do Chebu",      // her name, and much besides
		"v Praze prší na babiččin plech", // common words, and much besides
		"kočka leze dírou pes oknem",
		"жовтий автобус їде",
		"Tr4kt0r&rybník",
		strings.Repeat("modrý vlak ", 11) + "!!!!!!!", // 128 letters
		"xkcdvbpwmtrz",
	} {
		if got := c.Check(password, hana); got != nil {
			t.Errorf("%q: %v", password, got)
		}
	}
	if got := c.Check("tramvaj polévka skříň", Person{}); got != nil {
		t.Errorf("of somebody nothing is known of: %v", got)
	}
}

func TestEveryRefusalHasWordsInBothLanguages(t *testing.T) {
	folder, err := Messages()
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load(folder) // checks that both languages have the same
	if err != nil || words == nil {
		t.Fatal(err)
	}
	czech, err := fs.ReadFile(folder, "cs.json")
	if err != nil {
		t.Fatal(err)
	}
	used := regexp.MustCompile(`"(problem\.password_\w+|account\.passkey\.\w+)"|i\.refuse\("(\w+)"`)
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllStringSubmatch(string(source), -1) {
			key := m[1]
			if m[2] != "" {
				key = "account.oidc." + m[2]
			}
			found[key] = true
			if !strings.Contains(string(czech), `"`+key+`"`) {
				t.Errorf("%s in %s has no words", key, f.Name())
			}
		}
	}
	if lines := strings.Count(string(czech), `": "`); lines != len(found) {
		t.Errorf("%d messages, %d of them used", lines, len(found))
	}
}

func FuzzAChosenPasswordIsNeverTooShortNorTooLong(f *testing.F) {
	c := NewChoice()
	f.Add("tramvaj polévka skříň")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, password string) {
		if c.Check(password, hana) == nil {
			if n := len([]rune(normalised(password))); n < MinPassword || n > MaxPassword {
				t.Errorf("%q has %d letters", password, n)
			}
		}
	})
}
