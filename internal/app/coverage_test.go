package app_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

const foreignersHead = "idhod,hodnota,stapro_kod,pohlavi_cis,pohlavi_kod,stobcan_cis,stobcan_kod,vek_cis,vek_kod,rok,vuzemi_cis,vuzemi_kod,kraj_cis,kraj_kod,vuzemi_txt,kraj_txt,pohlavi_txt,stobcan_txt,vek_txt\n"

// foreigners imports how many foreigners there were on 31 December of a year in
// four okresy: Děčín, Chomutov, Litoměřice and Louny.
func foreigners(t *testing.T, a *app.App, year int, numbers ...int) {
	t.Helper()
	text := foreignersHead
	for i, n := range numbers {
		code, name := []string{"40452", "40461", "40479", "40487"}[i], []string{"Děčín", "Chomutov", "Litoměřice", "Louny"}[i]
		text += fmt.Sprintf(`"%d%d","%d","2406","","","","","","","%d","101","%s","100","3069","%s","Ústecký kraj","","",""`+"\n", year, i, n, year, code, name)
	}
	_, b := applyText(t, a, editor, app.StatisticsOptions{}, fmt.Sprintf("290038-%d.csv", year), text)
	if b == nil {
		t.Fatal("nothing was imported")
	}
}

func localProject(t *testing.T, a *app.App, actor, title, okres, area string) *atlas.Project {
	t.Helper()
	p := mis(actor)
	p.TitleCs, p.RegNumber, p.Scope = title, "", atlas.ScopeDistrict
	p.From, p.To, p.Status = atlas.Date{Year: 2024, Month: 1}, atlas.Date{Year: 2026, Month: 12}, atlas.StatusRunning
	p.Territories, p.Areas = []atlas.Place{{Territory: okres}}, []atlas.AreaShare{{Code: area, Primary: true}}
	p.Funding = []atlas.Funding{{Funder: actor, FunderType: "EU-S", Granted: atlas.Crowns(900_000)}}
	ok(t, a.SaveProject(t.Context(), editor, p))
	return p
}

func standing(t *testing.T, a *app.App, okres, area string) (app.CoverageRow, coverage.Standing) {
	t.Helper()
	s, err := a.Standings(t.Context(), app.CoverageAsked{Level: atlas.LevelDistrict})
	ok(t, err)
	for _, row := range s.Rows {
		for i, item := range s.Items {
			if row.Code == okres && item == area {
				return row, row.Standings[i]
			}
		}
	}
	t.Fatalf("no %s in %s", area, okres)
	return app.CoverageRow{}, coverage.Standing{}
}

// TestTheClassOfAnOkresByNeedAndSupply works one okres out by hand: Děčín has 600
// foreigners beside 1000, 2000 and 3000, so stands lowest, 0; their number doubled
// in five years, most of all, 1; nobody verified a need. Need is (0.5·0 + 0.2·1) ÷
// 0.7. The only project with health is in Chomutov: the other three share the
// lowest place of supply, (0+1+2)/3 ÷ 3 = 1/3.
func TestTheClassOfAnOkresByNeedAndSupply(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		actor := simi(t, a).ID
		if _, st := standing(t, a, "CZ0421", "ZDR"); st.Class != coverage.ClassNoData {
			t.Errorf("without statistics it is %s", st.Class)
		}
		foreigners(t, a, 2020, 300, 900, 1900, 2900)
		foreigners(t, a, 2025, 600, 1000, 2000, 3000)
		localProject(t, a, actor, "Zdravotní poradna", "CZ0422", "ZDR")
		if _, st := standing(t, a, "CZ0421", "ZDR"); st.Class != coverage.ClassNoData {
			t.Errorf("its sources are not loaded and it is %s", st.Class)
		}
		x := extent(func(x *atlas.SourceExtent) { x.From, x.To = 2014, 2027 })
		ok(t, a.SaveExtent(t.Context(), editor, x))
		row, st := standing(t, a, "CZ0421", "ZDR")
		if st.Class != coverage.ClassWhiteSpot || row.People.V != 600 || math.Abs(row.Growth.V-1) > 1e-12 {
			t.Errorf("%s with %v people, change %v", st.Class, row.People, row.Growth)
		}
		if math.Abs(st.Need.V-0.2/0.7) > 1e-12 || math.Abs(st.Supply.V-1.0/3) > 1e-12 || st.Need.Missing != 1 {
			t.Errorf("need %+v, supply %+v", st.Need, st.Supply)
		}
		// Acceptance example 8: a nationwide project of the area removes no white spot.
		p := mis(actor)
		p.RegNumber, p.TitleCs, p.To, p.Status = "", "Zdraví všude", atlas.Date{Year: 2026, Month: 12}, atlas.StatusRunning
		p.Areas = []atlas.AreaShare{{Code: "ZDR", Primary: true}}
		ok(t, a.SaveProject(t.Context(), editor, p))
		if _, st := standing(t, a, "CZ0421", "ZDR"); st.Class != coverage.ClassWhiteSpot {
			t.Errorf("with a nationwide project it is %s", st.Class)
		}
		localProject(t, a, actor, "Zdraví v Děčíně", "CZ0421", "ZDR")
		if _, st := standing(t, a, "CZ0421", "ZDR"); st.Class == coverage.ClassWhiteSpot {
			t.Error("with a local project it is still a white spot")
		}
		if _, st := standing(t, a, "CZ0511", "ZDR"); st.Class != coverage.ClassNoData {
			t.Errorf("an okres without a number is %s", st.Class)
		}
	})
}

func TestVerifiedNeedsWeighAndCountForWhatTheyLieIn(t *testing.T) {
	a := loaded(t, storetest.Open(t, storetest.SQLite(t)))
	foreigners(t, a, 2025, 600, 1000, 2000, 3000)
	withTowns(t, a)
	ok(t, a.SaveExtent(t.Context(), editor, extent(func(x *atlas.SourceExtent) { x.From, x.To = 2014, 2027 })))
	_, before := standing(t, a, "CZ0421", "ZDR")
	n := need(func(n *atlas.Need) {
		n.Territory, n.Area, n.Status, n.Severity = "CZ0421", "ZDR", atlas.NeedVerified, 4
	})
	ok(t, a.SaveNeed(t.Context(), editor, n))
	if _, after := standing(t, a, "CZ0421", "ZDR"); !(after.Need.V > before.Need.V) || after.Need.Missing != before.Need.Missing-1 {
		t.Errorf("need was %+v and is %+v", before.Need, after.Need)
	}
	s, err := a.Standings(t.Context(), app.CoverageAsked{Level: atlas.LevelDistrict})
	ok(t, err)
	ranked := s.Ranking(s.Items...)
	if len(ranked) != len(s.Rows)*len(s.Items) || ranked[0].Standing.Class != coverage.ClassWhiteSpot || ranked[0].Row.Code != "CZ0424" {
		t.Errorf("%d places, the first is %s, %s", len(ranked), ranked[0].Row.Code, ranked[0].Standing.Class)
	}
	for i, r := range ranked[1:] {
		if prev := ranked[i].Standing; prev.Class == r.Standing.Class && prev.Gap.Known && r.Standing.Gap.Known && prev.Gap.V < r.Standing.Gap.V {
			t.Fatalf("place %d has a larger gap than the one before", i+1)
		}
	}
	if !strings.HasPrefix(s.Dataset.Code, "csu") || s.Date.Year != 2025 {
		t.Errorf("people of %s on %s", s.Dataset.Code, s.Date)
	}
}
