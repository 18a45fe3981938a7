package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"atlas/internal/importer"
)

// goldTargets are the names that the volunteers chose among, in the order in
// which the product offers them; such as it does not have come first.
func goldTargets(files []goldFile) (out []string) {
	for _, f := range files {
		out = append(out, f.targets...)
	}
	slices.Sort(out)
	out = slices.DeleteFunc(slices.Compact(out), func(t string) bool { return t == "" })
	offered := importer.Targets()
	slices.SortStableFunc(out, func(a, b string) int {
		return slices.Index(offered, importer.Target(a)) - slices.Index(offered, importer.Target(b))
	})
	return out
}

// describe writes what the second reader is to choose among, in Markdown: each
// target with the words that the product shows for it and a sentence.
func describe(w io.Writer, targets []string) error {
	czech, err := words("cs.json")
	if err != nil {
		return err
	}
	english, err := words("en.json")
	if err != nil {
		return err
	}
	fmt.Fprint(w, `# What the columns of lists of projects can mean

Each row of the sheet is one column of a list of projects paid from European funds. It shows the file, the place of the column
in it (counted from 1), its header, up to eight different values from all over it (cut to 80 characters, parted by “ | ”), and
the headers of the other columns in their order. Write into “target” exactly one name of those below: what the column means in
its list, by its header, its values and its neighbours. Several columns of one list may have the same target. Please look at
nothing but the sheet and this text, and do not come back to an answer once the sheet is done.

`)
	meanings := meanings()
	for _, t := range targets {
		meaning, ok := meanings[importer.Target(t)]
		if !ok {
			return fmt.Errorf("the target %s is not described", t)
		}
		fmt.Fprintf(w, "- `%s` (%s / %s): %s\n", t, english["import.target."+t], czech["import.target."+t], meaning)
	}
	fmt.Fprintf(w, "- `%s`: The column means something, but none of the above.\n", none)
	_, err = fmt.Fprintf(w, "- `%s`: Header, values and neighbours do not say what the column means.\n", cannotTell)
	return err
}

// words are the messages of the product in one language.
func words(name string) (out map[string]string, err error) {
	text, err := fs.ReadFile(importer.Messages(), name)
	if err != nil {
		return nil, err
	}
	return out, json.Unmarshal(text, &out)
}

// meanings say in a sentence what a target is, for somebody who knows such lists
// but neither the product nor the volunteers.
func meanings() map[importer.Target]string {
	return map[importer.Target]string{
		importer.TargetName:           "What the project is called: its title, or the few words that stand for one.",
		importer.TargetNumber:         "The number or code by which the project is told from others.",
		importer.TargetDescription:    "A text about what the project is for or does, usually longer than a title.",
		importer.TargetStatus:         "How far the project is, such as approved, running, finished.",
		importer.TargetStart:          "When the project begins: a day, a month or a year.",
		importer.TargetEnd:            "When the project ends: a day, a month or a year.",
		importer.TargetApproved:       "When the project or its money was approved.",
		importer.TargetLastPaid:       "When the last payment to the project was made.",
		importer.TargetBeneficiary:    "The organisation, firm or person that carries the project out and receives the money.",
		importer.TargetPerson:         "A person who answers for the project on the side of the beneficiary.",
		importer.TargetURL:            "A web address of the beneficiary or of the project.",
		importer.TargetAddress:        "The address of the beneficiary, whole or the street of it.",
		importer.TargetPostcode:       "The postal code of the beneficiary or of the place of the project.",
		importer.TargetCity:           "The town or municipality of the beneficiary or of the place of the project.",
		importer.TargetCounty:         "The county or district, larger than a municipality and smaller than a region.",
		importer.TargetRegion:         "The region by its name.",
		importer.TargetNUTS:           "The region by its NUTS code.",
		importer.TargetCountry:        "The country, by its name or code.",
		importer.TargetAuthority:      "The authority that manages the programme or gives the money.",
		importer.TargetProgramme:      "The operational programme that the project belongs to.",
		importer.TargetProgrammeCode:  "The code of the operational programme in the European register of programmes (CCI).",
		importer.TargetProgrammeTitle: "The title of the operational programme that goes with its CCI code.",
		importer.TargetFund:           "Which European fund pays, such as ERDF, ESF, CF.",
		importer.TargetPriority:       "The priority of the programme under which the project is paid, in words.",
		importer.TargetPriorityNumber: "The priority of the programme under which the project is paid, as a number or code.",
		importer.TargetTheme:          "The thematic objective of the project, in words.",
		importer.TargetThemeCode:      "The thematic objective of the project, as a number or code.",
		importer.TargetTotal:          "The sum that the whole project costs.",
		importer.TargetEligible:       "The sum of the costs of the project that are eligible.",
		importer.TargetEUAmount:       "The sum that the European Union contributes to the project.",
		importer.TargetEUGranted:      "The sum of European money that the project is eligible for or was granted.",
		importer.TargetEUShare:        "The share of the European Union in the money, in per cent.",
		importer.TargetStateAmount:    "The sum from the state, its regions or other public money of the country.",
		importer.TargetOtherAmount:    "The sum from others: own, private or third parties' money.",
		importer.TargetSource:         "Where the record is taken from, such as an address of a web page.",
	}
}
