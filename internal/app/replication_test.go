package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
	"atlas/internal/transfer"
)

// Territories of the shipped ones that stand for towns.
const (
	townA = "CZ0323" // okres Plzeň-město
	townB = "CZ0532" // okres Pardubice
	townC = "CZ0631" // okres Havlíčkův Brod
	townD = "CZ0642" // okres Brno-město
)

// card stores a published card of a town.
func (d *desk) card(t *testing.T, town string, change func(*atlas.Practice)) *atlas.Practice {
	t.Helper()
	p := &atlas.Practice{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: "Kontaktní centrum", Territories: []string{town}, Country: "CZ",
		Segments: []atlas.Segment{{Name: "Poradna"}, {Name: "Kurzy"}}, Areas: []string{"JAZ"}, Status: atlas.PracticePublished,
	}
	if change != nil {
		change(p)
	}
	ok(t, d.store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.PutPractice(t.Context(), p, store.Write{By: "test", At: d.Now()})
	}))
	return p
}

func taken(practice, via, town string) *atlas.Replication {
	return &atlas.Replication{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Practice: practice, Via: via, Territory: town, Kind: atlas.TransferInspired, Status: atlas.TransferRunning,
	}
}

// of are viewers who edit a town and nothing else.
func (d *desk) of(t *testing.T, town, email string) atlas.Viewer {
	t.Helper()
	who := &atlas.Account{Email: email, Name: "Úřad", Lang: "cs", State: atlas.AccountActive, CreatedAt: d.Now()}
	g := atlas.Grant{Role: atlas.RoleTerritory, Territory: town, By: "U-00001", At: d.Now()}
	ok(t, d.store.Update(t.Context(), func(tx *store.Tx) error {
		return errors.Join(tx.PutAccount(t.Context(), who), tx.PutGrant(t.Context(), who.ID, g))
	}))
	return atlas.Viewer{Account: who.ID, Name: who.ID, Lang: "cs", Grants: []atlas.Grant{g}}
}

// lines writes the tree of a journey.
func lines(steps []transfer.Step) (out []string) {
	for _, s := range steps {
		line := fmt.Sprintf("%d %s", s.Depth, strings.TrimPrefix(s.Node.Name, "okres "))
		if s.Link.Given {
			line += " opuštěno"
		}
		if s.Link.ID != "" && !s.Link.Agreed {
			line += " nepotvrzeno"
		}
		out = append(append(out, line), lines(s.Kids)...)
	}
	return out
}

// ranked 3: A→B→C and A→D, which was given up; cycles and self-links are refused and
// the chain is named; a link that one side confirmed is unconfirmed.
func TestAPracticeTravelsAndNeverComesBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		k := d.card(t, townA, nil)
		b := taken(k.ID, "", townB)
		ok(t, d.SaveReplication(t.Context(), d.editor, b))
		c := taken(k.ID, b.ID, townC)
		ok(t, d.SaveReplication(t.Context(), d.editor, c))
		gone := taken(k.ID, "", townD)
		gone.Status = atlas.TransferAbandoned
		refused(t, d.SaveReplication(t.Context(), d.editor, gone), "problem.because")
		gone.Because = "Nebyly peníze na druhý rok."
		ok(t, d.SaveReplication(t.Context(), d.editor, gone))

		j, err := d.Journey(t.Context(), k.ID)
		ok(t, err)
		want := []string{"0 Plzeň-město", "1 Pardubice nepotvrzeno", "2 Havlíčkův Brod nepotvrzeno", "1 Brno-město opuštěno nepotvrzeno"}
		if got := lines(j.Tree(j.Roots)); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}

		for name, c := range map[string]struct {
			x          *atlas.Replication
			key, chain string
		}{
			"from itself":         {taken(k.ID, "", townA), "problem.transfer_self_town", "Plzeň-město → Plzeň-město"},
			"back to where it is": {taken(k.ID, c.ID, townA), "problem.transfer_cycle_town", "Plzeň-město → Pardubice → Havlíčkův Brod → Plzeň-město"},
			"back on the way":     {taken(k.ID, c.ID, townB), "problem.transfer_cycle_town", "Pardubice → Havlíčkův Brod → Pardubice"},
			"with the same card":  {func() *atlas.Replication { r := taken(k.ID, "", "CZ020A"); r.Card = k.ID; return r }(), "problem.transfer_self", "Plzeň-město → Plzeň-město"},
		} {
			c.x.Actor = "" // another try of the same town is another matter
			err := d.SaveReplication(t.Context(), d.editor, c.x)
			var invalid *atlas.InvalidError
			if !errors.As(err, &invalid) || !slices.ContainsFunc(invalid.Problems, func(p atlas.Problem) bool {
				return p.Key == c.key && strings.ReplaceAll(fmt.Sprint(p.Args["chain"]), "okres ", "") == c.chain
			}) {
				t.Errorf("%s: %v", name, err)
			}
		}
		b.Via = c.ID // a change of a stored one is checked as well
		refused(t, d.SaveReplication(t.Context(), d.editor, b), "problem.transfer_cycle")
	})
}

