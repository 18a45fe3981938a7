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
	if from.Kind != atlas.KindProject && from.Kind != atlas.KindPractice || p.name == "" {
		return nil
	}
	base, err := tx.Version(ctx, from.Kind, from.Record, from.BaseVersion)
	if err != nil {
		return err
	}
	var before, after named
	if err := errors.Join(json.Unmarshal(base, &before), json.Unmarshal([]byte(from.Content), &after)); err != nil {
		return fmt.Errorf("proposal %s: %w", from.ID, err)
	}
	for _, c := range after.people() {
		if oneLine(c.Name) == p.name {
			p.added[contactKey(from.Record, c)] = true
		}
	}
	for _, c := range before.people() {
		delete(p.added, contactKey(from.Record, c))
	}
	return nil
}

// named is what a record has of people: contacts, and who speaks in its videos.
type named struct {
	Contacts []atlas.Person
	Videos   []atlas.Video
}

func (n named) people() []atlas.Person {
	out := slices.Clone(n.Contacts)
	for _, v := range n.Videos {
		out = append(out, atlas.Person{Name: v.Speaker})
	}
	return out
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
// contact where the e-mail is that of the account; of a card of good practice, who
// speaks in a video is one as well; of a project, who measured an indicator.
func (p identity) without(kind, record, snapshot string, own bool) (string, bool, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(snapshot), &all); err != nil {
		return "", false, fmt.Errorf("%s %s: %w", kind, record, err)
	}
	found := false
	switch kind {
	case atlas.KindProject, atlas.KindPractice:
		kept, fewer, err := p.others(all["Contacts"], record, own)
		if err != nil {
			return "", false, fmt.Errorf("contacts of %s: %w", record, err)
		}
		if found = fewer; found && kept == nil {
			delete(all, "Contacts")
		} else if found {
			all["Contacts"] = kept
		}
		for part, unsigned := range map[string]func([]map[string]any, string, bool) bool{"Videos": p.unspoken, "Indicators": p.unmeasured} {
			list, less, err := rewrittenList(all[part], func(list []map[string]any) bool { return unsigned(list, record, own) })
			if err != nil {
				return "", false, fmt.Errorf("%s of %s: %w", part, record, err)
			}
			if less {
				all[part], found = list, true
			}
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

// rewrittenList is a list of a record as JSON after change; false when it changes
// nothing.
func rewrittenList(list json.RawMessage, change func([]map[string]any) bool) (json.RawMessage, bool, error) {
	var all []map[string]any
	if len(list) == 0 {
		return nil, false, nil
	}
	if err := readJSON(string(list), &all); err != nil || !change(all) {
		return nil, false, err
	}
	text, err := json.Marshal(all)
	return text, true, err
}

// unspoken takes the person out of videos in which they speak.
func (p identity) unspoken(videos []map[string]any, record string, own bool) (found bool) {
	for _, v := range videos {
		speaker, _ := v["Speaker"].(string)
		if p.is(atlas.Person{Name: speaker}, record, own) {
			delete(v, "Speaker")
			delete(v, "Function")
			delete(v, "Organisation")
			found = true
		}
	}
	return found
}

// unmeasured takes the person out of measurements that they entered.
func (p identity) unmeasured(indicators []map[string]any, record string, own bool) (found bool) {
	for _, i := range indicators {
		measurements, _ := i["Measurements"].([]any)
		for _, x := range measurements {
			m, _ := x.(map[string]any)
			if by, _ := m["EnteredBy"].(string); p.is(atlas.Person{Name: by, Email: by}, record, own) {
				delete(m, "EnteredBy")
				found = true
			}
		}
	}
	return found
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
	const people = `kind IN ('project', 'practice') AND (snapshot LIKE '%"Contacts":%' OR snapshot LIKE '%"Videos":%' OR snapshot LIKE '%"EnteredBy":%')
		OR kind = 'actor' AND snapshot LIKE '%"Email":%'`
	err := tx.redactAll(ctx, people, "", eraseReason, w, func(c *change) (string, bool, error) {
		return p.without(c.Kind, c.ID, c.snapshot, false)
	})
	if err != nil {
		return err
	}
	return tx.eraseFromProposals(ctx, p, w.By)
}

// eraseFromRecords takes the contact out of the records as they stand.
func (tx *Tx) eraseFromRecords(ctx context.Context, p identity, w Write) error {
	ids, err := tx.recordsNaming(ctx, p, `SELECT project_id, name, email FROM project_contact
		UNION ALL SELECT project_id, entered_by, entered_by FROM project_measurement WHERE entered_by IS NOT NULL ORDER BY 1`)
	if err != nil {
		return err
	}
	projects, err := tx.Projects(ctx, ids)
	for _, record := range projects {
		if err == nil {
			err = eraseFrom(ctx, p, atlas.KindProject, record.ID, record, w, tx.PutProject)
		}
	}
	if err != nil {
		return err
	}
	if ids, err = tx.recordsNaming(ctx, p, "SELECT id, NULL, email FROM actor WHERE email IS NOT NULL ORDER BY id"); err != nil {
		return err
	}
	actors, err := tx.Actors(ctx, ids)
	for _, record := range actors {
		if err == nil {
			err = eraseFrom(ctx, p, atlas.KindActor, record.ID, record, w, tx.PutActor)
		}
	}
	if err != nil {
		return err
	}
	if ids, err = tx.q.texts(ctx, "SELECT id FROM practice WHERE contacts IS NOT NULL OR videos IS NOT NULL ORDER BY id"); err != nil {
		return err
	}
	cards, err := tx.Practices(ctx, ids)
	for _, record := range cards {
		if err == nil {
			err = eraseFrom(ctx, p, atlas.KindPractice, record.ID, record, w, tx.PutPractice)
		}
		if err == nil {
			err = tx.eraseAnswers(ctx, p, record)
		}
	}
	return err
}

// eraseFrom takes the contact out of a record as it stands, by a new version.
func eraseFrom[T any](ctx context.Context, p identity, kind, id string, record *T, w Write, put func(context.Context, *T, Write) error) error {
	fresh, found, err := rewritten(record, func(text string) (string, bool, error) { return p.without(kind, id, text, false) })
	if err == nil && found {
		err = put(ctx, fresh, w)
	}
	return err
}

// eraseAnswers deletes what the contact of a card wrote to other towns without an
// account, where nobody but the person can have been that contact.
func (tx *Tx) eraseAnswers(ctx context.Context, p identity, card *atlas.Practice) error {
	theirs := false
	for _, c := range card.Contacts {
		if c.Email != "" && !p.emails[emailKey(c.Email)] {
			return nil
		}
		theirs = theirs || c.Email != ""
	}
	if !theirs {
		return nil
	}
	_, err := tx.q.exec(ctx, `DELETE FROM transfer_message WHERE made_by IS NULL AND side = $2
		AND replication_id IN (SELECT id FROM replication WHERE practice_id = $1 AND via IS NULL)`, card.ID, SideSource)
	return err
}

// recordsNaming are the records whose code, name and e-mail a query reads that name
// the person.
func (tx *Tx) recordsNaming(ctx context.Context, p identity, query string) (ids []string, err error) {
	rows, err := tx.q.query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, name, email string
		if err := rows.Scan(&id, textCell[string]{&name}, textCell[string]{&email}); err != nil {
			return nil, err
		}
		if p.is(atlas.Person{Name: name, Email: email}, id, false) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, tx.q.engine.explain(rows.Err())
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
