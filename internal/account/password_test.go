package account

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// cheap is a cost for tests that hash much.
var cheap = Cost{Memory: 64, Time: 1, Lanes: 1}

func hasher(t *testing.T, cost Cost) *Hasher {
	t.Helper()
	h, err := NewHasher(cost, 2, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func mustHash(t *testing.T, h *Hasher, password string) string {
	t.Helper()
	hash, err := h.Hash(context.Background(), password)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestOnlyTheRightPasswordPasses(t *testing.T) {
	h := hasher(t, OWASP())
	hash := mustHash(t, h, "žluťoučký kůň úpí")
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is not at the cost of OWASP: %s", hash)
	}
	for password, want := range map[string]bool{
		"žluťoučký kůň úpí":                                                 true,
		"z\u030clut\u030couc\u030cky\u0301 ku\u030an\u030c u\u0301pi\u0301": true, // letters and marks apart
		"žluťoučký kůň úpi":                                                 false,
		"Žluťoučký kůň úpí":                                                 false,
		"žluťoučký kůň úpí ":                                                false,
		"":                                                                  false,
	} {
		right, outdated, err := h.Check(context.Background(), hash, password)
		if err != nil || right != want || outdated {
			t.Errorf("%q: right %v, outdated %v, %v; want right %v", password, right, outdated, err, want)
		}
	}
	if again := mustHash(t, h, "žluťoučký kůň úpí"); again == hash {
		t.Error("two hashes of a password are the same: there is no salt")
	}
}

func TestAHashMadeAtAnotherCostIsOutdatedOnlyWhenThePasswordIsRight(t *testing.T) {
	old := mustHash(t, hasher(t, cheap), "dlouhé heslo do práce")
	now := hasher(t, Cost{Memory: 128, Time: 1, Lanes: 1})
	if right, outdated, err := now.Check(context.Background(), old, "dlouhé heslo do práce"); !right || !outdated || err != nil {
		t.Errorf("right %v, outdated %v, %v", right, outdated, err)
	}
	if right, outdated, err := now.Check(context.Background(), old, "jiné heslo do práce"); right || outdated || err != nil {
		t.Errorf("wrong password: right %v, outdated %v, %v", right, outdated, err)
	}
}

func TestAnUnknownAccountIsRefusedForTheSamePrice(t *testing.T) {
	h := hasher(t, OWASP())
	hash := mustHash(t, h, "dlouhé heslo do práce")
	known := fastest(func() { h.Check(context.Background(), hash, "zkouška jiného hesla") })
	unknown := fastest(func() {
		if right, _, err := h.Check(context.Background(), "", "zkouška jiného hesla"); right || err != nil {
			t.Errorf("right %v, %v", right, err)
		}
	})
	if unknown < known/2 || unknown > known*2 {
		t.Errorf("a known account takes %v, an unknown one %v", known, unknown)
	}
}

func fastest(f func()) time.Duration {
	best := time.Hour
	for range 5 {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	return best
}

// zeros is randomness that a test knows.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestTheDecoyIsNobodysPassword(t *testing.T) {
	h, err := NewHasher(cheap, 1, zeros{})
	if err != nil {
		t.Fatal(err)
	}
	decoy := string(make([]byte, hashLength)) // what the decoy was made of
	if right, _, err := h.Check(context.Background(), h.decoy, decoy); !right || err != nil {
		t.Fatalf("the test does not know the decoy: %v", err)
	}
	if right, _, err := h.Check(context.Background(), "", decoy); right || err != nil {
		t.Errorf("an account without a password was opened: %v", err)
	}
}

func TestNoMoreAreHashedAtOnceThanAllowed(t *testing.T) {
	h := hasher(t, cheap)
	h.slots <- struct{}{}
	h.slots <- struct{}{} // both are taken
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.Hash(ctx, "heslo"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hashed past the bound: %v", err)
	}
	<-h.slots
	<-h.slots
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := h.Hash(context.Background(), "heslo"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(h.slots) != 0 {
		t.Error("slots were not given back")
	}
}

func TestAForgedHashCannotTakeAllMemory(t *testing.T) {
	h := hasher(t, cheap)
	for _, hash := range []string{
		"$argon2id$v=19$m=4294967295,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=4000000000,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=1,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=16$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
		"$2a$10$IxMdI6d.LIRZPpSfEwNoeu4rY3FhDREsxFJXikcgdRRAStxUlsuEO",
		"heslo",
	} {
		if right, _, err := h.Check(context.Background(), hash, "heslo"); right || err == nil {
			t.Errorf("%s was taken", hash)
		}
	}
}

func FuzzAStoredHashHasOneForm(f *testing.F) {
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=019456,t=2,p=1$c29tZXNhbHQxMjM0NTY$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=64,t=1,p=1$\nc29tZXNhbHQxMjM0NTY$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseHash(text)
		if err != nil {
			return
		}
		if s.String() != text || s.cost.check() != nil {
			t.Errorf("%q was read as %q", text, s)
		}
	})
}
