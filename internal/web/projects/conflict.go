package projects

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// conflictPage shows two versions of one record field by field. Everything that
// was typed travels on in hidden fields; each difference is decided by the
// person, so nothing is overwritten unseen.
type conflictPage struct {
	page.Base
	Intro                    string
	URLSave, URLShow, Action string
	Version                  int64 // that stands now and that the answer is based on
	Mine                     []param
	Parts                    []conflictPart
}

// conflictPart is one field, or one group of rows, in which the versions differ.
type conflictPart struct {
	Part, Label              string
	Mine, Theirs             []string
	PreferMine, PreferTheirs bool // only one side changed it since both were one
	Hint                     string
}

// conflict shows the stored version beside the typed one.
func (s *saving) conflict(mine *typed.Form) error {
	now := fill(s.stored, s.names(s.q.Lang))
	base, err := s.common()
	if err != nil {
		return err
	}
	w := s.words(s.q.Lang)
	p := &conflictPage{
		Base: s.q.Base(s.q.T("projects.conflict.title")), Version: s.stored.Version, Action: s.typed.Get(fieldAction),
		URLSave: route.ProjectEditing(s.q.Lang, s.stored.ID), URLShow: route.Project(s.q.Lang, s.stored.ID),
		Intro: w.T("projects.conflict.intro", "read", strconv.FormatInt(s.read, 10), "current", strconv.FormatInt(s.stored.Version, 10), "when", w.day(s.stored.UpdatedAt)),
	}
	if s.read == 0 {
		p.Intro = w.T("projects.conflict.intro_merged", "id", s.stored.ID)
	}
	p.Nav, p.NoIndex = route.Projects, true
	if !slices.Contains([]string{actSave, actPublish, actReturn}, p.Action) {
		p.Action = actSave
	}
	for _, name := range sortedNames(mine.Values) {
		if slices.Contains(parts, typed.Part(name)) {
			for _, v := range mine.Values[name] {
				p.Mine = append(p.Mine, param{name, v})
			}
		}
	}
	for _, part := range typed.Differing(mine.Values, now.Values, parts) {
		p.Parts = append(p.Parts, s.part(part, mine.Values, now.Values, base))
	}
	return s.q.Render(http.StatusConflict, "projects/conflict", p)
}

// part is one difference; what only one side changed is chosen beforehand.
func (s *saving) part(part string, mine, now, base url.Values) conflictPart {
	w := s.words(s.q.Lang)
	lines := func(values url.Values) []string { return s.readable(part, typed.Of(values, part)) }
	c := conflictPart{Part: part, Label: w.T("projects.field." + part), Mine: lines(mine), Theirs: lines(now)}
	if base == nil {
		return c
	}
	c.PreferMine = len(typed.Differing(now, base, []string{part})) == 0
	c.PreferTheirs = len(typed.Differing(mine, base, []string{part})) == 0
	switch {
	case c.PreferMine:
		c.Hint = w.T("projects.conflict.only_mine")
	case c.PreferTheirs:
		c.Hint = w.T("projects.conflict.only_theirs")
	default:
		c.Hint = w.T("projects.conflict.both")
	}
	return c
}

// common is the version that the person read, as form values; nil when it is
// not kept.
func (s *saving) common() (url.Values, error) {
	data, err := s.app.Reader().Version(s.q.Context(), atlas.KindProject, s.stored.ID, s.read)
	if errors.Is(err, atlas.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var p atlas.Project
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, err
	}
	return fill(&p, s.names(s.q.Lang)).Values, nil
}

// settle takes the stored version of every part for which the person chose it.
// It is false while some difference is undecided.
func (s *saving) settle() bool {
	now := fill(s.stored, s.names(s.q.Lang)).Values
	decided := true
	for _, part := range typed.Differing(s.typed.Values, now, parts) {
		switch s.typed.Get(fieldChoice + part) {
		case choiceMine:
		case choiceTheirs:
			typed.Take(s.typed.Values, now, part)
		default:
			decided = false
		}
	}
	return decided
}

// codedFields are the fields of the form that hold codes, with their lists.
var codedFields = map[string]string{
	"status": atlas.ListStatus, "country": atlas.ListCountry, "scope": atlas.ListScope, "currency": atlas.ListCurrency,
	"target_legal": atlas.ListTargetLegal, "target_situation": atlas.ListTargetSituation, "citizenships": atlas.ListCountry,
	"service_form": atlas.ListServiceForm, "price_for_client": atlas.ListPrice, "transfer_flag": atlas.ListTransfer,
	"people_planned_kind": atlas.ListCountKind, "people_reached_kind": atlas.ListCountKind, "parties.role": atlas.ListRole,
	"funding.funder_type": atlas.ListFunderType, "funding.programme": atlas.ListProgramme, "areas.code": atlas.ListArea,
	"activities.code": atlas.ListActivity, "barriers.code": atlas.ListBarrier, "indicators.kind": atlas.ListIndicatorKind,
	"indicators.periodicity": atlas.ListPeriodicity, "indicators.direction": atlas.ListDirection,
	"indicators.measurements.count_kind": atlas.ListCountKind, "contacts.languages": atlas.ListLanguage,
	"media.licence": atlas.ListLicence, "sources.kind": atlas.ListSourceKind,
}

// readable writes the values of a part ("0.role=REAL") for people
// ("1. Role: Realizátor").
func (s *saving) readable(part string, values []string) []string {
	w := s.words(s.q.Lang)
	var out []string
	for _, line := range values {
		name, value, _ := strings.Cut(line, "=")
		field, number := name, ""
		if index, rest, ok := strings.Cut(name, "."); ok {
			if n, err := strconv.Atoi(index); err == nil {
				field, number = plain(part+"."+index+"."+rest), strconv.Itoa(n+1)+". "
			}
		}
		if list, ok := codedFields[field]; ok {
			value = s.app.Lists().Label(list, value, s.q.Lang)
		}
		value = w.known("projects.word."+value, value)
		switch {
		case strings.HasSuffix(field, "_state"):
			out = append(out, number+w.T("projects.form.estimate"))
		case number != "":
			out = append(out, number+w.known("projects.field."+field, field)+": "+value)
		default:
			out = append(out, value)
		}
	}
	return out
}

func sortedNames(values url.Values) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
