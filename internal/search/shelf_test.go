package search

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

func TestAShelfGivesWhatWasPutOnItAfterAnyChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s shelf
		want := map[uint32][]byte{}
		for range rapid.IntRange(0, 60).Draw(t, "changes") {
			doc := rapid.Uint32Range(0, 9).Draw(t, "document")
			if want[doc] != nil {
				s.drop(doc)
				delete(want, doc)
				continue
			}
			size := rapid.SampledFrom([]int{1, 100, chunkSize / 9, chunkSize / 2, 2 * chunkSize}).Draw(t, "size")
			want[doc] = bytes.Repeat([]byte{rapid.Byte().Draw(t, "byte")}, size)
			s.put(doc, want[doc])
			for doc := range uint32(12) {
				if got := s.get(doc); !bytes.HasPrefix(got, want[doc]) || (got == nil) != (want[doc] == nil) {
					t.Fatalf("document %d has %d bytes, want those %d", doc, len(got), len(want[doc]))
				}
			}
		}
	})
}

func TestAShelfGivesTheRoomOfDroppedRecordsBack(t *testing.T) {
	var s shelf
	record := make([]byte, chunkSize/10)
	for doc := range uint32(100) {
		s.put(doc, record)
	}
	for doc := range uint32(100) {
		s.drop(doc)
	}
	held := 0
	for _, c := range s.chunks {
		held += cap(c.bytes)
	}
	if held > chunkSize {
		t.Errorf("%d bytes are held for nothing", held)
	}
	for doc := range uint32(100) {
		s.put(doc, record)
	}
	if len(s.chunks) > 12 {
		t.Errorf("%d chunks, those that were free are not used again", len(s.chunks))
	}
}
