package statistics

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// newPage is the form for the description of own data.
type newPage struct {
	page.Base
	Values                map[string]string
	Faults                []fault
	Action                string
	Whose                 []option
	Licences, Frequencies []option
}

// fields of the form, as their names stand in it.
var fields = []string{"whose", "name_cs", "name_en", "definition_cs", "definition_en", "publisher", "url", "licence", "periodicity", "indicator", "unit", "decimals"}

func (a *area) newDataset(q *page.Request) error {
	return a.newForm(q, http.StatusOK, map[string]string{"licence": "CC-BY-4.0", "decimals": "0"}, nil)
}

func (a *area) newForm(q *page.Request, status int, values map[string]string, faults []fault) error {
	p := &newPage{Base: q.Base(q.T("statistics.new")), Values: values, Faults: faults, Action: route.In(q.Lang, route.StatisticsNew)}
	p.Nav, p.Breadcrumb = route.Statistics, []page.Link{{URL: route.In(q.Lang, route.Statistics), Text: q.T("statistics.title")}}
	add := func(code, name string) { p.Whose = append(p.Whose, option{code, name, false}) }
	for _, m := range q.Viewer.Memberships {
		add(m.Actor, a.app.ActorName(m.Actor, q.Lang))
	}
	for _, m := range q.Viewer.Mandates {
		add(m.For, a.app.ActorName(m.For, q.Lang))
	}
	for _, g := range q.Viewer.Grants {
		if g.Role == atlas.RoleTerritory {
			add(g.Territory, a.place(q, g.Territory))
		}
	}
	options := func(list, chosen string) (out []option) {
		if l, ok := a.app.Lists().List(list); ok {
			for _, it := range l.Items {
				out = append(out, option{it.Code, a.app.Lists().Label(list, it.Code, q.Lang), it.Code == chosen})
			}
		}
		return out
	}
	p.Licences, p.Frequencies = options(atlas.ListLicence, values["licence"]), options("CL-39", values["periodicity"])
	return q.Render(status, "statistics/new", p)
}

var actorCode = regexp.MustCompile(`\bA-\d{5,}\b`)

// whose understands an organisation or a territory by its code or name.
func (a *area) whose(text string) (owner, territory string) {
	if code := actorCode.FindString(text); code != "" {
		return code, ""
	}
	text = strings.TrimSpace(text)
	if t, ok := a.app.Places().Get(text); ok {
		return "", t.Code
	}
	if i := strings.LastIndexByte(text, '('); i >= 0 && strings.HasSuffix(text, ")") {
		if t, ok := a.app.Places().Get(text[i+1 : len(text)-1]); ok {
			return "", t.Code
		}
	}
	if found := a.app.Places().Find(text, ""); len(found) == 1 {
		return "", found[0].Code
	}
	return "", ""
}

func (a *area) saveDataset(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	v := map[string]string{}
	for _, f := range fields {
		v[f] = strings.TrimSpace(strings.ToValidUTF8(q.PostForm.Get(f), "\uFFFD"))
	}
	d := &atlas.Dataset{NameCs: v["name_cs"], NameEn: v["name_en"], DefinitionCs: v["definition_cs"], DefinitionEn: v["definition_en"], Publisher: v["publisher"],
		URL: v["url"], Licence: v["licence"], Periodicity: v["periodicity"], Indicator: v["indicator"], Unit: v["unit"]}
	var faults []fault
	if d.Owner, d.Territory = a.whose(v["whose"]); !d.Own() {
		faults = append(faults, fault{"#whose", q.T("statistics.whose_unknown", "value", v["whose"])})
	}
	var err error
	if d.Decimals, err = strconv.Atoi(v["decimals"]); err != nil && v["decimals"] != "" {
		faults = append(faults, fault{"#decimals", q.T("statistics.decimals_wrong", "value", v["decimals"])})
	}
	if len(faults) > 0 {
		return a.newForm(q, http.StatusUnprocessableEntity, v, faults)
	}
	err = a.app.SaveDataset(q.Context(), q.Viewer, d)
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			faults = append(faults, fault{"#" + p.Field, q.T("statistics.field."+p.Field) + ": " + words(q, p.Key, p.Args)})
		}
		return a.newForm(q, http.StatusUnprocessableEntity, v, faults)
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("statistics.created_set", "name", d.NameCs))
	return q.Redirect(route.StatisticsOf(q.Lang, d.Code))
}

