package atlas

import (
	"errors"
	"fmt"
)

// Kinds of errors. Callers check them by errors.Is; the web layer has one
// table from kind to page.
var (
	ErrNotFound  = errors.New("not found")
	ErrForbidden = errors.New("forbidden")
	// ErrConflict says that the record was changed by somebody else since it
	// was read, or that a unique value is taken.
	ErrConflict = errors.New("conflict")
)

// ConflictError says that a record was saved by somebody else meanwhile. It
// carries the versions, so that a person can see both and lose nothing.
type ConflictError struct {
	Kind, ID      string
	Read, Current int64 // the version the writer read, the version that stands now
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s %s: version %d was read, version %d stands now", e.Kind, e.ID, e.Read, e.Current)
}

// Is makes errors.Is(err, ErrConflict) true.
func (e *ConflictError) Is(target error) bool { return target == ErrConflict }

// Problem is one thing wrong with a record, said for people: the field it
// stands at, a key of the message catalogue and its arguments. It is
// translated at the edge, never here.
type Problem struct {
	Field string         // dotted place, for example "funding.2.amount_granted"
	Key   string         // message key, for example "problem.date_order"
	Args  map[string]any // arguments of the message
}

// InvalidError is a record refused because of what stands in it.
type InvalidError struct{ Problems []Problem }

func (e *InvalidError) Error() string {
	if len(e.Problems) == 0 {
		return "invalid"
	}
	p := e.Problems[0]
	return fmt.Sprintf("invalid: %s: %s (%d problems)", p.Field, p.Key, len(e.Problems))
}

// RedirectError says that the record was merged into another one, at whose
// address it lives on.
type RedirectError struct{ ID string }

func (e *RedirectError) Error() string { return "merged into " + e.ID }
