package wording

import (
	"testing"

	"atlas"
)

func TestACurrencyOfNoCostSaysNothing(t *testing.T) {
	none := Teller{Lang: "cs"}.Lines("total_cost", []any{atlas.Amount{}, "CZK"})
	if len(none) != 0 {
		t.Errorf("%q", none)
	}
	some := Teller{Lang: "cs"}.Lines("total_cost", []any{atlas.Amount{Minor: 100_00, State: atlas.AmountKnown}, "EUR"})
	if len(some) != 1 || some[0] != "100\u00a0EUR" && some[0] != "100\u00a0€" {
		t.Errorf("%q", some)
	}
}
