package web_test

import (
	"fmt"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// ownership is whose a record is to the person who asks for it.
type ownership string

const (
	nobodys      ownership = "nobody's"
	own          ownership = "own"
	ownOffice    ownership = "own organisation's"
	ownTerritory ownership = "own territory's"
	anothers     ownership = "another's"
)

var ownerships = []ownership{nobodys, own, ownOffice, ownTerritory, anothers}

// statuses are the states of CL-12.
var statuses = []string{atlas.RecordDraft, atlas.RecordReview, atlas.RecordPublished, atlas.RecordReturned, atlas.RecordArchived, atlas.RecordMerged}

// situation is one cell of what a record can be to a person.
type situation struct {
	whose  ownership
	status string
}

// possible says whether a person can stand in a situation at all: the public has
// nothing of its own, most people no organisation and no territory.
func (p *person) possible(kind string, s situation) bool {
	switch s.whose {
	case own:
		return p.account != ""
	case ownOffice:
		return p.join != nil && (kind == atlas.KindProject || kind == atlas.KindActor)
	case ownTerritory:
		return kind != atlas.KindCall && kind != atlas.KindExtent && kind != atlas.KindCollection
	}
	return true
}

// made is a record with what permissions know of it.
type made struct {
	id      string
	subject atlas.Subject
}

// registry makes records as the check needs them.
type registry struct {
	t       *testing.T
	i       *webtest.Instance
	kept    map[string]made    // where merged records live on, by kind
	offices map[*person]string // an organisation of theirs that owns projects
	shared  map[string]made    // records that nothing changes
	n       int
}

func newRegistry(t *testing.T, i *webtest.Instance) *registry {
	t.Helper()
	r := &registry{t: t, i: i, kept: map[string]made{}, offices: map[*person]string{}, shared: map[string]made{}}
	update(t, i, func(tx *store.Tx) error {
		for _, kind := range []string{atlas.KindProject, atlas.KindActor, atlas.KindCall, atlas.KindNeed, atlas.KindExtent, atlas.KindPractice, atlas.KindCollection} {
			r.kept[kind] = r.put(tx, nil, kind, situation{nobodys, atlas.RecordPublished})
		}
		return nil
	})
	return r
}

// all gives the record of each situation of a kind for a person; it is the same one
// each time.
func (r *registry) all(p *person, kind string) map[situation]made {
	r.t.Helper()
	out := map[situation]made{}
	update(r.t, r.i, func(tx *store.Tx) error {
		for _, whose := range ownerships {
			for _, status := range statuses {
				s := situation{whose, status}
				if !p.possible(kind, s) {
					continue
				}
				key := fmt.Sprint(p.name, kind, s)
				if _, there := r.shared[key]; !there {
					r.shared[key] = r.put(tx, p, kind, s)
				}
				out[s] = r.shared[key]
			}
		}
		return nil
	})
	return out
}

// fresh makes a record for one deed that may change it.
func (r *registry) fresh(p *person, kind string, s situation) (m made) {
	r.t.Helper()
	update(r.t, r.i, func(tx *store.Tx) error {
		m = r.put(tx, p, kind, s)
		return nil
	})
	return m
}

// put writes a record of a kind in a situation. Of a merged one permissions are
// asked for the record that it lives on in.
func (r *registry) put(tx *store.Tx, p *person, kind string, s situation) made {
	r.t.Helper()
	m := r.write(tx, p, kind, s)
	if s.status == atlas.RecordMerged {
		m.subject = r.kept[kind].subject
	}
	return m
}

func (r *registry) write(tx *store.Tx, p *person, kind string, s situation) made {
	r.t.Helper()
	r.n++
	name, w := fmt.Sprintf("Záznam %d", r.n), store.Write{By: "import", At: webtest.Now}
	meta := atlas.Meta{RecordStatus: s.status}
	if s.status == atlas.RecordMerged {
		meta.MergedInto = r.kept[kind].id
	}
	territory := ""
	switch s.whose {
	case own:
		w.By = p.account
	case anothers:
		w.By, territory = "U-99999", foreignDistrict
	case ownTerritory:
		territory = homeDistrict
	}
	switch kind {
	case atlas.KindActor:
		return r.putActor(tx, p, &atlas.Actor{Meta: meta, Name: name}, territory, s.whose, w)
	case atlas.KindCall:
		x := &atlas.Call{Meta: meta, Title: name}
		r.must(tx.PutCall(r.t.Context(), x, w))
		return made{x.ID, x.Subject()}
	case atlas.KindNeed:
		x := &atlas.Need{Meta: meta, Title: name, Territory: territory}
		r.must(tx.PutNeed(r.t.Context(), x, w))
		return made{x.ID, x.Subject()}
	case atlas.KindPractice:
		x := &atlas.Practice{Meta: meta, Title: name, Country: "CZ"}
		if territory != "" {
			x.Territories = []string{territory}
		}
		r.must(tx.PutPractice(r.t.Context(), x, w))
		return made{x.ID, x.Subject()}
	case atlas.KindCollection:
		x := &atlas.Collection{Meta: meta, Title: name}
		r.must(tx.PutCollection(r.t.Context(), x, w))
		return made{x.ID, x.Subject()}
	case atlas.KindExtent:
		x := &atlas.SourceExtent{Meta: meta, Source: name, State: atlas.ExtentPart}
		r.must(tx.PutExtent(r.t.Context(), x, w))
		return made{x.ID, x.Subject()}
	}
	x := &atlas.Project{Meta: meta, TitleCs: name, Country: "CZ", Currency: "CZK"}
	if territory != "" {
		x.Territories = []atlas.Place{{Territory: territory}}
	}
	if s.whose == ownOffice {
		x.Parties = []atlas.Party{{Actor: r.office(tx, p), Role: atlas.RoleImplementer}}
	}
	r.must(tx.PutProject(r.t.Context(), x, w))
	return made{x.ID, x.Subject()}
}

// putActor writes an actor; one of the person's own organisations is theirs by
// membership or mandate.
func (r *registry) putActor(tx *store.Tx, p *person, x *atlas.Actor, territory string, whose ownership, w store.Write) made {
	r.t.Helper()
	if territory != "" {
		x.Territories = []string{territory}
	}
	r.must(tx.PutActor(r.t.Context(), x, w))
	if whose == ownOffice {
		p.join(r.t, tx, p, x.ID)
	}
	return made{x.ID, x.Subject()}
}

// office is an organisation of a person that owns their projects.
func (r *registry) office(tx *store.Tx, p *person) string {
	r.t.Helper()
	if r.offices[p] == "" {
		r.offices[p] = r.putActor(tx, p, &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Organizace: " + p.name}, "", ownOffice,
			store.Write{By: "import", At: webtest.Now}).id
	}
	return r.offices[p]
}

func (r *registry) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}
