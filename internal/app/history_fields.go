package app

import (
	"atlas"
)

// actorFields are all fields of an actor (6.4), as projectFields are of a
// project.
func actorFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("name", "Name"), one("name_en", "NameEn"), one("other_names", "OtherNames"), one("generic", "Generic"),
		one("type", "Type"), one("sector", "Sector"), one("parent", "Parent"), one("legal_form", "LegalForm"),
		one("country", "Country"), one("ico", "ICO"), one("foreign_id", "ForeignID"), one("dic", "DIC"), one("data_box", "DataBox"),
		one("seat", "Seat"), one("post", "Post"), one("billing", "Billing"), one("bank_account", "BankAccount"),
		one("email", "Email"), one("phone", "Phone"), one("web", "Web"),
		one("territories", "Territories"), one("areas", "Areas"), one("activities", "Activities"),
		one("target_legal", "TargetLegal"), one("languages", "Languages"), one("service_form", "ServiceForms"),
		one("capacity", "Capacity"), one("opening_hours", "OpeningHours"), one("price", "Price"),
		one("relations", "Relations"), one("sphere", "Sphere"), one("verified", "Verified"),
		one("sources", "Sources"), one("verbatim", "Verbatim"),
		one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// callFields are all fields of a call (6.16).
func callFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("title", "Title"), one("number", "Number"), one("year", "Year"), one("funder", "Funder"),
		one("programme", "Programme"), one("theme", "Theme"), one("description", "Description"),
		one("areas", "Areas"), one("applicants", "Applicants"),
		one("announced", "Announced"), one("open_from", "OpenFrom"), one("deadline", "Deadline", "DeadlineTime"),
		one("continuous", "Continuous"), one("cost_from", "CostFrom"), one("cost_to", "CostTo"),
		one("allocation", "Allocation"), one("min", "Min"), one("max", "Max"),
		one("support_pct", "SupportPct"), one("own_share", "OwnShare"), one("url", "URL"), one("checked", "Checked"),
		one("sources", "Sources"), one("verbatim", "Verbatim"),
		one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// extentFields are all fields of the extent of a source.
func extentFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("source", "Source"), one("publisher", "Publisher"), one("url", "URL"), one("programmes", "Programmes"),
		one("territories", "Territories"), one("from", "From"), one("to", "To"), one("state", "State"),
		one("checked_on", "CheckedOn"), one("batch", "Batch"), one("note", "Note"),
		one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// needFields are all fields of a need (6.14).
func needFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("title", "Title"), one("description", "Description"), one("kind", "Kind"), one("area", "Area"),
		one("territory", "Territory"), one("target_legal", "TargetLegal"), one("people", "People"), one("few", "Few"),
		one("severity", "Severity"), one("origin", "Origin"), one("reported", "Reported"), one("evidence", "Evidence"),
		one("status", "Status"), one("projects", "Projects"), one("calls", "Calls"), one("measures", "Measures"),
		one("sources", "Sources"), one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// reportFields are all fields of a regional report.
func reportFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("title", "Title"), one("lang", "Lang"), one("territory", "Territory"), one("from", "From"), one("to", "To"),
		one("texts", "Texts"), one("editions", "Editions"),
		one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// replicationFields are all fields of a replication (6.12).
func replicationFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("practice", "Practice"), one("via", "Via"), one("territory", "Territory"), one("place_text", "PlaceText"), one("country", "Country"),
		one("actor", "Actor"), one("project", "Project"), one("card", "Card"), one("kind", "Kind"), one("status", "Status"),
		one("segments", "Segments"), one("steps", "Steps"), one("answers", "Answers"), one("adapted", "Adapted"), one("result", "Result"),
		one("because", "Because"), one("from", "From"), one("until", "Until"), one("by_source", "BySource"), one("by_follower", "ByFollower"),
		one("sources", "Sources"), one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// rubricFields are all fields of a version of a rubric (8.2).
func rubricFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("title", "Title"), one("family", "Family"), one("number", "Number"), one("note", "Note"), one("owner", "Owner"),
		one("criteria", "Criteria"), one("scale", "Scale"), one("gates", "Gates"), one("bands", "Bands"), one("floor", "Floor"),
		one("evaluators", "Evaluators"), one("criterion_gap", "CriterionGap"), one("total_gap", "TotalGap"), one("mark", "Mark"),
		one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// roundFields are all fields of a round of evaluations.
func roundFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("title", "Title"), one("mode", "Mode"), one("rubric", "Rubric"), one("due", "Due"), one("calibration", "Calibration"), one("note", "Note"),
		one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// practiceFields are all fields of a card of good practice (6.11). Its contacts are no
// matter of history.
func practiceFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	return []projectField{
		one("title", "Title"), one("summary", "Summary"), one("country", "Country"), one("place_text", "PlaceText"), one("territories", "Territories"),
		one("implementers", "Implementers"), one("contacts", "Contacts"), one("from", "From"), one("to", "To"), one("ongoing", "Ongoing"), one("became_service", "BecameService"),
		one("pioneer", "Pioneer"), one("goal", "Goal"), one("subgoals", "Subgoals"), one("beneficiaries", "Beneficiaries"), one("areas", "Areas"),
		one("activities", "Activities"), one("target_legal", "TargetLegal"), one("situations", "Situations"), one("city_roles", "CityRoles"),
		one("projects", "Projects"), one("evaluations", "Evaluations"), one("stimulus", "Stimulus"), one("description", "Description"),
		one("milestones", "Milestones"), one("results", "Results"), one("services", "Services"), one("funding", "Funding"), one("staff", "Staff"),
		one("months", "Months"), one("yearly_cost", "YearlyCost"), one("files", "Files"), one("transferability", "Transferability"),
		one("segments", "Segments"), one("adaptation", "Adaptation"), one("advice", "Advice"), one("prerequisites", "Prerequisites"),
		one("needed", "Needed"), one("upscaling", "Upscaling"), one("barriers", "Barriers"), one("lessons", "Lessons"), one("evaluation", "Evaluation"),
		one("assessments", "Assessments"), one("awards", "Awards"), one("photos", "Photos"), one("videos", "Videos"), one("sources", "Sources"),
		one("status", "Status"), one("mark", "Marked", "Until", "Confirmed", "Lost", "LostOn", "Upscaled"),
		one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

// fieldsOf gives the fields of a record by what it is.
func fieldsOf(record any) []projectField {
	switch record.(type) {
	case *atlas.Project:
		return projectFields()
	case *atlas.Actor:
		return actorFields()
	case *atlas.Call:
		return callFields()
	case *atlas.SourceExtent:
		return extentFields()
	case *atlas.Need:
		return needFields()
	case *atlas.Practice:
		return practiceFields()
	case *atlas.Report:
		return reportFields()
	case *atlas.Replication:
		return replicationFields()
	case *atlas.Rubric:
		return rubricFields()
	case *atlas.Round:
		return roundFields()
	}
	return nil
}
