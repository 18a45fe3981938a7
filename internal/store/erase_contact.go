package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"atlas"
)

// eraseReason is what the log says of a snapshot that a contact was taken out of.
const eraseReason = "GDPR čl. 17: vlastní kontakt smazaného účtu"

// identity is how somebody is known in contact fields. Whoever erases an account
// must not be able to take the contact of another out of a record by calling
// themselves like them: the name counts only where they could have done so anyway.
type identity struct {
	emails map[string]bool // keys of addresses that were proved to be theirs
	name   string          // folded, "" = none
	wrote  map[string]bool // records that they wrote into themselves
	added  map[string]bool // contacts of their name that came by their proposals (contactKey)
}

func (tx *Tx) identityOf(ctx context.Context, a *atlas.Account, addresses []string) (identity, error) {
	p := identity{emails: map[string]bool{}, name: oneLine(a.Name), wrote: map[string]bool{}, added: map[string]bool{}}
	for _, address := range addresses {
		p.emails[emailKey(address)] = true
	}
	records, err := tx.q.texts(ctx, "SELECT DISTINCT record_id FROM change WHERE made_by = $1", a.ID)
	if err != nil {
		return p, err
	}
	for _, id := range records {
		p.wrote[id] = true
	}
	proposals, err := tx.ProposalsBy(ctx, a.ID)
	for i := range proposals {
		if err == nil && proposals[i].State == ProposalAccepted {
			err = tx.noteAdded(ctx, &p, &proposals[i])
		}
	}
	return p, err
}

// noteAdded notes the contacts of the person's name that a proposal has and the
// version it was made from has not.
func (tx *Tx) noteAdded(ctx context.Context, p *identity, from *Proposal) error {
	if from.Kind != atlas.KindProject || p.name == "" {
		return nil
	}
	base, err := tx.Version(ctx, from.Kind, from.Record, from.BaseVersion)
	if err != nil {
		return err
	}
	var before, after struct{ Contacts []atlas.Person }
	if err := errors.Join(json.Unmarshal(base, &before), json.Unmarshal([]byte(from.Content), &after)); err != nil {
		return fmt.Errorf("proposal %s: %w", from.ID, err)
	}
	for _, c := range after.Contacts {
		if oneLine(c.Name) == p.name {
			p.added[contactKey(from.Record, c)] = true
		}
	}
	for _, c := range before.Contacts {
		delete(p.added, contactKey(from.Record, c))
	}
	return nil
}

func contactKey(record string, c atlas.Person) string {
	return record + "\n" + oneLine(c.Name) + "\n" + emailKey(c.Email)
}

// is says whether a contact of a record is that of the person; own says that they
// wrote the text in which it stands.
func (p identity) is(c atlas.Person, record string, own bool) bool {
	return p.emails[emailKey(c.Email)] || p.added[contactKey(record, c)] ||
		(own || p.wrote[record]) && p.name != "" && oneLine(c.Name) == p.name
}

// without takes the contact of the person out of a record as JSON, and nothing
// else; false when it is not there. Of an actor, e-mail and telephone are the
// contact where the e-mail is that of the account.
func (p identity) without(kind, record, snapshot string, own bool) (string, bool, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(snapshot), &all); err != nil {
		return "", false, fmt.Errorf("%s %s: %w", kind, record, err)
	}
	found := false
	switch kind {
	case atlas.KindProject:
		kept, fewer, err := p.others(all["Contacts"], record, own)
		if err != nil {
			return "", false, fmt.Errorf("contacts of %s: %w", record, err)
		}
		if found = fewer; found && kept == nil {
			delete(all, "Contacts")
		} else if found {
			all["Contacts"] = kept
		}
	case atlas.KindActor:
		if found = p.emails[emailKey(textOf(all["Email"]))]; found {
			delete(all, "Email")
			delete(all, "Phone")
		}
	}
	if !found {
		return "", false, nil
	}
	out, err := json.Marshal(all)
	return string(out), true, err
}

