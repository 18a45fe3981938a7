package atlas

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// figuresFormat is the first byte of packed figures, so that another form can be
// told from this one.
const figuresFormat = 1

// What the head of a packed figure says: its sex in the lowest two bits, which
// attributes are other than those of the figure before, and its state.
const (
	packSex         = 3
	packCitizenship = 1 << 2
	packResidence   = 1 << 3
	packAge         = 1 << 4
	packState       = 5
)

const packedSexes = " mzx"

// PackFigures appends figures to bytes. Only what differs from the figure before
// is written, so eighteen figures of one row take some sixty bytes where JSON
// takes six hundred.
func PackFigures(to []byte, figures []Figure) []byte {
	to = append(to, figuresFormat)
	var last Category
	for _, f := range figures {
		c := f.Category
		head := byte(f.State) << packState
		if c.Sex != "" {
			head |= byte(max(0, strings.Index(packedSexes, c.Sex)))
		}
		if c.Citizenship != last.Citizenship {
			head |= packCitizenship
		}
		if c.Residence != last.Residence {
			head |= packResidence
		}
		if c.Age != last.Age {
			head |= packAge
		}
		to = append(to, head)
		if head&packCitizenship != 0 {
			to = append(append(to, byte(len(c.Citizenship))), c.Citizenship...)
		}
		if head&packResidence != 0 {
			to = append(append(to, byte(len(c.Residence))), c.Residence...)
		}
		if head&packAge != 0 {
			to = binary.AppendUvarint(binary.AppendUvarint(to, uint64(c.Age.From)), uint64(c.Age.Below))
		}
		if f.State == FigureKnown {
			to = binary.AppendVarint(to, f.Value)
		}
		last = c
	}
	return to
}

var errPacked = errors.New("packed figures are damaged")

// UnpackFigures reads what PackFigures wrote and appends it.
func UnpackFigures(to []Figure, packed []byte) ([]Figure, error) {
	if len(packed) == 0 || packed[0] != figuresFormat {
		return to, fmt.Errorf("%w: of no known form", errPacked)
	}
	r := unpacker{rest: packed[1:]}
	var c Category
	for len(r.rest) > 0 && r.err == nil {
		head := r.byte()
		c.Sex = strings.TrimSpace(packedSexes[head&packSex : head&packSex+1])
		if head&packCitizenship != 0 {
			c.Citizenship = r.text()
		}
		if head&packResidence != 0 {
			c.Residence = r.text()
		}
		if head&packAge != 0 {
			c.Age = Ages{int16(r.number(OpenAge)), int16(r.number(OpenAge))}
		}
		f := Figure{Category: c, State: FigureState(head >> packState)}
		if f.State > FigureSuppressed {
			r.err = errPacked
		}
		if f.State == FigureKnown {
			f.Value = r.value()
		}
		to = append(to, f)
	}
	return to, r.err
}

// unpacker reads from the beginning of rest until something is wrong.
type unpacker struct {
	rest []byte
	err  error
}

func (r *unpacker) byte() byte {
	if len(r.rest) == 0 {
		r.err = errPacked
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *unpacker) text() string {
	n := int(r.byte())
	if n > len(r.rest) {
		r.err, n = errPacked, 0
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

func (r *unpacker) number(most uint64) uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > most {
		r.err = errPacked
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *unpacker) value() int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.err = errPacked
		return 0
	}
	r.rest = r.rest[n:]
	return v
}
