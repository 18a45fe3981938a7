package app

import (
	"context"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// importActors is what became of the organisations that a file names: an actor
// that is there, one to be created, or none because the name fits several.
type importActors struct {
	ids       map[string]string   // key of the file → Actor.ID or key of a new one
	ambiguous map[string][]string // key → ids it can mean
	fresh     []*freshActor
	byKey     map[string]*freshActor
}

// freshActor is an organisation to be created.
type freshActor struct {
	key, base, form string
	importer.NamedActor
	row int // where it was first named
}

// ref gives what stands for an organisation of the file: the id of an actor, or
// the key of a new one; ok is false when its name fits several.
func (x *importActors) ref(key string) (string, bool) { id, ok := x.ids[key]; return id, ok }

// isNew says whether a key of the file is an organisation to be created.
func (x *importActors) isNew(key string) bool { return x.byKey[x.ids[key]] != nil }

func (x *importActors) candidates(key string) string { return joinWords(x.ambiguous[key]) }

func joinWords(words []string) string { return strings.Join(words, ", ") }

// resolver finds organisations: by IČO, else by the identifier abroad, else by
// name.
type resolver struct {
	ctx   context.Context
	r     *store.Reader
	names map[string][]string // base of a name (importer.NameKey) → ids
	// byICO and byForeignID are the actors of the numbers that the file gives.
	byICO, byForeignID map[string]string
	*importActors
	freshByBase map[string][]*freshActor
}

func (a *App) resolveActors(ctx context.Context, r *store.Reader, drafts []*importer.Draft) (*importActors, error) {
	v := &resolver{ctx: ctx, r: r, names: a.actorBases(), freshByBase: map[string][]*freshActor{},
		importActors: &importActors{ids: map[string]string{}, ambiguous: map[string][]string{}, byKey: map[string]*freshActor{}}}
	if err := v.loadNumbers(drafts); err != nil {
		return nil, err
	}
	for _, d := range drafts {
		if d.Skip {
			continue
		}
		for _, key := range d.Order {
			if err := v.resolve(key, d.Actors[key], d.Row); err != nil {
				return nil, err
			}
		}
	}
	return v.importActors, nil
}

// actorBases indexes the names of all actors by the base of the name.
func (a *App) actorBases() map[string][]string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	out := make(map[string][]string, len(a.actors))
	for id, n := range a.actors {
		for _, name := range append([]string{n.cs, n.en}, n.other...) {
			base, _ := importer.NameKey(name)
			if n.kind == "OBEC" && !strings.HasPrefix(base, "obec ") {
				base = "obec " + base
			}
			if n.kind == "MC" && !strings.HasPrefix(base, "mc ") {
				base = "mc " + base
			}
			if name != "" && !slices.Contains(out[base], id) {
				out[base] = append(out[base], id)
			}
		}
	}
	return out
}

// resolve settles one key once; later spellings of a new organisation are
// added to it.
func (v *resolver) resolve(key string, n importer.NamedActor, row int) error {
	if v.ambiguous[key] != nil {
		return nil
	}
	if ref, ok := v.ids[key]; ok {
		if f := v.byKey[ref]; f != nil {
			f.alsoCalled(n.Name)
		}
		return nil
	}
	if id := v.byNumber(n); id != "" {
		v.ids[key] = id
		return nil
	}
	found, err := v.byName(n)
	if err != nil {
		return err
	}
	switch len(found) {
	case 0:
		v.ids[key] = v.new(key, n, row).key
	case 1:
		v.ids[key] = found[0]
	default:
		v.ambiguous[key] = found
	}
	return nil
}

// loadNumbers finds the actors of all numbers that the file gives.
func (v *resolver) loadNumbers(drafts []*importer.Draft) error {
	icos, foreign := map[string]bool{}, map[string]bool{}
	for _, d := range drafts {
		for _, n := range d.Actors {
			icos[n.ICO], foreign[n.ForeignID] = true, true
		}
	}
	delete(icos, "")
	delete(foreign, "")
	var err error
	if v.byICO, err = v.r.ActorsByICO(v.ctx, sorted(icos)); err != nil {
		return err
	}
	v.byForeignID, err = v.r.ActorsByForeignID(v.ctx, sorted(foreign))
	return err
}

// byNumber is the actor that has a number of the organisation; "" when none
// has.
func (v *resolver) byNumber(n importer.NamedActor) string {
	if id := v.byICO[n.ICO]; id != "" {
		return id
	}
	return v.byForeignID[n.ForeignID]
}

// byName finds the actors of the name that nothing else speaks against. Of
// several, one that has the very legal form goes before those without any.
func (v *resolver) byName(n importer.NamedActor) ([]string, error) {
	base, form := importer.NameKey(n.Name)
	if len(v.names[base]) == 0 {
		return nil, nil
	}
	found, err := v.r.Actors(v.ctx, slices.Sorted(slices.Values(v.names[base])))
	if err != nil {
		return nil, err
	}
	var all, exact []string
	for _, a := range found {
		_, theirs := importer.NameKey(a.Name)
		if !compatible(n, form, actorFacts(a, theirs)) {
			continue
		}
		id := a.ID
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
		return exact, nil
	}
	return all, nil
}

// facts are what tells organisations of one name apart.
type facts struct{ form, country, ico, foreignID string }

func actorFacts(a *atlas.Actor, form string) facts {
	return facts{form, a.Country, a.ICO, a.ForeignID}
}

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

// new gives the new organisation that the name already stands for in this file,
// or makes one.
func (v *resolver) new(key string, n importer.NamedActor, row int) *freshActor {
	base, form := importer.NameKey(n.Name)
	for _, f := range v.freshByBase[base] {
		if compatible(n, form, facts{f.form, f.Country, f.ICO, f.ForeignID}) {
			f.learn(n, form)
			return f
		}
	}
	f := &freshActor{key: key, base: base, form: form, NamedActor: n, row: row}
	v.fresh = append(v.fresh, f)
	v.byKey[key] = f
	v.freshByBase[base] = append(v.freshByBase[base], f)
	return f
}

// learn takes what a later mention adds.
func (f *freshActor) learn(n importer.NamedActor, form string) {
	f.alsoCalled(n.Name)
	fill := func(have *string, more string) {
		if *have == "" {
			*have = more
		}
	}
	fill(&f.form, form)
	fill(&f.LegalForm, n.LegalForm)
	fill(&f.Country, n.Country)
	fill(&f.ICO, n.ICO)
	fill(&f.ForeignID, n.ForeignID)
	fill(&f.Web, n.Web)
	fill(&f.City, n.City)
}

// alsoCalled notes another spelling.
func (f *freshActor) alsoCalled(name string) {
	if name != "" && name != f.Name && !slices.Contains(f.Others, name) {
		f.Others = append(f.Others, name)
	}
}

// record is the actor to be written.
func (f *freshActor) record(a *App, plan *ImportPlan, batch string) *atlas.Actor {
	r := &atlas.Actor{
		Name: f.Name, OtherNames: slices.Clone(f.Others), Type: f.Type, LegalForm: f.LegalForm, Country: f.Country,
		ICO: f.ICO, ForeignID: f.ForeignID, Web: f.Web, Seat: atlas.Address{Street: f.Street, City: f.City, ZIP: f.ZIP},
		Sources: []atlas.Source{{Kind: plan.kind, URL: plan.options.URL, Accessed: plan.options.Accessed,
			BatchID: batch, File: plan.Batch.File, Row: f.row}},
	}
	r.Sector = a.sectorOf(r)
	r.RecordStatus = plan.status()
	return r
}
