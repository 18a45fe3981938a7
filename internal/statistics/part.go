package statistics

import (
	"encoding/binary"
	"errors"

	"atlas"
)

// Kinds of parts. What a row says of a city district is also a part of its city.
const (
	partOwn   = 'a' // figures of the territory itself
	partCity  = 'b' // figures of a district of it, where the source may tell the city by districts only
	partSpoil = 'c' // a district of it could not be read, so districts do not make the city
)

// part is what one row says of one territory at one date.
type part struct {
	date      atlas.Date
	territory string
	kind      byte
	district  string // of partCity: which
	row       int
	since     string // extent of the territory, where the file tells it
	note      string
	figures   []atlas.Figure
}

// pack writes a part so that the bytes sort by date, territory, kind, district
// and row.
func (p *part) pack(to []byte) []byte {
	day := p.date.Last()
	to = binary.BigEndian.AppendUint32(to, uint32(day.Year*10000+day.Month*100+day.Day))
	to = append(append(to, p.territory...), 0, p.kind)
	to = append(append(to, p.district...), 0)
	to = binary.BigEndian.AppendUint32(to, uint32(p.row))
	precision := byte(3)
	if p.date.Month == 0 {
		precision = 1
	} else if p.date.Day == 0 {
		precision = 2
	}
	to = append(to, precision)
	for _, text := range []string{p.since, p.note} {
		to = append(binary.AppendUvarint(to, uint64(len(text))), text...)
	}
	return atlas.PackFigures(to, p.figures)
}

var errPart = errors.New("a part of a slice is damaged")

// unpack reads what pack wrote, reusing the room of the figures.
func (p *part) unpack(b []byte) error {
	if len(b) < 5 {
		return errPart
	}
	day := int(binary.BigEndian.Uint32(b))
	p.date = atlas.Date{Year: day / 10000, Month: day / 100 % 100, Day: day % 100}
	b = b[4:]
	ok := true
	p.territory, b, ok = untilZero(b, ok)
	if !ok || len(b) == 0 {
		return errPart
	}
	p.kind, b = b[0], b[1:]
	p.district, b, ok = untilZero(b, ok)
	if !ok || len(b) < 5 {
		return errPart
	}
	p.row = int(binary.BigEndian.Uint32(b))
	switch b[4] {
	case 1:
		p.date.Month, p.date.Day = 0, 0
	case 2:
		p.date.Day = 0
	}
	b = b[5:]
	for _, text := range []*string{&p.since, &p.note} {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return errPart
		}
		*text, b = string(b[size:size+int(n)]), b[size+int(n):]
	}
	var err error
	p.figures, err = atlas.UnpackFigures(p.figures[:0], b)
	return err
}

func untilZero(b []byte, ok bool) (string, []byte, bool) {
	for i, c := range b {
		if c == 0 {
			return string(b[:i]), b[i+1:], ok
		}
	}
	return "", nil, false
}

// take puts what a row says aside.
func (r *Reading) take(p *part) error {
	if p.kind == partOwn {
		r.counts.Rows++
	}
	r.parts.scratch = p.pack(r.parts.scratch[:0])
	return r.parts.add(r.parts.scratch)
}
