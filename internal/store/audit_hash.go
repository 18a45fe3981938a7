package store

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
)

// How the log is hashed, so that others can check it without this program.
//
// A list of texts is written so that no two lists look alike: each text as the
// number of its bytes in decimal digits, a colon, the bytes, a comma. Numbers
// are decimal digits, moments as in the database, what is not known is the empty
// text. All digests are SHA-256; in the database they stand as 64 small hex
// digits, and so they stand in lists.
//
//   - Row of a change: "atlas change 1", seq, at, kind, record_id, version,
//     action, made_by, origin, digest of the snapshot as it was written.
//   - Digest of a range of changes: of their rows one after another.
//   - Digest of a redaction: of "atlas redaction 1", seq, change_seq, entry, at,
//     made_by, reason, digest, replacement.
//   - Hash of an entry: of "atlas audit 1", seq, at, made_by, action, subject,
//     first_change, last_change, digest, prev, where prev is the hash of the
//     entry before; that of the first entry is 64 zeros.

// list is texts written one after another.
type list []byte

func (l list) text(s string) list {
	l = strconv.AppendInt(l, int64(len(s)), 10)
	l = append(l, ':')
	l = append(l, s...)
	return append(l, ',')
}

func (l list) number(n int64) list {
	var digits [20]byte
	return l.text(string(strconv.AppendInt(digits[:0], n, 10)))
}

// known is a number of which 0 means that there is none.
func (l list) known(n int64) list {
	if n == 0 {
		return l.text("")
	}
	return l.number(n)
}

func (l list) digest() string { return digestOf(l) }

func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// span is a range of changes as it is hashed, row by row.
type span struct {
	first, last, rows int64
	sum               hash.Hash
	row               list
}

// add takes the next change, whose snapshot had a digest when it was written.
func (s *span) add(c *change, snapshot string) {
	if s.sum == nil {
		s.sum, s.first = sha256.New(), c.Seq
	}
	s.last = c.Seq
	s.rows++
	s.row = s.row[:0].text("atlas change 1").number(c.Seq).text(c.At.UTC().Format(timeFormat)).text(c.Kind).text(c.ID).
		number(c.Version).text(c.Action).text(c.By).text(c.Origin).text(snapshot)
	s.sum.Write(s.row)
}

func (s *span) digest() string { return hex.EncodeToString(s.sum.Sum(nil)) }

func (e *AuditEntry) hash() string {
	return list(nil).text("atlas audit 1").number(e.Seq).text(e.At.UTC().Format(timeFormat)).text(e.By).text(e.Action).text(e.Subject).
		known(e.FirstChange).known(e.LastChange).text(e.Digest).text(e.Prev).digest()
}

func (r *Redaction) sum() string {
	return list(nil).text("atlas redaction 1").number(r.Seq).number(r.Change).number(r.Entry).text(r.At.UTC().Format(timeFormat)).
		text(r.By).text(r.Reason).text(r.Digest).text(r.Replacement).digest()
}
