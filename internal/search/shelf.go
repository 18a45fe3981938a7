package search

// shelf keeps the records of all documents side by side in chunks, each found by
// one number: nothing for the garbage collector to follow, and no header for each.
// A chunk goes when the last of its records is dropped.
type shelf struct {
	chunks []chunk
	free   []uint32 // numbers of chunks that went
	last   uint32   // the chunk that is being filled
	places []uint64 // by document: chunk<<32 | offset+1; 0 where there is none
}

type chunk struct {
	bytes []byte
	live  int // records
}

// chunkSize is the room of a chunk; a record of over an eighth has one of its own,
// so that little is left empty at the end of a chunk.
const chunkSize = 1 << 18

// put keeps a copy of the packed record of a document that has none.
func (s *shelf) put(doc uint32, packed []byte) {
	at := s.last
	if len(packed) > chunkSize/8 {
		at = s.open(len(packed))
	} else if len(s.chunks) == 0 || cap(s.chunks[at].bytes)-len(s.chunks[at].bytes) < len(packed) {
		at = s.open(chunkSize)
		before := s.last
		s.last = at
		s.release(before)
	}
	c := &s.chunks[at]
	s.places = reach(s.places, doc)
	s.places[doc] = uint64(at)<<32 | uint64(len(c.bytes)+1)
	c.bytes = append(c.bytes, packed...)
	c.live++
}

// open gives the number of a new chunk.
func (s *shelf) open(size int) uint32 {
	c := chunk{bytes: make([]byte, 0, size)}
	if n := len(s.free); n > 0 {
		at := s.free[n-1]
		s.free = s.free[:n-1]
		s.chunks[at] = c
		return at
	}
	s.chunks = append(s.chunks, c)
	return uint32(len(s.chunks) - 1)
}

// get gives the record of a document, with whatever lies behind it; nil where there
// is none.
func (s *shelf) get(doc uint32) record {
	if int(doc) >= len(s.places) || s.places[doc] == 0 {
		return nil
	}
	at := s.places[doc]
	return record(s.chunks[at>>32].bytes[uint32(at)-1:])
}

// drop forgets the record of a document.
func (s *shelf) drop(doc uint32) {
	if int(doc) >= len(s.places) || s.places[doc] == 0 {
		return
	}
	at := uint32(s.places[doc] >> 32)
	s.places[doc] = 0
	s.chunks[at].live--
	s.release(at)
}

// release gives a chunk back that has no record and gets none any more.
func (s *shelf) release(at uint32) {
	if s.chunks[at].live == 0 && at != s.last {
		s.chunks[at] = chunk{}
		s.free = append(s.free, at)
	}
}
