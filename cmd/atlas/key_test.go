package main

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"atlas/internal/config"
)

func TestTheKeyOfAnInstanceIsMadeOnceAndKept(t *testing.T) {
	c := config.Default()
	c.Data = filepath.Join(t.TempDir(), "data")
	made := make([][]byte, 4)
	var wg sync.WaitGroup
	for i := range made { // processes that start at once
		wg.Go(func() {
			var err error
			if made[i], err = instanceKey(c); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, key := range made {
		if len(key) != 32 || !bytes.Equal(key, made[0]) {
			t.Errorf("%x beside %x", key, made[0])
		}
	}
	if info, err := os.Stat(c.KeyFile()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

func TestABrokenKeyIsSaidAndNotReplaced(t *testing.T) {
	c := config.Default()
	c.Data = t.TempDir()
	for _, text := range []string{"", "abcd\n", "není klíč"} {
		if err := os.WriteFile(c.KeyFile(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := instanceKey(c); err == nil {
			t.Errorf("%q was taken", text)
		}
		if kept, err := os.ReadFile(c.KeyFile()); err != nil || string(kept) != text {
			t.Errorf("%q became %q", text, kept)
		}
	}
}
