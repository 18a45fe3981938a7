package app

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"atlas/internal/account"
)

// KeyLength is how many bytes the key of an instance has.
const KeyLength = 32

// errSealed says that a sealed text is not ours or was sealed with another key.
var errSealed = errors.New("sealed with another key")

// Keys are made of the key of the instance: one signs links and marks of
// devices, the other seals what must be read again, such as keys of one-time
// codes.
type Keys struct {
	signer *account.Signer
	seal   cipher.AEAD
	handle []byte // of which handles of accounts towards passkeys are made
}

// passingKeys are good as long as the program runs.
func passingKeys() Keys {
	instance := make([]byte, KeyLength)
	rand.Read(instance)
	k, err := NewKeys(instance)
	if err != nil {
		panic(err) // the length is right and the algorithms are built in
	}
	return k
}

// NewKeys derives the keys from the key of the instance, which has KeyLength
// bytes.
func NewKeys(instance []byte) (Keys, error) {
	if len(instance) < KeyLength {
		return Keys{}, fmt.Errorf("the key of the instance has %d bytes, %d are needed", len(instance), KeyLength)
	}
	derive := func(purpose string) ([]byte, error) {
		return hkdf.Key(sha256.New, instance, nil, "atlas "+purpose, KeyLength)
	}
	signing, err := derive("signing")
	if err != nil {
		return Keys{}, err
	}
	sealing, err := derive("sealing")
	if err != nil {
		return Keys{}, err
	}
	handles, err := derive("handles")
	if err != nil {
		return Keys{}, err
	}
	signer, err := account.NewSigner(signing)
	if err != nil {
		return Keys{}, err
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return Keys{}, err
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	return Keys{signer, gcm, handles}, err
}

// sealed hides a text of an account in the database; another account's cannot
// be put in its place.
func (k Keys) sealed(text, of string) string {
	return base64.RawStdEncoding.EncodeToString(k.seal.Seal(nil, nil, []byte(text), []byte(of)))
}

// opened reads what sealed hid.
func (k Keys) opened(hidden, of string) (string, error) {
	raw, err := base64.RawStdEncoding.DecodeString(hidden)
	if err != nil {
		return "", errSealed
	}
	text, err := k.seal.Open(nil, nil, raw, []byte(of))
	if err != nil {
		return "", errSealed
	}
	return string(text), nil
}

// handleOf is what an account is called towards passkeys: always the same, and
// nothing that anybody else could tell the account by.
func (k Keys) handleOf(id string) []byte {
	mac := hmac.New(sha256.New, k.handle)
	mac.Write([]byte(id))
	return mac.Sum(nil)
}

// Signer signs links and marks of devices.
func (a *App) Signer() *account.Signer { return a.keys.signer }
