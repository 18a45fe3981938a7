package atlas

import (
	"strings"
	"time"
)

// Record statuses (CL-12) that rules speak of.
const (
	RecordDraft     = "KONCEPT"
	RecordReview    = "KE_KONTROLE"
	RecordPublished = "ZVEREJNENO"
	RecordReturned  = "VRACENO"
	RecordArchived  = "ARCHIV"
	RecordMerged    = "SLOUCENO"
)

// Meta is what every record carries (chapter 6, common fields).
type Meta struct {
	CreatedAt, UpdatedAt time.Time // UTC
	CreatedBy, UpdatedBy string    // who: an account, "import", "demo"; never an e-mail
	RecordStatus         string    // CL-12
	Version              int64     // grows by one with each write; 0 = not stored yet
	MergedInto           string    // where a merged record lives on
	// Sample marks invented content that must never be taken for a fact.
	Sample bool
}

// Public says whether anybody may read the record.
func (m Meta) Public() bool { return m.RecordStatus == RecordPublished }

// Subject is the record for permissions, as far as every record has it.
func (m Meta) Subject() Subject { return Subject{Status: m.RecordStatus, Author: m.CreatedBy} }

// Common is what every record carries, to be changed in place.
func (m *Meta) Common() *Meta { return m }

// Source (zdroj záznamu) says where a record's facts come from (R3-16). A
// record without a source cannot be published.
type Source struct {
	Kind     string // CL-14
	URL      string
	Accessed Date // when it was read
	Note     string
	// Where it came in, when it was imported; both empty otherwise.
	BatchID string
	File    string
	Row     int // row in that file, counted from 1 with the header; 0 = none
}

// Verbatim keeps a value that could not be understood, word for word, so that
// nothing a list said is lost.
type Verbatim struct{ Field, Value string }

// Kinds of records in changes, links and imports.
const (
	KindProject   = "project"
	KindActor     = "actor"
	KindCall      = "call"
	KindExtent    = "extent"
	KindNeed      = "need"
	KindTerritory = "territory"
	KindList      = "list"
	KindSpellings = "spellings"
	KindText      = "text"
	KindReport    = "report"

	KindRubric      = "rubric"
	KindRound       = "round"
	KindEvaluation  = "evaluation"
	KindSheet       = "sheet"
	KindPractice    = "practice"
	KindCollection  = "collection"
	KindReplication = "replication"
)

// Change (změna) is one write to one record: the line that the search index
// follows and that the history is made of.
type Change struct {
	Seq     int64 // grows in commit order over the whole database
	At      time.Time
	Kind    string // KindProject, …
	ID      string
	Version int64
	Action  string // ActionCreate, …
	By      string
	// Origin is a batch, "form", "demo"; of a merge the project merged away; of what
	// was written in the name of another organisation the mandate, "M-00001".
	Origin string
}

// Actions of a change.
const (
	ActionCreate = "create"
	ActionUpdate = "update"
	ActionDelete = "delete"
	ActionMerge  = "merge"
	ActionUndo   = "undo" // takes an import or a merge back
	// ActionRestore makes a record what it was at an older version, which is its
	// origin: "v3", by a mandate "M-00001 v3".
	ActionRestore = "restore"
)

// Mandate is the code of the mandate by which a change was written, "" when by
// none.
func (c Change) Mandate() string {
	if !strings.HasPrefix(c.Origin, "M-") {
		return ""
	}
	id, _, _ := strings.Cut(c.Origin, " ")
	return id
}

// Restored is the number of the version that a change restored, "" when none.
func (c Change) Restored() string {
	if c.Action != ActionRestore {
		return ""
	}
	return c.Origin[strings.LastIndex(c.Origin, "v")+1:]
}
