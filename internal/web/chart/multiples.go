package chart

// Multiples are small pictures of one kind on one scale, so that they may be
// compared by eye.
type Multiples struct{ Panels []Lines }

// Pictures are the panels on the scale of the largest value among them.
func (m Multiples) Pictures() []Lines {
	most := 0.0
	for _, p := range m.Panels {
		_, high, _ := p.reach()
		most = max(most, high)
	}
	out := make([]Lines, len(m.Panels))
	for i, p := range m.Panels {
		p.Most, p.Small = most, true
		out[i] = p
	}
	return out
}

// PNG paints the panels into one file, each under its title.
func (m Multiples) PNG(plate Plate) ([]byte, error) {
	var pictures []Picture
	for _, p := range m.Pictures() {
		plate.Names = append(plate.Names, p.Title)
		pictures = append(pictures, p)
	}
	return PNG(plate, pictures...)
}
