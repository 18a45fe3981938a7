package account

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func from(address string) Attempt {
	return Attempt{Account: "jana@obec.example", Address: netip.MustParseAddr(address)}
}

// guess makes wrong attempts until one must wait and counts them.
func guess(l *Limiter, a Attempt, now time.Time, most int) (made int, v Verdict) {
	for ; made < most; made++ {
		if v = l.Try(a, now); v.Wait > 0 {
			break
		}
	}
	return made, v
}

func TestGuessingAtOneAccountFromOneAddressMustWait(t *testing.T) {
	l := NewLimiter(FirstStep())
	made, v := guess(l, from("192.0.2.1"), noon, 100)
	if made != 5 || v.Wait <= 0 || v.Wait > time.Minute {
		t.Errorf("%d guesses, then %+v", made, v)
	}
	if again := l.Try(from("192.0.2.1"), noon.Add(v.Wait)); again.Wait != 0 {
		t.Errorf("after the wait that was said: %+v", again)
	}
	if again := l.Try(from("192.0.2.1"), noon.Add(v.Wait)); again.Wait == 0 {
		t.Error("the wait lets in more than one")
	}
}

func TestGuessingAtManyAccountsFromOneAddressMustWait(t *testing.T) {
	for _, addresses := range [][]string{
		{"192.0.2.1"}, {"::ffff:192.0.2.1", "192.0.2.1"}, {"2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::"},
	} {
		l, made := NewLimiter(FirstStep()), 0
		for ; made < 1000; made++ {
			a := from(addresses[made%len(addresses)])
			a.Account = fmt.Sprint(made)
			if l.Try(a, noon).Wait > 0 {
				break
			}
		}
		if made != 30 {
			t.Errorf("%v: %d guesses", addresses, made)
		}
	}
	l := NewLimiter(FirstStep())
	guess(l, from("2001:db8:0:1::1"), noon, 100)
	if v := l.Try(from("2001:db8:0:2::1"), noon); v.Wait > 0 {
		t.Errorf("another network waits too: %+v", v)
	}
}

func TestAnswersForAnAccountUnderAttackAreSlowerAndNeverRefusedElsewhere(t *testing.T) {
	l, limits := NewLimiter(FirstStep()), FirstStep()
	var delays []time.Duration
	for i := range 200 {
		v := l.Try(from(fmt.Sprintf("198.51.100.%d", i)), noon)
		if v.Wait > 0 {
			t.Fatalf("guess %d from an address of its own is refused", i)
		}
		delays = append(delays, v.Delay)
	}
	if delays[limits.Free-1] != 0 || delays[limits.Free] != limits.FirstDelay || delays[limits.Free+1] != 2*limits.FirstDelay || delays[199] != limits.LongestDelay || !slices.IsSorted(delays) {
		t.Errorf("delays: %v", delays[:20])
	}
	if v := l.Try(from("192.0.2.1"), noon.Add(4*time.Hour)); v.Delay != 0 {
		t.Errorf("long after: %+v", v)
	}
}

// TestWhateverAnAttackerDoesTheOwnerGetsIn is the promise of this limiter: from
// a browser that is known, at once; from another address, after a bounded delay.
func TestWhateverAnAttackerDoesTheOwnerGetsIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limits := FirstStep()
		limits.Remembered = rapid.IntRange(1, 40).Draw(t, "remembered")
		l, now := NewLimiter(limits), noon
		for range rapid.IntRange(0, 300).Draw(t, "attempts") {
			now = now.Add(time.Duration(rapid.Int64Range(-int64(time.Hour), int64(time.Minute)).Draw(t, "step")))
			a := from(fmt.Sprintf("198.51.100.%d", rapid.IntRange(1, 250).Draw(t, "host")))
			if rapid.Bool().Draw(t, "other") {
				a.Account = "attacker@evil.example"
			}
			if rapid.Bool().Draw(t, "forged") {
				a.Device = "a mark of another browser"
			}
			if v := l.Try(a, now); rapid.Bool().Draw(t, "right") && a.Account != "jana@obec.example" {
				l.Succeeded(a, v)
			}
		}
		if v := l.Try(from("192.0.2.1"), now); v.Wait != 0 || v.Delay > limits.LongestDelay {
			t.Fatalf("the owner from another address: %+v", v)
		}
		known := from("198.51.100.7") // even from an address that the attacker has
		known.Device = "the owner's browser"
		if v := l.Try(known, now); v.Wait != 0 || v.Delay != 0 {
			t.Fatalf("the owner from a known browser: %+v", v)
		}
	})
}

