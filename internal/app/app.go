// Package app holds the operations that change something: each asks whether
// the viewer may, whether it makes sense, and writes in one transaction. It
// keeps the search index and the other state in memory in step with the
// database.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/mail"
	"atlas/internal/place"
	"atlas/internal/search"
	"atlas/internal/store"
)

// App is the application over one database. Its methods may be called from
// many goroutines.
type App struct {
	store   *store.Store
	log     *slog.Logger
	now     func() time.Time
	indexed bool // false where nobody searches

	index    *search.Index
	lists    atomic.Pointer[atlas.Lists]
	places   atomic.Pointer[place.Gazetteer]
	coder    atomic.Pointer[coverage.Coder]            // of those places
	wording  atomic.Pointer[map[string]atlas.PageText] // texts of pages by code
	extents  atomic.Pointer[atlas.SourceCompleteness]
	needs    atomic.Pointer[[]store.OpenNeed]
	mentions *mentions
	bands    atomic.Pointer[map[string][]atlas.Words] // what rubrics call them, by code

	practices atomic.Pointer[PracticeBook]
	carding   sync.Mutex // held by whoever reads the cards anew
	turning   sync.Mutex // guards turned
	turned    atlas.Date // of which day the index speaks

	mu     sync.RWMutex // guards actors and applied
	actors map[string]actorNames
	// applied is the last change that is in memory, or that whoever is building
	// the index anew takes there.
	applied  int64
	building sync.Mutex  // held by whoever builds the index anew
	reworded atomic.Bool // a code list says other words than the index knows

	suspects suspects
	costs    costCache
	stands   stands
	remember remember
	logCheck logCheck
	keys     Keys
	letters  *mail.Composer
	pages    func(lang, about string) string
	people   func(lang, actor string) string
	gate     *gate
	watching atomic.Pointer[WatchWords]
}

// Options of an application; the zero value is right for production.
type Options struct {
	Log *slog.Logger
	Now func() time.Time // clock
	// WithoutIndex is for commands, which only write: no search index is built
	// and no names of actors are kept.
	WithoutIndex bool
	// Keys of the instance; without them, what is signed or sealed is good as long
	// as the program runs.
	Keys Keys
	// Letters composes letters to people; nil where none are sent.
	Letters *mail.Composer
	// Pages gives the address of the page about a record or a proposal, for
	// letters; nil or "" where the instance does not know its own address.
	Pages func(lang, about string) string
	// People gives the address of the page about the people of an organisation, in
	// the same way.
	People func(lang, actor string) string
	Gate   Gate
}

// New makes an application; Load must be called before it is used.
func New(s *store.Store, o Options) *App {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Keys.signer == nil {
		o.Keys = passingKeys()
	}
	if o.People == nil {
		o.People = func(string, string) string { return "" }
	}
	if o.Pages == nil {
		o.Pages = func(string, string) string { return "" }
	}
	a := &App{remember: newRemember(), mentions: newMentions(), gate: newGate(o.Gate), keys: o.Keys, letters: o.Letters, pages: o.Pages, people: o.People, store: s, log: o.Log, now: o.Now, indexed: !o.WithoutIndex, index: search.New(search.Options{Otherwise: ofOthers}), actors: map[string]actorNames{}}
	a.lists.Store(atlas.NewLists(nil))
	a.setPlaces(place.New(nil))
	a.wording.Store(&map[string]atlas.PageText{})
	a.extents.Store(atlas.NewSourceCompleteness(nil))
	a.needs.Store(new([]store.OpenNeed))
	a.bands.Store(&map[string][]atlas.Words{})
	a.practices.Store(&PracticeBook{index: search.New(search.Options{})})
	return a
}

// Reader reads the database.
func (a *App) Reader() *store.Reader { return a.store.Reader }

// Index is the search index.
func (a *App) Index() *search.Index { return a.index }

// Lists is all code lists as they stand.
func (a *App) Lists() *atlas.Lists { return a.lists.Load() }

// Places is the territories as they stand.
func (a *App) Places() *place.Gazetteer { return a.places.Load() }

// Now is the time by the clock of the application.
func (a *App) Now() time.Time { return a.now() }

func (a *App) year() int { return a.today().Year }

