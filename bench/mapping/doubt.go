package main

import (
	"fmt"
	"strings"
)

// elsewhere are the targets that the volunteers gave to a header, by file.
type elsewhere map[string]map[string]string

func labelsElsewhere(files []goldFile) elsewhere {
	out := elsewhere{}
	for _, f := range files {
		for i, h := range f.headers {
			if out[key(h)] == nil {
				out[key(h)] = map[string]string{}
			}
			out[key(h)][f.name] = f.targets[i]
		}
	}
	return out
}

// agreement is how often the volunteers gave the same target to the same header
// in two files, by the mean over columns of which another file has the header.
func (e elsewhere) agreement(files []goldFile) (share float64, columns int) {
	for _, f := range files {
		for i, h := range f.headers {
			same, others := 0.0, 0.0
			for file, target := range e[key(h)] {
				if file != f.name && target != "" && f.targets[i] != "" {
					others++
					if target == f.targets[i] {
						same++
					}
				}
			}
			if others > 0 {
				share, columns = share+same/others, columns+1
			}
		}
	}
	return share / max(1, float64(columns)), columns
}

// doubt says why the label of a column that was missed looks wrong: one of ours
// by looking, or that the volunteers gave the same header in more other files
// the target that is proposed here; "" when nothing speaks against the label.
func (e elsewhere) doubt(f goldFile, column int, have string) string {
	h, want := f.headers[column], f.targets[column]
	for _, d := range doubts() {
		if strings.Contains(f.name, d[0]) && strings.HasPrefix(key(h), key(d[1])) {
			return d[2]
		}
	}
	same, other := 0, 0
	for file, target := range e[key(h)] {
		switch {
		case file == f.name:
		case target == want:
			same++
		case target == have && have != "":
			other++
		}
	}
	if other > same {
		return fmt.Sprintf("the same header is %s in %d other files, %s in %d", have, other, want, same)
	}
	return ""
}

// doubts are labels of the files for tuning that we looked at and do not
// believe: part of the file's name, the beginning of the header, why.
func doubts() [][3]string {
	return [][3]string{
		{"DE7.hessen/ESF 2014-2020", "Postleitzahl", "the values are towns (Riedstadt, Langen, Wetzlar)"},
		{"Vorhabensliste_IWB_EFRE", "Regionalcode", "the values are municipalities (60660 - Dobl-Zwaring)"},
		{"HU.hungary", "Beruházás helye (megye)", "megye is a county, and the city has a column of its own"},
		{"HU.hungary", "Pályázati kiírás", "the words are “name of the call”"},
		{"HU.hungary", "Támogatás pontszáma", "the words are “points of the grant”, a score"},
		{"HU.hungary", "Megítélt összeg", "the same column of a later list of this state is total_amount_eligible"},
		{"Region_Wallone", "autorité_publique", "the words are “public authority”"},
		{"DK.denmark", "cvr", "CVR is the number of a company, not of a project"},
		{"ERDF_Bayern_2014_2020", "Interventionsbereich", "the values are words (001 - Allgemeine produktive Investitionen)"},
		{"ERDF_Bayern_2014_2020", "Thematisches Ziel", "the values are words (03 - Stärkung der Wettbewerbsfähigkeit)"},
		{"Brandenburg 2014-2020.json", "Bezeichnung der Interventionskategorie", "the values are numbers alone (117)"},
		{"Liste_der_Vorhaben_ESF_14_MV", "Interventionskategorie", "the values are numbers alone (104.0)"},
		{"ESF-and-ERDF-Scotland", "Theme", "the word is “theme”"},
		{"ESF_Northern_Ireland", "Category of Intervention", "categories of intervention are priority_label in all other lists"},
	}
}
