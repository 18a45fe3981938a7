package projects

import (
	"slices"
	"strings"

	"atlas"
)

// keyCountKind says that a number of people lacks what was counted.
const keyCountKind = "projects.form.count_kind"

// onForm moves a problem of a record to the field of the form that holds the
// value: rules speak of records, people see fields.
func onForm(p atlas.Problem) atlas.Problem {
	if field, ok := strings.CutSuffix(p.Field, ".kind"); ok && strings.HasPrefix(field, "people_") {
		return atlas.Problem{Field: field, Key: keyCountKind}
	}
	p.Field = formField(p.Field)
	return p
}

// oneControl are the lists that one control of the form holds.
var oneControl = []string{"target_legal", "target_situation", "citizenships", "service_form", "follows"}

// renamed are the fields that have another name in the form.
var renamed = map[string]string{
	"evaluation_done.when": "evaluation_when", "evaluation_done.url": "evaluation_url",
	"upscaling_flag.reason": "upscaling_reason", "record_status": "",
}

func formField(field string) string {
	if name, ok := renamed[field]; ok {
		return name
	}
	parts := strings.Split(field, ".")
	last := parts[len(parts)-1]
	switch group := parts[0]; {
	case slices.Contains(oneControl, group):
		return group
	case group == "areas" && len(parts) == 2:
		return field + ".code"
	case group == "territories" && len(parts) == 2:
		return field + ".place"
	case group == "territories" && last == "territory", group == "indicators" && last == "name_cs":
		return strings.Join(parts[:2], ".") + map[string]string{"territories": ".place", "indicators": ".name"}[group]
	case group == "contacts" && len(parts) > 3:
		return strings.Join(parts[:3], ".")
	}
	return field
}
