package atlas

// Tri is yes, no or not known. The zero value is not known.
type Tri string

// The three answers.
const (
	Unknown Tri = ""
	Yes     Tri = "ano"
	No      Tri = "ne"
)

// Count is a number of people with what was counted (CL-15): unique persons,
// contacts, participations. Without the kind numbers must not be compared
// (U-08). The zero Count is unknown.
type Count struct {
	Known bool
	N     int64
	Kind  string // CL-15
}

// Flag is a yes/no statement with its reason.
type Flag struct {
	State  Tri
	Reason string
}
