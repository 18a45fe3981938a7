package account

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"time"
)

// Purpose says what a secret is for. A secret for one purpose is nothing for
// another, whatever the database says: the purpose is hashed with it.
type Purpose string

const (
	PurposeSignIn      Purpose = "sign-in"     // link to sign in without a password
	PurposeConfirm     Purpose = "confirm"     // link to confirm an e-mail address
	PurposeInvitation  Purpose = "invitation"  // link to join an organisation
	PurposeUnsubscribe Purpose = "unsubscribe" // link to stop letters; signed, not stored
	PurposeEmail       Purpose = "email"       // link to change the address of an account
	PurposeProof       Purpose = "proof"       // link to prove once more who one is
	PurposeSession     Purpose = "session"     // cookie of who is signed in
	PurposeDevice      Purpose = "device"      // cookie of a browser known to an account; signed, not stored
)

// Life is how long a secret for a purpose is good for. Letters are stopped by
// links from years ago too, so those never end: 0.
func (p Purpose) Life() time.Duration {
	const day = 24 * time.Hour
	switch p {
	case PurposeSignIn, PurposeProof:
		return 15 * time.Minute
	case PurposeEmail:
		return day
	case PurposeConfirm:
		return 2 * day
	case PurposeInvitation, PurposeSession:
		return 14 * day
	case PurposeDevice:
		return 400 * day // no browser keeps a cookie longer
	}
	return 0
}

// secretLength is that of random secrets in bytes: 256 bits (ASVS 5.0, 7.2.3
// asks for 128), so that a plain hash without salt is enough.
const secretLength = 32

// NewSecret makes a random secret to send or set, safe in an address, and the
// hash of it, which alone is stored.
func NewSecret(p Purpose, random io.Reader) (secret string, hash []byte, err error) {
	raw := make([]byte, secretLength)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", nil, fmt.Errorf("randomness: %w", err)
	}
	return encode(raw), hashSecret(p, raw), nil
}

// HashSecret is the hash that a secret which came back is found by; false says
// that it is no secret of ours, so nothing need be looked for.
func HashSecret(p Purpose, secret string) (hash []byte, ok bool) {
	raw, ok := decode(secret, secretLength)
	if !ok {
		return nil, false
	}
	return hashSecret(p, raw), true
}

// SameSecret says in constant time whether a hash is that of a secret.
func SameSecret(p Purpose, hash []byte, secret string) bool {
	of, ok := HashSecret(p, secret)
	return ok && subtle.ConstantTimeCompare(hash, of) == 1
}

func hashSecret(p Purpose, raw []byte) []byte {
	sum := sha256.Sum256(append([]byte(string(p)+"\x00"), raw...))
	return sum[:]
}

var base64url = base64.RawURLEncoding.Strict()

func encode(raw []byte) string { return base64url.EncodeToString(raw) }

// decode reads what encode wrote of a length in bytes; each value has one form.
func decode(text string, length int) ([]byte, bool) {
	if len(text) != base64url.EncodedLen(length) {
		return nil, false
	}
	raw, err := base64url.DecodeString(text)
	return raw, err == nil && encode(raw) == text // the decoder lets line ends pass
}
