package reference

import "atlas"

// Lists of bands that search offers as facets.
const (
	ListAmountBand = "ATL-CASTKA" // pásma částek
	ListPeopleBand = "ATL-OSOBY"  // pásma počtu osob
)

// ListInflation has the average rate of inflation of each year: its code is the
// year, its name "2024: 2,4 %". Years are added in the administration.
const ListInflation = "ATL-INFLACE"

// bandUnknown is the band of what is not known, in both lists.
const bandUnknown = "NEZN"

type band struct {
	most int64 // highest value that still belongs to the band
	code string
}

// AmountBand gives the band (ATL-CASTKA) of an amount in crowns. Bands have no
// gaps: 100 000.00 Kč is in the first, 100 000.01 Kč in the second.
func AmountBand(a atlas.Amount) string {
	if !a.Known() {
		return bandUnknown
	}
	const thousand, million = 1_000 * 100, 1_000_000 * 100 // in haléře
	return pick(a.Minor, "NAD-20M",
		band{100 * thousand, "DO-100T"}, band{500 * thousand, "DO-500T"}, band{million, "DO-1M"},
		band{5 * million, "DO-5M"}, band{20 * million, "DO-20M"})
}

// PeopleBand gives the band (ATL-OSOBY) of a number of people.
func PeopleBand(c atlas.Count) string {
	if !c.Known {
		return bandUnknown
	}
	return pick(int64(c.N), "NAD-5000",
		band{50, "DO-50"}, band{200, "DO-200"}, band{1_000, "DO-1000"}, band{5_000, "DO-5000"})
}

func pick(v int64, above string, bands ...band) string {
	for _, b := range bands {
		if v <= b.most {
			return b.code
		}
	}
	return above
}
