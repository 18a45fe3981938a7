package opendata

import (
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// Parameters of the list of calls.
const (
	paramYear      = "rok"
	paramProgramme = "program"
	paramFunder    = "poskytovatel"
)

func (a *area) callEndpoints() []endpoint {
	asked := []parameter{
		{name: question.ParamText, doc: "Beginnings of words of the title, number, theme or description", example: "integrace"},
		{name: paramYear, doc: "Year, or NEZN for calls whose year is not known", example: "2024"},
		{name: paramProgramme, doc: "Programme, a code of CL-07"},
		{name: paramFunder, doc: "Code of the actor who announced it", example: "A-00001"},
	}
	return []endpoint{
		{pattern: route.APICalls, id: "calls", summary: "Grant calls in the order of their codes", params: slices.Concat(asked, pages), shape: CallPage{}, read: a.calls},
		{pattern: route.APICall, id: "call", summary: "One grant call", shape: Call{}, read: a.call},
	}
}

// calls answers one page: one stream over all calls, of which there are few.
func (a *area) calls(q *asked) (any, error) {
	text, year := words(q.text(question.ParamText)), q.text(paramYear)
	programme, funder := q.text(paramProgramme), q.text(paramFunder)
	var found []*atlas.Call
	err := a.app.Reader().EachCall(q.Context(), func(c *atlas.Call) error {
		is := func(asked, value string) bool { return asked == "" || asked == value }
		if c.Public() && is(year, yearOf(c)) && is(programme, c.Programme) && is(funder, c.Funder) && begins(q.callText(c), text) {
			found = append(found, c)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(x, y *atlas.Call) int { return strings.Compare(x.ID, y.ID) })
	notes := []Note{}
	if programme != "" && !q.lists.Has(atlas.ListProgramme, programme) {
		notes = append(notes, q.unknownCode(paramProgramme, programme))
	}
	if funder != "" && q.app.ActorName(funder, "cs") == funder {
		notes = append(notes, q.unknownCode(paramFunder, funder))
	}
	c := q.cut()
	return CallPage{
		Paging: q.paging(len(found), c, q.given(question.ParamText, paramYear, paramProgramme, paramFunder), notes),
		Items:  list(of(c, found), q.filler.call),
	}, nil
}

func yearOf(c *atlas.Call) string {
	if c.Year == 0 {
		return search.NotKnown
	}
	return strconv.Itoa(c.Year)
}

// callText is what the words of a question are looked for in.
func (q *asked) callText(c *atlas.Call) string {
	return " " + strings.Join(words(strings.Join([]string{
		c.ID, c.Title, c.Number, c.Theme, c.Description, q.lists.Label(atlas.ListProgramme, c.Programme, "cs"), q.app.ActorName(c.Funder, "cs"),
	}, " ")), " ")
}

func (a *area) call(q *asked) (any, error) {
	c, err := a.app.Reader().Call(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !c.Public() {
		return nil, atlas.ErrNotFound
	}
	return q.filler.call(c), nil
}
