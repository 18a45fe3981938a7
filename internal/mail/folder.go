package mail

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// toFolder writes a message as a file of the folder, which is made when it is
// not there. Only the owner may read it; its name tells when it was written and
// cannot be guessed. The file is there only when it is complete.
func (s *Sender) toFolder(m *gomail.Msg) error {
	if err := s.write(m); err != nil {
		return &Failure{Key: "mail.failed.folder", Cause: err}
	}
	return nil
}

func (s *Sender) write(m *gomail.Msg) (err error) {
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return err
	}
	name := filepath.Join(s.folder, s.now().UTC().Format("20060102T150405Z-")+strings.ToLower(rand.Text())+".eml")
	part := name + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(part)
		}
	}()
	_, err = m.WriteTo(f)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(part, name)
}
