package app

import (
	"bytes"
	"testing"
)

func TestWhatIsSealedIsReadByItsOwnerAndItsInstanceOnly(t *testing.T) {
	one, err := NewKeys(bytes.Repeat([]byte{1}, KeyLength))
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewKeys(bytes.Repeat([]byte{2}, KeyLength))
	if err != nil {
		t.Fatal(err)
	}
	hidden := one.sealed("JBSWY3DPEHPK3PXP", "U-00001")
	if again := one.sealed("JBSWY3DPEHPK3PXP", "U-00001"); again == hidden {
		t.Error("the same text is hidden alike twice")
	}
	if got, err := one.opened(hidden, "U-00001"); err != nil || got != "JBSWY3DPEHPK3PXP" {
		t.Errorf("%q, %v", got, err)
	}
	for name, open := range map[string]func() (string, error){
		"by another account":  func() (string, error) { return one.opened(hidden, "U-00002") },
		"by another instance": func() (string, error) { return other.opened(hidden, "U-00001") },
		"changed":             func() (string, error) { return one.opened("A"+hidden[1:], "U-00001") },
		"cut":                 func() (string, error) { return one.opened(hidden[:10], "U-00001") },
		"no text of ours":     func() (string, error) { return one.opened("!", "U-00001") },
	} {
		if got, err := open(); err == nil && hidden[0] != 'A' {
			t.Errorf("read %s: %q", name, got)
		}
	}
	if _, err := NewKeys([]byte("short")); err == nil {
		t.Error("a short key is taken")
	}
}
