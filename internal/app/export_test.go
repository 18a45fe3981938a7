package app

import (
	"context"
	"reflect"
	"slices"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/store"
)

// FieldsLeftOut shows the tests what of a project no projectField has; its id,
// version and times are none of theirs.
func FieldsLeftOut() []string {
	var have, left []string
	for _, f := range projectFields() {
		have = append(have, f.names...)
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[atlas.Project]()) {
		if f.Anonymous || slices.Contains([]string{"ID", "CreatedAt", "CreatedBy", "UpdatedAt", "UpdatedBy", "Version"}, f.Name) {
			continue
		}
		if !slices.Contains(have, f.Name) {
			left = append(left, f.Name)
		}
	}
	return left
}

// PasskeyRefused shows the tests what becomes of a passkey that is refused by a key.
func (a *App) PasskeyRefused(ctx context.Context, id, key string, from Arrival) error {
	return a.passkeyRefused(ctx, id, &account.Refused{Key: key}, from)
}

// Change writes in one transaction as the operations do.
func (a *App) Change(ctx context.Context, fn func(*store.Tx) error) error { return a.update(ctx, fn) }
