// Package blob keeps uploaded files as they came, named by what is in them, so
// that the original of every import can be looked at again (9.4).
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// ErrTooLarge is a file over the limit.
var ErrTooLarge = errors.New("file is too large")

// Folder is a folder of files. It is safe for many goroutines and processes:
// a file appears under its name only when it is whole and on the disk.
type Folder struct{ dir string }

// Open uses a folder; it is made with the first file.
func Open(dir string) *Folder { return &Folder{dir: dir} }

// Put keeps what r gives, at most limit bytes, and returns its SHA-256 in hex.
// The same content is kept once.
func (f *Folder) Put(r io.Reader, limit int64) (sum string, size int64, err error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return "", 0, err
	}
	temp, err := os.CreateTemp(f.dir, ".upload-*")
	if err != nil {
		return "", 0, err
	}
	defer func() {
		temp.Close()
		os.Remove(temp.Name()) // nothing to remove once it is renamed
	}()
	hash := sha256.New()
	size, err = io.Copy(io.MultiWriter(temp, hash), io.LimitReader(r, limit+1))
	if err != nil {
		return "", size, fmt.Errorf("keeping a file: %w", err)
	}
	if size > limit {
		return "", size, ErrTooLarge
	}
	if err := temp.Sync(); err != nil {
		return "", size, err
	}
	sum = hex.EncodeToString(hash.Sum(nil))
	return sum, size, os.Rename(temp.Name(), filepath.Join(f.dir, sum))
}

var sumPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Read gives a whole file by its SHA-256; fs.ErrNotExist when there is none.
func (f *Folder) Read(sum string) ([]byte, error) {
	if !sumPattern.MatchString(sum) {
		return nil, fs.ErrNotExist
	}
	return os.ReadFile(filepath.Join(f.dir, sum))
}

// Has says whether there is a file of a SHA-256.
func (f *Folder) Has(sum string) bool {
	if !sumPattern.MatchString(sum) {
		return false
	}
	_, err := os.Stat(filepath.Join(f.dir, sum))
	return err == nil
}

// File opens a file by its SHA-256; fs.ErrNotExist when there is none.
func (f *Folder) File(sum string) (*os.File, error) {
	if !sumPattern.MatchString(sum) {
		return nil, fs.ErrNotExist
	}
	return os.Open(filepath.Join(f.dir, sum))
}
