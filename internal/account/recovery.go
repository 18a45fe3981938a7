package account

import (
	"context"
	"crypto/subtle"
	"fmt"
	"io"
	"strings"
)

const (
	recoveryCodes   = 10
	recoveryLetters = 10 // 49 bits
	// recoveryAlphabet has no signs that look alike: no 0 o, no 1 i l.
	recoveryAlphabet = "23456789abcdefghjkmnpqrstuvwxyz"
)

// NewRecovery makes ten codes that each replace the second factor once, and
// their hashes to store. Codes are shown once, as "abcde-fghjk".
//
// They have fewer than 112 bits, so they are hashed like passwords (ASVS 5.0,
// 6.5.2); by one salt, so that trying a code costs one hash and not ten.
func (h *Hasher) NewRecovery(ctx context.Context) (codes, hashes []string, err error) {
	salt := make([]byte, saltLength)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return nil, nil, fmt.Errorf("randomness: %w", err)
	}
	for range recoveryCodes {
		code, err := h.recoveryCode()
		if err != nil {
			return nil, nil, err
		}
		hash, err := h.hashWith(ctx, code, salt)
		if err != nil {
			return nil, nil, err
		}
		codes = append(codes, code[:recoveryLetters/2]+"-"+code[recoveryLetters/2:])
		hashes = append(hashes, hash)
	}
	return codes, hashes, nil
}

// recoveryCode draws letters evenly: bytes past the last whole multiple of the
// alphabet are drawn again.
func (h *Hasher) recoveryCode() (string, error) {
	var code strings.Builder
	const even = 256 - 256%len(recoveryAlphabet)
	var b [1]byte
	for code.Len() < recoveryLetters {
		if _, err := io.ReadFull(h.random, b[:]); err != nil {
			return "", fmt.Errorf("randomness: %w", err)
		}
		if int(b[0]) < even {
			code.WriteByte(recoveryAlphabet[int(b[0])%len(recoveryAlphabet)])
		}
	}
	return code.String(), nil
}

// UseRecovery finds a typed code among the hashes that are left: the caller takes
// the hash out of the store, in the transaction that lets the person in. -1 is
// none of them.
func (h *Hasher) UseRecovery(ctx context.Context, hashes []string, typed string) (int, error) {
	code, ok := TypedRecovery(typed)
	if !ok {
		return -1, nil
	}
	found := -1
	var last stored
	var key []byte
	for i, hash := range hashes {
		s, err := parseHash(hash)
		if err != nil {
			return -1, fmt.Errorf("recovery code %d: %w", i+1, err)
		}
		if key == nil || s.cost != last.cost || string(s.salt) != string(last.salt) || len(s.hash) != len(last.hash) {
			if key, err = h.derive(ctx, code, s); err != nil {
				return -1, err
			}
			last = s
		}
		if subtle.ConstantTimeCompare(key, s.hash) == 1 {
			found = i
		}
	}
	return found, nil
}

// TypedRecovery is a recovery code as people type it: in letters of any size,
// with blanks and dashes or without; false says that it cannot be one.
func TypedRecovery(typed string) (string, bool) {
	code, ok := squeezed(typed, 128)
	code = strings.ToLower(code)
	if !ok || len(code) != recoveryLetters || strings.Trim(code, recoveryAlphabet) != "" {
		return "", false
	}
	return code, true
}
