package account_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// start is an instance with somebody signed in who has just proved who they are.
func start(t *testing.T, roles ...atlas.Grant) (*webtest.Instance, *atlas.Account) {
	t.Helper()
	i := webtest.Start(t)
	who := i.Account(t, "jana@mesto.example", roles...)
	i.SignIn(t, who.ID, len(roles) > 0)
	return i, who
}

func update(t *testing.T, i *webtest.Instance, fn func(*store.Tx) error) {
	t.Helper()
	if err := i.Store.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// later makes the last proof of who one is older than it is good for.
func later(t *testing.T, i *webtest.Instance, who *atlas.Account) {
	t.Helper()
	update(t, i, func(tx *store.Tx) error {
		all, err := tx.Sessions(t.Context(), who.ID, webtest.Now)
		for _, s := range all {
			s.ConfirmedAt = webtest.Now.Add(-time.Hour)
			err = tx.PutSession(t.Context(), s)
		}
		return err
	})
}

// pagesOfAccount are the pages that whoever is signed in opens.
var pagesOfAccount = []string{
	route.Account, route.AccountDetails, route.AccountPassword, route.AccountFactor, route.AccountFactor + "?nastavit=1", route.AccountKeys,
	route.AccountDevices, route.AccountConsents, route.AccountData, route.AccountErase, route.AccountEmail + "/spatny", route.AccountProof + "/spatny",
}

func TestEveryPageOfTheAccountReadsInBothLanguages(t *testing.T) {
	i, who := start(t, atlas.Grant{Role: atlas.RoleMethodologist})
	i.Join(t, who.ID, "A-00001", true)
	update(t, i, func(tx *store.Tx) error {
		return tx.PutDraft(t.Context(), store.Draft{Account: who.ID, Form: "/projekty/novy", Title: "Čeština", Content: "a=b", SavedAt: webtest.Now})
	})
	for _, lang := range []string{"cs", "en"} {
		for _, path := range pagesOfAccount {
			p := i.Get(t, route.In(lang, path))
			if p.Status != http.StatusOK || p.Words("h1") == "" {
				t.Errorf("%s: status %d, %q", path, p.Status, p.Words("h1"))
			}
		}
	}
	later(t, i, who)
	for _, path := range []string{route.AccountErase, route.AccountDataJSON, route.AccountDataPDF, route.AccountFactor + "?nastavit=1"} {
		if p := i.Get(t, path); !strings.HasPrefix(p.Path, route.AccountProof) {
			t.Errorf("%s is open without a fresh proof: %s", path, p.Path)
		}
	}
}

func TestTheOverviewSaysWhoOneIsAndWhatToDoNext(t *testing.T) {
	i, who := start(t, atlas.Grant{Role: atlas.RoleMethodologist, Until: atlas.Date{Year: 2027, Month: 3, Day: 1}})
	i.Join(t, who.ID, "A-00001", false)
	p := i.Get(t, route.Account)
	for _, want := range []string{"jana@mesto.example", who.ID, "metodik", "1. 3. 2027", "toto zařízení", i.App.ActorName("A-00001", "cs"), "začne platit, až si nastavíte druhý krok"} {
		if !strings.Contains(p.Words("main"), want) {
			t.Errorf("it does not say %q", want)
		}
	}
}

func TestTheNameAndTheLanguageAreChangedAndWrongOnesComeBack(t *testing.T) {
	i, who := start(t)
	p := i.Post(t, route.AccountDetails, url.Values{"name": {"  Jana   Stará "}, "lang": {"en"}})
	if a, err := i.Store.Account(t.Context(), who.ID); err != nil || a.Name != "Jana Stará" || a.Lang != "en" || p.Path != route.AccountDetails {
		t.Errorf("%+v, %v, %s", a, err, p.Path)
	}
	for lang, want := range map[string]string{"cs": "například na Jana Nová", "en": "101 characters"} {
		p := i.Post(t, route.In(lang, route.AccountDetails), url.Values{"name": {strings.Repeat("ž", 101)}, "lang": {"en"}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), want) {
			t.Errorf("%s: %d, %s", lang, p.Status, p.Words(".problems"))
		}
		if v, _ := p.Find("#f-name").Attr("value"); v != strings.Repeat("ž", 101) {
			t.Errorf("what was typed is gone: %q", v)
		}
	}
}

func TestAPasswordIsSetChangedAndTakenAway(t *testing.T) {
	i, who := start(t)
	set := func(present, next, again string) webtest.Page {
		return i.Post(t, route.AccountPassword, url.Values{"present": {present}, "password": {next}, "again": {again}})
	}
	for next, want := range map[string]string{"krátké": "aspoň 12", "aaaaaaaaaaaaaaaa": "opakuje", "jana@mesto.example": "z vašeho jména"} {
		if p := set("", next, next); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), want) || p.Find("input[type=password][value!='']").Length() > 0 {
			t.Errorf("%s: %d, %s", next, p.Status, p.Words(".problems"))
		}
	}
	const good, better = "fialový bagr v sedm ráno", "zelená lokomotiva tančí valčík"
	if p := set("", good, better); !strings.Contains(p.Words(".problems"), "liší") {
		t.Errorf("two different ones: %s", p.Words(".problems"))
	}
	if p := set("", good, good); p.Status != http.StatusOK || !strings.Contains(p.Words(".notice"), "Heslo je uložené") {
		t.Fatalf("%d, %s", p.Status, p.Words(".problems"))
	}
	later(t, i, who)
	other, err := i.App.StartSession(t.Context(), who.ID, "jiný prohlížeč", false)
	if err != nil {
		t.Fatal(err)
	}
	if p := set("", better, better); !strings.Contains(p.Words(".problems"), "nynější heslo") {
		t.Errorf("without the present one: %s", p.Words(".problems"))
	}
	if p := set("špatné heslo docela", better, better); !strings.Contains(p.Words(".problems"), "nesouhlasí") {
		t.Errorf("with a wrong one: %s", p.Words(".problems"))
	}
	if p := set(good, better, better); p.Status != http.StatusOK {
		t.Errorf("with the present one: %s", p.Words(".problems"))
	}
	hash, _ := app.SessionHash(other.Secret)
	if _, err := i.App.Visit(t.Context(), hash); !errors.Is(err, atlas.ErrNotFound) {
		t.Errorf("another browser is still signed in: %v", err)
	}
	if p := i.Post(t, route.AccountPasswordDrop, nil); !strings.Contains(p.Words(".notice"), "odebrané") {
		t.Errorf("%s", p.Words("main"))
	}
	if s, err := i.Store.Secrets(t.Context(), who.ID); err != nil || s.Password != "" {
		t.Errorf("%+v, %v", s, err)
	}
}

