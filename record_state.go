package atlas

import "slices"

// mover is who may move a record from one status to another.
type mover uint8

const (
	moverPublisher mover = iota // who may publish
	moverWriter                 // who may edit the record as it stands
	moverAuthor                 // who wrote it first
)

// moves are the ways from one record status to another (CL-12) and, beside those
// who may publish, who may take them. "" is a record that is not stored yet. Into
// and out of RecordMerged leads only merging.
var moves = map[string]map[string]mover{
	"":              {RecordDraft: moverWriter, RecordReview: moverWriter, RecordPublished: moverPublisher, RecordReturned: moverPublisher, RecordArchived: moverPublisher},
	RecordDraft:     {RecordReview: moverWriter, RecordPublished: moverPublisher, RecordArchived: moverPublisher},
	RecordReview:    {RecordPublished: moverPublisher, RecordReturned: moverPublisher, RecordDraft: moverAuthor, RecordArchived: moverPublisher},
	RecordReturned:  {RecordReview: moverWriter, RecordDraft: moverWriter, RecordPublished: moverPublisher, RecordArchived: moverPublisher},
	RecordPublished: {RecordReturned: moverPublisher, RecordArchived: moverPublisher, RecordDraft: moverPublisher},
	RecordArchived:  {RecordDraft: moverPublisher, RecordPublished: moverPublisher},
}

// StatusesAfter are the statuses that a record may go to from one, in the order
// of their life.
func StatusesAfter(from string) []string {
	var out []string
	for _, to := range []string{RecordDraft, RecordReview, RecordPublished, RecordReturned, RecordArchived} {
		if _, ok := moves[from][to]; ok {
			out = append(out, to)
		}
	}
	return out
}

// MayMove says whether a viewer may give a record another status. The subject is
// the record as it stands; that of a new one has the status "".
func MayMove(v Viewer, s Subject, to string) bool {
	who, ok := moves[s.Status][to]
	switch {
	case !ok:
		return false
	case v.May(RightPublish):
		return true
	case who == moverAuthor:
		return v.SignedIn() && v.Account == s.Author
	case who == moverWriter && s.Status == "":
		return v.May(RightPropose)
	case who == moverWriter:
		return Can(v, RightEdit, s)
	}
	return false
}

// KeepOrigins takes from sources what they say of an import unless one of the
// stored sources says the same: no person can make a source look imported.
func KeepOrigins(posted, stored []Source) []Source {
	out := slices.Clone(posted)
	for i, s := range out {
		same := func(t Source) bool { return t.BatchID == s.BatchID && t.File == s.File && t.Row == s.Row }
		if !slices.ContainsFunc(stored, same) {
			out[i].BatchID, out[i].File, out[i].Row = "", "", 0
		}
	}
	return out
}
