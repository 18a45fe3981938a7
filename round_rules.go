package atlas

// Problems checks a round of evaluations by itself; what it names is checked by the
// operation that saves it.
func (r *Round) Problems() []Problem {
	var ps problems
	ps.require(r.Title != "", "title")
	ps.require(r.Rubric != "", "rubric")
	switch {
	case r.Mode == "":
		ps.require(false, "mode")
	case !r.Mode.Known():
		ps.add("mode", "problem.mode")
	}
	for _, text := range []struct{ field, says string }{{"title", r.Title}, {"note", r.Note}} {
		if len([]rune(text.says)) > rubricText {
			ps.add(text.field, "problem.rubric_text", "limit", rubricText)
		}
	}
	return ps
}
