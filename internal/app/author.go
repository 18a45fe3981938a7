package app

import (
	"context"
	"errors"
	"strings"

	"atlas"
)

// How what somebody wrote is signed, where no organisation signs it.
func byOffice() Text      { return Text{"redakce", "editors"} }
func byImport() Text      { return Text{"import", "import"} }
func bySample() Text      { return Text{"ukázka", "sample"} }
func byContributor() Text { return Text{"registrovaný přispěvatel", "registered contributor"} }
func byErased() Text      { return Text{"smazaný účet", "deleted account"} }
func byMandate() Text     { return Text{"{who} z pověření {for}", "{who} on behalf of {for}"} }

// Author (podpis) is how a write is signed.
type Author struct {
	Name string
	// Account is its code, for those who may see whose it is; "" else.
	Account string
}

// AuthorName is how a write of an account, or of what else signs writes, is signed
// for a viewer in a language: by is atlas.Change.By or Meta.CreatedBy, origin is
// atlas.Change.Origin.
//
// The public never sees the name of a person: it sees the organisation that they
// write for, by whose mandate if by one, or who else answers for the record. Those
// who publish or look after accounts see the name, and so does the person
// themselves. Behind the code of an erased account nobody sees anybody.
func (a *App) AuthorName(ctx context.Context, v atlas.Viewer, lang, by, origin string) (Author, error) {
	if !strings.HasPrefix(by, "U-") {
		return Author{Name: signatureOf(by, origin).In(lang)}, nil
	}
	who, err := a.Reader().Account(ctx, by)
	switch {
	case errors.Is(err, atlas.ErrNotFound), err == nil && who.State == atlas.AccountErased:
		return Author{Name: byErased().In(lang)}, nil
	case err != nil:
		return Author{}, err
	}
	if v.May(atlas.RightPublish) || v.May(atlas.RightUsers) || v.Account == by {
		name := who.Name
		if name == "" {
			name = by
		}
		return Author{Name: name, Account: by}, nil
	}
	name, err := a.publicSignature(ctx, who, origin, lang)
	return Author{Name: name}, err
}

// Authors is AuthorName for several writes, which asks for each signature once.
func (a *App) Authors(ctx context.Context, v atlas.Viewer, lang string, all []atlas.Change) ([]Author, error) {
	type signed struct{ by, origin string }
	known := map[signed]Author{}
	out := make([]Author, len(all))
	for i, c := range all {
		key := signed{c.By, c.Origin}
		author, ok := known[key]
		if !ok {
			var err error
			if author, err = a.AuthorName(ctx, v, lang, c.By, c.Origin); err != nil {
				return nil, err
			}
			known[key] = author
		}
		out[i] = author
	}
	return out, nil
}

// signatureOf is what signs a write that no account made.
func signatureOf(by, origin string) Text {
	switch {
	case strings.HasPrefix(origin, "D-"), by == "import":
		return byImport()
	case by == "demo", origin == "demo":
		return bySample()
	}
	return byOffice()
}

// publicSignature is what the public sees of an account.
func (a *App) publicSignature(ctx context.Context, who *atlas.Account, origin, lang string) (string, error) {
	if strings.HasPrefix(origin, "M-") {
		m, err := a.Reader().Mandate(ctx, origin)
		if err == nil {
			return strings.NewReplacer("{who}", a.ActorName(m.Actor, lang), "{for}", a.ActorName(m.For, lang)).Replace(byMandate().In(lang)), nil
		}
		if !errors.Is(err, atlas.ErrNotFound) {
			return "", err
		}
	}
	if strings.HasPrefix(origin, "D-") {
		return byImport().In(lang), nil
	}
	for _, g := range who.Grants {
		if g.Role == atlas.RoleAdmin || g.Role == atlas.RoleMethodologist {
			return byOffice().In(lang), nil
		}
	}
	members, err := a.Reader().Memberships(ctx, who.ID)
	if err != nil {
		return "", err
	}
	for _, m := range members {
		if m.State == atlas.MemberActive {
			return a.ActorName(m.Actor, lang), nil
		}
	}
	return byContributor().In(lang), nil
}
