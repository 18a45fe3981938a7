package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// Limits of writing to other towns.
const (
	// messagesHere and messagesADay are how many messages an account may send within
	// a day: about one replication and in all. A contact without an account has those
	// of one replication.
	messagesHere = 6
	messagesADay = 20
	// mostReaders is how many people of the other side get a letter.
	mostReaders = 10
	// replyDays is how long a contact may answer by the link.
	replyDays = 60
)

// TownLinks are the absolute addresses that letters lead to: the page of the
// replication, and the one on which a contact without an account answers.
type TownLinks struct {
	Page  PageLink
	Reply func(lang, key string) string
}

// TownTalk reads what the two sides of a replication wrote each other, for them only.
func (a *App) TownTalk(ctx context.Context, v atlas.Viewer, r *atlas.Replication) ([]store.TransferMessage, error) {
	s, err := a.Sides(ctx, v, r)
	if err == nil && !s.Any() {
		err = atlas.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return a.Reader().TransferMessages(ctx, r.ID)
}

// WriteToTown sends a message to the other side of a replication: it is kept on its
// page, and whoever may answer there gets a letter without any address. told is how
// many got one. Whoever speaks for both sides writes for the one that follows.
func (a *App) WriteToTown(ctx context.Context, v atlas.Viewer, id, text string, links TownLinks) (told int, err error) {
	text = strings.TrimSpace(text)
	if wrong := checkWords("message", text, true); wrong != nil {
		return 0, wrong
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		told = 0
		x, err := tx.Replication(ctx, id)
		if err != nil {
			return err
		}
		s, err := a.sides(ctx, tx.Reader, v, x)
		if err == nil && !s.Any() {
			err = atlas.ErrNotFound
		}
		if err != nil {
			return err
		}
		m := store.TransferMessage{Replication: id, Side: store.SideSource, Text: text, By: v.Account, At: a.now().UTC()}
		if s.Follower {
			m.Side = store.SideFollower
		}
		told, err = a.send(ctx, tx, x, &m, links)
		return err
	})
	return told, err
}

// send keeps a message and tells the other side; told is how many got a letter. The
// same one sent again by a double click is kept once.
func (a *App) send(ctx context.Context, tx *store.Tx, x *atlas.Replication, m *store.TransferMessage, links TownLinks) (told int, err error) {
	if again, err := a.mayWrite(ctx, tx, m); err != nil || again {
		return 0, err
	}
	if err := tx.PutTransferMessage(ctx, m); err != nil {
		return 0, err
	}
	return a.tellTown(ctx, tx, x, m, links)
}

// mayWrite refuses more messages than a person writes; again says that the same one
// was sent just now, by a double click.
func (a *App) mayWrite(ctx context.Context, tx *store.Tx, m *store.TransferMessage) (again bool, err error) {
	day := m.At.Add(-24 * time.Hour)
	all, err := tx.TransferMessages(ctx, m.Replication)
	if err != nil {
		return false, err
	}
	here := 0
	for _, x := range all {
		if x.By == m.By && x.Side == m.Side && x.At.After(day) {
			here++
		}
	}
	if n := len(all); n > 0 && all[n-1].By == m.By && all[n-1].Side == m.Side && all[n-1].Text == m.Text {
		return true, nil
	}
	if here >= messagesHere {
		return false, refusal("message", "problem.messages_here", "limit", messagesHere)
	}
	if m.By == "" {
		return false, nil
	}
	mine, err := tx.TransferMessagesBy(ctx, m.By, day)
	if err == nil && len(mine) >= messagesADay {
		err = refusal("message", "problem.messages_day", "limit", messagesADay)
	}
	return false, err
}

