package account

import (
	"context"
	"crypto/subtle"
	"fmt"
	"io"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost is what one hash costs: memory in KiB, passes over it and lanes.
type Cost struct {
	Memory, Time uint32
	Lanes        uint8
}

// OWASP is the cost that the OWASP Password Storage Cheat Sheet asks of argon2id:
// 19 MiB, two passes, one lane.
func OWASP() Cost { return Cost{Memory: 19 * 1024, Time: 2, Lanes: 1} }

const (
	saltLength = 16 // bytes; RFC 9106, 3.1
	hashLength = 32 // bytes
)

// Hasher hashes secrets that people choose or type: slowly, by argon2id
// (RFC 9106). It is safe for concurrent use.
type Hasher struct {
	cost   Cost
	random io.Reader
	slots  chan struct{} // as many as may be hashed at once
	decoy  string        // stands for the hash of an account that is not there
}

// NewHasher is a hasher of a cost. At most atOnce secrets are hashed at a time,
// so that many sign-ins take no more than atOnce × cost.Memory; the others wait.
func NewHasher(cost Cost, atOnce int, random io.Reader) (*Hasher, error) {
	if atOnce < 1 {
		return nil, fmt.Errorf("at least one secret must be hashed at a time, not %d", atOnce)
	}
	h := &Hasher{cost: cost, random: random, slots: make(chan struct{}, atOnce)}
	if err := cost.check(); err != nil {
		return nil, err
	}
	unknown := make([]byte, hashLength)
	if _, err := io.ReadFull(random, unknown); err != nil {
		return nil, fmt.Errorf("randomness: %w", err)
	}
	decoy, err := h.Hash(context.Background(), string(unknown))
	h.decoy = decoy
	return h, err
}

// Hash is the hash to store, as a PHC string. The error is that of the context,
// when it ends while others are hashed, or of randomness.
func (h *Hasher) Hash(ctx context.Context, secret string) (string, error) {
	salt := make([]byte, saltLength)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fmt.Errorf("randomness: %w", err)
	}
	return h.hashWith(ctx, secret, salt)
}

func (h *Hasher) hashWith(ctx context.Context, secret string, salt []byte) (string, error) {
	s := stored{cost: h.cost, salt: salt, hash: make([]byte, hashLength)}
	key, err := h.derive(ctx, secret, s)
	if err != nil {
		return "", err
	}
	s.hash = key
	return s.String(), nil
}

// Check says whether a secret is the one that was hashed, and whether the hash
// was made at another cost than today's and should be replaced by a new one.
// For an account that is not there or has no password, hash is "": then the
// answer is no, after the same time. A hash that cannot be read is an error.
func (h *Hasher) Check(ctx context.Context, hash, secret string) (right, outdated bool, err error) {
	known := hash != ""
	if !known {
		hash = h.decoy
	}
	s, err := parseHash(hash)
	if err != nil {
		return false, false, err
	}
	key, err := h.derive(ctx, secret, s)
	if err != nil {
		return false, false, err
	}
	right = subtle.ConstantTimeCompare(key, s.hash) == 1 && known
	return right, right && (s.cost != h.cost || len(s.hash) != hashLength), nil
}

// derive hashes a secret as a stored one was, when there is a free slot.
func (h *Hasher) derive(ctx context.Context, secret string, s stored) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(normalised(secret)), s.salt, s.cost.Time, s.cost.Memory, s.cost.Lanes, uint32(len(s.hash))), nil
}

// maxBytes of a password are read at most: the 128 letters that rules allow,
// each with its marks apart, are fewer.
const maxBytes = 2048

// normalised is a password in one form of Unicode, so that "ř" typed as one
// letter and as a letter with a mark is the same (NIST SP 800-63B-4, 3.1.1.2).
// What no rule would let through is cut: it is wrong at the same price.
func normalised(password string) string {
	if len(password) > maxBytes {
		password = password[:maxBytes]
	}
	return norm.NFC.String(password)
}