// enrol sets one-time codes up, as a person does, and gives the key and the
// recovery codes.
func enrol(t *testing.T, i *webtest.Instance) (secret string, recovery []string) {
	t.Helper()
	p := i.Get(t, route.AccountFactor+"?nastavit=1")
	secret = strings.ReplaceAll(p.Words("code"), " ", "")
	if p.Find("svg title").Length() != 1 || len(secret) != 32 {
		t.Fatalf("no picture or key: %q", secret)
	}
	token, _ := p.Find("input[name=klic]").Attr("value")
	code, err := totp.GenerateCode(secret, webtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	wrong := i.Post(t, route.AccountFactor, url.Values{"klic": {token}, "code": {"000000"}})
	if code != "000000" && (wrong.Status != http.StatusUnprocessableEntity || strings.ReplaceAll(wrong.Words("ol code"), " ", "") != secret) {
		t.Errorf("a wrong code: %d, %s", wrong.Status, wrong.Words("main"))
	}
	done := i.Post(t, route.AccountFactor, url.Values{"klic": {token}, "code": {code[:3] + " " + code[3:]}})
	done.Find("li code").Each(func(_ int, s *goquery.Selection) { recovery = append(recovery, s.Text()) })
	return secret, recovery
}

func TestOneTimeCodesAreSetUpAndGuardTheAccount(t *testing.T) { // 12.3
	i, who := start(t)
	secret, recovery := enrol(t, i)
	if len(recovery) != 10 {
		t.Fatalf("%d recovery codes", len(recovery))
	}
	stored, err := i.Store.Secrets(t.Context(), who.ID)
	if err != nil || stored.TOTP == "" || strings.Contains(stored.TOTP, secret) {
		t.Errorf("stored: %+v, %v", stored, err)
	}
	later(t, i, who)
	if p := i.Post(t, route.AccountFactorDrop, nil); !strings.HasPrefix(p.Path, route.AccountProof) || strings.Contains(p.Body, "Poslat odkaz") {
		t.Errorf("taken away without a proof, or by a link: %s", p.Path)
	}
	used, err := totp.GenerateCode(secret, webtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	prove := func(code string) webtest.Page {
		return i.Post(t, route.AccountProof, url.Values{"akce": {"kod"}, "code": {code}, "zpet": {route.AccountFactor}})
	}
	if p := prove(used); p.Status != http.StatusUnprocessableEntity {
		t.Error("a code was good twice")
	}
	if p := prove(strings.ToUpper(recovery[3])); p.Path != route.AccountFactor {
		t.Errorf("a recovery code: %s %s", p.Path, p.Words(".problems"))
	}
	if p := i.Get(t, route.AccountFactor); !strings.Contains(p.Words("main"), "Zbývá 9 záložních kódů") {
		t.Errorf("%s", p.Words("main"))
	}
	again := i.Post(t, route.AccountRecovery, nil)
	if again.Find("li code").Length() != 10 || strings.Contains(again.Body, recovery[0]) {
		t.Error("no new recovery codes")
	}
	if p := i.Post(t, route.AccountFactorDrop, nil); !strings.Contains(p.Words(".notice"), "vypnuté") {
		t.Errorf("%s", p.Words("main"))
	}
	if left, err := i.Store.RecoveryCodes(t.Context(), who.ID); err != nil || len(left) != 0 {
		t.Errorf("%d recovery codes of nothing", len(left))
	}
}

func TestTheLastSecondFactorOfStaffStays(t *testing.T) {
	i, _ := start(t, atlas.Grant{Role: atlas.RoleAdmin})
	enrol(t, i)
	for lang, want := range map[string]string{"cs": "rozhoduje o tom, co napsali jiní", "en": "decides about what others wrote"} {
		p := i.Post(t, route.In(lang, route.AccountFactorDrop), nil)
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), want) {
			t.Errorf("%s: %d %s", lang, p.Status, p.Words(".problems"))
		}
	}
}

