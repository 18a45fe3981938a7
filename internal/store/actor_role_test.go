package store_test

import (
	"slices"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestRolesAndCallsLeadToTheirProjects(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		public := atlas.Meta{RecordStatus: atlas.RecordPublished}
		actor, call := &atlas.Actor{Meta: public, Name: "Město"}, &atlas.Call{Meta: public, Title: "Výzva"}
		old := &atlas.Project{TitleCs: "Starý", From: atlas.Date{Year: 2015}, Funding: []atlas.Funding{{Call: "V-00001"}, {Call: "V-00001"}}}
		late := &atlas.Project{TitleCs: "Nový", From: atlas.Date{Year: 2020, Month: 3}}
		none := &atlas.Project{TitleCs: "Bez data"}
		err := s.Update(ctx, func(tx *store.Tx) error {
			if err := tx.PutActor(ctx, actor, store.Write{}); err != nil {
				return err
			}
			if err := tx.PutCall(ctx, call, store.Write{}); err != nil {
				return err
			}
			old.Parties = []atlas.Party{{Actor: actor.ID, Role: "PNEF"}, {Actor: actor.ID, Role: atlas.RoleImplementer}}
			old.Funding[0].Funder = actor.ID
			late.Parties = []atlas.Party{{Actor: actor.ID, Role: atlas.RoleFunder}}
			late.Funding = []atlas.Funding{{Funder: actor.ID}}
			none.Parties = []atlas.Party{{Actor: actor.ID, Role: atlas.RoleImplementer}}
			for _, p := range []*atlas.Project{old, late, none} {
				p.Meta = public
				if err := tx.PutProject(ctx, p, store.Write{}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		roles, err := s.RolesOfActor(ctx, actor.ID)
		want := []store.ActorRole{
			{late.ID, atlas.RoleFunder, atlas.RecordPublished},
			{old.ID, "PNEF", atlas.RecordPublished}, {old.ID, atlas.RoleFunder, atlas.RecordPublished}, {old.ID, atlas.RoleImplementer, atlas.RecordPublished},
			{none.ID, atlas.RoleImplementer, atlas.RecordPublished},
		}
		if err != nil || !slices.Equal(roles, want) {
			t.Errorf("%v %+v", err, roles)
		}
		ids, err := s.ProjectsOfCall(ctx, call.ID)
		if err != nil || !slices.Equal(ids, []string{old.ID}) {
			t.Errorf("%v %v", err, ids)
		}
	})
}
