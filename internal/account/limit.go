package account

import (
	"math"
	"net/netip"
	"sync"
	"time"
)

// Limits say how many failures are let pass before a guesser must wait.
type Limits struct {
	Address Rate // from one address, whatever the account
	Pair    Rate // at one account from one address
	Device  Rate // at one account from one browser that is known to it
	// Free failures at an account from browsers that it does not know are
	// answered at once; each further one doubles the delay of the answer, from
	// FirstDelay up to LongestDelay. The account forgets one failure in Forget.
	Free                     int
	FirstDelay, LongestDelay time.Duration
	Forget                   time.Duration
	// Account, if not zero, refuses too many failures at an account, wherever
	// they come from. It is for the second step only, where whoever guesses has
	// passed the first: before that it would let anybody shut the owner out.
	Account Rate
	// Remembered is the most keys of each kind that are kept; the longest
	// untouched is forgotten first, which lets in rather than out.
	Remembered int
}

// Rate lets Burst failures pass at once and one more in each Every.
type Rate struct {
	Burst int
	Every time.Duration
}

// FirstStep are limits for passwords and links (ASVS 5.0, 6.3.1).
func FirstStep() Limits {
	return Limits{
		Address: Rate{Burst: 30, Every: 30 * time.Second}, Pair: Rate{Burst: 5, Every: time.Minute}, Device: Rate{Burst: 10, Every: time.Minute},
		Free: 10, FirstDelay: 250 * time.Millisecond, LongestDelay: 8 * time.Second, Forget: time.Minute,
		Remembered: 50_000,
	}
}

// SecondStep are limits for one-time and recovery codes: a code of six digits
// stands against a few hundred guesses a day.
func SecondStep() Limits {
	l := FirstStep()
	l.Account, l.Device = Rate{Burst: 10, Every: 5 * time.Minute}, Rate{Burst: 5, Every: 5 * time.Minute}
	return l
}

// Attempt is somebody trying to sign in.
type Attempt struct {
	Account string // as typed, folded, whether it is there or not
	Address netip.Addr
	Device  string // number of a browser known to the account (Signer.ReadDevice), "" = not known
}

// Verdict says when an attempt may be made. With Wait it is refused and may be
// made after so long; with Delay it is made now and answered after so long,
// right or wrong alike.
type Verdict struct {
	Wait, Delay time.Duration

	known bool // by the browser: counted there and nowhere else
}

// Limiter slows guessing down without letting the guesser shut out the owner:
// refusals depend on what came from the same address or the same known browser,
// never on the account alone (ASVS 5.0, 6.3.1). State is in memory, of bounded
// size; it is safe for concurrent use.
type Limiter struct {
	limits Limits
	mu     sync.Mutex

	addresses, pairs, devices, accounts *counters
}

// NewLimiter is a limiter that has seen nothing yet.
func NewLimiter(l Limits) *Limiter {
	n := max(l.Remembered, 1)
	return &Limiter{limits: l, addresses: newCounters(n), pairs: newCounters(n), devices: newCounters(n), accounts: newCounters(n)}
}

// Try asks whether an attempt may be made. One that may counts as failed from
// now on, so that many made at once are not let through together; Succeeded takes
// it back. One that must wait does not count.
func (l *Limiter) Try(a Attempt, now time.Time) Verdict {
	a.Account = a.Account[:min(len(a.Account), longestAccount)]
	l.mu.Lock()
	defer l.mu.Unlock()
	if a.Device != "" && l.devices.wait(a.deviceKey(), l.limits.Device, now) == 0 {
		l.devices.add(a.deviceKey(), l.limits.Device.Every, now)
		return Verdict{known: true}
	}
	wait := max(l.addresses.wait(a.addressKey(), l.limits.Address, now), l.pairs.wait(a.pairKey(), l.limits.Pair, now))
	if l.limits.Account.Burst > 0 {
		wait = max(wait, l.accounts.wait(a.Account, l.limits.Account, now))
	}
	if wait > 0 {
		return Verdict{Wait: wait}
	}
	delay := l.delay(l.accounts.level(a.Account, l.forget(), now))
	l.addresses.add(a.addressKey(), l.limits.Address.Every, now)
	l.pairs.add(a.pairKey(), l.limits.Pair.Every, now)
	l.accounts.add(a.Account, l.forget(), now)
	return Verdict{Delay: delay}
}

// Succeeded says that an attempt that Try let through by a verdict was right: it
// counts no more, and mistakes made before it from there at that account are
// forgotten. Those of the address stay, or a guesser would clear them by an
// account of their own.
func (l *Limiter) Succeeded(a Attempt, v Verdict) {
	a.Account = a.Account[:min(len(a.Account), longestAccount)]
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case v.Wait > 0:
	case v.known:
		l.devices.forget(a.deviceKey())
	default:
		l.pairs.forget(a.pairKey())
		l.addresses.takeBack(a.addressKey())
		l.accounts.takeBack(a.Account)
	}
}

// longestAccount is an e-mail address at its longest in bytes (RFC 5321); what is
// longer is nobody's and takes no more memory.
const longestAccount = 254

// forget is how long one failure of an account is counted.
func (l *Limiter) forget() time.Duration {
	if l.limits.Account.Burst > 0 {
		return l.limits.Account.Every
	}
	return l.limits.Forget
}

// delay grows with the failures of an account and never past its longest.
func (l *Limiter) delay(failures float64) time.Duration {
	over := int(failures) - l.limits.Free
	if over < 0 {
		return 0
	}
	d := float64(l.limits.FirstDelay) * math.Pow(2, float64(min(over, 60)))
	return time.Duration(min(d, float64(l.limits.LongestDelay)))
}

// addressKey is the address, or of IPv6 the network of 64 bits that one
// connection usually has whole.
func (a Attempt) addressKey() string {
	addr := a.Address.Unmap().WithZone("")
	if p, err := addr.Prefix(64); err == nil && addr.Is6() {
		return p.String()
	}
	return addr.String()
}

func (a Attempt) pairKey() string   { return a.addressKey() + "\x00" + a.Account }
func (a Attempt) deviceKey() string { return a.Device + "\x00" + a.Account }