// tellTown writes to those who may answer for the other side; where nobody with an
// account may, to the contacts of the card.
func (a *App) tellTown(ctx context.Context, tx *store.Tx, x *atlas.Replication, m *store.TransferMessage, links TownLinks) (told int, err error) {
	if a.letters == nil {
		return 0, nil
	}
	source, err := sourceOf(ctx, tx.Reader, x)
	if err != nil {
		return 0, err
	}
	card, err := practiceStanding(ctx, tx.Reader, x.Practice)
	if errors.Is(err, atlas.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	letter := mail.TownWrote{Practice: card.Title, Text: m.Text, Town: a.townOf(source)}
	to := source
	if m.Side == store.SideSource {
		to = x
	} else {
		letter.Town = a.townOf(x)
	}
	readers, err := a.writersOf(ctx, tx.Reader, to)
	if err != nil {
		return 0, err
	}
	for _, who := range readers[:min(len(readers), mostReaders)] {
		if who.ID == m.By {
			continue
		}
		letter.Link = links.Page(who.Lang)
		if err := a.letterTo(ctx, tx, who, letter); err != nil {
			return told, err
		}
		told++
	}
	if contact, ok := to.(*atlas.Practice); ok && told == 0 {
		return a.tellContacts(ctx, tx, contact, x.ID, letter, links)
	}
	return told, nil
}

// tellContacts writes to the contacts of a card whose consent holds; they answer by a
// link that opens without an account.
func (a *App) tellContacts(ctx context.Context, tx *store.Tx, card *atlas.Practice, id string, letter mail.TownWrote, links TownLinks) (told int, err error) {
	until := a.now().In(i18n.Prague).AddDate(0, 0, replyDays)
	letter.Open, letter.Until = true, atlas.DateOf(until)
	key := addressed.Replace(a.keys.sealed(id+" "+letter.Until.String(), replyLabel))
	for _, p := range card.Contacts {
		if p.Email == "" || p.RetainUntil.Known() && p.RetainUntil.Last().Compare(a.today()) < 0 || told == mostReaders {
			continue
		}
		letter.Link = links.Reply("cs", key)
		if err := a.letterToAddress(ctx, tx, mail.Recipient{Address: p.Email, Name: p.Name, Lang: "cs"}, letter); err != nil {
			return told, err
		}
		told++
	}
	return told, nil
}

// addressed writes a sealed text so that it can stand in an address, unaddressed as it
// was.
var addressed, unaddressed = strings.NewReplacer("+", "-", "/", "_"), strings.NewReplacer("-", "+", "_", "/")

// replyLabel is what keys of answering are sealed for.
const replyLabel = "answer to a town"

// OpenReply reads a replication and its thread by the key of a letter to a contact.
// atlas.ErrNotFound for a key that is not ours or over.
func (a *App) OpenReply(ctx context.Context, key string) (*atlas.Replication, []store.TransferMessage, error) {
	text, err := a.keys.opened(unaddressed.Replace(key), replyLabel)
	id, day, _ := strings.Cut(text, " ")
	until, dateErr := atlas.ParseDate(day)
	if err != nil || dateErr != nil || until.Compare(a.today()) < 0 {
		return nil, nil, atlas.ErrNotFound
	}
	x, err := a.Reader().Replication(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	all, err := a.Reader().TransferMessages(ctx, id)
	return x, all, err
}

// Reply writes the answer of a contact without an account.
func (a *App) Reply(ctx context.Context, key, text string, links TownLinks) error {
	x, _, err := a.OpenReply(ctx, key)
	if err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	if wrong := checkWords("message", text, true); wrong != nil {
		return wrong
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		_, err := a.send(ctx, tx, x, &store.TransferMessage{Replication: x.ID, Side: store.SideSource, Text: text, At: a.now().UTC()}, links)
		return err
	})
}

// townOf is whose town a card or a replication is of.
func (a *App) townOf(record any) string {
	switch r := record.(type) {
	case *atlas.Practice:
		if len(r.Territories) > 0 {
			return a.townName(r.Territories[0], "")
		}
		return cmp.Or(r.PlaceText, r.Title)
	case *atlas.Replication:
		return cmp.Or(a.townName(r.Territory, r.PlaceText), r.ID)
	}
	return ""
}

// writersOf are the accounts that may edit a record without being staff, and can sign
// in: members of its organisations, editors of its territories, whoever wrote it.
func (a *App) writersOf(ctx context.Context, r *store.Reader, record any) ([]*atlas.Account, error) {
	s := a.Places().Within(subjectOf(record))
	ids := []string{s.Author}
	for _, actor := range s.Organisations {
		members, err := r.Members(ctx, actor)
		if err != nil {
			return nil, err
		}
		for _, m := range members {
			if m.State == atlas.MemberActive {
				ids = append(ids, m.Account)
			}
		}
	}
	found, err := r.AccountsByID(ctx, distinct(ids))
	if err != nil {
		return nil, err
	}
	editors, err := r.AccountsWithRole(ctx, atlas.RoleTerritory)
	if err != nil {
		return nil, err
	}
	today := a.today()
	for _, who := range editors {
		edits := slices.ContainsFunc(who.Grants, func(g atlas.Grant) bool {
			return g.Role == atlas.RoleTerritory && slices.Contains(s.Territories, g.Territory) && g.InForce(today)
		})
		if edits && !slices.ContainsFunc(found, func(x *atlas.Account) bool { return x.ID == who.ID }) {
			found = append(found, who)
		}
	}
	return slices.DeleteFunc(found, func(who *atlas.Account) bool { return who.State != atlas.AccountActive }), nil
}
