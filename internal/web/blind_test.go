package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// Words that stand in every text of the sheet of the evaluator who has submitted, of
// the self-evaluation beside it and of a private self-check: none of them may be
// read by anybody else. The total is one that nothing else on the instance comes to.
const (
	sealedWord = "PECETKOCOUR"
	selfWord   = "PECETSOVA"
	checkWord  = "PECETJEZEK"
)

// sealedTotal is what the sealed sheet comes to, as pages and files write it:
// 83.5, 835 tenths.
var sealedTotal = regexp.MustCompile(`\b83[.,]5\b|"(?i:total)":\s*835\b`)

// blindly is an instance on which one evaluator has submitted and another writes.
type blindly struct {
	*checked
	evaluation, sheet, self, check string
	one, two, third, boss, chief   string // evaluators, methodologist, administrator
	founder, colleague             string // members of the implementer
}

func sealedSheet(word string, points []int) *atlas.Sheet {
	s := &atlas.Sheet{Strengths: word, Weaknesses: word, Advice: word, Opinions: []atlas.Opinion{{Of: atlas.OpinionForeigners, Text: word, Source: word}}}
	for _, code := range []string{"H1", "H2", "H3"} {
		s.Gates = append(s.Gates, atlas.GateAnswer{Code: code, Yes: atlas.No, Note: word})
	}
	for i, n := range points {
		s.Scores = append(s.Scores, atlas.Score{Criterion: fmt.Sprintf("K%d", i+1), Kind: atlas.ScorePoints, Points: n, Confidence: 3,
			Justification: word + " je slovo, které v žádné stránce jiného člověka být nesmí.", Evidence: []atlas.Evidence{{Kind: atlas.EvidenceDocument, Text: word, URL: "https://www.example.org/" + word}}})
	}
	return s
}

func newBlindly(t *testing.T) *blindly {
	t.Helper()
	b := &blindly{checked: newChecked(t, nil)}
	i, ctx := b.i, t.Context()
	account := func(email string, roles ...atlas.Role) string {
		var grants []atlas.Grant
		for _, r := range roles {
			grants = append(grants, atlas.Grant{Role: r})
		}
		return i.Account(t, email, grants...).ID
	}
	b.one, b.two, b.third = account("e1@b.example", atlas.RoleEvaluator), account("e2@b.example", atlas.RoleEvaluator), account("e3@b.example", atlas.RoleEvaluator)
	b.boss, b.chief = account("m@b.example", atlas.RoleMethodologist), account("a@b.example", atlas.RoleAdmin)
	b.founder, b.colleague = account("f@b.example"), account("k@b.example")
	i.Join(t, b.founder, b.organisation, true)
	i.Join(t, b.colleague, b.organisation, true)
	p, err := i.App.Reader().Project(ctx, b.twin)
	b.records.must(err)
	p.Parties = []atlas.Party{{Actor: b.organisation, Role: atlas.RoleImplementer}}
	update(t, i, func(tx *store.Tx) error { return tx.PutProject(ctx, p, store.Write{By: "import", At: webtest.Now}) })

	viewer := func(account string) atlas.Viewer {
		in, err := i.App.StartSession(ctx, account, "test", true)
		b.records.must(err)
		hash, _ := app.SessionHash(in.Secret)
		v, err := i.App.Visit(ctx, hash)
		b.records.must(err)
		return v.Viewer
	}
	due := atlas.DateOf(webtest.Now.AddDate(0, 1, 0))
	b.evaluation, err = i.App.StartEvaluation(ctx, viewer(b.boss), app.NewEvaluation{Project: b.twin, Mode: atlas.ModeInterim, Rubric: "R-00001", Due: due, Evaluators: []string{b.one, b.two}})
	b.records.must(err)
	b.records.must(i.App.DeclareConflict(ctx, viewer(b.one), b.evaluation, false, ""))
	b.records.must(i.App.DeclareConflict(ctx, viewer(b.two), b.evaluation, false, ""))
	d, err := i.App.SheetFor(ctx, viewer(b.one), b.evaluation)
	b.records.must(err)
	s := sealedSheet(sealedWord, sealedPoints(t, d.Rubric))
	s.ID, s.Version = d.Sheet.ID, d.Sheet.Version
	b.records.must(i.App.SubmitSheet(ctx, viewer(b.one), "", s))
	b.sheet = d.Sheet.ID
	b.records.must(i.App.BeginSelf(ctx, viewer(b.founder), b.evaluation))
	d, err = i.App.SelfSheet(ctx, viewer(b.founder), b.evaluation)
	b.records.must(err)
	s = sealedSheet(selfWord, sealedPoints(t, d.Rubric))
	s.ID, s.Version = d.Sheet.ID, d.Sheet.Version
	b.records.must(i.App.SubmitSheet(ctx, viewer(b.founder), "", s))
	b.self = d.Sheet.ID
	b.check, err = i.App.BeginCheck(ctx, viewer(b.founder), "R-00001", "", "Soukromý záměr")
	b.records.must(err)
	s = sealedSheet(checkWord, sealedPoints(t, d.Rubric))
	s.ID, s.Version = b.check, 1
	b.records.must(i.App.SaveSheet(ctx, viewer(b.founder), "", s))
	// What is being typed is kept as a draft, too.
	b.records.must(i.App.KeepDraft(ctx, viewer(b.one), store.Draft{Form: "/hodnoceni/" + b.evaluation + "/list", Title: "List", Content: "strengths=" + sealedWord}))
	return b
}