func TestDevicesAreSignedOutOneByOneAndTogether(t *testing.T) {
	i, who := start(t)
	for _, name := range []string{"Chrome, Android", "Safari, iPhone", "Firefox, Windows"} {
		if _, err := i.App.StartSession(t.Context(), who.ID, name, false); err != nil {
			t.Fatal(err)
		}
	}
	p := i.Get(t, route.AccountDevices)
	hash := ""
	p.Find("li").Each(func(_ int, s *goquery.Selection) {
		if strings.Contains(s.Text(), "Android") {
			hash, _ = s.Find("input[name=zarizeni]").Attr("value")
		}
	})
	if p := i.Post(t, route.AccountDevices, url.Values{"zarizeni": {hash}}); strings.Contains(p.Words("main"), "Android") || !strings.Contains(p.Words("main"), "iPhone") {
		t.Errorf("%s", p.Words("main"))
	}
	other := i.Account(t, "cizi@mesto.example")
	in, err := i.App.StartSession(t.Context(), other.ID, "cizí", false)
	if err != nil {
		t.Fatal(err)
	}
	_ = in
	theirs, err := i.Store.Sessions(t.Context(), other.ID, webtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	i.Post(t, route.AccountDevices, url.Values{"zarizeni": {theirs[0].Hash}})
	if left, err := i.Store.Sessions(t.Context(), other.ID, webtest.Now); err != nil || len(left) != 1 {
		t.Error("somebody else was signed out")
	}
	if p := i.Post(t, route.AccountDevices, url.Values{"akce": {"ostatni"}}); !strings.Contains(p.Words("main"), "Jinde přihlášeni nejste") {
		t.Errorf("%s", p.Words("main"))
	}
}

func TestAConsentIsGivenInWordsThatStayAndTakenBackByOneClick(t *testing.T) { // 12.2
	i, who := start(t)
	i.Post(t, route.AccountConsents, url.Values{"ucel": {"news"}, "akce": {"souhlasit"}})
	all, err := i.Store.Consents(t.Context(), who.ID)
	if err != nil || len(all) != 1 || !strings.Contains(all[0].Wording, "jednou za měsíc") {
		t.Fatalf("%+v, %v", all, err)
	}
	if yes, err := i.App.Consented(t.Context(), who.ID, "news"); !yes || err != nil {
		t.Error("it does not hold", err)
	}
	if p := i.Post(t, route.AccountConsents, url.Values{"ucel": {"news"}, "akce": {"odvolat"}}); !strings.Contains(p.Words("main"), "Dřívější souhlasy") {
		t.Errorf("%s", p.Words("main"))
	}
	if yes, _ := i.App.Consented(t.Context(), who.ID, "news"); yes {
		t.Error("it holds still")
	}
	if p := i.Post(t, route.AccountConsents, url.Values{"ucel": {"vymyšlený"}}); p.Status != http.StatusNotFound {
		t.Errorf("a purpose that there is not: %d", p.Status)
	}
}

func TestOnesDataAreTakenAway(t *testing.T) { // GDPR 15, 20
	i, who := start(t)
	update(t, i, func(tx *store.Tx) error {
		at := webtest.Now
		p := store.Proposal{Kind: atlas.KindProject, Record: "P-00001", BaseVersion: 1, Content: `{"TitleCs":"Navržený název"}`, Note: "Důvod", State: store.ProposalWaiting, By: who.ID, At: at, SentAt: at}
		return errors.Join(tx.PutProposal(t.Context(), &p),
			tx.PutSheet(t.Context(), &atlas.Sheet{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Title: "Soukromý nápad", Rubric: "R-00001", Mode: atlas.ModeExAnte, Account: who.ID, Role: atlas.SheetCheck,
				Scores: []atlas.Score{{Criterion: "K1", Kind: atlas.ScorePoints, Points: 3, Justification: "Proč právě tři", Evidence: []atlas.Evidence{{Kind: atlas.EvidenceVisit, Text: "Byli jsme tam"}}}, {Criterion: "K2", Kind: atlas.ScoreNA}},
				Gates:  []atlas.GateAnswer{{Code: "H1", Yes: atlas.No, Note: "Ověřeno"}}, Advice: "Co příště", Opinions: []atlas.Opinion{{Of: atlas.OpinionPartners, Text: "Partneři chválí", Source: "dotazník"}}}, store.Write{By: who.ID, At: at}),
			tx.PutSheet(t.Context(), &atlas.Sheet{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Evaluation: "E-00077", Project: "P-00001", Rubric: "R-00001", Mode: atlas.ModeExPost, Account: who.ID, Role: atlas.SheetEvaluator,
				Strengths: "Silné vedení", NoConflict: true, Declared: at, Submitted: at}, store.Write{By: who.ID, At: at}),
			tx.PutSheet(t.Context(), &atlas.Sheet{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Evaluation: "E-00077", Project: "P-00001", Rubric: "R-00001", Mode: atlas.ModeExPost, Account: "U-77777", Role: atlas.SheetEvaluator,
				Strengths: "Cizí list"}, store.Write{By: "U-77777", At: at}),
			tx.PutPractice(t.Context(), &atlas.Practice{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Title: "Karta", Contacts: []atlas.Person{{Email: who.Email}}}, store.Write{By: "U-77777", At: at}),
			tx.PutRemark(t.Context(), &store.Remark{About: "N-00001", Deed: store.DeedNote, Text: "Poznámka redakci", By: who.ID, At: at}),
			tx.PutWatch(t.Context(), &store.Watch{Account: who.ID, Kind: store.WatchTerritory, Subject: "CZ010", Period: store.WatchDaily, CreatedAt: at, ToldAt: at}))
	})
	status, header, data := i.File(t, route.AccountDataJSON)
	var got struct {
		Account struct{ ID, Email, Name string }
		Devices []struct{ Device string }
		Deeds   []struct{ Action string }
		Cards   []string `json:"contact_in"`
	}
	for _, want := range []string{"Navržený název", "Důvod", "Poznámka redakci", "CZ010", "Soukromý nápad", "Proč právě tři", "Byli jsme tam", "Silné vedení", "E-00077"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%q is missing", want)
		}
	}
	if err := json.Unmarshal(data, &got); err != nil || status != http.StatusOK || got.Account.ID != who.ID || got.Account.Email != who.Email || len(got.Devices) != 1 || len(got.Cards) != 1 || !strings.HasPrefix(got.Cards[0], "K-") {
		t.Errorf("%d, %s, %v", status, data, err)
	}
	if !strings.Contains(header.Get("Content-Disposition"), "attachment") || header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%v", header)
	}
	for _, lang := range []string{"cs", "en"} {
		status, _, pdf := i.File(t, route.In(lang, route.AccountDataPDF))
		if status != http.StatusOK || !strings.HasPrefix(string(pdf), "%PDF-1.7") || !strings.Contains(string(pdf), "/StructTreeRoot") {
			t.Errorf("%s: %d, %d bytes", lang, status, len(pdf))
		}
	}
	if strings.Contains(string(data), "Cizí list") {
		t.Error("the sheet of another is among one's own data")
	}
}

