package atlas_test

import (
	"strings"
	"testing"

	"atlas"
	"atlas/internal/rubric"
)

// TestWhatARubricMayNotBe says each rule by the place where it stands.
func TestWhatARubricMayNotBe(t *testing.T) {
	for _, x := range []struct {
		name       string
		change     func(*atlas.Rubric)
		field, key string
	}{
		{"weights of 99", func(r *atlas.Rubric) { r.Criteria[0].Weights.ExAnte-- }, "weights.ex-ante", "problem.weights_sum"},
		{"no weights", func(r *atlas.Rubric) {
			for i := range r.Criteria {
				r.Criteria[i].Weights = atlas.Weights{}
			}
		}, "weights", "problem.weights_none"},
		{"a criterion that no mode asks", func(r *atlas.Rubric) {
			r.Criteria = append(r.Criteria, atlas.Criterion{Code: "K14", Title: atlas.Words{Cs: "x"}})
		}, "criteria.13.weights", "problem.weights_unused"},
		{"a gap in the scale", func(r *atlas.Rubric) { r.Scale[2].Points = 5 }, "scale.2.points", "problem.scale_gap"},
		{"a scale of twelve steps", func(r *atlas.Rubric) {
			for i := 5; i < 12; i++ {
				r.Scale = append(r.Scale, atlas.Step{Points: i, Words: atlas.Words{Cs: "x"}})
			}
		}, "scale", "problem.scale_steps"},
		{"an anchor off the scale", func(r *atlas.Rubric) { r.Criteria[1].Anchors[2].Points = 5 }, "criteria.1.anchors.2.points", "problem.off_scale"},
		{"anchors out of order", func(r *atlas.Rubric) { r.Criteria[1].Anchors[1].Points = 0 }, "criteria.1.anchors.1.points", "problem.anchor_order"},
		{"bands that rise", func(r *atlas.Rubric) { r.Bands[1].From = 900 }, "bands.1.from", "problem.band_order"},
		{"a lowest band not from 0", func(r *atlas.Rubric) { r.Bands[4].From = 10 }, "bands.4.from", "problem.band_zero"},
		{"no bands", func(r *atlas.Rubric) { r.Bands = nil }, "bands", "problem.required"},
		{"a code twice", func(r *atlas.Rubric) { r.Criteria[1].Code = "K1" }, "criteria.1.code", "problem.repeated_code"},
		{"a code for no address", func(r *atlas.Rubric) { r.Family = "naše město/1" }, "family", "problem.rubric_code"},
		{"a rule of a criterion that is not there", func(r *atlas.Rubric) { r.Mark.All[0].Criterion = "K99" }, "mark.all.0.criterion", "problem.no_criterion"},
		{"a rule of points off the scale", func(r *atlas.Rubric) { r.Mark.OneOf[0].Points = 5 }, "mark.one_of.0.points", "problem.off_scale"},
		{"a mark that never ends", func(r *atlas.Rubric) { r.Mark.Valid = 0 }, "mark.valid", "problem.between"},
		{"no Czech title", func(r *atlas.Rubric) { r.Criteria[3].Title.Cs = "" }, "criteria.3.title.cs", "problem.required"},
		{"a question in English only", func(r *atlas.Rubric) { r.Criteria[3].Questions[0].Cs = "" }, "criteria.3.questions.0.cs", "problem.required"},
		{"a floor over 100", func(r *atlas.Rubric) { r.Floor = 101 }, "floor", "problem.between"},
		{"no evaluators", func(r *atlas.Rubric) { r.Evaluators = 0 }, "evaluators", "problem.between"},
		{"a panel of one", func(r *atlas.Rubric) { r.Evaluators = 1 }, "evaluators", "problem.between"}, // 8.2.5
		{"a novel", func(r *atlas.Rubric) { r.Note.En = strings.Repeat("x", 2001) }, "note", "problem.rubric_text"},
	} {
		r := rubric.Default()
		x.change(r)
		wrong := r.Problems(atlas.StagePublish)
		if len(wrong) != 1 || wrong[0].Field != x.field || wrong[0].Key != x.key {
			t.Errorf("%s: %+v", x.name, wrong)
		}
	}
}

func TestADraftOfARubricMayHaveWeightsThatDoNotAddUpYet(t *testing.T) {
	r := rubric.Default()
	r.Criteria[0].Weights.ExAnte = 3
	if wrong := r.Problems(atlas.StageSave); len(wrong) > 0 {
		t.Error(wrong)
	}
	if wrong := r.Problems(atlas.StagePublish); len(wrong) != 1 || wrong[0].Args["sum"] != 89 || wrong[0].Args["off"] != -11 {
		t.Error(wrong)
	}
}
