package place

import (
	"cmp"
	"strings"

	"atlas"
)

// levelCode is a code in a system where it is unique only at its level.
type levelCode struct {
	level atlas.Level
	code  string
}

// addCodes notes what other systems call a territory. RÚIAN numbers of okresy
// and ORP are the ČSÚ numbers of other ORP, so only ByCodeAt and ByRUIAN take
// them; so it is with 19, the country for ČSÚ, because it is Praha in RÚIAN.
func (g *Gazetteer) addCodes(i int32, t atlas.Territory) {
	if t.Level != atlas.LevelCountry {
		add(g.byOther, t.CSU, i)
	}
	if t.Level == atlas.LevelRegion {
		add(g.byOther, t.RUIAN, i)
	}
	if t.CSU != "" {
		g.byCSU[levelCode{t.Level, t.CSU}] = i
	}
	if t.RUIAN != "" {
		g.byRUIAN[levelCode{t.Level, t.RUIAN}] = i
	}
}

// ByAnyCode finds a territory by its own code, the ČSÚ number of a kraj or
// okres, the RÚIAN number of a kraj or an old LAU code (9.4). A code that is
// one thing in one system and another in another is refused: 3107 is the ORP
// Milevsko and Kraj Vysočina. Where the level is known, use ByCodeAt.
func (g *Gazetteer) ByAnyCode(code string) (atlas.Territory, bool) {
	code = cleanCode(code)
	own, ok := g.byCode[code]
	others := g.byOther[code]
	switch {
	case ok && (len(others) == 0 || len(others) == 1 && others[0] == own):
		return g.all[own], true
	case !ok && len(others) == 1:
		return g.all[others[0]], true
	case !ok && len(others) == 0:
		return g.Get(currentLAU(code))
	}
	return atlas.Territory{}, false
}

// ByCodeAt finds a territory of one level by its code in any system. It refuses
// a number that two systems give to two territories of the level.
func (g *Gazetteer) ByCodeAt(level atlas.Level, code string) (atlas.Territory, bool) {
	code = cleanCode(code)
	found := map[int32]bool{}
	for _, own := range []string{code, currentLAU(code)} {
		if i, ok := g.byCode[own]; ok && g.all[i].Level == level {
			found[i] = true
		}
	}
	for _, system := range []map[levelCode]int32{g.byCSU, g.byRUIAN} {
		if i, ok := system[levelCode{level, code}]; ok {
			found[i] = true
		}
	}
	for i := range found {
		return g.all[i], len(found) == 1
	}
	return atlas.Territory{}, false
}

// ByRUIAN finds a territory of one level by its RÚIAN number. Municipalities
// and městské části have no other.
func (g *Gazetteer) ByRUIAN(level atlas.Level, code string) (atlas.Territory, bool) {
	if i, ok := g.byRUIAN[levelCode{level, code}]; ok {
		return g.all[i], true
	}
	t, ok := g.Get(code)
	if !ok || t.Level != level || !isLocal(t) {
		return atlas.Territory{}, false
	}
	return t, true
}

func cleanCode(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// currentLAU gives the code that replaced an old one of NUTS 3 or LAU 1 (9.4):
// CZ021x became CZ020x and so on. A code that is not old comes back as it is.
// In Středočeský kraj, which has twelve districts, the last sign runs 1 to C
// both before and after.
func currentLAU(code string) string {
	for old, now := range map[string]string{"CZ021": "CZ020", "CZ061": "CZ063", "CZ062": "CZ064", "CZ081": "CZ080"} {
		if rest, ok := strings.CutPrefix(code, old); ok && len(rest) <= 1 {
			return now + rest
		}
	}
	return code
}

// compareCodes orders codes: shorter before longer, then by their signs, so
// that numbers stand in their order.
func compareCodes(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