// The paper says one's own sheets in words, in both languages.
func TestOnesOwnSheetsStandInThePaperInWords(t *testing.T) { // GDPR 15
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("Poppler is not here")
	}
	i, who := start(t)
	update(t, i, func(tx *store.Tx) error {
		return tx.PutSheet(t.Context(), &atlas.Sheet{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Title: "Soukromý nápad", Rubric: "R-00001", Mode: atlas.ModeExAnte, Account: who.ID, Role: atlas.SheetCheck,
			Scores: []atlas.Score{{Criterion: "K1", Kind: atlas.ScorePoints, Points: 3, Justification: "Proč právě tři", Evidence: []atlas.Evidence{{Kind: atlas.EvidenceVisit, Text: "Byli jsme tam"}}}, {Criterion: "K2", Kind: atlas.ScoreNA}},
			Gates:  []atlas.GateAnswer{{Code: "H1", Yes: atlas.No, Note: "Ověřeno"}}, Advice: "Co příště", Opinions: []atlas.Opinion{{Of: atlas.OpinionPartners, Text: "Partneři chválí", Source: "dotazník"}}}, store.Write{By: who.ID, At: webtest.Now})
	})
	for lang, words := range map[string][]string{
		"cs": {"soukromá sebekontrola – Soukromý nápad", "K1: 3 – Proč právě tři – návštěva na místě – Byli jsme tam", "K2: nerelevantní", "H1: ne – Ověřeno", "Doporučení: Co příště", "Partneři: Partneři chválí – dotazník", "neodevzdáno"},
		"en": {"private self-check – Soukromý nápad", "K1: 3 – Proč právě tři – site visit – Byli jsme tam", "K2: not applicable", "H1: no – Ověřeno", "Recommendations: Co příště", "Partners: Partneři chválí – dotazník", "not submitted"},
	} {
		_, _, pdf := i.File(t, route.In(lang, route.AccountDataPDF))
		read := exec.Command("pdftotext", "-", "-")
		read.Stdin = bytes.NewReader(pdf)
		out, err := read.Output()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(strings.ReplaceAll(string(out), "\u00a0", " ")), " ")
		for _, want := range words {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing in %s", lang, want, text)
			}
		}
	}
}

