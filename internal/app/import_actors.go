package app

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/importer"
)

// importActors is what became of the organisations that a file names: an actor
// that is there, one to be created, or none because the name fits several. Of an
// organisation some 100 B stay in memory; what is to be written of it is on a
// shelf.
type importActors struct {
	seed  maphash.Seed
	means map[uint64]int32 // key of the file → number of a new one, or ^ of the place in known
	known codes            // ids of actors; several, joined, where the name fits several
	some  int              // so many of them
	fresh *shelf[freshActor]
	names []uint64 // the name by which each new one was first called
}

// freshActor is an organisation to be created.
type freshActor struct {
	Base, Form string
	importer.NamedActor
	Row int // where it was first named
}

func (f *freshActor) AppendBinary(to []byte) ([]byte, error) {
	to = packTexts(to, f.Base, f.Form, f.Name, f.Country, f.ICO, f.ForeignID, f.Type, f.LegalForm, f.City, f.ZIP, f.Street, f.Web, f.Column)
	to = packNumbers(to, f.Row, len(f.Others), len(f.Namesakes))
	return packTexts(packTexts(to, f.Others...), f.Namesakes...), nil
}

func (f *freshActor) UnmarshalBinary(packed []byte) error {
	u := newUnpacking(packed)
	u.texts(&f.Base, &f.Form, &f.Name, &f.Country, &f.ICO, &f.ForeignID, &f.Type, &f.LegalForm, &f.City, &f.ZIP, &f.Street, &f.Web, &f.Column)
	var others, namesakes int
	u.numbers(&f.Row, &others, &namesakes)
	f.Others, f.Namesakes = u.list(others), u.list(namesakes)
	return u.err()
}

func newImportActors() *importActors {
	return &importActors{seed: maphash.MakeSeed(), means: map[uint64]int32{}, known: codes{prefix: actorCodes}, fresh: &shelf[freshActor]{}}
}

func (x *importActors) hash(s string) uint64 { return maphash.String(x.seed, s) }

// freshPrefix begins what stands for a new organisation until it is written.
const freshPrefix = "new:"

// ref gives what stands for an organisation of the file: the id of an actor, or
// the number of a new one; ok is false when its name fits several.
func (x *importActors) ref(key string) (ref string, ok bool) {
	n, met := x.means[x.hash(key)]
	switch {
	case !met:
		return "", false
	case n >= 0:
		return freshPrefix + strconv.Itoa(int(n)), true
	}
	if ref = x.known.get(int(^n)); strings.Contains(ref, ",") {
		return "", false
	}
	return ref, true
}

// isNew says whether a key of the file is an organisation to be created.
func (x *importActors) isNew(key string) bool {
	n, known := x.means[x.hash(key)]
	return known && n >= 0
}

// candidates are the actors that a name fits.
func (x *importActors) candidates(key string) string {
	if n := x.means[x.hash(key)]; n < 0 {
		return x.known.get(int(^n))
	}
	return ""
}

// freshNumber is the number of a new organisation that a reference stands for.
func freshNumber(ref string) (int, bool) {
	digits, ok := strings.CutPrefix(ref, freshPrefix)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil
}

func joinWords(words []string) string { return strings.Join(words, ", ") }

// is notes that a key means actors that are there.
func (x *importActors) is(key string, ids ...string) {
	x.means[x.hash(key)] = ^int32(x.some)
	x.known.set(x.some, joinWords(ids))
	x.some++
}

// add notes that a key is an organisation to be created.
func (x *importActors) add(key string, f freshActor) error {
	n, err := x.fresh.put(f)
	x.means[x.hash(key)] = int32(n)
	x.names = append(x.names, x.hash(f.Name))
	return err
}

// alsoCalled notes another spelling of a new organisation.
func (x *importActors) alsoCalled(n int32, name string) error {
	if name == "" || x.names[n] == x.hash(name) {
		return nil
	}
	f, err := x.fresh.get(int(n))
	if err != nil || !f.alsoCalled(name) {
		return err
	}
	return x.fresh.replace(int(n), f)
}

// facts are what tells organisations of one name apart.
type facts struct{ form, country, ico, foreignID string }

// compatible says whether nothing speaks against two organisations of one name
// being the same. A municipality whose name others share is not the one that has
// an IČO, unless the file gave it.
func compatible(n importer.NamedActor, form string, f facts) bool {
	agree := func(a, b string) bool { return a == "" || b == "" || a == b }
	if len(n.Namesakes) > 0 && n.ICO == "" && f.ico != "" {
		return false
	}
	return agree(form, f.form) && agree(n.Country, f.country) && agree(n.ICO, f.ico) && agree(n.ForeignID, f.foreignID)
}

// learn takes what a later mention adds.
func (f *freshActor) learn(n importer.NamedActor, form string) {
	f.alsoCalled(n.Name)
	fill := func(have *string, more string) {
		if *have == "" {
			*have = more
		}
	}
	fill(&f.Form, form)
	fill(&f.LegalForm, n.LegalForm)
	fill(&f.Country, n.Country)
	fill(&f.ICO, n.ICO)
	fill(&f.ForeignID, n.ForeignID)
	fill(&f.Web, n.Web)
	fill(&f.City, n.City)
}

// alsoCalled notes another spelling; it says whether it was not known.
func (f *freshActor) alsoCalled(name string) bool {
	if name == "" || name == f.Name || slices.Contains(f.Others, name) {
		return false
	}
	f.Others = append(f.Others, name)
	return true
}

// record is the actor to be written, without the batch of its source.
func (f *freshActor) record(a *App, plan *ImportPlan) *atlas.Actor {
	r := &atlas.Actor{
		Name: f.Name, OtherNames: f.Others, Type: f.Type, LegalForm: f.LegalForm, Country: f.Country,
		ICO: f.ICO, ForeignID: f.ForeignID, Web: f.Web, Seat: atlas.Address{Street: f.Street, City: f.City, ZIP: f.ZIP},
		Sources: []atlas.Source{{Kind: plan.kind, URL: plan.options.URL, Accessed: plan.options.Accessed,
			File: plan.Batch.File, Row: f.Row}},
	}
	r.Sector = a.sectorOf(r)
	r.RecordStatus = plan.status()
	return r
}
