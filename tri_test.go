package atlas

import "testing"

func TestTheZeroValueOfEveryAnswerIsNotKnown(t *testing.T) {
	var (
		a Amount
		d Date
		p Percent
		c Count
		x Tri
	)
	if a.Known() || d.Known() || p.Known || c.Known || x != Unknown {
		t.Error("a zero value claims to be known")
	}
	if a.String() != "" || d.String() != "" || p.String() != "" {
		t.Error("a zero value has a text")
	}
}
