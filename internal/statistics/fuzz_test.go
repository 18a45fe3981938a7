package statistics

import (
	"bytes"
	"errors"
	"testing"

	"atlas"
	"atlas/internal/importer"
)

// anything reads whatever it is given as a data set, and demands that rows add up,
// that slices are in order and in themselves sound, and that an error has a
// message.
func anything(t *testing.T, env Env, name string, data []byte) {
	var told *importer.FileError
	f, err := Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if !errors.As(err, &told) {
			t.Fatalf("an error without a message: %v", err)
		}
		return
	}
	defer f.Close()
	r, err := f.Read(t.Context(), env)
	if err != nil {
		if !errors.As(err, &told) {
			t.Fatalf("an error without a message: %v", err)
		}
		return
	}
	defer r.Close()
	report, err := r.Slices(t.Context(), func(s *atlas.Slice) error {
		for i, f := range s.Figures {
			if i > 0 && s.Figures[i-1].Category.Compare(f.Category) >= 0 {
				t.Fatalf("categories of %s out of order: %v", s.Territory, s.Figures)
			}
			if f.Value < 0 || !f.Known() && f.Value != 0 || !f.Category.Age.Valid() {
				t.Fatalf("figure %+v", f)
			}
		}
		if s.Date.Compare(env.Today) > 0 || !s.Date.Valid() {
			t.Fatalf("date %v", s.Date)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if c := report.Counts; c.Rows != c.Read+c.Repeated+c.Skipped+c.Refused {
		t.Fatalf("%+v", c)
	}
}

func FuzzForeigners(f *testing.F) {
	f.Add(csuHeader + csuRow("12", "1", "804", "400000600005000", "2023", "101", "40428", "Cheb", "<0; 5)"))
	f.Add(csuHeader + csuRow("-1", "9", "0", "x", "9999999999", "97", "", "", ",;\"\""))
	env := world()
	f.Fuzz(func(t *testing.T, text string) { anything(t, env, "290038.csv", []byte(text)) })
}

func FuzzPopulation(f *testing.F) {
	f.Add("hodnota,stapro_kod,pohlavi_kod,vuzemi_cis,vuzemi_kod,rok,casref_do\n5,2406,1,43,554481,2020,2020-12-31\n5,2406,,43,554481,2020,\n")
	env := of(atlas.DatasetPopulation)
	f.Fuzz(func(t *testing.T, text string) { anything(t, env, "130149.csv", []byte(text)) })
}

func FuzzProtection(f *testing.F) {
	f.Add(protectionHeader + ",,,,,10,1,1,1,2,2,1,1,1,0\nKarlovarský kraj,Cheb,Cheb,554481,Cheb,9,1,1,1,2,2,1,0,1,0\n")
	f.Add("datum,obec_kod,obec_mc,mc_kod,celkem,m_do_3,z_do_3\n2022-06-06,554791,Plzeň 1,545970,5,2,3\n2022-06-06,554791,Plzeň 1,545970,6,2,3\n")
	env := of(atlas.DatasetProtection)
	f.Fuzz(func(t *testing.T, text string) { anything(t, env, "statistika-ukr-08-03-2022.csv", []byte(text)) })
}

func FuzzLong(f *testing.F) {
	f.Add("zdroj;datum;uzemi_kod;uzemi_uroven;ukazatel;stobcan_kod;pohlavi_kod;vek_od;vek_do;typ_pobytu;hodnota;poznamka\nX;2023;554481;obec;;UA;2;0;200;TP;<5;pozn\n")
	env := own()
	f.Fuzz(func(t *testing.T, text string) { anything(t, env, "vlastni.csv", []byte(text)) })
}

func FuzzJSONStat(f *testing.F) {
	f.Add(`{"class":"dataset","id":["Uz0","CasR"],"size":[1,1],"dimension":{"Uz0":{"category":{"index":["CZ"]}},"CasR":{"category":{"index":{"2022":0}}}},"value":[1]}`)
	f.Add(`{"class":"dataset","id":["a"],"size":[-1],"dimension":{},"value":{"9":1e3}}`)
	env := world()
	f.Fuzz(func(t *testing.T, text string) { anything(t, env, "a.json", []byte(text)) })
}
