package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"atlas"
)

// How what somebody wrote is signed, where no organisation signs it.
func byOffice() Text      { return Text{"redakce", "editors"} }
func byImport() Text      { return Text{"import", "import"} }
func bySample() Text      { return Text{"ukázka", "sample"} }
func byContributor() Text { return Text{"registrovaný přispěvatel", "registered contributor"} }
func byErased() Text      { return Text{"smazaný účet", "deleted account"} }
func byMandate() Text {
	return Text{"zadal {who} z pověření {for}", "entered by {who} on behalf of {for}"}
}

// Author (podpis) is how a write is signed.
type Author struct {
	Name string // for the viewer
	// Public is what everybody may see: never the name of a person.
	Public string
	// Account is its code, for those who may see whose it is; "" else.
	Account string
}

// AuthorName is how a write of an account, or of what else signs writes, is signed
// for a viewer in a language: by is atlas.Change.By or Meta.CreatedBy, origin is
// atlas.Change.Origin.
func (a *App) AuthorName(ctx context.Context, v atlas.Viewer, lang, by, origin string) (Author, error) {
	return a.Signatures().Of(ctx, v, lang, atlas.Change{By: by, Origin: origin})
}

// Authors is AuthorName for several writes, which reads each account once.
func (a *App) Authors(ctx context.Context, v atlas.Viewer, lang string, all []atlas.Change) ([]Author, error) {
	s, out := a.Signatures(), make([]Author, len(all))
	for i, c := range all {
		var err error
		if out[i], err = s.Of(ctx, v, lang, c); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Signatures sign several writes and read each account once.
type Signatures struct {
	app   *App
	known map[string]signer
}

// signer is an account that signs.
type signer struct {
	*atlas.Account // nil = erased
	members        []atlas.Membership
}

// Signatures begins to sign writes.
func (a *App) Signatures() *Signatures { return &Signatures{a, map[string]signer{}} }

// Of says how a write is signed for a viewer in a language; owners are the
// organisations whose record it was.
//
// The public never sees the name of a person: it sees the organisation that they
// write for, by whose mandate if by one, or who else answers for the record. Those
// who publish or look after accounts see the name, and so does the person
// themselves. Behind the code of an erased account nobody sees anybody.
func (s *Signatures) Of(ctx context.Context, v atlas.Viewer, lang string, c atlas.Change, owners ...string) (Author, error) {
	if !strings.HasPrefix(c.By, "U-") {
		name := signatureOf(c.By, c.Origin).In(lang)
		return Author{Name: name, Public: name}, nil
	}
	who, err := s.signer(ctx, c.By)
	if err != nil {
		return Author{}, err
	}
	if who.Account == nil {
		name := byErased().In(lang)
		return Author{Name: name, Public: name}, nil
	}
	public, err := s.public(ctx, who, c, owners, lang)
	if err != nil || !v.May(atlas.RightPublish) && !v.May(atlas.RightUsers) && v.Account != c.By {
		return Author{Name: public, Public: public}, err
	}
	return Author{Name: cmp.Or(who.Name, c.By), Public: public, Account: c.By}, nil
}

func (s *Signatures) signer(ctx context.Context, by string) (signer, error) {
	if who, ok := s.known[by]; ok {
		return who, nil
	}
	var who signer
	account, err := s.app.Reader().Account(ctx, by)
	switch {
	case errors.Is(err, atlas.ErrNotFound), err == nil && account.State == atlas.AccountErased:
		err = nil
	case err == nil:
		who.Account = account
		who.members, err = s.app.Reader().Memberships(ctx, by)
	}
	s.known[by] = who
	return who, err
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

// public is what the public sees of an account: the mandate it wrote by, else the
// organisation whose record it is, else the editors, else an organisation that
// the person belonged to then.
func (s *Signatures) public(ctx context.Context, who signer, c atlas.Change, owners []string, lang string) (string, error) {
	behalf, is, err := s.app.OnBehalf(ctx, c.Origin, lang)
	switch {
	case err != nil:
		return "", err
	case is:
		return strings.NewReplacer("{who}", behalf.By.Name, "{for}", behalf.For.Name).Replace(byMandate().In(lang)), nil
	case strings.HasPrefix(c.Origin, "D-"):
		return byImport().In(lang), nil
	}
	then := func(m atlas.Membership) bool {
		return m.State == atlas.MemberActive && (c.At.IsZero() || !m.At.After(c.At))
	}
	for _, m := range who.members {
		if then(m) && slices.Contains(owners, m.Actor) {
			return s.app.ActorName(m.Actor, lang), nil
		}
	}
	for _, g := range who.Grants {
		if g.Role == atlas.RoleAdmin || g.Role == atlas.RoleMethodologist {
			return byOffice().In(lang), nil
		}
	}
	for _, m := range who.members {
		if then(m) {
			return s.app.ActorName(m.Actor, lang), nil
		}
	}
	return byContributor().In(lang), nil
}