// sealedPoints are points that come to 83.5, which is 334 of 400: found by trying, so
// that the test says it when the weights of the rubric change.
func sealedPoints(t *testing.T, r *atlas.Rubric) []int {
	t.Helper()
	asked, rest := r.Asked(atlas.ModeInterim), 334
	points := make([]int, len(asked))
	for i := range points {
		w := asked[i].Weights.In(atlas.ModeInterim)
		points[i] = min(r.Max(), rest/w)
		rest -= points[i] * w
	}
	if rest != 0 {
		t.Fatal("no points come to the total of the test")
	}
	return points
}

// addresses are where a GET route is asked: as in the check of permissions, and of
// everything that has to do with the evaluation.
func (b *blindly) addresses(r page.Route, row asking) []string {
	var fills [][]string
	fills = append(fills, append([]string{b.twin}, row.fill...))
	fills = append(fills, row.fill)
	for _, id := range []string{b.evaluation, b.twin, b.sheet, b.self, b.check, b.organisation, b.one, "R-00001", "E-00001"} {
		rest := []string{}
		if len(row.fill) > 1 {
			rest = row.fill[1:]
		}
		fills = append(fills, append([]string{id}, rest...))
		if len(row.fill) > 0 { // of a day and the like, and then of the record
			fills = append(fills, append(slices.Clone(row.fill[:len(row.fill)-1]), id))
		}
	}
	var out []string
	for _, values := range fills {
		address := r.Pattern
		for _, v := range values {
			address = route.Fill(address, v)
		}
		if strings.Contains(address, "{") {
			continue
		}
		queries := []string{row.query}
		switch {
		case strings.HasSuffix(r.Pattern, "/historie"):
			queries = append(queries, "verze=1", "verze=2")
		case strings.HasSuffix(r.Pattern, "/porovnani"):
			queries = append(queries, "od=1&do=2")
		case r.Pattern == route.Projects || r.Pattern == route.ProjectsExport:
			queries = append(queries, "hodnoceni="+app.EvaluatedValue)
		case r.Pattern == route.Evaluations:
			queries = append(queries, "razeni=celkem&rezim=interim&metodika=R-00001")
		}
		for _, query := range queries {
			out = append(out, route.WithQuery(address, query))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestUntilAllHaveSubmittedNoPageTellsAnybodyOfTheSheetOfAnother asks every address
// of the instance as everybody who has to do with an evaluation, while one of two
// evaluators has submitted, and looks for the words and the total of that sheet, of
// the self-evaluation and of a private self-check (chapter 11; 8.2.5; 8.2.9).
func TestUntilAllHaveSubmittedNoPageTellsAnybodyOfTheSheetOfAnother(t *testing.T) {
	b := newBlindly(t)
	rows := askings(b.checked)
	people := []struct {
		name, account string
		own           []string // words that they wrote themselves
	}{
		{"the other evaluator", b.two, nil}, {"an evaluator of something else", b.third, nil}, {"the methodologist", b.boss, nil}, {"the administrator", b.chief, nil},
		{"the author of the self-evaluation", b.founder, []string{selfWord, checkWord}}, {"another member of the implementer", b.colleague, nil},
		{"who has submitted", b.one, []string{sealedWord}}, {"the public", "", nil},
	}
	asked, told := 0, map[string]bool{}
	for _, who := range people {
		cookie := ""
		if who.account != "" {
			in, err := b.i.App.StartSession(t.Context(), who.account, "test", true)
			b.records.must(err)
			cookie = in.Secret
		}
		for _, r := range web.Routes(t) {
			if r.Method != http.MethodGet {
				continue
			}
			for _, address := range b.addresses(r, rows[r.Method+" "+r.Pattern]) {
				body := b.read(cookie, address)
				asked++
				for _, word := range []string{sealedWord, selfWord, checkWord} {
					switch {
					case !strings.Contains(body, word):
					case slices.Contains(who.own, word):
						told[word] = true
					default:
						t.Errorf("%s tells %s of %s", address, who.name, word)
					}
				}
				if len(who.own) == 0 && sealedTotal.MatchString(body) {
					t.Errorf("%s tells %s the total: %q", address, who.name, sealedTotal.FindString(body))
				}
			}
		}
	}
	for _, word := range []string{sealedWord, selfWord, checkWord} {
		if !told[word] {
			t.Errorf("not even its author finds %s: the test looks at nothing", word)
		}
	}
	letters, err := b.i.Store.Letters(t.Context(), "waiting", 1000)
	b.records.must(err)
	for _, l := range letters {
		if strings.Contains(l.Subject+l.Text+l.HTML, "PECET") || sealedTotal.MatchString(l.Subject+l.Text) {
			t.Errorf("a letter to %s tells of a sheet: %s", l.To, l.Subject)
		}
	}
	t.Logf("%d answers read, %d letters", asked, len(letters))
}

// read asks one address as whoever has a cookie; a file is read as it is.
func (b *blindly) read(cookie, address string) string {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.origin+address, nil)
	b.records.must(err)
	if cookie != "" {
		req.AddCookie(&http.Cookie{Name: "atlas", Value: cookie})
	}
	res, err := b.client.Do(req)
	b.records.must(err)
	defer res.Body.Close()
	if res.StatusCode >= http.StatusInternalServerError {
		b.t.Errorf("%s: %d", address, res.StatusCode)
	}
	body, err := io.ReadAll(res.Body)
	b.records.must(err)
	text, _ := url.QueryUnescape(res.Header.Get("Location"))
	return string(body) + text
}
