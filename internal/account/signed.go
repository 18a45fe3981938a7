package account

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"
)

// Signer makes tokens that need no row in the database: their content is
// readable and signed by HMAC-SHA-256 (RFC 2104). Another key ends all of them.
type Signer struct{ key []byte }

// NewSigner signs by a key of at least 32 random bytes.
func NewSigner(key []byte) (*Signer, error) {
	if len(key) < sha256.Size {
		return nil, fmt.Errorf("the key for signing has %d bytes; it needs at least %d", len(key), sha256.Size)
	}
	return &Signer{key: append([]byte(nil), key...)}, nil
}

// Unsubscribe is the token of a link that stops one subscription by one click
// and without signing in (RFC 8058). It never ends and says nothing but the id
// of the subscription, which must not be given again.
func (s *Signer) Unsubscribe(subscription string) string {
	return s.sign(PurposeUnsubscribe, []byte(subscription))
}

// ReadUnsubscribe is the subscription of a token; false says that it was not
// signed here.
func (s *Signer) ReadUnsubscribe(token string) (subscription string, ok bool) {
	content, ok := s.read(PurposeUnsubscribe, token)
	return string(content), ok
}

// deviceLength is that of the number of a device in bytes.
const deviceLength = 16

// Device is the mark of a browser from which an account signed in: set as a
// cookie for PurposeDevice.Life, it spares its owner the slowing down that
// others' guesses cause. It opens nothing by itself.
func (s *Signer) Device(account string, at time.Time, random io.Reader) (string, error) {
	content := make([]byte, deviceLength+8, deviceLength+8+len(account))
	if _, err := io.ReadFull(random, content[:deviceLength]); err != nil {
		return "", fmt.Errorf("randomness: %w", err)
	}
	binary.BigEndian.PutUint64(content[deviceLength:], uint64(at.Unix()))
	return s.sign(PurposeDevice, append(content, account...)), nil
}

// ReadDevice is the number of the device when the mark is one of the account and
// not too old, else "", which is a browser that is not known.
func (s *Signer) ReadDevice(token, account string, now time.Time) (device string) {
	content, ok := s.read(PurposeDevice, token)
	if !ok || len(content) < deviceLength+8 || string(content[deviceLength+8:]) != account {
		return ""
	}
	made := time.Unix(int64(binary.BigEndian.Uint64(content[deviceLength:])), 0)
	if now.Sub(made) > PurposeDevice.Life() {
		return ""
	}
	return encode(content[:deviceLength])
}

func (s *Signer) sign(p Purpose, content []byte) string {
	return encode(content) + "." + encode(s.sum(p, content))
}

// read is the content of a token signed for a purpose.
func (s *Signer) read(p Purpose, token string) ([]byte, bool) {
	front, back, _ := strings.Cut(token, ".")
	content, ok := decode(front, base64url.DecodedLen(len(front)))
	sum, sumOK := decode(back, sha256.Size)
	if !ok || !sumOK || !hmac.Equal(sum, s.sum(p, content)) {
		return nil, false
	}
	return content, true
}

func (s *Signer) sum(p Purpose, content []byte) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(string(p) + "\x00"))
	mac.Write(content)
	return mac.Sum(nil)
}
