package atlas_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/reference"
)

// words is a text of n words.
func words(n int) string { return strings.TrimSpace(strings.Repeat("slovo ", n)) }

// card is a card with all that 6.11 requires.
func card() *atlas.Practice {
	return &atlas.Practice{
		Title: "Integrace cizinců na úrovni samosprávy", Territories: []string{"CZ0323"}, Country: "CZ", Implementers: []string{"A-00001"},
		Contacts: []atlas.Person{{Organisation: "Magistrát města Plzně", Public: true}}, From: atlas.Date{Year: 2005}, Ongoing: true,
		Summary: words(80), Goal: "Zefektivnit integraci", Beneficiaries: "Cizinci žijící nebo pracující ve městě", Areas: []string{"JAZ"},
		Description: "Kontaktní centrum", Results: "Vyškolení lektoři", Transferability: "CELEK", Lessons: "Úspěch",
		Barriers: []atlas.Barrier{{Code: "DLOUHO", Text: "Běh na dlouhou trať"}},
		Photos:   []atlas.Photo{{URL: "https://upload.wikimedia.org/radnice.jpg", Alt: "Radnice", Source: "Wikimedia Commons", Licence: "CC-BY-4.0"}},
		Sources:  []atlas.Source{{Kind: "WEB", URL: "https://example.cz", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 1}}},
	}
}

func fieldsOf(all []atlas.Problem) []string {
	var out []string
	for _, p := range all {
		out = append(out, p.Field)
	}
	return out
}

func TestACardIsRefusedForPublicationWithoutWhatMakesItACard(t *testing.T) { // acceptance example 17; 6.11; R4-12, R4-13, R4-16, R4-24
	ls := atlas.NewLists(reference.Lists())
	if wrong := card().Problems(ls, atlas.StagePublish, 2026); len(wrong) > 0 {
		t.Fatalf("a whole card: %v", wrong)
	}
	for field, take := range map[string]func(*atlas.Practice){
		"transferability":  func(p *atlas.Practice) { p.Transferability = "" },
		"barriers":         func(p *atlas.Practice) { p.Barriers = nil },
		"photos.0.source":  func(p *atlas.Practice) { p.Photos[0].Source = "" },
		"photos.0.licence": func(p *atlas.Practice) { p.Photos[0].Licence = "" },
		"photos.0.alt":     func(p *atlas.Practice) { p.Photos[0].Alt = "" },
		"territories":      func(p *atlas.Practice) { p.Territories = nil },
		"country":          func(p *atlas.Practice) { p.Country = "" },
		"implementers":     func(p *atlas.Practice) { p.Implementers = nil },
		"contacts":         func(p *atlas.Practice) { p.Contacts = nil },
		"from":             func(p *atlas.Practice) { p.From = atlas.Date{} },
		"to":               func(p *atlas.Practice) { p.Ongoing = false },
		"summary":          func(p *atlas.Practice) { p.Summary = "" },
		"goal":             func(p *atlas.Practice) { p.Goal = "" },
		"beneficiaries":    func(p *atlas.Practice) { p.Beneficiaries = "" },
		"areas":            func(p *atlas.Practice) { p.Areas = nil },
		"description":      func(p *atlas.Practice) { p.Description = "" },
		"results":          func(p *atlas.Practice) { p.Results = "" },
		"lessons":          func(p *atlas.Practice) { p.Lessons = "" },
		"sources":          func(p *atlas.Practice) { p.Sources = nil },
	} {
		p := card()
		take(p)
		if got := fieldsOf(p.Problems(ls, atlas.StagePublish, 2026)); !slices.Equal(got, []string{field}) {
			t.Errorf("without %s: refused for %v", field, got)
		}
		if got := p.Problems(ls, atlas.StageSave, 2026); len(got) > 0 {
			t.Errorf("a draft without %s is refused: %v", field, got)
		}
	}
	p := card()
	p.Transferability, p.Segments = "", []atlas.Segment{{Name: "Kontaktní centrum", Transferable: atlas.Yes}}
	if wrong := p.Problems(ls, atlas.StagePublish, 2026); len(wrong) > 0 {
		t.Errorf("one segment is transferability enough: %v", wrong)
	}
}