func TestOnlyBothSidesMakeALinkConfirmed(t *testing.T) { // ranked 3
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		source, follower := d.of(t, townA, "plzen@mesto.example"), d.of(t, townB, "pardubice@mesto.example")
		k := d.card(t, townA, nil)
		x := taken(k.ID, "", townB)
		ok(t, d.SaveReplication(t.Context(), d.editor, x))
		say := func(v atlas.Viewer, side string) error {
			now, err := d.Reader().Replication(t.Context(), x.ID)
			ok(t, err)
			return d.ConfirmReplication(t.Context(), v, x.ID, now.Version, side, true)
		}
		for name, v := range map[string]atlas.Viewer{"staff": d.editor, "the other town": follower, "a stranger": d.author, "nobody": {}} {
			if err := say(v, store.SideSource); !errors.Is(err, atlas.ErrForbidden) {
				t.Errorf("%s confirms for the source: %v", name, err)
			}
		}
		ok(t, say(source, store.SideSource))
		if now, _ := d.Reader().Replication(t.Context(), x.ID); now.Confirmed() || !now.BySource.Said() {
			t.Errorf("after one side: %+v %+v", now.BySource, now.ByFollower)
		}
		ok(t, say(follower, store.SideFollower))
		now, err := d.Reader().Replication(t.Context(), x.ID)
		ok(t, err)
		if !now.Confirmed() || now.BySource.By != source.Account || now.ByFollower.By != follower.Account {
			t.Errorf("after both: %+v %+v", now.BySource, now.ByFollower)
		}
		now.Result = "Běží dál." // says nothing else of the link
		ok(t, d.SaveReplication(t.Context(), follower, now))
		if now, _ = d.Reader().Replication(t.Context(), x.ID); !now.Confirmed() {
			t.Error("a word on the result took the confirmation away")
		}
		now.Kind, now.Segments = atlas.TransferPart, []string{"Poradna"}
		now.BySource = atlas.SideConfirmation{By: "U-99999", On: atlas.Date{Year: 2020}} // no form says so
		ok(t, d.SaveReplication(t.Context(), follower, now))
		if now, _ = d.Reader().Replication(t.Context(), x.ID); now.BySource.Said() || now.ByFollower.Said() {
			t.Error("what nobody confirmed is confirmed")
		}
		both := source // somebody who edits both towns speaks for one of them only
		both.Grants = append(slices.Clone(both.Grants), follower.Grants...)
		ok(t, say(both, store.SideSource))
		refused(t, say(both, store.SideFollower), "problem.transfer_both_sides")
	})
}

