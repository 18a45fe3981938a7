package web_test

import (
	"io"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/config"
	"atlas/internal/store"
	"atlas/internal/web"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// signInPage is where somebody who is not signed in may be sent instead of being
// refused.
const signInPage = "/prihlaseni"

// TestEveryRouteLetsInWhomTheTableOfPermissionsLetsIn asks every route over HTTP as
// everybody of chapter 11, of every record that can be theirs or not in every state
// of CL-12, and compares who is let in with the table of permissions. `make
// check-permissions` prints what it counted.
func TestEveryRouteLetsInWhomTheTableOfPermissionsLetsIn(t *testing.T) {
	began := time.Now()
	c := newChecked(t, nil)
	rows := askings(c)
	routes := web.Routes(t)
	for _, r := range routes {
		name := r.Method + " " + r.Pattern
		row, ok := rows[name]
		if !ok {
			t.Errorf("%s has no row in askings (permission_routes_test.go)", name)
			continue
		}
		delete(rows, name)
		if row.apart == "" {
			c.route(r, row)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		t.Errorf("askings has a row of %s, which is no route", name)
	}
	c.cookies()
	t.Logf("%d routes x %d people (%d roles) x %d cases of ownership and state: %d questions in %.1f s", len(routes), len(c.people), len(atlas.Roles()),
		len(ownerships)*len(statuses)+1, c.asked, time.Since(began).Seconds())
	t.Logf("let in %d, sent on from a merged record %d; refused: %d are told so (403), %d see nothing there (404), %d are sent to sign in; disagreements: %d, known ones: %d",
		c.count[letIn], c.count[sentOn], c.count[forbidden], c.count[hidden], c.count[toSignIn], c.wrong, c.waiting)
}

// outcome is what became of a request.
type outcome int

const (
	letIn outcome = iota
	sentOn
	forbidden
	hidden
	toSignIn
	broken
)

// checked is an instance whose routes are being checked.
type checked struct {
	t       *testing.T
	i       *webtest.Instance
	people  []*person
	records *registry
	client  *http.Client
	origin  string

	twin, other, organisation, call, need, extent, practice, transfer, collection string // published records
	batch, upload                                                                 string // an import, and a file that waits for one
	review                                                                        string // several decisions made at once
	report                                                                        string // a published report
	evaluation                                                                    string // a published evaluation
	round                                                                         string // of evaluations

	asked, wrong, waiting int
	count                 map[outcome]int
	entry                 int64           // last one of the audit log that was seen
	set                   map[string]bool // names of the cookies that were set on the way
}

// newChecked founds people and records on an instance with a configuration changed
// by change, nil = by nothing.
func newChecked(t *testing.T, change func(*config.Config)) *checked {
	t.Helper()
	data := t.TempDir()
	i := webtest.EmptyIn(t, data)
	i.Configure = func(c *config.Config) {
		c.Contact = "atlas@mesto.example" // without it there is no security.txt
		if change != nil {
			change(c)
		}
	}
	c := &checked{t: t, i: i, people: people(t, i), records: newRegistry(t, i), origin: i.Origin(t), count: map[outcome]int{}, set: map[string]bool{},
		client: &http.Client{CheckRedirect: stay.CheckRedirect}}
	known := func(kind string) string {
		return c.records.fresh(nil, kind, situation{nobodys, atlas.RecordPublished}).id
	}
	c.twin, c.other, c.organisation, c.call = known(atlas.KindProject), known(atlas.KindProject), known(atlas.KindActor), known(atlas.KindCall)
	c.need, c.extent, c.practice, c.transfer = known(atlas.KindNeed), known(atlas.KindExtent), known(atlas.KindPractice), known(atlas.KindReplication)
	c.collection = known(atlas.KindCollection)
	c.imported(blob.Open(filepath.Join(data, "imports")))
	c.reported()
	c.evaluated()
	x := &atlas.Round{Title: "Kolo", Mode: atlas.ModeExPost, Rubric: "R-00001", Due: atlas.DateOf(webtest.Now)}
	c.records.must(i.App.SaveRound(t.Context(), webtest.Editor, "", x))
	c.round = x.ID
	c.review = "R-00001"
	update(t, i, func(tx *store.Tx) error {
		return tx.PutReview(t.Context(), store.Review{ID: c.review, Deed: store.DeedPublished, By: "atlas", At: webtest.Now})
	})
	return c
}

// reported publishes one report.
func (c *checked) reported() {
	c.t.Helper()
	r := &atlas.Report{Title: "Zpráva", Lang: "cs", Territory: "CZ", From: 2020, To: 2021}
	c.records.must(c.i.App.SaveReport(c.t.Context(), webtest.Editor, r))
	_, err := c.i.App.PublishReport(c.t.Context(), webtest.Editor, r.ID, r.Version, atlas.DateOf(webtest.Now), []byte(`{"lang":"cs","title":"Zpráva"}`))
	c.records.must(err)
	c.report = r.ID
}

// evaluated publishes one evaluation.
func (c *checked) evaluated() {
	c.t.Helper()
	update(c.t, c.i, func(tx *store.Tx) error {
		e := &atlas.Evaluation{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Project: c.twin, Mode: atlas.ModeExPost, Rubric: "R-00001", State: atlas.EvaluationPublished,
			Due: atlas.DateOf(webtest.Now), Approved: atlas.DateOf(webtest.Now), Assignments: []atlas.Assignment{{Account: "U-99999", State: atlas.AssignmentSubmitted}}, Result: atlas.Result{Evaluators: 2}}
		err := tx.PutEvaluation(c.t.Context(), e, store.Write{By: "atlas", At: webtest.Now})
		c.evaluation = e.ID
		return err
	})
}

// imported puts one import and one file that is none.
func (c *checked) imported(files *blob.Folder) {
	c.t.Helper()
	list := "Registrační číslo projektu;Název projektu CZ;Žadatel;Příspěvek EU\nCZ.03.2.63/0.0/0.0/15_023/0000001;Podpora rodin;Spolek;850000\n"
	plan, err := c.i.App.PrepareImport(c.t.Context(), webtest.Editor, app.ImportOptions{}, "seznam.csv", []byte(list))
	c.records.must(err)
	batch, err := c.i.App.ApplyImport(c.t.Context(), webtest.Editor, plan)
	c.records.must(err)
	c.batch = batch.ID
	_, _, err = files.Put(strings.NewReader(list), 1<<20)
	c.records.must(err)
	c.upload, _, err = files.Put(strings.NewReader("žádný seznam"), 1<<20)
	c.records.must(err)
}

// question is one request of the check.
type question struct {
	who    *person
	what   situation // zero where the route is about no record
	record made
	yes    bool // what the table says
}

// route asks one route: first all who are to be refused, and nothing may have been
// written by then, and only then those who are let in.
func (c *checked) route(r page.Route, row asking) {
	c.t.Helper()
	var refused, allowed []question
	for _, p := range c.people {
		for _, q := range c.questions(p, r, row) {
			if q.yes {
				allowed = append(allowed, q)
			} else {
				refused = append(refused, q)
			}
		}
	}
	c.written(nil)
	for _, q := range refused {
		c.ask(r, row, q)
	}
	if n := c.written(refused); n > 0 {
		c.disagree(row, "%s %s: those who were refused wrote something %d times", r.Method, r.Pattern, n)
	}
	for _, q := range allowed {
		if row.of != "" && r.Method != http.MethodGet {
			q.record = c.records.fresh(q.who, row.of, q.what)
		}
		c.ask(r, row, q)
	}
}

// questions are those for one person.
func (c *checked) questions(p *person, r page.Route, row asking) []question {
	c.t.Helper()
	viewer := func() atlas.Viewer {
		if r.Machine {
			return atlas.Viewer{} // programs are the public always
		}
		return p.viewer
	}
	if row.of == "" {
		yes := atlas.Can(viewer(), r.Right, atlas.Subject{}) && (row.stricter == nil || row.stricter(viewer(), atlas.Subject{}))
		return []question{{who: p, yes: yes}}
	}
	var out []question
	for s, m := range c.records.all(p, row.of) {
		subject := c.i.App.Places().Within(m.subject)
		yes := atlas.Can(viewer(), r.Right, subject) && (row.stricter == nil || row.stricter(viewer(), subject))
		out = append(out, question{who: p, what: s, record: m, yes: yes})
	}
	return out
}

// address is where a route is asked of a record.
func (row asking) address(r page.Route, record string) string {
	address := r.Pattern
	if row.of != "" {
		address = route.Fill(address, record)
	}
	for _, value := range row.fill {
		address = route.Fill(address, value)
	}
	return address
}

// ask sends one request and compares.
func (c *checked) ask(r page.Route, row asking, q question) {
	c.t.Helper()
	address := row.address(r, q.record.id)
	faces := []string{"cs", "en"}
	if r.Machine || r.Method != http.MethodGet {
		faces = faces[:1]
	}
	for _, lang := range faces {
		got, status := c.send(r, q.who, route.WithQuery(route.In(lang, address), row.query), row.form)
		c.asked++
		c.count[got]++
		in := got == letIn || got == sentOn
		merged := got == sentOn && q.what.status == atlas.RecordMerged // what it leads to decides for itself
		if got == broken || in != q.yes && !merged {
			c.disagree(row, "%s %s as %s, of a record %s %s: answered %d, by the table %q let in is %v",
				r.Method, route.In(lang, r.Pattern), q.who.name, q.what.whose, q.what.status, status, r.Right, q.yes)
		}
		unseen := row.of != "" && q.what.status != atlas.RecordMerged && !atlas.Can(q.who.viewer, atlas.RightRead, c.i.App.Places().Within(q.record.subject))
		if got == forbidden && unseen && c.tells(r, row, q, lang, status) {
			c.disagree(row, "%s %s as %s, of a record %s %s: it must not be seen and says that it is there (%d)", r.Method, r.Pattern, q.who.name, q.what.whose, q.what.status, status)
		} else if got == forbidden && r.Right == atlas.RightRead && row.of != "" {
			c.disagree(row, "%s %s as %s: a record that must not be seen says that it is there (%d)", r.Method, r.Pattern, q.who.name, status)
		}
	}
}

// tells says whether the answer about a record gives away that it is there: one
// that is not there is answered otherwise.
func (c *checked) tells(r page.Route, row asking, q question, lang string, status int) bool {
	c.t.Helper()
	_, missing := c.send(r, q.who, route.WithQuery(route.In(lang, row.address(r, q.record.id[:2]+"99999")), row.query), row.form)
	return missing != status
}

func (c *checked) send(r page.Route, p *person, address string, form url.Values) (outcome, int) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), r.Method, c.origin+address, strings.NewReader(form.Encode()))
	c.records.must(err)
	if r.Method != http.MethodGet {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if p.cookie != "" {
		req.AddCookie(&http.Cookie{Name: "atlas", Value: p.cookie})
	}
	res, err := c.client.Do(req)
	c.records.must(err)
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	c.records.must(err)
	for _, cookie := range res.Cookies() {
		c.set[cookie.Name] = true
	}
	_, to := route.Split(res.Header.Get("Location"))
	switch {
	case res.StatusCode >= 500:
		return broken, res.StatusCode
	case res.StatusCode == http.StatusNotFound:
		return hidden, res.StatusCode
	case res.StatusCode == http.StatusForbidden || res.StatusCode == http.StatusUnauthorized:
		return forbidden, res.StatusCode
	case res.StatusCode == http.StatusPermanentRedirect:
		return sentOn, res.StatusCode
	case strings.HasPrefix(to, signInPage) && !strings.HasPrefix(r.Pattern, signInPage):
		return toSignIn, res.StatusCode
	}
	return letIn, res.StatusCode
}

