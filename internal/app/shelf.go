package app

import (
	"encoding"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
)

// shelf (odkladiště) keeps records out of memory: the first in a buffer, and
// when that is full, in a temporary file that is unlinked at once, so that
// nothing of it outlives the process. A record costs 8 B of memory. One
// goroutine writes; once it is done, several may read. A shelf that is let go
// closes its file by itself.
type shelf[T any] struct {
	at    []int64  // where each record begins
	file  *os.File // nil until the buffer was full once
	saved int64    // bytes in the file
	tail  []byte   // what comes after them
	text  []byte   // of the record being put
}

// shelfBuffer is how many bytes a shelf keeps in memory.
const shelfBuffer = 1 << 20

// shelfRead is how many bytes are read at first; most records are no longer.
const shelfRead = 512

// put adds a record and gives its number, counted from 0.
func (s *shelf[T]) put(v T) (int, error) {
	at, err := s.write(v)
	if err != nil {
		return 0, err
	}
	s.at = append(s.at, at)
	return len(s.at) - 1, nil
}

// replace puts another record in the place of one.
func (s *shelf[T]) replace(i int, v T) error {
	at, err := s.write(v)
	if err == nil {
		s.at[i] = at
	}
	return err
}

// write appends a record: its length in 4 bytes and what it packs itself to, or
// else its JSON.
func (s *shelf[T]) write(v T) (at int64, err error) {
	text := s.text[:0]
	if packs, ok := any(&v).(encoding.BinaryAppender); ok {
		text, err = packs.AppendBinary(text)
	} else {
		text, err = json.Marshal(v)
	}
	if s.text = text; err != nil {
		return 0, fmt.Errorf("shelf: %w", err)
	}
	if len(s.tail)+len(text) > shelfBuffer {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	at = s.saved + int64(len(s.tail))
	s.tail = binary.LittleEndian.AppendUint32(s.tail, uint32(len(text)))
	s.tail = append(s.tail, text...)
	return at, nil
}

func (s *shelf[T]) flush() error {
	if s.file == nil {
		f, err := os.CreateTemp("", "atlas-import-*")
		if err != nil {
			return fmt.Errorf("shelf: %w", err)
		}
		s.file = f
		if err := os.Remove(f.Name()); err != nil {
			return fmt.Errorf("shelf: %w", err)
		}
	}
	n, err := s.file.WriteAt(s.tail, s.saved)
	s.saved += int64(n)
	s.tail = s.tail[:copy(s.tail, s.tail[n:])]
	if err != nil {
		return fmt.Errorf("shelf: %w", err)
	}
	return nil
}

// get reads a record.
func (s *shelf[T]) get(i int) (v T, err error) {
	text, err := s.bytes(s.at[i])
	if err == nil {
		if packs, ok := any(&v).(encoding.BinaryUnmarshaler); ok {
			err = packs.UnmarshalBinary(text)
		} else {
			err = json.Unmarshal(text, &v)
		}
	}
	if err != nil {
		err = fmt.Errorf("shelf: %w", err)
	}
	return v, err
}

func (s *shelf[T]) bytes(at int64) ([]byte, error) {
	if at >= s.saved {
		text := s.tail[at-s.saved:]
		return text[4 : 4+binary.LittleEndian.Uint32(text)], nil
	}
	var begin [shelfRead]byte
	n, err := s.file.ReadAt(begin[:min(shelfRead, s.saved-at)], at)
	if err != nil {
		return nil, err
	}
	size := int(binary.LittleEndian.Uint32(begin[:]))
	if 4+size <= n {
		return begin[4 : 4+size : 4+size], nil
	}
	text := make([]byte, size)
	copy(text, begin[4:n])
	_, err = s.file.ReadAt(text[n-4:], at+int64(n))
	return text, err
}
