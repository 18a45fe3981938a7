package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// Whose values a field of a merged project has.
const (
	MergeKeep = "keep" // those of the record that is kept
	MergeDrop = "drop" // those of the one that is merged into it
	MergeBoth = "both" // of a list, the parts of both, none twice
)

// Merge says how two records become one (8.9).
type Merge struct {
	Keep, Drop string
	// Versions that the person who decides has seen; 0 asks for none.
	KeepVersion, DropVersion int64
	// Choice says by the key of a field whose values it has, MergeKeep and so on;
	// the default is that of Difference.
	Choice map[string]string
}

// Difference is a field in which two projects differ.
type Difference struct {
	Key     string   // of 6.1
	Choices []string // what there is to choose from; none where both always stay
	Default string
}

// Differences compares two projects field by field, in the order of the form.
// keep is the one that would be kept.
func Differences(keep, drop *atlas.Project) []Difference {
	var out []Difference
	for _, f := range projectFields() {
		if f.Same(keep, drop) {
			continue
		}
		d := Difference{Key: f.Key, Default: MergeBoth}
		if f.chosen(keep, drop) {
			d.Choices, d.Default = []string{MergeKeep, MergeDrop}, f.preferred(keep, drop)
			if f.joined() {
				d.Choices = append(d.Choices, MergeBoth)
			}
		}
		out = append(out, d)
	}
	return out
}

// chosen says whether there is anything to choose. Sources and links of both
// always stay; so do both registration numbers, by which both records are found.
func (f projectField) chosen(keep, drop *atlas.Project) bool {
	return !f.parts && f.Key != "sample" && f.Key != "reg_number"
}

// preferred is whose values are taken unless a person says otherwise: both
// lists, else what is known, else those of the kept one. A project that people
// can read stays so.
func (f projectField) preferred(keep, drop *atlas.Project) string {
	switch {
	case f.Key == "record_status":
		if drop.Public() && !keep.Public() {
			return MergeDrop
		}
	case !f.Known(keep):
		return MergeDrop
	case f.Key == "areas" && len(joinAreas(keep.Areas, drop.Areas)) > atlas.AreaLimit:
	case f.joined() && f.Known(drop):
		return MergeBoth
	}
	return MergeKeep
}

// MergeProjects joins a duplicate into the record that is kept: both sources
// and every link stay, the old address leads on. A version that is not the one
// seen is an atlas.ConflictError; a record that would break a rule (6.1) it
// keeps now is an atlas.InvalidError.
func (a *App) MergeProjects(ctx context.Context, v atlas.Viewer, m Merge) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	return a.update(ctx, func(tx *store.Tx) error {
		named := map[string]bool{}
		merge := func(keep, drop *atlas.Project) error {
			defer func() { addNamed(named, keep) }()
			return a.mergeInto(keep, drop, m)
		}
		if err := tx.MergeProjects(ctx, m.Keep, m.Drop, merge, a.write(v)); err != nil {
			return err
		}
		if err := a.evaluationsFollow(ctx, tx, a.write(v), m.Keep, m.Drop); err != nil {
			return err
		}
		return a.revive(ctx, tx, named, "", a.write(v))
	})
}

// mergeInto gives the kept record what was chosen.
func (a *App) mergeInto(keep, drop *atlas.Project, m Merge) error {
	for p, read := range map[*atlas.Project]int64{keep: m.KeepVersion, drop: m.DropVersion} {
		if read != 0 && read != p.Version {
			return &atlas.ConflictError{Kind: atlas.KindProject, ID: p.ID, Read: read, Current: p.Version}
		}
	}
	before := *keep
	for _, f := range projectFields() {
		if f.Same(keep, drop) || !f.chosen(keep, drop) {
			continue
		}
		whose := m.Choice[f.Key]
		if whose == "" {
			whose = f.preferred(&before, drop)
		}
		switch {
		case whose == MergeDrop:
			f.Copy(keep, drop)
		case whose == MergeBoth && f.joined():
			f.join(keep, drop)
		}
	}
	return a.stillRight(&before, keep, drop)
}

// stillRight refuses a merged record that breaks a rule which the kept one did
// not break before.
func (a *App) stillRight(before, keep, drop *atlas.Project) error {
	stage := a.stage(keep)
	if stage == atlas.StagePublish && fromList(drop) {
		stage = atlas.StageListed
	}
	old := before.Problems(a.Lists(), stage, a.year())
	wrong := slices.DeleteFunc(keep.Problems(a.Lists(), stage, a.year()), func(p atlas.Problem) bool {
		return slices.ContainsFunc(old, func(q atlas.Problem) bool { return q.Field == p.Field && q.Key == p.Key })
	})
	if len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return nil
}
