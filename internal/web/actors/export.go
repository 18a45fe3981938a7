package actors

import (
	"iter"
	"slices"
	"strconv"
	"time"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// export answers all actors of a question as a file, in the order of the list
// and as many rows as the list counts.
func (a *area) export(q *page.Request, f export.Format) error {
	all, err := a.directory.list(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &listPage{}
	p.ask(t, q)
	found := p.narrow(t, q.Viewer, all)
	ids := make([]string, len(found))
	for i, e := range found {
		ids[i] = e.id
	}
	known := map[string]bool{}
	for _, e := range seen(q.Viewer, all) {
		known[e.id] = true
	}
	file := dataset.File{Name: dataset.Actors, Now: a.app.Now(), Asked: p.Asked.words(t)}
	return dataset.Send(q, file, f, t.columns(q.Origin(), known), a.readable(q, ids))
}

// words are the conditions of a question.
func (s question) words(t teller) []string {
	var out []string
	add := func(label, text string) { out = append(out, label+": "+text) }
	if s.Text != "" {
		add(t.T("actors.find"), s.Text)
	}
	if s.Type != "" {
		add(t.T("actors.field.actor_type"), t.word(atlas.ListActorType, s.Type))
	}
	if s.Region != "" {
		add(t.T("actors.region"), t.place(s.Region))
	}
	return out
}

// readable reads actors, leaving out what the viewer may no more read since the
// question was asked.
func (a *area) readable(q *page.Request, ids []string) iter.Seq2[*atlas.Actor, error] {
	return func(yield func(*atlas.Actor, error) bool) {
		for r, err := range dataset.Read(q, ids, a.app.Reader().Actors) {
			if (err != nil || q.May(atlas.RightRead, r.Subject())) && !yield(r, err) {
				return
			}
		}
	}
}

// columnSet collects the columns in one language.
type columnSet struct {
	teller
	host  string
	known map[string]bool // actors that the viewer may see: nobody else is named
	all   dataset.Columns[*atlas.Actor]
}

// columns are all fields of an actor (6.4) in their order, but for the bank
// account, which never leaves the instance. Codes stand beside their words.
func (t teller) columns(host string, known map[string]bool) dataset.Columns[*atlas.Actor] {
	s := &columnSet{teller: t, host: host, known: known}
	s.identity()
	s.contact()
	s.work()
	s.ties()
	s.record()
	return s.all.Typed(export.KindDate, "verified_at").Typed(export.KindURL, "web", "url").
		Typed(export.KindCode, "id", "ico", "foreign_id", "dic", "data_box")
}

// field adds a column whose label is that of the field of the form.
func (s *columnSet) field(key string, cell func(*atlas.Actor) string) {
	s.all.Add(key, s.T("actors.field."+key), cell)
}

// other adds a column that no field of the form has.
func (s *columnSet) other(key string, cell func(*atlas.Actor) string) {
	s.all.Add(key, s.T("actors.export."+key), cell)
}

// code adds the codes beside the words of a field.
func (s *columnSet) code(key string, cell func(*atlas.Actor) string) {
	s.all.Add(key+"_code", s.T("actors.export.code", "label", s.T("actors.field."+key)), cell)
}

// one adds a field that is a code of a list: its words and the code.
func (s *columnSet) one(key string, code func(*atlas.Actor) string) {
	s.many(key, func(r *atlas.Actor) []string { return []string{code(r)} })
}

// many adds a field that is codes of a list: their words and the codes.
func (s *columnSet) many(key string, codes func(*atlas.Actor) []string) {
	s.field(key, func(r *atlas.Actor) string {
		return dataset.Many(codes(r), func(code string) string { return s.word(lists[key], code) })
	})
	s.code(key, func(r *atlas.Actor) string { return dataset.Many(codes(r), dataset.Same) })
}

// word is the word of a code; "" where none is known.
func (t teller) word(list, code string) string {
	if code == "" {
		return ""
	}
	return t.label(list, code)
}

func (s *columnSet) identity() {
	s.other("id", func(r *atlas.Actor) string { return r.ID })
	s.field("name", func(r *atlas.Actor) string { return r.Name })
	s.field("name_en", func(r *atlas.Actor) string { return r.NameEn })
	s.field("other_names", func(r *atlas.Actor) string { return dataset.Many(r.OtherNames, dataset.Same) })
	s.other("generic", func(r *atlas.Actor) string { return s.yes(r.Generic) })
	s.one("actor_type", func(r *atlas.Actor) string { return r.Type })
	s.one("sector", func(r *atlas.Actor) string { return r.Sector })
	s.one("sphere", func(r *atlas.Actor) string { return r.Sphere })
	s.one("legal_form", func(r *atlas.Actor) string { return r.LegalForm })
	s.one("country", func(r *atlas.Actor) string { return r.Country })
	parent := func(r *atlas.Actor) string {
		if !s.known[r.Parent] {
			return ""
		}
		return r.Parent
	}
	s.field("parent", func(r *atlas.Actor) string { return s.actor(parent(r)).Text })
	s.code("parent", parent)
	s.field("ico", func(r *atlas.Actor) string { return r.ICO })
	s.field("foreign_id", func(r *atlas.Actor) string { return r.ForeignID })
	s.field("dic", func(r *atlas.Actor) string { return r.DIC })
	s.field("data_box", func(r *atlas.Actor) string { return r.DataBox })
}

func (s *columnSet) contact() {
	s.field("web", func(r *atlas.Actor) string { return r.Web })
	s.field("email", func(r *atlas.Actor) string { return r.Email })
	s.field("phone", func(r *atlas.Actor) string { return r.Phone })
	s.address("seat", func(r *atlas.Actor) atlas.Address { return r.Seat })
	s.address("post", func(r *atlas.Actor) atlas.Address { return r.Post })
	s.address("billing", func(r *atlas.Actor) atlas.Address { return r.Billing })
}

func (s *columnSet) address(key string, at func(*atlas.Actor) atlas.Address) {
	s.field(key+"_street", func(r *atlas.Actor) string { return at(r).Street })
	s.field(key+"_zip", func(r *atlas.Actor) string { return at(r).ZIP })
	s.field(key+"_city", func(r *atlas.Actor) string { return at(r).City })
	s.field(key+"_ruian", func(r *atlas.Actor) string { return at(r).RUIAN })
}

func (s *columnSet) work() {
	s.field("territories", func(r *atlas.Actor) string { return dataset.Many(r.Territories, s.place) })
	s.code("territories", func(r *atlas.Actor) string { return dataset.Many(r.Territories, dataset.Same) })
	s.many("areas", func(r *atlas.Actor) []string { return r.Areas })
	s.many("activities", func(r *atlas.Actor) []string { return r.Activities })
	s.many("target_legal", func(r *atlas.Actor) []string { return r.TargetLegal })
	s.many("languages", func(r *atlas.Actor) []string { return r.Languages })
	s.many("service_form", func(r *atlas.Actor) []string { return r.ServiceForms })
	s.field("capacity", func(r *atlas.Actor) string { return r.Capacity })
	s.field("opening_hours", func(r *atlas.Actor) string { return r.OpeningHours })
	s.one("price", func(r *atlas.Actor) string { return r.Price })
}

// ties writes relations as sentences of the form: "is the founder of Foundation
// [A-00002], since: 2019".
func (s *columnSet) ties() {
	s.field("relations", func(r *atlas.Actor) string {
		return dataset.Many(r.Relations, func(x atlas.Relation) string {
			if !s.known[x.Actor] {
				return ""
			}
			strength := ""
			if x.Strength > 0 {
				strength = strconv.Itoa(x.Strength)
			}
			return dataset.Pairs("", s.relationWord(x.Kind), "", form.Coded(s.actor(x.Actor).Text, x.Actor),
				s.T("actors.field.relations.since"), x.Since.String(), s.T("actors.field.relations.strength"), strength)
		})
	})
}

// relationWord names a kind of relations; an unknown kind is itself.
func (t teller) relationWord(kind string) string {
	if slices.Contains(relationKinds, kind) {
		return t.T("actors.word." + kind)
	}
	return kind
}

func (s *columnSet) record() {
	s.field("verified_at", func(r *atlas.Actor) string { return r.Verified.String() })
	s.field("sources", func(r *atlas.Actor) string {
		return dataset.Many(r.Sources, func(x atlas.Source) string {
			row := ""
			if x.Row > 0 {
				row = s.T("actors.from_row", "row", x.Row)
			}
			return dataset.Pairs("", s.word(atlas.ListSourceKind, x.Kind), "", x.URL, s.T("actors.field.sources.accessed"), x.Accessed.String(),
				"", x.Note, "", x.File, "", row)
		})
	})
	s.other("sample", func(r *atlas.Actor) string { return s.yes(r.Sample) })
	s.other("record_status", func(r *atlas.Actor) string { return s.word(atlas.ListRecordStatus, r.RecordStatus) })
	s.other("created", func(r *atlas.Actor) string { return r.CreatedAt.UTC().Format(time.RFC3339) })
	s.other("updated", func(r *atlas.Actor) string { return r.UpdatedAt.UTC().Format(time.RFC3339) })
	s.other("version", func(r *atlas.Actor) string { return strconv.FormatInt(r.Version, 10) })
	s.other("url", func(r *atlas.Actor) string { return s.host + route.Actor(s.lang, r.ID) })
}

func (t teller) yes(b bool) string {
	if b {
		return t.T("actors.word.ano")
	}
	return t.T("actors.export.no")
}
