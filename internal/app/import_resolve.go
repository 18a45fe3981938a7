package app

import (
	"context"
	"slices"
	"strings"

	"atlas/internal/importer"
	"atlas/internal/store"
)

// resolver finds organisations: by IČO, else by the identifier abroad, else by
// name.
type resolver struct {
	r *store.Reader
	*importActors
	// stored are all names of all actors, by the base of the name
	// (importer.NameKey), and whose each of them is.
	stored chains[uint64]
	whose  codes
	based  chains[uint64] // base → new organisations of the file
	chunk  resolved
}

// resolved is what the database has of the organisations of one chunk.
type resolved struct {
	icos, foreignIDs map[string]string
	facts            map[string]store.Facts
}

// newResolver indexes the names of all actors by the base of the name.
func newResolver(ctx context.Context, r *store.Reader) (*resolver, error) {
	v := &resolver{r: r, importActors: newImportActors(), stored: newChains[uint64](), based: newChains[uint64](),
		whose: codes{prefix: actorCodes}}
	return v, r.EachName(ctx, func(n store.Name) error {
		if n.Name == "" {
			return nil
		}
		base, _ := importer.NameKey(n.Name)
		if n.Type == "OBEC" && !strings.HasPrefix(base, "obec ") {
			base = "obec " + base
		}
		if n.Type == "MC" && !strings.HasPrefix(base, "mc ") {
			base = "mc " + base
		}
		v.whose.set(len(v.stored.next), n.ID)
		v.stored.add(v.hash(base))
		return nil
	})
}

// called are the actors that have a name of a base, in the order of their ids.
func (v *resolver) called(base string) []string {
	var out []string
	for i := range v.stored.all(v.hash(base)) {
		out = append(out, v.whose.get(i))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// settle settles the organisations of some rows.
func (v *resolver) settle(ctx context.Context, drafts []*importer.Draft) error {
	if err := v.load(ctx, drafts); err != nil {
		return err
	}
	for _, d := range drafts {
		if d.Skip {
			continue
		}
		for _, key := range d.Order {
			if err := v.resolve(key, d.Actors[key], d.Row); err != nil {
				return err
			}
		}
	}
	return nil
}

// load reads what the database has of the organisations that are met for the
// first time.
func (v *resolver) load(ctx context.Context, drafts []*importer.Draft) error {
	icos, foreignIDs, ids := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, d := range drafts {
		for key, n := range d.Actors {
			if _, met := v.means[v.hash(key)]; met || d.Skip {
				continue
			}
			icos[n.ICO], foreignIDs[n.ForeignID] = true, true
			if len(v.stored.next) == 0 {
				continue
			}
			base, _ := importer.NameKey(n.Name)
			for _, id := range v.called(base) {
				ids[id] = true
			}
		}
	}
	delete(icos, "")
	delete(foreignIDs, "")
	var err error
	if v.chunk.icos, err = v.r.ActorsByICO(ctx, sorted(icos)); err != nil {
		return err
	}
	if v.chunk.foreignIDs, err = v.r.ActorsByForeignID(ctx, sorted(foreignIDs)); err != nil {
		return err
	}
	v.chunk.facts, err = v.r.FactsOf(ctx, sorted(ids))
	return err
}

// resolve settles one key once; later spellings of a new organisation are
// added to it.
func (v *resolver) resolve(key string, n importer.NamedActor, row int) error {
	if means, met := v.means[v.hash(key)]; met {
		if means < 0 {
			return nil
		}
		return v.alsoCalled(means, n.Name)
	}
	if id := v.byNumber(n); id != "" {
		v.is(key, id)
		return nil
	}
	base, form := importer.NameKey(n.Name)
	if found := v.byName(n, base, form); len(found) > 0 {
		v.is(key, found...)
		return nil
	}
	return v.new(key, base, form, n, row)
}

// byNumber is the actor that has a number of the organisation; "" when none
// has.
func (v *resolver) byNumber(n importer.NamedActor) string {
	if id := v.chunk.icos[n.ICO]; id != "" {
		return id
	}
	return v.chunk.foreignIDs[n.ForeignID]
}

// byName finds the actors of the name that nothing else speaks against. Of
// several, one that has the very legal form goes before those without any.
func (v *resolver) byName(n importer.NamedActor, base, form string) []string {
	var all, exact []string
	for _, id := range v.called(base) {
		a, ok := v.chunk.facts[id]
		_, theirs := importer.NameKey(a.Name)
		if !ok || !compatible(n, form, facts{theirs, a.Country, a.ICO, a.ForeignID}) {
			continue
		}
		if a.MergedInto != "" {
			id = a.MergedInto
		}
		if !slices.Contains(all, id) {
			all = append(all, id)
			if form != "" && theirs == form {
				exact = append(exact, id)
			}
		}
	}
	if len(exact) == 1 {
		return exact
	}
	return all
}

// new gives the new organisation that the name already stands for in this file,
// or makes one.
func (v *resolver) new(key, base, form string, n importer.NamedActor, row int) error {
	for i := range v.based.all(v.hash(base)) {
		f, err := v.fresh.get(i)
		if err != nil {
			return err
		}
		if f.Base == base && compatible(n, form, facts{f.Form, f.Country, f.ICO, f.ForeignID}) {
			f.learn(n, form)
			v.means[v.hash(key)] = int32(i)
			return v.fresh.replace(i, f)
		}
	}
	v.based.add(v.hash(base))
	return v.add(key, freshActor{Base: base, Form: form, NamedActor: n, Row: row})
}
