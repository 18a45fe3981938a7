package search

import "hash/maphash"

// hashTable finds the numbers of things by their hash. The things themselves
// lie elsewhere, so that a table is eight bytes for each and nothing in it for
// the garbage collector to follow.
type hashTable struct {
	slots []uint64 // hash<<32 | number+1; 0 where there is none
	used  int
}

// find gives the number of the thing with the hash that is the one sought.
func (t *hashTable) find(hash uint32, sought func(number uint32) bool) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	mask := uint32(len(t.slots) - 1)
	for at := hash & mask; t.slots[at] != 0; at = (at + 1) & mask {
		if slot := t.slots[at]; uint32(slot>>32) == hash && sought(uint32(slot)-1) {
			return uint32(slot) - 1, true
		}
	}
	return 0, false
}

// add puts in a thing that is not there yet.
func (t *hashTable) add(hash, number uint32) {
	if 4*t.used >= 3*len(t.slots) {
		t.grow()
	}
	t.used++
	t.put(uint64(hash)<<32 | uint64(number+1))
}

func (t *hashTable) put(slot uint64) {
	mask := uint32(len(t.slots) - 1)
	at := uint32(slot>>32) & mask
	for t.slots[at] != 0 {
		at = (at + 1) & mask
	}
	t.slots[at] = slot
}

func (t *hashTable) grow() {
	old := t.slots
	t.slots = make([]uint64, max(16, 2*len(old)))
	for _, slot := range old {
		if slot != 0 {
			t.put(slot)
		}
	}
}

// remove takes a thing out and closes the gap that it leaves.
func (t *hashTable) remove(hash, number uint32) {
	mask := uint32(len(t.slots) - 1)
	at := hash & mask
	for t.slots[at] != uint64(hash)<<32|uint64(number+1) {
		at = (at + 1) & mask
	}
	t.used--
	for next := (at + 1) & mask; t.slots[next] != 0; next = (next + 1) & mask {
		home := uint32(t.slots[next]>>32) & mask
		if (next-home)&mask >= (next-at)&mask { // may move back to the gap
			t.slots[at] = t.slots[next]
			at = next
		}
	}
	t.slots[at] = 0
}

// names finds the numbers of strings that lie elsewhere.
type names struct {
	table hashTable
	seed  maphash.Seed
}

func newNames() names { return names{seed: maphash.MakeSeed()} }

// find gives the number of a name; sought says whether a number is that of the name.
func (n *names) find(name string, sought func(number uint32) bool) (uint32, bool) {
	return n.table.find(n.hash(name), sought)
}

// add notes a name that is not there yet.
func (n *names) add(name string, number uint32) { n.table.add(n.hash(name), number) }

func (n *names) remove(name string, number uint32) { n.table.remove(n.hash(name), number) }

func (n *names) count() int { return n.table.used }

func (n *names) hash(name string) uint32 { return uint32(maphash.String(n.seed, name)) }
