package atlas

import "time"

// Batch (dávka) is one import of one file: applied whole or not at all.
type Batch struct {
	ID                                   string // "D-00001"
	File                                 string // name of the file as it came
	SHA256                               string
	Source                               string // importer that understood it: "dotaceeu-2014", "360giving", "rucne"
	URL                                  string // where the file was got, if said
	Accessed                             Date
	By                                   string
	AppliedAt                            time.Time
	Rows                                 int // rows of data read
	Created, Updated, Unchanged, Skipped int
	Problems                             int       // problems found, all kept with their rows
	UndoneAt                             time.Time // when the whole batch was taken back; zero = it stands
	UndoneBy                             string
}

// Undone says whether the batch was taken back.
func (b *Batch) Undone() bool { return !b.UndoneAt.IsZero() }

// BatchRow keeps one row of the file word for word, what became of it and what
// was wrong with it.
type BatchRow struct {
	BatchID  string
	Row      int
	RecordID string // "" when no record came of it
	Outcome  string // OutcomeCreate, …
	Raw      map[string]string
	Problems []RowProblem
}

// RowProblem is one thing wrong in one cell, with the value as it stands there.
type RowProblem struct {
	Row    int
	Column string
	Value  string
	Key    string // message key; the message gives the reason and an example
	Args   map[string]any
}

// Outcomes of a row.
const (
	OutcomeCreate    = "create"
	OutcomeUpdate    = "update"
	OutcomeUnchanged = "unchanged"
	OutcomeSkip      = "skip"      // a repeated row, a row of totals
	OutcomeSuspect   = "duplicate" // suspected duplicate (8.9); created and marked
	OutcomeError     = "error"
)