func TestAnybodySignedInProposesATransferAndTheStatusMovesWithTheSteps(t *testing.T) { // R4-15, 7.8
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		k := d.card(t, townA, nil)
		x := &atlas.Replication{Practice: k.ID, Territory: townB, Kind: atlas.TransferInspired, Status: atlas.TransferInterest}
		ok(t, d.SaveReplication(t.Context(), d.author, x))
		if x.Status != atlas.TransferInterest || x.RecordStatus != atlas.RecordDraft {
			t.Errorf("a new one: %s %s", x.Status, x.RecordStatus)
		}
		want := []string{"SEZNAM", "VYHODN", "ZDROJE", "PLAN", "PARTNERI"}
		for i, code := range atlas.StepCodes() {
			x.Steps = append(x.Steps, atlas.TransferStep{Code: code, Answer: "Ano.", Done: atlas.Date{Year: 2026, Month: 10}})
			ok(t, d.SaveReplication(t.Context(), d.author, x))
			if x.Status != want[i] {
				t.Errorf("after step %d: %s", i+1, x.Status)
			}
		}
		x.Segments = []string{"Neznámá"}
		refused(t, d.SaveReplication(t.Context(), d.author, x), "problem.segment")
		x.Segments, x.RecordStatus = nil, atlas.RecordReview
		ok(t, d.SaveReplication(t.Context(), d.author, x))
		waits, err := d.Queue(t.Context(), d.editor)
		if err != nil || len(waits) != 1 || waits[0].ID != x.ID {
			t.Fatalf("in the queue: %+v, %v", waits, err)
		}
		ok(t, d.Decide(t.Context(), d.editor, x.ID, x.Version, store.DeedPublished, ""))
		all, err := d.FollowersOf(t.Context(), k.ID)
		if err != nil || len(all) != 1 || all[0].ID != x.ID {
			t.Errorf("followers %v, %v", all, err)
		}
		again := &atlas.Replication{Practice: k.ID, Territory: townB, Kind: atlas.TransferInspired}
		refused(t, d.SaveReplication(t.Context(), d.author, again), "problem.transfer_twice")
		x, err = d.Reader().Replication(t.Context(), x.ID)
		ok(t, err)
		x.Steps[0].Answer = "Volejte 777 123 456."
		refused(t, d.SaveReplication(t.Context(), d.editor, x), "problem.personal")
	})
}

func TestMergingKeepsAllLinks(t *testing.T) { // ranked 3
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		keep, drop := d.card(t, townA, nil), d.card(t, townA, func(p *atlas.Practice) {
			p.Segments, p.Areas = []atlas.Segment{{Name: "Terén"}}, []string{"BYD"}
		})
		one, other := taken(keep.ID, "", townB), taken(drop.ID, "", townC)
		other.Kind, other.Segments = atlas.TransferPart, []string{"Terén"}
		for _, x := range []*atlas.Replication{one, other} {
			ok(t, d.SaveReplication(t.Context(), d.editor, x))
		}
		through := taken(drop.ID, other.ID, townD)
		ok(t, d.SaveReplication(t.Context(), d.editor, through))
		ok(t, d.MergePractice(t.Context(), d.editor, drop.ID, drop.Version, keep.ID))
		j, err := d.Journey(t.Context(), keep.ID)
		ok(t, err)
		want := []string{"0 Plzeň-město", "1 Pardubice nepotvrzeno", "1 Havlíčkův Brod nepotvrzeno", "2 Brno-město nepotvrzeno"}
		if got := lines(j.Tree(j.Roots)); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
		all, err := d.FollowersOf(t.Context(), keep.ID)
		if err != nil || len(all) != 3 {
			t.Errorf("%d followers, %v", len(all), err)
		}
		ok(t, d.SaveReplication(t.Context(), d.editor, other)) // it may still be changed

		// Two cards of which one followed the other cannot be one.
		follower := d.card(t, townB, nil)
		one.Card = follower.ID
		ok(t, d.SaveReplication(t.Context(), d.editor, one))
		refused(t, d.MergePractice(t.Context(), d.editor, follower.ID, follower.Version, keep.ID), "problem.transfer_self")
		if p, err := d.Reader().Practice(t.Context(), follower.ID); err != nil || p.MergedInto != "" {
			t.Error("a refused merge was written", err)
		}
	})
}

func TestMergingTwoProjectsKeepsTheirTransfers(t *testing.T) { // ranked 3
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		k, actor := d.card(t, townA, nil), simi(t, d.App).ID
		keep, drop := mis(actor), mis(actor)
		drop.RegNumber = ""
		for _, p := range []*atlas.Project{keep, drop} {
			ok(t, d.SaveProject(t.Context(), d.editor, p))
		}
		x := taken(k.ID, "", townB)
		x.Project = drop.ID
		ok(t, d.SaveReplication(t.Context(), d.editor, x))
		of := func(project string) []string {
			all, err := d.Reader().ReplicationsOfProject(t.Context(), project)
			ok(t, err)
			var ids []string
			for _, x := range all {
				ids = append(ids, x.ID)
			}
			return ids
		}
		ok(t, d.MergeProjects(t.Context(), d.editor, app.Merge{Keep: keep.ID, Drop: drop.ID}))
		if got := of(keep.ID); !slices.Equal(got, []string{x.ID}) {
			t.Errorf("after the merge: %v", got)
		}
		ok(t, d.SaveReplication(t.Context(), d.editor, x)) // the project lives on
		if _, err := d.UndoMerge(t.Context(), d.editor, drop.ID); err != nil {
			t.Fatal(err)
		}
		if got, back := of(keep.ID), of(drop.ID); len(got) != 0 || !slices.Equal(back, []string{x.ID}) {
			t.Errorf("after it was undone: %v and %v", got, back)
		}
	})
}