func TestAnAccountIsErasedAndWhatItWroteStays(t *testing.T) {
	i, who := start(t)
	if p := i.Post(t, route.AccountErase, nil); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), "Zaškrtněte") {
		t.Errorf("without a tick: %d", p.Status)
	}
	p := i.Post(t, route.AccountErase, url.Values{"sure": {"1"}})
	if p.Path != route.Home || !strings.Contains(p.Words(".notice"), "Účet je smazaný") {
		t.Errorf("%s: %s", p.Path, p.Words(".notice"))
	}
	if a, err := i.Store.Account(t.Context(), who.ID); err != nil || a.State != atlas.AccountErased || a.Email != "" || a.Name != "" {
		t.Errorf("%+v, %v", a, err)
	}
	for lang, want := range map[string]string{"cs": "smazaný účet", "en": "deleted account"} {
		for _, v := range []atlas.Viewer{{}, atlas.Operator("atlas")} {
			if got, err := i.App.AuthorName(t.Context(), v, lang, who.ID, "form"); err != nil || got.Name != want || got.Account != "" {
				t.Errorf("%+v, %v", got, err)
			}
		}
	}
	if p := i.Get(t, route.Account); p.Find("input[name=email], a[href*=prihlaseni]").Length() == 0 || strings.Contains(p.Body, who.Email) {
		t.Errorf("still signed in: %s", p.Words("main"))
	}
}