// enterPage is the form for numbers of own data.
type enterPage struct {
	page.Base
	Set    setLine
	Rows   []enterRow
	Faults []fault
	Action string
}

type enterRow struct {
	N      int
	Values map[string]string
}

// enterRows is how many numbers are typed at once.
const enterRows = 8

// entered are the fields of a row.
var entered = []string{"datum", "uzemi_kod", "stobcan_kod", "pohlavi_kod", "vek_od", "vek_do", "typ_pobytu", "hodnota", "poznamka"}

func (a *area) entering(q *page.Request) error {
	rows := make([]enterRow, enterRows)
	for i := range rows {
		rows[i] = enterRow{i + 1, map[string]string{}}
	}
	return a.enterForm(q, http.StatusOK, rows, nil)
}

func (a *area) enterForm(q *page.Request, status int, rows []enterRow, faults []fault) error {
	d, err := a.app.Reader().Dataset(q.Context(), q.PathValue("dataset"))
	if err != nil {
		return err
	}
	if !d.Own() || !a.app.MayWriteDataset(q.Viewer, &d.Dataset) {
		return atlas.ErrForbidden
	}
	p := &enterPage{Base: q.Base(q.T("statistics.enter", "name", d.Dataset.Name(q.Lang))), Set: a.line(q, *d), Rows: rows, Faults: faults,
		Action: route.In(q.Lang, route.Fill(route.StatisticsEnter, d.Code))}
	p.Nav, p.Wide = route.Statistics, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Statistics), Text: q.T("statistics.title")}, {URL: p.Set.URL, Text: p.Set.Name}}
	if d.Territory != "" && status == http.StatusOK && len(rows) > 0 {
		rows[0].Values["uzemi_kod"] = d.Territory
	}
	return q.Render(status, "statistics/enter", p)
}

// enter writes the numbers that were typed, all of them or, when one is wrong,
// none.
func (a *area) enter(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	var rows []enterRow
	var entries []app.Entry
	var numbers []int // of the rows that say something
	for n := 1; n <= enterRows; n++ {
		row := enterRow{n, map[string]string{}}
		filled := false
		for _, f := range entered {
			row.Values[f] = strings.TrimSpace(strings.ToValidUTF8(q.PostForm.Get(fmt.Sprintf("%s.%d", f, n)), "\uFFFD"))
			filled = filled || row.Values[f] != "" && f != "uzemi_kod"
		}
		rows = append(rows, row)
		if filled {
			entries, numbers = append(entries, app.Entry(row.Values)), append(numbers, n)
		}
	}
	if len(entries) == 0 {
		return a.enterForm(q, http.StatusUnprocessableEntity, rows, []fault{{"#datum.1", q.T("statistics.nothing_entered")}})
	}
	dataset := q.PathValue("dataset")
	plan, err := a.app.EnterStatistics(q.Context(), q.Viewer, dataset, entries)
	if err != nil {
		return err
	}
	defer plan.Close()
	if err := a.app.PreviewStatistics(q.Context(), plan); err != nil {
		return err
	}
	var faults []fault
	for _, p := range plan.Report.Kept {
		n := numbers[min(max(p.Row-2, 0), len(numbers)-1)]
		column := p.Column
		if column == "" {
			column = "hodnota"
		}
		faults = append(faults, fault{fmt.Sprintf("#%s.%d", column, n), q.T("statistics.in_row", "n", n) + " " + problemWords(q, p)})
	}
	if len(faults) > 0 {
		return a.enterForm(q, http.StatusUnprocessableEntity, rows, faults)
	}
	b, err := a.app.ApplyStatistics(q.Context(), q.Viewer, plan)
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("statistics.applied", "batch", b.ID, "created", b.Created, "changed", b.Updated))
	return q.Redirect(route.StatisticsOf(q.Lang, dataset))
}