// written counts the entries of the audit log since it was last asked that are of
// those who were refused. Others may still be at work in the background.
func (c *checked) written(refused []question) (n int) {
	c.t.Helper()
	theirs := map[string]bool{}
	for _, q := range refused {
		theirs[q.who.account] = true
	}
	for {
		entries, err := c.i.Store.AuditEntries(c.t.Context(), store.AuditFilter{After: c.entry, Limit: 10_000})
		c.records.must(err)
		if len(entries) == 0 {
			return n
		}
		for _, e := range entries {
			if theirs[e.By] {
				n++
			}
		}
		c.entry = entries[len(entries)-1].Seq
	}
}

func (c *checked) disagree(row asking, format string, args ...any) {
	c.t.Helper()
	if row.pending != "" {
		c.waiting++
		c.t.Logf("known ("+row.pending+"): "+format, args...)
		return
	}
	if c.wrong++; c.wrong <= 50 {
		c.t.Errorf(format, args...)
	}
}

// cookies says which cookies the instance set that the page about them does not
// name.
func (c *checked) cookies() {
	c.t.Helper()
	named := map[string]bool{}
	for _, k := range page.Cookies() {
		named[k.Name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(c.set)) {
		if !named[name] {
			c.t.Errorf("the cookie %q is set and the page about cookies does not know it", name)
		}
	}
}