func TestAKnownBrowserInWrongHandsIsSoonLikeAnyOther(t *testing.T) {
	l := NewLimiter(FirstStep())
	a := from("192.0.2.1")
	a.Device = "left at a library"
	if made, v := guess(l, a, noon, 100); made != 15 || v.Wait == 0 { // 10 as known, 5 as not
		t.Errorf("%d guesses, then %+v", made, v)
	}
}

func TestBeingRightForgetsMistakesButNotThoseOfTheAddress(t *testing.T) {
	l := NewLimiter(FirstStep())
	for i := range 50 {
		if v := l.Try(from("192.0.2.1"), noon.Add(time.Duration(i)*time.Second)); v.Wait > 0 {
			t.Fatalf("sign-in %d: %+v", i, v)
		} else {
			l.Succeeded(from("192.0.2.1"), v)
		}
	}
	made := 0
	own := from("192.0.2.1")
	own.Account, own.Device = "attacker@evil.example", "attacker's browser"
	for ; made < 200; made++ { // a guess, then a sign-in to an own account
		a := from("192.0.2.1")
		a.Account = fmt.Sprint("victim", made)
		if l.Try(a, noon.Add(time.Minute)).Wait > 0 {
			break
		}
		l.Succeeded(own, l.Try(own, noon.Add(time.Minute)))
	}
	if made > 30 {
		t.Errorf("signing in to an own account paid for %d guesses", made)
	}
}

func TestTheSecondStepCountsAllGuessesAtAnAccount(t *testing.T) {
	l, made := NewLimiter(SecondStep()), 0
	for i := range 24 * 60 {
		for j := range 10 {
			if l.Try(from(fmt.Sprintf("198.%d.%d.%d", 18+j%2, i%250, j)), noon.Add(time.Duration(i)*time.Minute)).Wait == 0 {
				made++
			}
		}
	}
	if made > 300 { // of a million codes three are right at a time
		t.Errorf("%d codes may be tried in a day", made)
	}
}

func TestAClockThatJumpsShutsNobodyOut(t *testing.T) {
	l := NewLimiter(FirstStep())
	guess(l, from("192.0.2.1"), noon.Add(1000*time.Hour), 100) // the clock was ahead
	v := l.Try(from("192.0.2.1"), noon)
	if v.Wait > time.Minute {
		t.Errorf("must wait %v", v.Wait)
	}
	if v := l.Try(from("192.0.2.1"), noon.Add(time.Minute)); v.Wait > 0 {
		t.Errorf("a minute after the clock was put right: %+v", v)
	}
}

func TestMemoryIsBoundedAndForgettingLetsIn(t *testing.T) {
	limits := FirstStep()
	limits.Remembered = 100
	l := NewLimiter(limits)
	for i := range 10_000 {
		a := from(fmt.Sprintf("2001:db8:%x:1::1", i))
		a.Account = fmt.Sprint(i)
		if l.Try(a, noon).Wait > 0 {
			t.Fatal("a first attempt is refused")
		}
	}
	a := from("192.0.2.1")
	a.Account = strings.Repeat("x", 1<<20)
	l.Succeeded(a, l.Try(a, noon))
	for key := range l.accounts.byKey {
		if len(key) > 254 {
			t.Errorf("a key of %d bytes is kept", len(key))
		}
	}
	for name, c := range map[string]*counters{"addresses": l.addresses, "accounts": l.accounts} {
		if c.order.Len() != 100 || len(c.byKey) != 100 {
			t.Errorf("%s: %d kept", name, c.order.Len())
		}
	}
}
