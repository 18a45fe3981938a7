package importer

import (
	"strings"
	"testing"
)

// columnOf is the proposal for a column of these values beside the names of
// projects.
func columnOf(t *testing.T, header string, values ...string) Column {
	t.Helper()
	text := "Název projektu\t" + header
	for i, v := range values {
		text += "\nKurz " + strings.Repeat("a", i+1) + "\t" + v
	}
	return target(t, text+"\n", 1)
}

func TestNumbersWrittenInAWayThatNobodyThoughtOfLeaveADoubtOnly(t *testing.T) {
	for _, c := range []struct {
		header string
		want   Target
		values []string
	}{
		{"Datum zahájení", TargetStart, []string{"Q2 2013", "3. čtvrtletí 2014", "Q4 2012"}},
		{"Datum zahájení", "", []string{"velmi slavnostní", "skromné", "žádné"}},
		{"Datum zahájení", "", []string{"740 576,85", "1 395 997,00", "52 000,50"}},
		{"Celkové náklady", TargetTotal, []string{"2,5 mil. Kč", "1 200 tis. Kč bez DPH", "asi 300 000 Kč ročně"}},
		{"Celkové náklady", "", []string{"1. 9. 2017", "31. 12. 2018", "15. 2. 2020"}},
		{"Stav projektu", "", []string{"30.06.2016", "30.06.2016", "30.06.2016"}},
		{"Prioritní osa", "", []string{"740 576,85", "1 395 997,00", "52 000,50"}},
	} {
		if got := columnOf(t, c.header, c.values...); got.Target != c.want {
			t.Errorf("%s, %q: %+v, want %q", c.header, c.values, got, c.want)
		}
	}
}

func TestValuesThatStandForNoneSpeakAgainstNothing(t *testing.T) {
	if got := columnOf(t, "Datum zahájení", "n/a", "1. 9. 2017", "N/A", "neuvedeno", "k. A.", "–"); got.Target != TargetStart || got.Reason.Args["share"] != 100 {
		t.Errorf("%+v", got)
	}
}

func TestAPlaceOfPostcodesIsAPostcode(t *testing.T) {
	for values, want := range map[string]Target{
		"602 00;301 00;110 00": TargetPostcode, "00-950;31-004;50-101": TargetPostcode, "PR1 2HE;M1 1AA;L3 5TF": TargetPostcode,
		"D02 X285;F94 A0VX;T12 W8KP": TargetPostcode, "VLT 1117;MRS 9065;KKR 1524": TargetPostcode, "Brno;Plzeň;Praha": TargetCity,
	} {
		if got := columnOf(t, "Místo realizace", strings.Split(values, ";")...); got.Target != want {
			t.Errorf("%s: %+v", values, got)
		}
	}
}

func TestCountriesFundsAndLongTextsAreKnownWithoutAHeader(t *testing.T) {
	prose := strings.Repeat("Projekt nabízí kurzy češtiny a poradenství pro nově příchozí. ", 4)
	for _, c := range []struct {
		want   Target
		values []string
	}{
		{TargetCountry, []string{"Deutschland", "Österreich", "Česko"}},
		{TargetFund, []string{"ESF", "ERDF", "AMIF"}},
		{TargetDescription, []string{prose + "A", prose + "B", prose + "C"}},
		{"", []string{"krátké", "texty", "nic"}},
		{"", []string{"Deutschland", "rot", "blau"}},
	} {
		if got := columnOf(t, "xyz", c.values...); got.Target != c.want || c.want != "" && got.Reason.Key != ReasonValues {
			t.Errorf("%.20q: %+v, want %q", c.values, got, c.want)
		}
	}
}
