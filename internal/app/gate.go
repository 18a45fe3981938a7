package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"time"

	"atlas"
	"atlas/internal/account"
)

// Gate (brána) says how people get in; of the zero value, by a link or a password
// and only where they have an account.
type Gate struct {
	Open     bool            // whoever has an e-mail may found an account
	Provider *account.Issuer // that people may sign in through; nil = none
	Site     string          // name of the site, as passkeys show it
}

// gate is what signing in needs besides the database.
type gate struct {
	Gate
	hasher *lazyHasher
	// Limits of passwords, of second steps, of letters asked for, of sign-ins begun
	// elsewhere and of letters that a browser known to an account asks for.
	first, second, asking, begun, known *account.Limiter
}

type lazyHasher struct {
	get func() (*account.Hasher, error)
}

func newGate(g Gate) *gate {
	if g.Site == "" {
		g.Site = "Atlas integrace"
	}
	return &gate{
		Gate: g,
		// Made when first needed: commands hash nothing.
		hasher: &lazyHasher{sync.OnceValues(func() (*account.Hasher, error) {
			return account.NewHasher(account.OWASP(), runtime.GOMAXPROCS(0), rand.Reader)
		})},
		first: account.NewLimiter(account.FirstStep()), second: account.NewLimiter(account.SecondStep()),
		asking: account.NewLimiter(allowing(20, time.Minute)), begun: account.NewLimiter(allowing(30, 10*time.Second)),
		known: account.NewLimiter(allowing(linksAtOnce, linksTime/linksAtOnce)),
	}
}

// allowing are limits of what is no guessing: so much at once from an address and
// nothing slowed down.
func allowing(burst int, every time.Duration) account.Limits {
	r := account.Rate{Burst: burst, Every: every}
	return account.Limits{Address: r, Pair: r, Device: r, Free: math.MaxInt, Forget: every, Remembered: 50_000}
}

// Hasher hashes passwords and recovery codes.
func (a *App) Hasher() (*account.Hasher, error) { return a.gate.hasher.get() }

// OpenToAll says whether whoever has an e-mail may found an account.
func (a *App) OpenToAll() bool { return a.gate.Open }

// Arrival (příchod) is from where somebody comes to sign in.
type Arrival struct {
	Address netip.Addr
	Device  string   // browser and system in words, as it says of itself
	Marks   []string // of accounts that have signed in from this browser
	Session string   // hash of the session that the browser has; the new one ends it
	Lang    string   // "cs" or "en"
	// Origin is the address of the instance, never one that the request made up.
	Origin   string
	Link     func(secret string) string // address of a link of a letter
	Sessions string                     // address of the page of where somebody is signed in
	Keys     string                     // address of the page of passkeys
}

// mark is the number of the browser when an account has signed in from it.
func (a *App) mark(from Arrival, id string) string {
	for _, token := range from.Marks {
		if device := a.keys.signer.ReadDevice(token, id, a.now()); device != "" {
			return device
		}
	}
	return ""
}

// Reasons why somebody is not let in.
var (
	ErrWrong       = errors.New("wrong e-mail, password or code")
	ErrBlocked     = fmt.Errorf("the account is blocked: %w", atlas.ErrForbidden)
	ErrEmail       = errors.New("not an e-mail address")
	ErrLinkUnknown = errors.New("there is no such link")
	ErrLinkUsed    = errors.New("the link was used")
	ErrLinkExpired = errors.New("the link has expired")
	ErrNoAccount   = errors.New("nobody with this identity has an account")
	ErrUnverified  = errors.New("the provider does not vouch for the e-mail")
	ErrNoPasskeys  = errors.New("passkeys cannot be used at this address")
	ErrNoSecond    = errors.New("there is no second step to make")
)

// WaitError says that too much was tried: nothing was looked at, and nothing will
// be before so long.
type WaitError struct{ Wait time.Duration }

func (e *WaitError) Error() string { return "too many attempts; wait " + e.Wait.String() }

// Minutes is how many minutes to wait, rounded up.
func (e *WaitError) Minutes() int { return int(math.Ceil(e.Wait.Minutes())) }

// RefusedWords is the message for the person of a sign-in that was refused by what
// it rests on, and the cause for the log; false when an error is none such.
func RefusedWords(err error) (key string, args []any, cause error, ok bool) {
	var refused *account.Refused
	if !errors.As(err, &refused) {
		return "", nil, nil, false
	}
	for name, value := range refused.Args {
		args = append(args, name, value)
	}
	return refused.Key, args, refused.Err, true
}

// SignInMessages are the words of what signing in rests on.
func SignInMessages() (fs.FS, error) { return account.Messages() }

// hold waits, with no connection to the database in hand.
func hold(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// folded is an e-mail as it is compared.
func folded(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