func TestACardFromAbroadSaysItsCountryItsPlaceAndWhatWouldBeNeededHere(t *testing.T) { // R3-17
	ls := atlas.NewLists(reference.Lists())
	p := card()
	p.Country, p.Territories = "AT", nil
	if got := fieldsOf(p.Problems(ls, atlas.StagePublish, 2026)); !slices.Equal(got, []string{"territories", "needed"}) {
		t.Errorf("without both: %v", got)
	}
	p.PlaceText, p.Needed = "Vídeň", "Úvazek koordinátora a jazykové poukázky"
	if got := p.Problems(ls, atlas.StagePublish, 2026); len(got) > 0 {
		t.Error(got)
	}
	p.Territories = []string{"CZ0323"}
	if got := fieldsOf(p.Problems(ls, atlas.StageSave, 2026)); !slices.Contains(got, "territories") {
		t.Errorf("a Czech territory of a foreign card: %v", got)
	}
}

func TestLengthsOfTheTemplateWarnAndNeverRefuse(t *testing.T) { // 4.7, 6.11
	ls := atlas.NewLists(reference.Lists())
	for n, warned := range map[int]bool{1: true, 74: true, 75: false, 100: false, 101: true} {
		p := card()
		p.Summary = words(n)
		if got := slices.Contains(fieldsOf(p.Warnings()), "summary"); got != warned {
			t.Errorf("%d words of summary: warned %v", n, got)
		}
		if wrong := p.Problems(ls, atlas.StagePublish, 2026); len(wrong) > 0 {
			t.Errorf("%d words of summary refuse: %v", n, wrong)
		}
	}
	for n, warned := range map[int]bool{15: false, 16: true} {
		p := card()
		p.Title = words(n)
		if got := slices.Contains(fieldsOf(p.Warnings()), "title"); got != warned {
			t.Errorf("%d words of title: warned %v", n, got)
		}
	}
	if n := atlas.WordCount("Plzeň – město  na\nřece"); n != 4 {
		t.Errorf("counted %d words", n)
	}
}

func TestNoTextOfACardHoldsDataOfAPerson(t *testing.T) {
	ls := atlas.NewLists(reference.Lists())
	for field, write := range map[string]func(*atlas.Practice){
		"description": func(p *atlas.Practice) { p.Description = "Volejte 603 111 222" },
		"lessons":     func(p *atlas.Practice) { p.Lessons = "jana@mesto.example" },
		"assessments.0.text": func(p *atlas.Practice) {
			p.Assessments = []atlas.Opinion{{Of: atlas.OpinionForeigners, Text: "r. č. 855231/1234"}}
		},
		"barriers.0.text":   func(p *atlas.Practice) { p.Barriers[0].Text = "+420 603 111 222" },
		"milestones.0.text": func(p *atlas.Practice) { p.Milestones = []atlas.Milestone{{Text: "jana@mesto.example"}} },
		"segments.0.adaptation": func(p *atlas.Practice) {
			p.Segments = []atlas.Segment{{Name: "Kurzy", Adaptation: "jana@mesto.example"}}
		},
		"videos.0.transcript": func(p *atlas.Practice) {
			p.Videos = []atlas.Video{{URL: "https://youtu.be/abc", Transcript: "jana@mesto.example"}}
		},
		"prerequisites.0.text": func(p *atlas.Practice) {
			p.Prerequisites = []atlas.Prerequisite{{Kind: atlas.NeedsStaff, Text: "jana@mesto.example"}}
		},
		"advice": func(p *atlas.Practice) { p.Advice = []string{"Seznamte se", "jana@mesto.example"} },
	} {
		p := card()
		write(p)
		if got := fieldsOf(p.Problems(ls, atlas.StageSave, 2026)); !slices.Equal(got, []string{field}) {
			t.Errorf("%s: %v", field, got)
		}
	}
}

