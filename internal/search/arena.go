package search

import (
	"runtime"
	"slices"
	"sync"
)

// arena is the working memory of one search, kept for the next: laying out a
// field of all documents costs far less than making one anew and leaving the
// old to the garbage collector.
type arena struct {
	mu     sync.Mutex // parts of one search run on several cores
	width  int        // words of a field; also up to how many documents are few
	room   int        // words that fields are made with, so that they last while the index grows
	fields [][]uint64
	lists  [][]uint32
	given  [][]uint64 // fields in use
	handed [][]uint32 // lists in use

	slab   []uint32 // room from which counters are cut
	cut    int
	ranked []ranked
	scores []float32
	docs   []uint32
}

// keptFields is how many fields and lists an arena keeps from one search to the
// next. Few searches need more, and those may wait for memory.
const keptFields = 40

// arenas hands out working memory. There is only so much of it, so a search
// waits for its turn: many more searches than cores at once would be no quicker
// and would each want room.
type arenas chan *arena

func newArenas() arenas {
	out := make(arenas, runtime.GOMAXPROCS(0)+1)
	for range cap(out) {
		out <- new(arena)
	}
	return out
}

// take waits for an arena; it must be given back by put. It is taken before the
// index is locked, so that nobody waits for room with the index locked.
func (all arenas) take() *arena { return <-all }

func (all arenas) put(a *arena) {
	a.release()
	all <- a
}

// release takes back all that was handed out.
func (a *arena) release() {
	a.fields = append(a.fields, a.given...)
	a.fields = a.fields[:min(len(a.fields), keptFields)]
	a.lists = append(a.lists, a.handed...)
	a.lists = a.lists[:min(len(a.lists), keptFields)]
	a.given, a.handed = a.given[:0], a.handed[:0]
	clear(a.fields[len(a.fields):cap(a.fields)])
	clear(a.given[:cap(a.given)])
	clear(a.lists[len(a.lists):cap(a.lists)])
	clear(a.handed[:cap(a.handed)])
}

// fit prepares for searching among so many document numbers.
func (a *arena) fit(docs int) {
	a.width, a.cut = docs/64+1, 0
	if a.width > a.room || a.width < a.room/4 {
		a.room = a.width + a.width/8
		a.fields, a.lists = nil, nil
	}
}

// field gives an empty field.
func (a *arena) field() []uint64 {
	f := a.takeField()[:a.width]
	clear(f)
	return f
}

func (a *arena) takeField() (f []uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if n := len(a.fields); n > 0 {
		f, a.fields = a.fields[n-1], a.fields[:n-1]
	} else {
		f = make([]uint64, a.room)
	}
	a.given = append(a.given, f)
	return f
}

// giveBack takes back a field that nobody will look at any more.
func (a *arena) giveBack(field []uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	i := slices.IndexFunc(a.given, func(f []uint64) bool { return &f[0] == &field[0] })
	a.fields = append(a.fields, a.given[i])
	a.given = slices.Delete(a.given, i, i+1)
}

// list gives an empty list with room for as many documents as are few.
func (a *arena) list() (l []uint32) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if n := len(a.lists); n > 0 {
		l, a.lists = a.lists[n-1], a.lists[:n-1]
	} else {
		l = make([]uint32, 0, a.room)
	}
	a.handed = append(a.handed, l)
	return l
}

// counters gives n counters that are zero.
func (a *arena) counters(n int) []uint32 {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cut+n > len(a.slab) {
		a.slab, a.cut = make([]uint32, max(n, 2*len(a.slab), 1<<12)), 0
	}
	out := a.slab[a.cut : a.cut+n : a.cut+n]
	a.cut += n
	clear(out)
	return out
}
