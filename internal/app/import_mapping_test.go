package app_test

import (
	"errors"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

const unknownList = "Reg. č.;Název projektu;Příjemce;Dotace;Ohlas\n1/2019;Společně;Město Ukázkov;1 000,00;dobrý\n2/2019;Vítejte;Spolek Most, z. s.;2 000,00;dobrý\n"

func TestAListThatNoSourceKnowsIsReadByTheProposedMapping(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		plan := prepare(t, a, []byte(unknownList))
		if plan.Source != importer.MappedName || plan.Mapping == nil || plan.Remembered || outcomes(plan) != "create create" {
			t.Fatalf("%s %+v %v %s", plan.Source, plan.Mapping, plan.Remembered, outcomes(plan))
		}
		if c := plan.Mapping.Columns[1]; c.Target != importer.TargetName || c.Confidence < importer.Sure || c.Reason.Key == "" {
			t.Errorf("%+v", c)
		}
		apply(t, a, plan)
		id, err := a.Reader().ProjectByRegNumber(t.Context(), "2/2019")
		if err != nil {
			t.Fatal(err)
		}
		p, err := a.Reader().Project(t.Context(), id)
		if err != nil || p.TitleCs != "Vítejte" || len(p.Funding) != 1 || p.Funding[0].Granted != atlas.Crowns(2000) || p.Sources[0].Row != 3 {
			t.Errorf("%+v %v", p, err)
		}
		if again := prepare(t, a, []byte(unknownList+"\n")); outcomes(again) != "unchanged unchanged" {
			t.Errorf("the same list again: %s", outcomes(again))
		}
	})
}

func TestTheMappingThatAPersonChoseIsRememberedForTheNextFile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		chosen := *prepare(t, a, []byte(unknownList)).Mapping
		chosen.Columns = append([]importer.Column{}, chosen.Columns...)
		chosen.Set(4, importer.TargetDescription)
		plan, err := a.PrepareImport(t.Context(), editor, app.ImportOptions{Mapping: &chosen}, "seznam.csv", []byte(unknownList))
		if err != nil {
			t.Fatal(err)
		}
		apply(t, a, plan)
		next := prepare(t, a, []byte("Reg. č.;Název projektu;Příjemce;Dotace;Ohlas\n3/2020;Dál;Město Ukázkov;3 000,00;skvělý\n4/2020;Ještě;Město Ukázkov;3 000,00;skvělý\n"))
		if !next.Remembered || next.Mapping.Columns[4].Target != importer.TargetDescription || next.Mapping.Columns[4].Reason.Key != importer.ReasonPerson {
			t.Errorf("%v %+v", next.Remembered, next.Mapping)
		}
	})
}

func TestAMappingOfOtherColumnsIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		m := *prepare(t, a, []byte(unknownList)).Mapping
		_, err := a.PrepareImport(t.Context(), editor, app.ImportOptions{Mapping: &m}, "jiny.csv", []byte("Název;Obec\nDům;Brno\n"))
		var refused *importer.FileError
		if !errors.As(err, &refused) || refused.Key != importer.ErrorMapping {
			t.Errorf("%v", err)
		}
	})
}
