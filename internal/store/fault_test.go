package store

import (
	"errors"
	"fmt"
	"syscall"
	"testing"

	"atlas"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestFaultsOfPostgresHaveTheirKinds(t *testing.T) {
	var e postgres
	coded := func(code string) error { return fmt.Errorf("insert: %w", &pgconn.PgError{Code: code}) }
	if err := e.explain(coded("53100")); !errors.Is(err, ErrDiskFull) {
		t.Errorf("disk_full: %v", err)
	}
	if err := e.explain(coded("23505")); !errors.Is(err, atlas.ErrConflict) {
		t.Errorf("unique_violation: %v", err)
	}
	for _, code := range []string{"23502", "23503", "23514", "22021"} {
		var invalid *atlas.InvalidError
		if err := e.explain(coded(code)); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", code, err)
		}
	}
	for _, code := range []string{"40001", "40P01"} {
		if e.fault(coded(code)) != faultBusy {
			t.Errorf("%s is not tried again", code)
		}
	}
	if err := e.explain(fmt.Errorf("write: %w", syscall.ENOSPC)); !errors.Is(err, ErrDiskFull) {
		t.Errorf("ENOSPC: %v", err)
	}
}