// Load fills a new database with what the product ships with, then reads
// everything that lives in memory: code lists, territories, names, the index.
func (a *App) Load(ctx context.Context) error {
	a.turning.Lock()
	defer a.turning.Unlock()
	a.turned = a.today()
	seq, err := a.loadShipped(ctx)
	if err != nil {
		return err
	}
	wrote, err := a.ship(ctx)
	if err != nil {
		return fmt.Errorf("data of the product: %w", err)
	}
	if wrote {
		if seq, err = a.loadShipped(ctx); err != nil {
			return err
		}
	}
	if a.indexed {
		if err := a.buildAll(ctx); err != nil {
			return err
		}
	}
	a.mu.Lock()
	a.applied = max(a.applied, seq)
	a.mu.Unlock()
	return nil
}

// buildAll reads the names of actors and of bands, the extents of sources, the needs
// and what other records say of projects, and builds the index.
func (a *App) buildAll(ctx context.Context) error {
	for _, load := range []func(context.Context) error{a.loadActors, a.loadExtents, a.loadNeeds, a.loadBands, a.loadEvaluations, a.loadMarks} {
		if err := load(ctx); err != nil {
			return err
		}
	}
	return a.buildIndex(ctx)
}

// loadShipped reads the code lists and territories, and gives the last change
// before that.
func (a *App) loadShipped(ctx context.Context) (seq int64, err error) {
	if seq, err = a.Reader().LastChange(ctx); err != nil {
		return 0, err
	}
	if err := a.loadLists(ctx); err != nil {
		return 0, err
	}
	if err := a.loadTexts(ctx); err != nil {
		return 0, err
	}
	return seq, a.loadPlaces(ctx)
}

func (a *App) loadLists(ctx context.Context) error {
	lists, err := a.Reader().Lists(ctx)
	if err != nil {
		return fmt.Errorf("code lists: %w", err)
	}
	a.lists.Store(atlas.NewLists(lists))
	return nil
}

func (a *App) loadPlaces(ctx context.Context) error {
	all, err := a.Reader().Territories(ctx)
	if err != nil {
		return fmt.Errorf("territories: %w", err)
	}
	a.setPlaces(place.New(all))
	return a.loadAliases(ctx)
}

func (a *App) setPlaces(g *place.Gazetteer) {
	a.places.Store(g)
	a.coder.Store(coverage.NewCoder(g))
}

func (a *App) loadAliases(ctx context.Context) error {
	groups, err := a.Reader().Aliases(ctx)
	if err != nil {
		return fmt.Errorf("aliases: %w", err)
	}
	a.index.SetAliases(groups)
	return nil
}

// actorNames is what pages and the index say of an actor without reading it.
type actorNames struct {
	cs, en string
	other  []string
	kind   string // CL-08
	ico    string
	abroad string // identifier of another country
}

func namesOf(r *atlas.Actor) actorNames {
	return actorNames{cs: r.Name, en: r.NameEn, other: r.OtherNames, kind: r.Type, ico: r.ICO, abroad: r.ForeignID}
}

func (a *App) loadActors(ctx context.Context) error {
	names := map[string]actorNames{}
	err := a.Reader().EachActor(ctx, func(r *atlas.Actor) error {
		names[r.ID] = namesOf(r)
		return nil
	})
	if err != nil {
		return fmt.Errorf("actors: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.actors = names
	return nil
}

// ActorName is the name of an actor in a language; an unknown id is itself.
func (a *App) ActorName(id, lang string) string {
	if n, ok := a.actor(id); ok {
		return n.in(lang)
	}
	return id
}

// in is the name in a language.
func (n actorNames) in(lang string) string {
	if lang == "en" && n.en != "" {
		return n.en
	}
	return n.cs
}

// ActorNumbers are the IČO of an actor and its identifier abroad; "" where it
// has none.
func (a *App) ActorNumbers(id string) (ico, abroad string) {
	n, _ := a.actor(id)
	return n.ico, n.abroad
}

func (a *App) actor(id string) (actorNames, bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	n, ok := a.actors[id]
	return n, ok
}

// ActorNames is every actor's name by id, for choosing one in a form.
func (a *App) ActorNames(lang string) map[string]string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	out := make(map[string]string, len(a.actors))
	for id, n := range maps.All(a.actors) {
		out[id] = n.in(lang)
	}
	return out
}
