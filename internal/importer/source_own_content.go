package importer

import (
	"slices"
	"strconv"
	"strings"

	"atlas"
)

// ownPlaces reads the codes of places, and their shares from the words beside.
// Where one of them is not known here, no shares are: they would not make 100.
func (m *mapping) ownPlaces() {
	p := &m.draft.Project
	words, whole := m.ownValues("territories"), true
	for i, code := range m.ownValues("territories_code") {
		if _, ok := m.Places.Get(code); !ok {
			m.problem(m.ownColumn("territories_code"), "place_unknown", "place", code)
			m.keepValue(m.ownColumn("territories_code"), code)
			whole = false
			continue
		}
		place := atlas.Place{Territory: code}
		if i < len(words) {
			_, share, _ := strings.Cut(words[i], ", %: ")
			place.Share, _ = readPercent(share)
		}
		p.Territories = append(p.Territories, place)
	}
	shared := slices.ContainsFunc(p.Territories, func(q atlas.Place) bool { return q.Share.Known })
	if whole || !shared {
		return
	}
	m.keep(m.ownColumn("territories"))
	for i := range p.Territories {
		p.Territories[i].Share = atlas.Percent{}
	}
}

// ownContent reads what a project does and for whom.
func (m *mapping) ownContent() {
	p := &m.draft.Project
	m.ownAreas()
	p.TargetLegal, p.TargetSituation = m.ownCodes("target_legal_code", atlas.ListTargetLegal), m.ownCodes("target_situation_code", atlas.ListTargetSituation)
	p.Citizenships, p.ServiceForms = m.ownCodes("citizenships_code", atlas.ListCountry), m.ownCodes("service_form_code", atlas.ListServiceForm)
	p.PriceForClient = m.ownCode("price_for_client_code", atlas.ListPrice)
	p.PeoplePlanned, p.PeopleReached = m.ownCount("people_planned"), m.ownCount("people_reached")
	m.ownWords("activities", atlas.ListActivity, func(code, text string) {
		p.Activities = append(p.Activities, atlas.Activity{Code: code, Text: text})
	})
	m.ownWords("barriers", atlas.ListBarrier, func(code, text string) {
		p.Barriers = append(p.Barriers, atlas.Barrier{Code: code, Text: text})
	})
}

// ownWords reads codes with words of their own; a value with a code that the
// list does not have is kept whole.
func (m *mapping) ownWords(key, list string, add func(code, text string)) {
	all, ok := m.ownWorded(key, list)
	kept := m.ownValues(key)
	if len(kept) == 0 {
		kept = m.ownValues(key + "_code")
	}
	if !ok {
		m.lost(m.ownColumn(key), "not_coded")
		return
	}
	for i, w := range all {
		if !w.known {
			m.unread(key, kept[i])
			continue
		}
		add(w.code, w.text)
	}
}

// ownAreas reads areas, which of them is the primary one, and their shares. They
// hold together: where one is not understood, all stay in words.
func (m *mapping) ownAreas() {
	all, ok := m.ownWorded("areas", atlas.ListArea)
	var areas []atlas.AreaShare
	primary := 0
	for _, w := range all {
		area, understood := ownArea(w)
		ok = ok && understood
		areas = append(areas, area)
		if area.Primary {
			primary++
		}
	}
	if !ok || len(areas) > 0 && primary != 1 {
		m.lost(m.ownColumn("areas"), "not_coded")
		m.keep(m.ownColumn("areas_code"))
		return
	}
	m.draft.Project.Areas = areas
}

// ownArea reads "hlavní, %: 60.00".
func ownArea(w worded) (atlas.AreaShare, bool) {
	area := atlas.AreaShare{Code: w.code}
	if w.text == "" {
		return area, w.known
	}
	for _, part := range strings.Split(w.text, ", ") {
		share, isShare := strings.CutPrefix(part, "%: ")
		switch {
		case isShare && !area.Share.Known:
			area.Share, isShare = readPercent(share)
			if !isShare {
				return area, false
			}
		case (part == "hlavní" || part == "primary") && !area.Primary:
			area.Primary = true
		default:
			return area, false
		}
	}
	return area, w.known && w.code != ""
}

// ownCount reads a number of people with what was counted, without which it says
// nothing.
func (m *mapping) ownCount(key string) atlas.Count {
	text, kind := m.own(key), m.own(key+"_kind")
	if text == "" && kind == "" {
		return atlas.Count{}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	code := m.ownWord(atlas.ListCountKind, kind)
	if text != "" && (err != nil || n < 0) || code == "" {
		m.lost(m.ownColumn(key), "not_coded")
		m.keep(m.ownColumn(key + "_kind"))
		return atlas.Count{}
	}
	return atlas.Count{Known: text != "", N: n, Kind: code}
}

// ownTransfer reads whether a project is new, can be done elsewhere and on a
// larger scale.
func (m *mapping) ownTransfer() {
	p := &m.draft.Project
	p.Innovation = atlas.Flag{State: m.ownTri("innovation_flag"), Reason: m.own("innovation_reason")}
	p.Upscaling = atlas.Flag{State: m.ownTri("upscaling_flag"), Reason: m.own("upscaling_reason")}
	p.Transfer = m.ownCode("transfer_flag_code", atlas.ListTransfer)
}

// ownEvaluation reads the evaluation and the documents that a project goes with.
func (m *mapping) ownEvaluation() {
	p := &m.draft.Project
	when, err := atlas.ParseDate(m.own("evaluation_when"))
	if err != nil {
		m.lost(m.ownColumn("evaluation_when"), "date")
	}
	p.Evaluated = atlas.EvaluationDone{
		State: m.ownTri("evaluation_done"), When: when, Method: m.own("evaluation_method"), Who: m.own("evaluation_who"), URL: m.ownAddress("evaluation_url"),
	}
	p.Measures, p.GoodPractice = m.ownReferences("measures"), m.ownReferences("good_practice")
}

// ownReferences reads "Title, https://…".
func (m *mapping) ownReferences(key string) []atlas.Reference {
	var out []atlas.Reference
	for _, text := range m.ownValues(key) {
		r := atlas.Reference{Title: text}
		at := strings.LastIndex(text, ", ")
		switch {
		case isAddress(text):
			r = atlas.Reference{URL: text}
		case at >= 0 && isAddress(text[at+2:]):
			r = atlas.Reference{Title: text[:at], URL: text[at+2:]}
		}
		out = append(out, r)
	}
	return out
}
