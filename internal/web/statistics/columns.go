package statistics

import (
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
	"atlas/internal/statistics"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Parameters by which a person says what columns are.
const (
	paramLayout = "rozvrzeni"
	paramColumn = "sloupec" // "3:obec_kod", from 0; "3:-" is nothing we know
)

// noRole stands in addresses for a column that means nothing we know.
const noRole = "-"

// columnsForm shows what each column was taken for and lets a person change it
// before anything is stored.
type columnsForm struct {
	Action     string
	Hidden     []option // values that the form carries along
	Sets       []option
	Any        bool
	Layouts    []option
	Lines      []columnLine
	Remembered bool
	Lacks      string // needed columns that are not among them; ""
}

type columnLine struct {
	ID, Header, Sample string
	Options            []option
}

// columnsPage is the form where the columns are not known by their names.
type columnsPage struct {
	page.Base
	Faults []fault
	Leave  string
	Form   *columnsForm
}

// said are the choices of a person: of each column by its number.
func (s asked) said() map[int]string {
	out := map[int]string{}
	for _, c := range s.Columns {
		number, role, _ := strings.Cut(c, ":")
		if i, err := strconv.Atoi(number); err == nil && i >= 0 {
			out[i] = strings.TrimPrefix(role, noRole)
		}
	}
	return out
}

// mapping is what the columns of a sheet seem to be with what a person said of
// them.
func (s asked) mapping(sheet *statistics.Sheet) *statistics.Mapping {
	m := sheet.Propose(s.Layout)
	for i, role := range s.said() {
		if i < len(m.Roles) && (role == "" || slices.Contains(statistics.Roles(m.Layout), role)) {
			m.Roles[i] = role
		}
	}
	return m
}

// sheet reads the columns of an uploaded table.
func (a *area) sheet(q *page.Request, s asked, v atlas.Viewer) (*statistics.Sheet, error) {
	file, err := a.files.File(q.PathValue("sum"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return a.sheetOf(q, s, v, file)
}

func (a *area) sheetOf(q *page.Request, s asked, v atlas.Viewer, file *os.File) (*statistics.Sheet, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return a.app.LookAtStatistics(q.Context(), v, s.Dataset, app.ImportFile{Name: s.Name, Data: file, Size: info.Size()})
}

// form is the choice of columns as it stands.
func (a *area) columnsForm(q *page.Request, s asked, sheet *statistics.Sheet, m *statistics.Mapping) (*columnsForm, error) {
	f := &columnsForm{Action: route.In(q.Lang, route.Fill(route.StatisticsPreview, q.PathValue("sum")))}
	for _, h := range []option{{Value: paramName, Label: s.Name}, {Value: paramURL, Label: s.URL}, {Value: paramAccessed, Label: s.Accessed}} {
		if h.Label != "" {
			f.Hidden = append(f.Hidden, h)
		}
	}
	var err error
	if f.Sets, f.Any, err = a.writable(q, s.Dataset); err != nil {
		return nil, err
	}
	for _, l := range statistics.MappedLayouts() {
		f.Layouts = append(f.Layouts, option{l, q.T("statistics.layout." + l), l == m.Layout})
	}
	for i, h := range sheet.Header {
		number := strconv.Itoa(i) + ":"
		line := columnLine{ID: "sloupec-" + strconv.Itoa(i), Header: h, Sample: sheet.Samples[i]}
		if h == "" {
			line.Header = q.T("statistics.column_n", "n", i+1)
		}
		line.Options = append(line.Options, option{number + noRole, q.T("statistics.role.none"), m.Roles[i] == ""})
		for _, role := range statistics.Roles(m.Layout) {
			line.Options = append(line.Options, option{number + role, roleName(q, role), m.Roles[i] == role})
		}
		f.Lines = append(f.Lines, line)
	}
	var lacks []string
	for _, role := range m.Lacks() {
		lacks = append(lacks, roleName(q, role))
	}
	f.Lacks = strings.Join(lacks, ", ")
	return f, nil
}

// roleName is what a column can be, in words.
func roleName(q *page.Request, role string) string {
	sex, ages, ok := strings.Cut(role, "_")
	if ok && len(sex) == 1 {
		return q.T("statistics.role.band", "sex", q.T("statistics.sex."+sex), "ages", q.T("statistics.role.band."+ages))
	}
	return q.T("statistics.role." + role)
}

// askColumns shows the choice of columns where they are not known, with why.
func (a *area) askColumns(q *page.Request, why *importer.FileError) error {
	s := askedOf(q)
	sheet, err := a.sheet(q, s, q.Viewer)
	if err != nil {
		return a.refused(q, err)
	}
	form, err := a.columnsForm(q, s, sheet, s.mapping(sheet))
	if err != nil {
		return err
	}
	p := &columnsPage{Base: q.Base(q.T("statistics.columns.title", "file", sheet.File)), Form: form,
		Leave: route.WithQuery(route.In(q.Lang, route.StatisticsUpload), asked{Dataset: s.Dataset, URL: s.URL, Accessed: s.Accessed}.query())}
	p.Nav, p.NoIndex, p.Wide = route.Statistics, true, true
	p.Faults = []fault{{"#sloupec-0", words(q, why.Key, why.Args)}}
	if why.Key == statistics.ErrorWhose || why.Key == statistics.ErrorDataset {
		p.Faults[0].Href = "#" + paramDataset
	}
	return q.Render(http.StatusUnprocessableEntity, "statistics/columns", p)
}

// columnsMatter says whether an error may go away when columns are said otherwise.
func columnsMatter(key string, s asked) bool {
	switch key {
	case statistics.ErrorLayout, statistics.ErrorTwice, statistics.ErrorColumns:
		return true
	case statistics.ErrorWhose, statistics.ErrorDataset:
		return len(s.Columns) > 0
	}
	return false
}
