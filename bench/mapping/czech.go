package main

import (
	"os"
	"path/filepath"

	"atlas/internal/importer"
)

// czech measures the two real Czech lists, which the gold table has not, with
// expectations of our own.
func czech() *result {
	r := &result{part: "Czech lists, by our own expectation", byFile: map[string][]tally{}}
	folder, err := projects()
	if err != nil {
		return r
	}
	known := map[string]bool{}
	for _, t := range importer.Targets() {
		known[string(t)] = true
	}
	for name, columns := range czechColumns() {
		f := goldFile{name: name, lang: "cs"}
		if f.data, err = os.ReadFile(filepath.Join(folder, name)); err != nil {
			continue
		}
		for _, c := range columns {
			f.headers, f.targets = append(f.headers, c[0]), append(f.targets, c[1])
		}
		r.add(f, known)
	}
	return r
}

func czechColumns() map[string][][2]string {
	return map[string][][2]string{
		"cz_seznam_operaci_2014_2020_train70.csv": {
			{"Registrační číslo projektu", "project_id"}, {"Název projektu CZ", "project_name"}, {"Žadatel", "beneficiary_name"},
			{"Kód stavu", ""}, {"Název stavu", "project_status"}, {"Číslo výzvy", "call_number"}, {"Název výzvy", "call_name"},
			{"Operační program", "operational_programme"}, {"CZV projektu", "total_amount_eligible"}, {"Příspěvek EU", "eu_cofinancing_amount"},
		},
		"cz_integracni_projekty_z_webu_rucne.csv": {
			{"nazev", "project_name"}, {"realizator", "beneficiary_name"}, {"partneri", "partner_name"}, {"donor", "management_authority"},
			{"program", "operational_programme"}, {"uzemi", "beneficiary_city"}, {"od", "starting_date"}, {"do", "completion_date"},
			{"stav", "project_status"}, {"celkem_kc", "total_amount"}, {"cilova_skupina", "target_group"}, {"temata", "theme_name"},
			{"zdroj_url", "source"}, {"poznamka", "note"},
		},
	}
}