func TestTheLastAdministratorCannotBeErased(t *testing.T) {
	i, who := start(t, atlas.Grant{Role: atlas.RoleAdmin})
	for lang, want := range map[string]string{"cs": "poslední správce", "en": "last administrator"} {
		p := i.Post(t, route.In(lang, route.AccountErase), url.Values{"sure": {"1"}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), want) {
			t.Errorf("%s: %d, %s", lang, p.Status, p.Words(".problems"))
		}
	}
	i.Account(t, "druhy@mesto.example", atlas.Grant{Role: atlas.RoleAdmin})
	i.Post(t, route.AccountErase, url.Values{"sure": {"1"}})
	if a, _ := i.Store.Account(t.Context(), who.ID); a.State != atlas.AccountErased {
		t.Error("one of two administrators was not erased")
	}
}

func TestASessionThatEndedInMidFormChangesNothing(t *testing.T) {
	i, who := start(t)
	update(t, i, func(tx *store.Tx) error { return tx.EndSessions(t.Context(), who.ID, "") })
	for path, form := range map[string]url.Values{
		route.AccountDetails: {"name": {"Někdo Jiný"}, "lang": {"en"}}, route.AccountErase: {"sure": {"1"}},
		route.AccountPassword: {"password": {"fialový bagr v sedm ráno"}, "again": {"fialový bagr v sedm ráno"}},
	} {
		p := i.Post(t, path, form)
		if p.Status < 400 && !strings.Contains(p.Body, "prihlaseni") {
			t.Errorf("%s: %d, %s", path, p.Status, p.Words("main"))
		}
	}
	a, err := i.Store.Account(t.Context(), who.ID)
	if err != nil || a.Name != who.Name || a.State != atlas.AccountActive {
		t.Errorf("%+v, %v", a, err)
	}
	if s, _ := i.Store.Secrets(t.Context(), who.ID); s.Password != "" {
		t.Error("a password was set")
	}
}
