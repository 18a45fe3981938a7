package account

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// authenticator is a security key made of software: one passkey by ES256, no
// attestation, and a browser that shows it to a site.
type authenticator struct {
	t      *testing.T
	key    *ecdsa.PrivateKey
	id     []byte
	handle []byte // of the owner, when the passkey is discoverable
	count  uint32
	// What it does and what the browser says, for tests to change.
	origin, rp     string
	verifies       bool // by a PIN
	counts         bool // of synchronised passkeys the count stays 0
	eligible, copy bool // backup
	present        bool
}

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	rand.Read(id)
	return &authenticator{t: t, key: key, id: id, origin: "https://atlas.example", rp: "atlas.example", verifies: true, counts: true, present: true}
}

// flags of WebAuthn 6.1, more than one put together.
func (a *authenticator) flags(attested bool) (f byte) {
	for bit, on := range map[int]bool{0: a.present, 2: a.verifies, 3: a.eligible, 4: a.copy, 6: attested} {
		if on {
			f |= 1 << bit
		}
	}
	return f
}

// data is authenticator data: hash of the site, flags, count, the new key.
func (a *authenticator) data(attested []byte) []byte {
	if a.counts {
		a.count++
	}
	site := sha256.Sum256([]byte(a.rp))
	data := append(site[:], a.flags(attested != nil))
	data = binary.BigEndian.AppendUint32(data, a.count)
	return append(data, attested...)
}

func (a *authenticator) client(kind, challenge string) []byte {
	data, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	if err != nil {
		a.t.Fatal(err)
	}
	return data
}

// create answers navigator.credentials.create.
func (a *authenticator) create(options []byte) []byte {
	a.t.Helper()
	var o struct {
		Challenge string
		User      struct{ ID string }
	}
	if err := json.Unmarshal(options, &o); err != nil {
		a.t.Fatal(err)
	}
	a.handle, _ = base64.RawURLEncoding.DecodeString(o.User.ID)
	point, err := a.key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		a.t.Fatal(err)
	}
	cose := a.cbor(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	attested := make([]byte, 16) // AAGUID: not told
	attested = binary.BigEndian.AppendUint16(attested, uint16(len(a.id)))
	attested = append(append(attested, a.id...), cose...)
	return a.answer(map[string]any{
		"clientDataJSON":    a.client("webauthn.create", o.Challenge),
		"attestationObject": a.cbor(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": a.data(attested)}),
		"transports":        []string{"usb", "nfc"},
	})
}

// get answers navigator.credentials.get.
func (a *authenticator) get(options []byte) []byte {
	a.t.Helper()
	var o struct{ Challenge string }
	if err := json.Unmarshal(options, &o); err != nil {
		a.t.Fatal(err)
	}
	client, data := a.client("webauthn.get", o.Challenge), a.data(nil)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(append([]byte(nil), data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, sum[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return a.answer(map[string]any{"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": a.handle})
}

func (a *authenticator) cbor(v any) []byte {
	data, err := webauthncbor.Marshal(v)
	if err != nil {
		a.t.Fatal(err)
	}
	return data
}

// answer is what toJSON of the browser gives: bytes in base64url.
func (a *authenticator) answer(response map[string]any) []byte {
	for k, v := range response {
		if raw, ok := v.([]byte); ok {
			response[k] = base64.RawURLEncoding.EncodeToString(raw)
		}
	}
	id := base64.RawURLEncoding.EncodeToString(a.id)
	data, err := json.Marshal(map[string]any{"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	if err != nil {
		a.t.Fatal(err)
	}
	return data
}