func links() app.TownLinks {
	return app.TownLinks{
		Page:  func(lang string) string { return "https://atlas.example/" + lang + "/prenosy" },
		Reply: func(lang, key string) string { return "https://atlas.example/" + lang + "/prenosy/odpoved?klic=" + key },
	}
}

func TestTownsWriteEachOtherWithoutAddressesAndNobodyElseReads(t *testing.T) { // 7.8
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		source, follower := d.of(t, townA, "plzen@mesto.example"), d.of(t, townB, "pardubice@mesto.example")
		k := d.card(t, townA, nil)
		x := taken(k.ID, "", townB)
		x.RecordStatus = atlas.RecordDraft
		ok(t, d.SaveReplication(t.Context(), follower, x))
		if _, _, err := d.SeeReplication(t.Context(), source, x.ID); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("the source sees a draft that nobody told it of: %v", err)
		}
		told, err := d.WriteToTown(t.Context(), follower, x.ID, " Kolik vás to stálo? ", links())
		if err != nil || told != 1 {
			t.Fatal(told, err)
		}
		if _, side, err := d.SeeReplication(t.Context(), source, x.ID); err != nil || side != (app.Sides{Source: true}) {
			t.Errorf("the source: %v %v", side, err)
		}
		if told, err = d.WriteToTown(t.Context(), source, x.ID, "Dva úvazky.", links()); err != nil || told != 1 {
			t.Fatal(told, err)
		}
		if got := d.letters(t, "plzen@mesto.example"); !slices.Equal(got, []string{"transfer"}) {
			t.Errorf("to the source: %v", got)
		}
		if got := d.letters(t, "pardubice@mesto.example"); !slices.Equal(got, []string{"transfer"}) {
			t.Errorf("to the follower: %v", got)
		}
		all := d.claimed(t)
		if len(all) != 2 {
			t.Fatalf("%d letters", len(all))
		}
		for _, l := range all {
			other := map[string]string{"plzen@mesto.example": "pardubice@mesto.example", "pardubice@mesto.example": "plzen@mesto.example"}[l.To]
			if other == "" || strings.Contains(l.Text+l.HTML+l.Subject, other) {
				t.Errorf("a letter to %s tells the address of the other side", l.To)
			}
		}
		for name, v := range map[string]atlas.Viewer{"staff": d.editor, "a stranger": d.author, "the public": {}} {
			if _, err := d.TownTalk(t.Context(), v, x); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("%s reads the thread: %v", name, err)
			}
			if _, err := d.WriteToTown(t.Context(), v, x.ID, "Dobrý den", links()); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("%s writes into it: %v", name, err)
			}
		}
		talk, err := d.TownTalk(t.Context(), source, x)
		if err != nil || len(talk) != 2 || talk[0].Side != store.SideFollower || talk[0].Text != "Kolik vás to stálo?" || talk[1].Side != store.SideSource {
			t.Errorf("%+v %v", talk, err)
		}
		// A double click says it once; more than a person writes is refused.
		ok(t, second(d.WriteToTown(t.Context(), source, x.ID, "Dva úvazky.", links())))
		for i := range 5 {
			ok(t, second(d.WriteToTown(t.Context(), source, x.ID, fmt.Sprint("Ještě ", i), links())))
		}
		refused(t, second(d.WriteToTown(t.Context(), source, x.ID, "A ještě", links())), "problem.messages_here")
		ok(t, second(d.WriteToTown(t.Context(), follower, x.ID, "Děkujeme", links()))) // the other side may
		if talk, err = d.TownTalk(t.Context(), follower, x); err != nil || len(talk) != 8 {
			t.Errorf("%d messages, %v", len(talk), err)
		}
	})
}

// claimed are the letters that wait, with what they say.
func (d *desk) claimed(t *testing.T) (all []store.Letter) {
	t.Helper()
	for {
		l, err := d.store.ClaimLetter(t.Context(), d.Now(), time.Minute)
		if errors.Is(err, atlas.ErrNotFound) {
			return all
		}
		ok(t, err)
		all = append(all, l)
	}
}

