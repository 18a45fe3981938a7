package atlas_test

import (
	"testing"

	"atlas"
)

func TestAStatusIsMovedByWhomTheTableNames(t *testing.T) { // CL-12, chapter 11
	author := atlas.Viewer{Account: "U-1"}
	other := atlas.Viewer{Account: "U-2"}
	member := atlas.Viewer{Account: "U-3", Memberships: []atlas.Membership{{Actor: "A-1"}}}
	editor := atlas.Viewer{Account: "U-4", Grants: []atlas.Grant{{Role: atlas.RoleMethodologist}}}
	for _, tc := range []struct {
		from, to string
		may      []string
	}{
		{"", atlas.RecordDraft, []string{"author", "other", "member", "editor"}},
		{"", atlas.RecordReview, []string{"author", "other", "member", "editor"}},
		{"", atlas.RecordPublished, []string{"editor"}},
		{atlas.RecordDraft, atlas.RecordReview, []string{"author", "member", "editor"}},
		{atlas.RecordDraft, atlas.RecordPublished, []string{"editor"}},
		{atlas.RecordReview, atlas.RecordPublished, []string{"editor"}},
		{atlas.RecordReview, atlas.RecordReturned, []string{"editor"}},
		{atlas.RecordReview, atlas.RecordDraft, []string{"author", "editor"}},
		{atlas.RecordReturned, atlas.RecordReview, []string{"author", "member", "editor"}},
		{atlas.RecordPublished, atlas.RecordArchived, []string{"editor"}},
		{atlas.RecordPublished, atlas.RecordReturned, []string{"editor"}},
		{atlas.RecordArchived, atlas.RecordPublished, []string{"editor"}},
		{atlas.RecordPublished, atlas.RecordReview, nil},
		{atlas.RecordDraft, atlas.RecordMerged, nil},
		{atlas.RecordMerged, atlas.RecordPublished, nil},
	} {
		may := map[string]bool{}
		for _, name := range tc.may {
			may[name] = true
		}
		s := atlas.Subject{Status: tc.from, Author: "U-1", Organisations: []string{"A-1"}}
		for name, v := range map[string]atlas.Viewer{"public": {}, "author": author, "other": other, "member": member, "editor": editor} {
			if got := atlas.MayMove(v, s, tc.to); got != may[name] {
				t.Errorf("%q → %q by %s: %v", tc.from, tc.to, name, got)
			}
		}
	}
}

func TestNoPersonMakesASourceLookImported(t *testing.T) {
	stored := []atlas.Source{{Kind: "SEZNAM", BatchID: "D-00001", File: "mv.csv", Row: 3}}
	posted := []atlas.Source{
		{Kind: "WEB", Note: "můj", BatchID: "D-00001", File: "mv.csv", Row: 4},
		{Kind: "SEZNAM", BatchID: "D-00001", File: "mv.csv", Row: 3},
	}
	got := atlas.KeepOrigins(posted, stored)
	if got[0] != (atlas.Source{Kind: "WEB", Note: "můj"}) || got[1] != stored[0] || posted[0].Row != 4 {
		t.Errorf("%+v", got)
	}
}
