package coverage

import (
	"context"
	"math"
	"strings"

	"atlas/internal/coverage"
	"atlas/internal/i18n"
)

// What the cells show: the measures of 8.1.
const (
	showProjects  = "projekty"
	showRunning   = "bezi"
	showMoney     = "penize"
	showPerPerson = "penize-na-osobu"
	showMonths    = "mesice"
	showPer1000   = "mesice-na-1000"
)

// shows lists the measures in the order in which they are offered.
var shows = []string{showProjects, showRunning, showMoney, showPerPerson, showMonths, showPer1000}

// yearlyShows are the measures that no single year can be told by, with those that
// stand for them in the trend.
var yearlyShows = map[string]string{showRunning: showProjects, showPerPerson: showMoney, showPer1000: showMonths}

// byPeople says whether the cells compare with the people of their territories.
func (s asked) byPeople() bool { return s.Show == showPerPerson || s.Show == showPer1000 }

// ask is the matrix, with the people of its territories where the cells are told by
// them.
func (a *area) ask(ctx context.Context, t teller, s asked) (b builder, err error) {
	b = a.matrix(t, s)
	if s.byPeople() {
		b.people, err = a.app.PeopleIn(ctx, s.Level)
	}
	return b, err
}

// measured is what a cell shows, as a number and in words. What nobody knows is
// unknown, never 0: money of projects none of which says it, and whatever is told by
// people nobody has counted. How many are running is told of how many there are, for
// those are what the cell opens.
func (b builder) measured(t coverage.Total, people coverage.Value) (coverage.Value, string) {
	unpaid := t.Unknown == t.Projects
	switch b.asked.Show {
	case showRunning:
		return coverage.KnownValue(float64(t.Running)), b.T("coverage.running_of", "n", b.number(int64(t.Running)), "of", b.number(int64(t.Projects)))
	case showMoney, showPerPerson:
		if unpaid {
			return coverage.Value{}, b.T("coverage.money_unknown")
		}
		money := coverage.KnownValue(float64(t.Minor) / 100)
		if b.asked.Show == showMoney {
			return money, b.crownless(b.measureText(money))
		}
		v := money.Over(people)
		return v, b.crownless(b.measureText(v))
	case showMonths:
		return coverage.KnownValue(float64(t.Months)), b.number(int64(t.Months))
	case showPer1000:
		v := coverage.KnownValue(float64(t.Months) * 1000).Over(people)
		return v, b.measureText(v)
	}
	return coverage.KnownValue(float64(t.Projects)), b.number(int64(t.Projects))
}

// measureName is what a column of the measure is called.
func (b builder) measureName() string {
	name := upper(b.T("coverage.show." + b.asked.Show))
	if b.asked.Show == showMoney || b.asked.Show == showPerPerson {
		name += " (" + i18n.Currency(b.lang, "CZK") + ")"
	}
	return name
}

// crownless leaves the currency out, which stands over the table.
func (b builder) crownless(text string) string {
	return strings.TrimSuffix(text, "\u00a0"+i18n.Currency(b.lang, "CZK"))
}

// measureText writes a value of the measure that is shown.
func (b builder) measureText(v coverage.Value) string {
	switch {
	case !v.Known:
		return b.T("coverage.money_unknown")
	case b.asked.Show == showMoney || b.asked.Show == showPerPerson:
		return i18n.MoneyShort(b.lang, int64(math.Round(v.V*100)), "CZK")
	case b.asked.Show == showPer1000:
		return b.decimals(v, 1)
	}
	return b.number(int64(v.V))
}

// peopleFact says by whom the cells are told; "" where they are not.
func (b builder) peopleFact() string {
	switch {
	case !b.asked.byPeople():
		return ""
	case b.people.Dataset == nil:
		return b.T("coverage.rank.no_dataset", "level", b.T("coverage.rows."+string(b.asked.Level)))
	}
	fact := b.T("coverage.rank.dataset", "name", b.people.Dataset.Name(b.lang), "publisher", b.people.Dataset.Publisher, "date", i18n.Date(b.lang, b.people.Date))
	if b.people.Summed {
		fact += " " + b.T("coverage.rank.summed")
	}
	return fact + " " + b.T("coverage.fact.by_people")
}
