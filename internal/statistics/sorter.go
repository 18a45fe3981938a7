package statistics

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
)

// sorterRoom is how many bytes wait in memory before they are sorted and written
// to a temporary file.
const sorterRoom = 24 << 20

// sorter sorts records of bytes, however many, and gives them any number of
// times.
type sorter struct {
	room int
	data []byte
	ends []int
	runs []*os.File

	scratch []byte // of who adds
}

func newSorter() *sorter { return &sorter{room: sorterRoom} }

// add takes a record; the bytes are copied.
func (s *sorter) add(record []byte) error {
	s.data = append(s.data, record...)
	s.ends = append(s.ends, len(s.data))
	if len(s.data)+8*len(s.ends) < s.room {
		return nil
	}
	return s.spill()
}

// done ends the adding: what is still in memory is put in order.
func (s *sorter) done() error {
	if len(s.runs) == 0 {
		s.order()
		return nil
	}
	return s.spill()
}

// order sorts what is in memory.
func (s *sorter) order() {
	all := s.records()
	slices.SortStableFunc(all, bytes.Compare)
	sorted := make([]byte, 0, len(s.data))
	ends := make([]int, 0, len(s.ends))
	for _, r := range all {
		sorted = append(sorted, r...)
		ends = append(ends, len(sorted))
	}
	s.data, s.ends = sorted, ends
}

func (s *sorter) records() [][]byte {
	out := make([][]byte, len(s.ends))
	begin := 0
	for i, end := range s.ends {
		out[i] = s.data[begin:end]
		begin = end
	}
	return out
}

// spill writes what is in memory to a file, in order.
func (s *sorter) spill() error {
	if len(s.ends) == 0 {
		return nil
	}
	all := s.records()
	slices.SortStableFunc(all, bytes.Compare)
	file, err := os.CreateTemp("", "atlas-statistika-*")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, file)
	w := bufio.NewWriterSize(file, 1<<16)
	var size [binary.MaxVarintLen64]byte
	for _, r := range all {
		w.Write(size[:binary.PutUvarint(size[:], uint64(len(r)))])
		w.Write(r)
	}
	s.data, s.ends = s.data[:0], s.ends[:0]
	return w.Flush()
}

// Close removes the files.
func (s *sorter) Close() error {
	var err error
	for _, f := range s.runs {
		err = errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	s.runs, s.data, s.ends = nil, nil, nil
	return err
}

// each gives all records in order; a record is good until the next one.
func (s *sorter) each(fn func(record []byte) error) error {
	if len(s.runs) == 0 {
		for _, r := range s.records() {
			if err := fn(r); err != nil {
				return err
			}
		}
		return nil
	}
	var q queue
	for i, f := range s.runs {
		r := &run{order: i, from: bufio.NewReaderSize(io.NewSectionReader(f, 0, 1<<62), 1<<16)}
		if err := r.next(); err == nil {
			q = append(q, r)
		} else if err != io.EOF {
			return err
		}
	}
	heap.Init(&q)
	for len(q) > 0 {
		if err := fn(q[0].record); err != nil {
			return err
		}
		switch err := q[0].next(); err {
		case nil:
			heap.Fix(&q, 0)
		case io.EOF:
			heap.Pop(&q)
		default:
			return err
		}
	}
	return nil
}

// run is one file of sorted records that is being read.
type run struct {
	order  int
	from   *bufio.Reader
	record []byte
}

func (r *run) next() error {
	n, err := binary.ReadUvarint(r.from)
	if err != nil {
		return err
	}
	r.record = slices.Grow(r.record[:0], int(n))[:n]
	if _, err = io.ReadFull(r.from, r.record); err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// queue is the runs by their next records; of equal ones the earlier run first.
type queue []*run

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if c := bytes.Compare(q[i].record, q[j].record); c != 0 {
		return c < 0
	}
	return q[i].order < q[j].order
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(*run)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
