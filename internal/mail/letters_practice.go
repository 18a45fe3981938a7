package mail

// MarkFell tells editors that a card of good practice lost its mark, or the upscaling
// mark only, because what it rested on is gone.
type MarkFell struct {
	Record, Title string
	Why           string // "withdrawn", "project", "evaluators", "evidence", "rule", "none"
	About         string // the criterion that lost its evidence
	Upscaling     bool   // only the upscaling mark
	Link          string // page of the card
}

func (MarkFell) kind() string { return KindMark }

func (d MarkFell) write(p *pen) {
	title := line(d.Title, longTitle)
	p.head("title", line(d.Title, longName))
	if d.Upscaling {
		p.say("text.upscaling")
	} else {
		p.say("text")
	}
	p.say("why."+d.Why, "criterion", line(d.About, longName))
	p.fact("title", title)
	p.fact("record", line(d.Record, longName))
	p.button(d.Link)
	p.why("mark")
}