func second[T any](_ T, err error) error { return err }

func TestAContactWithoutAnAccountAnswersByALink(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		follower := d.of(t, townB, "pardubice@mesto.example")
		k := d.card(t, townA, func(p *atlas.Practice) {
			p.Contacts = []atlas.Person{{Name: "Paní z úřadu", Email: "urad@mesto.example"}, {Name: "Bývalá", Email: "byvala@mesto.example", RetainUntil: atlas.Date{Year: 2020}}}
		})
		x := taken(k.ID, "", townB)
		ok(t, d.SaveReplication(t.Context(), d.editor, x))
		if told, err := d.WriteToTown(t.Context(), follower, x.ID, "Kolik vás to stálo?", links()); err != nil || told != 1 {
			t.Fatal(told, err)
		}
		if got := d.letters(t, "byvala@mesto.example"); len(got) > 0 {
			t.Errorf("to a contact whose time is over: %v", got)
		}
		all := d.claimed(t)
		_, rest, _ := strings.Cut(all[0].Text, "klic=")
		key, _, _ := strings.Cut(rest, "\n")

		got, talk, err := d.OpenReply(t.Context(), strings.TrimSpace(key))
		if err != nil || got.ID != x.ID || len(talk) != 1 {
			t.Fatalf("%v %d %v", got, len(talk), err)
		}
		ok(t, d.Reply(t.Context(), strings.TrimSpace(key), "Dva úvazky.", links()))
		if talk, err = d.TownTalk(t.Context(), follower, x); err != nil || len(talk) != 2 || talk[1].Side != store.SideSource || talk[1].By != "" {
			t.Errorf("%+v %v", talk, err)
		}
		if got := d.letters(t, "pardubice@mesto.example"); !slices.Equal(got, []string{"transfer"}) {
			t.Errorf("to the follower: %v", got)
		}
		for _, wrong := range []string{"", "abc", key[:len(key)/2]} {
			if err := d.Reply(t.Context(), wrong, "Dobrý den", links()); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("with the key %q: %v", wrong, err)
			}
		}
	})
}

// The fit of a card is told of one municipality from statistics, registers, records
// and its own answers; what nobody knows is never met (ranked 4).
func TestTheFitOfACardSaysWhatItStandsOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		k := d.card(t, townA, func(p *atlas.Practice) {
			p.Prerequisites = []atlas.Prerequisite{
				{Code: "p1", Kind: atlas.NeedsStaff, Least: 100, Core: true}, {Code: "p2", Kind: atlas.NeedsPartner, Of: "NNO"},
				{Code: "p3", Kind: atlas.NeedsPartner, Of: "CPIC"}, {Code: "p4", Kind: atlas.NeedsSize, Of: transfer.OfForeigners, Least: 500},
			}
		})
		ngo := &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Most", Type: "NNO", Sector: atlas.SectorPrivate, Country: "CZ", Territories: []string{"CZ053"}}
		ok(t, d.store.Update(t.Context(), func(tx *store.Tx) error {
			return tx.PutActor(t.Context(), ngo, store.Write{By: "test", At: d.Now()})
		}))
		told := func() string {
			f, err := d.TransferFit(t.Context(), d.author, k, townB)
			ok(t, err)
			var out []string
			for _, x := range f.Findings {
				out = append(out, fmt.Sprintf("%s:%s/%s", x.Asked.Code, x.Met, x.By))
			}
			if f.Near == nil || f.Near.Of != 76 || f.Source == nil {
				t.Errorf("near %+v", f.Near)
			}
			return strings.Join(out, " ")
		}
		if got, want := told(), "p1:/ p2:ano/records p3:/ p4:/"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		x := taken(k.ID, "", townB)
		x.Answers = []atlas.PrerequisiteAnswer{{Code: "p1", Met: atlas.No, Source: "Rada města 3/2026"}, {Code: "p3", Met: atlas.Yes}}
		ok(t, d.SaveReplication(t.Context(), d.editor, x))
		for _, town := range []string{townC, townD, "CZ0201", "CZ0202"} {
			ok(t, d.SaveReplication(t.Context(), d.editor, taken(k.ID, "", town)))
		}
		gone := taken(k.ID, "", "CZ0203")
		gone.Status, gone.Because = atlas.TransferAbandoned, "Odešel koordinátor."
		ok(t, d.SaveReplication(t.Context(), d.editor, gone))
		if got, want := told(), "p1:ne/answer p2:ano/records p3:ano/answer p4:/"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		f, err := d.TransferFit(t.Context(), d.author, k, townB)
		ok(t, err)
		if len(f.Adopters) != 3 || f.Lacking != 1 || len(f.GaveUp) != 1 || f.GaveUp[0].Because == "" {
			t.Errorf("%d adopters, %d lacking, %d gave up", len(f.Adopters), f.Lacking, len(f.GaveUp))
		}
		sum := 0.0
		for _, part := range f.Near.Parts {
			sum += part
		}
		if diff := sum - f.Near.Distance; diff > 1e-9 || diff < -1e-9 {
			t.Errorf("parts sum to %v of %v", sum, f.Near.Distance)
		}
	})
}

