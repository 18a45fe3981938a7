package importer

import "math"

// look is a shape that few other columns have, and the target that at least a
// part of the values of that shape can say alone.
type look struct {
	shape  shape
	target Target
	least  float64
}

// tellingLooks are such shapes. Of organisations fewer names say what kind they are,
// and of descriptions not all are long.
func tellingLooks() []look {
	return []look{
		{shapeURL, TargetURL, 0.9}, {shapeEmail, TargetEmail, 0.9}, {shapeICO, TargetICO, 0.9},
		{shapeNumber, TargetNumber, 0.9}, {shapeCurrency, TargetCurrency, 0.9}, {shapeState, TargetCountry, 0.9},
		{shapeFund, TargetFund, 0.9}, {shapeProse, TargetDescription, 0.6}, {shapeBody, TargetBeneficiary, 0.6},
	}
}

// sureByLook is how sure values alone make a target: hardly.
const sureByLook = 0.55

// byValues guesses a column whose header says nothing: only values that look
// like one thing and nothing else count.
func (g *guess) byValues() {
	for _, l := range tellingLooks() {
		if share, _ := g.profile.share(l.shape); share >= l.least && g.profile.filled >= 3 {
			g.scores[l.target] = candidate{target: l.target, score: sureByLook, reason: because(ReasonValues, "share", int(math.Round(share*100)))}
		}
	}
}