func TestAVideoLinkLeadsToAVideo(t *testing.T) { // R2-13…15
	for address, is := range map[string]bool{
		"https://www.youtube.com/watch?v=abc123":             true,
		"https://m.youtube.com/watch?v=abc123&t=1":           true,
		"https://youtu.be/abc123":                            true,
		"https://www.youtube.com/embed/abc123":               true,
		"https://vimeo.com/123456":                           true,
		"https://player.vimeo.com/video/123456":              true,
		"https://mesto.example/video/plzen.MP4":              true,
		"https://mesto.example/a.webm?x=1":                   true,
		"https://tube.example/w/aBcDeFgHiJkLmNoPqRsTuV":      true,
		"https://www.youtube.com/":                           false,
		"https://www.youtube.com/@mesto":                     false,
		"https://www.youtube.com/results?search_query=plzen": false,
		"https://vimeo.com/":                                 false,
		"https://mesto.example/aktuality":                    false,
		"https://mesto.example/foto.jpg":                     false,
		"https://evil.example/youtube.com/watch?v=abc":       false,
		"https://youtube.com.evil.example/watch?v=a":         false,
		"javascript:alert(1)//a.mp4":                         false,
		"ftp://mesto.example/a.mp4":                          false,
		"a.mp4":                                              false,
		"":                                                   false,
	} {
		if got := atlas.VideoAddress(address); got != is {
			t.Errorf("%s: %v", address, got)
		}
	}
	p := card()
	p.Videos = []atlas.Video{{URL: "https://mesto.example/aktuality", Title: "Video", Speaker: "Jana Nová"}}
	wrong := p.Problems(atlas.NewLists(reference.Lists()), atlas.StageSave, 2026)
	if len(wrong) != 1 || wrong[0].Key != "problem.video" || wrong[0].Field != "videos.0.url" {
		t.Errorf("a link that is no video: %v", wrong)
	}
}

func TestAMarkHoldsOrLapsedOrWasNeverGiven(t *testing.T) { // 8.2.7
	day := rapid.Custom(func(t *rapid.T) atlas.Date {
		return atlas.Date{Year: rapid.IntRange(2020, 2030).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "day")}
	})
	rapid.Check(t, func(t *rapid.T) {
		p, on := card(), day.Draw(t, "on")
		if p.Holds(on) || p.Lapsed(on) {
			t.Fatal("a mark that was never given")
		}
		p.Marked, p.Until = day.Draw(t, "marked"), day.Draw(t, "until")
		if p.Holds(on) == p.Lapsed(on) {
			t.Fatal("a mark given neither holds nor lapsed, or both")
		}
		if p.Holds(on) != (p.Until.Compare(on) >= 0) {
			t.Fatalf("until %s, on %s: holds %v", p.Until, on, p.Holds(on))
		}
		p.LostOn = day.Draw(t, "lost")
		if p.Holds(on) {
			t.Fatal("a mark that fell holds")
		}
	})
}

func TestNumbersAndTitlesOfACardAreOnesThatPeopleMean(t *testing.T) {
	for field, change := range map[string]func(*atlas.Practice){
		"title":  func(p *atlas.Practice) { p.Title = strings.Repeat("ě", 301) },
		"months": func(p *atlas.Practice) { p.Months = 999_999_999 },
	} {
		p := &atlas.Practice{Title: "Poradna"}
		change(p)
		wrong := p.Problems(atlas.NewLists(nil), atlas.StageSave, 2026)
		if !slices.ContainsFunc(wrong, func(x atlas.Problem) bool { return x.Field == field }) {
			t.Errorf("%s: %v", field, wrong)
		}
	}
	p := &atlas.Practice{Title: strings.Repeat("ě", 300), Months: 240}
	for _, x := range p.Problems(atlas.NewLists(nil), atlas.StageSave, 2026) {
		if x.Field == "title" || x.Field == "months" {
			t.Errorf("refused at the limit: %v", x)
		}
	}
}