func TestATownIsInspiredByPracticesForWhatItLacks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		own := d.card(t, townB, nil)
		fits := d.card(t, townA, func(p *atlas.Practice) { p.Areas = []string{"JAZ", "BYD"} })
		less := d.card(t, townD, func(p *atlas.Practice) { p.Areas = []string{"JAZ"} })
		d.card(t, townC, func(p *atlas.Practice) { p.RecordStatus = atlas.RecordDraft })
		ok(t, d.SaveNeed(t.Context(), d.editor, need(func(n *atlas.Need) { n.Territory = townB })))
		x, err := d.Inspire(t.Context(), townB)
		ok(t, err)
		var got []string
		for _, i := range x.Ideas {
			got = append(got, fmt.Sprint(i.Practice.ID, " ", len(i.Gaps)))
			if i.Near == nil {
				t.Errorf("%s: no town that has it is compared", i.Practice.ID)
			}
		}
		if want := []string{fits.ID + " 2", less.ID + " 1"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v; its own is %s", got, want, own.ID)
		}
		if g := x.Gaps[0]; g.Area != "JAZ" || g.Needs != 1 || g.Severity != 3 || g.Projects != 0 {
			t.Errorf("the first gap is %+v", g)
		}
	})
}

func TestHistoryOfATransferTellsItsFields(t *testing.T) {
	a, b := taken("K-00001", "", townB), taken("K-00001", "", townB)
	b.Status, b.Because = atlas.TransferAbandoned, "Nebyly peníze."
	var keys []string
	for _, c := range app.Compare(a, b) {
		keys = append(keys, c.Key)
	}
	if !slices.Equal(keys, []string{"status", "because"}) {
		t.Error(keys)
	}
}

func TestATransferOutlivesANewNameOfItsSegment(t *testing.T) { // 6.12
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		k := d.card(t, townA, nil)
		x := taken(k.ID, "", townB)
		x.Kind, x.Segments = atlas.TransferPart, []string{"Poradna"}
		ok(t, d.SaveReplication(t.Context(), d.editor, x))
		k.Segments[0].Name = "Poradna pro cizince"
		ok(t, d.store.Update(t.Context(), func(tx *store.Tx) error {
			return tx.PutPractice(t.Context(), k, store.Write{By: "test", At: d.Now()})
		}))
		ok(t, d.ConfirmReplication(t.Context(), d.of(t, townA, "plzen@mesto.example"), x.ID, x.Version, store.SideSource, true))
		now, err := d.Reader().Replication(t.Context(), x.ID)
		ok(t, err)
		now.Segments = append(now.Segments, "Úplně jiný")
		refused(t, d.SaveReplication(t.Context(), d.editor, now), "problem.segment")
	})
}

func TestATownFollowsACardOnceHoweverItsTransferCameToBePublished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		k := d.card(t, townA, nil)
		one, two := taken(k.ID, "", townB), taken(k.ID, "", townB)
		one.RecordStatus, two.RecordStatus = atlas.RecordDraft, atlas.RecordDraft
		for _, x := range []*atlas.Replication{one, two} {
			ok(t, d.SaveReplication(t.Context(), d.editor, x))
			x.RecordStatus = atlas.RecordPublished
		}
		ok(t, d.SaveReplication(t.Context(), d.editor, one))
		refused(t, d.SaveReplication(t.Context(), d.editor, two), "problem.transfer_twice")
		ok(t, d.SaveReplication(t.Context(), d.editor, one)) // the first may be changed
	})
}
