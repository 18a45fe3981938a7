package app

import (
	"context"
	"encoding/json"
	"time"

	"atlas"
	"atlas/internal/store"
)

// KeptField is a field that an undoing leaves as it is, because it was edited
// since: by whom, when, and whether by a person or by which import.
type KeptField struct {
	Key    string // of 6.1
	By     string
	Origin string // atlas.Change.Origin
	At     time.Time
}

// reversal is a project with one change of it taken back.
type reversal struct {
	next     *atlas.Project
	restored []string // keys of the fields that are as before the change
	kept     []string // keys of those that the change touched and others did later
}

// revert takes one change of a project back: what stands as the change left it
// goes back to what was before; what was edited since stays. held are projects
// whose sources and links stay too.
func revert(before, after, now *atlas.Project, held ...*atlas.Project) reversal {
	next := *now
	r := reversal{next: &next}
	for _, f := range projectFields() {
		switch {
		case f.Same(before, after) || f.Same(now, before):
		case f.parts:
			f.takeBackParts(r.next, before, after, held)
			r.restored = append(r.restored, f.Key)
		case f.Same(now, after):
			f.Copy(r.next, before)
			r.restored = append(r.restored, f.Key)
		default:
			r.kept = append(r.kept, f.Key)
		}
	}
	return r
}

// differing gives the keys of the fields in which two projects differ.
func differing(a, b *atlas.Project) []string {
	var out []string
	for _, f := range projectFields() {
		if !f.Same(a, b) {
			out = append(out, f.Key)
		}
	}
	return out
}

// projectAt reads a project as it was written at a version; one of version 0
// has nothing.
func projectAt(ctx context.Context, r *store.Reader, id string, version int64) (*atlas.Project, error) {
	p := new(atlas.Project)
	if version == 0 {
		return p, nil
	}
	text, err := r.Version(ctx, atlas.KindProject, id, version)
	if err != nil {
		return nil, err
	}
	return p, json.Unmarshal(text, p)
}

// whoEdited says of fields of a project who changed each last after a version.
func whoEdited(ctx context.Context, r *store.Reader, id string, since int64, keys []string) ([]KeptField, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	h, err := wholeHistory(ctx, r, id)
	if err != nil {
		return nil, err
	}
	var out []KeptField
	for _, f := range projectFields() {
		for _, key := range keys {
			if f.Key == key {
				out = append(out, h.lastEdit(f, since))
			}
		}
	}
	return out, nil
}

// lastEdit is the last change of a field after a version.
func (h *fieldHistory) lastEdit(f projectField, since int64) KeptField {
	k := KeptField{Key: f.Key}
	for i, c := range h.changes {
		if c.Version <= since || i+1 == len(h.versions) {
			break
		}
		if !f.Same(h.versions[i], h.versions[i+1]) {
			k.By, k.Origin, k.At = c.By, c.Origin, c.At
			break
		}
	}
	return k
}
