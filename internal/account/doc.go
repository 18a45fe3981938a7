// Package account holds what signing in rests on: passwords, links sent by
// e-mail, one-time codes, recovery codes, passkeys, foreign providers of
// identity and limits against guessing. It stores nothing and shows nothing:
// every function takes what is stored and gives back what to store.
//
// Measures are those of OWASP ASVS 5.0, chapter V6, and NIST SP 800-63B-4.
package account

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed messages/*.json
var messages embed.FS

// Messages are the words of the refusals of this package, a folder with one
// file for each language.
func Messages() (fs.FS, error) { return fs.Sub(messages, "messages") }

// Refused is a sign-in that cannot be let through. Key is a message for the
// person, Err says for the log what happened; it holds no secret.
type Refused struct {
	Key  string
	Args map[string]any
	Err  error
}

func (e *Refused) Error() string {
	if e.Err == nil {
		return e.Key
	}
	return fmt.Sprintf("%s: %.300s", e.Key, e.Err) // a provider may answer with a whole page
}

func (e *Refused) Unwrap() error { return e.Err }

func refuse(key string, err error) error { return &Refused{Key: key, Err: err} }