// others are the contacts of others, whatever else an older program wrote of them;
// nil when there are none. It says whether they are fewer than all.
func (p identity) others(list json.RawMessage, record string, own bool) (json.RawMessage, bool, error) {
	var all []map[string]json.RawMessage
	if len(list) == 0 {
		return nil, false, nil
	}
	if err := json.Unmarshal(list, &all); err != nil {
		return nil, false, err
	}
	kept := slices.DeleteFunc(slices.Clone(all), func(c map[string]json.RawMessage) bool {
		return p.is(atlas.Person{Name: textOf(c["Name"]), Email: textOf(c["Email"])}, record, own)
	})
	if len(kept) == len(all) || len(kept) == 0 {
		return nil, len(kept) < len(all), nil
	}
	text, err := json.Marshal(kept)
	return text, true, err
}

// textOf reads a JSON text; "" when it is none.
func textOf(raw json.RawMessage) (text string) {
	if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return text
}

// eraseContact takes the contact of the person out of records as they stand, which
// makes new versions, then out of all their former snapshots and of proposals. The
// log proves all else of them (Redact). It reads each snapshot that has a contact.
func (tx *Tx) eraseContact(ctx context.Context, p identity, w Write) error {
	if err := tx.eraseFromRecords(ctx, p, w); err != nil {
		return err
	}
	type replaced struct {
		seq  int64
		json string
	}
	var all []replaced
	err := tx.schema.changes.each(ctx, tx.q, `WHERE kind = 'project' AND snapshot LIKE '%"Contacts":%'
		OR kind = 'actor' AND snapshot LIKE '%"Email":%' ORDER BY seq`, nil, func(c *change) error {
		text, found, err := p.without(c.Kind, c.ID, c.snapshot, false)
		if found {
			all = append(all, replaced{c.Seq, text})
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range all {
		if err := tx.Redact(ctx, r.seq, []byte(r.json), eraseReason, w); err != nil {
			return err
		}
	}
	return tx.eraseFromProposals(ctx, p, w.By)
}

// eraseFromRecords takes the contact out of the records as they stand.
func (tx *Tx) eraseFromRecords(ctx context.Context, p identity, w Write) error {
	type named struct{ id, name, email string }
	find := func(query string) (ids []string, err error) {
		rows, err := tx.q.query(ctx, query)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var c named
			if err := rows.Scan(&c.id, textCell[string]{&c.name}, textCell[string]{&c.email}); err != nil {
				return nil, err
			}
			if p.is(atlas.Person{Name: c.name, Email: c.email}, c.id, false) && !slices.Contains(ids, c.id) {
				ids = append(ids, c.id)
			}
		}
		return ids, tx.q.engine.explain(rows.Err())
	}
	ids, err := find("SELECT project_id, name, email FROM project_contact ORDER BY project_id, position")
	if err != nil {
		return err
	}
	projects, err := tx.Projects(ctx, ids)
	if err != nil {
		return err
	}
	for _, record := range projects {
		record.Contacts = slices.DeleteFunc(record.Contacts, func(c atlas.Person) bool { return p.is(c, record.ID, false) })
		if err := tx.PutProject(ctx, record, w); err != nil {
			return err
		}
	}
	if ids, err = find("SELECT id, NULL, email FROM actor WHERE email IS NOT NULL ORDER BY id"); err != nil {
		return err
	}
	actors, err := tx.Actors(ctx, ids)
	if err != nil {
		return err
	}
	for _, record := range actors {
		record.Email, record.Phone = "", ""
		if err := tx.PutActor(ctx, record, w); err != nil {
			return err
		}
	}
	return nil
}

// eraseFromProposals takes the contact out of what was proposed. Nobody decides
// otherwise for it, so the versions stay.
func (tx *Tx) eraseFromProposals(ctx context.Context, p identity, account string) error {
	all, err := tx.proposals(ctx, "ORDER BY id")
	if err != nil {
		return err
	}
	for _, one := range all {
		text, found, err := p.without(one.Kind, one.Record, one.Content, one.By == account)
		if found {
			_, err = tx.q.exec(ctx, "UPDATE proposal SET content = $2 WHERE id = $1", one.ID, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
