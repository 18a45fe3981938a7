package account

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// stored is a hash as it lies in the database, with all that it was made by.
type stored struct {
	cost       Cost
	salt, hash []byte
}

var errHash = errors.New("not an argon2id hash in the PHC string format")

// Bounds of what is believed of a stored hash, so that a forged row cannot take
// all memory.
const (
	maxMemory = 256 * 1024 // KiB
	maxTime   = 16
	maxLanes  = 16
)

func (c Cost) check() error {
	if c.Lanes < 1 || c.Lanes > maxLanes || c.Time < 1 || c.Time > maxTime || c.Memory < 8*uint32(c.Lanes) || c.Memory > maxMemory {
		return fmt.Errorf("cost of argon2id out of bounds: m=%d,t=%d,p=%d", c.Memory, c.Time, c.Lanes)
	}
	return nil
}

// String is the hash in the PHC string format:
// $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func (s stored) String() string {
	b64 := base64.RawStdEncoding.Strict()
	return fmt.Sprintf("$argon2id$v=%d$%s$%s$%s", argon2.Version, s.cost, b64.EncodeToString(s.salt), b64.EncodeToString(s.hash))
}

func (c Cost) String() string { return fmt.Sprintf("m=%d,t=%d,p=%d", c.Memory, c.Time, c.Lanes) }

// parseHash reads what String writes and nothing else: each hash has one form.
func parseHash(text string) (stored, error) {
	parts := strings.Split(text, "$")
	if len(text) > 512 || len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return stored{}, errHash
	}
	cost, err := parseCost(parts[3])
	if err != nil {
		return stored{}, err
	}
	s := stored{cost: cost}
	b64 := base64.RawStdEncoding.Strict()
	var err1, err2 error
	s.salt, err1 = b64.DecodeString(parts[4])
	s.hash, err2 = b64.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(s.salt) < 8 || len(s.hash) < 16 || s.String() != text {
		return stored{}, errHash
	}
	return s, nil
}

func parseCost(text string) (Cost, error) {
	values := strings.Split(text, ",")
	if len(values) != 3 {
		return Cost{}, errHash
	}
	var n [3]uint64
	for i, prefix := range []string{"m=", "t=", "p="} {
		digits, ok := strings.CutPrefix(values[i], prefix)
		v, err := strconv.ParseUint(digits, 10, []int{32, 32, 8}[i])
		if !ok || err != nil {
			return Cost{}, errHash
		}
		n[i] = v
	}
	c := Cost{Memory: uint32(n[0]), Time: uint32(n[1]), Lanes: uint8(n[2])}
	return c, c.check()
}
