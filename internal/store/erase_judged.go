package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"atlas/internal/czech"
)

// sheetReason and panelReason are what the log says of snapshots of sheets and
// evaluations that were replaced.
const (
	sheetReason = "GDPR čl. 17: vlastní listy a jméno smazaného účtu"
	panelReason = "GDPR čl. 17: důvod odchodu a jméno hodnotitele se smazaným účtem"
)

// hiddenName stands where the name or the address of an erased person stood in a
// text that stays.
const hiddenName = "[…]"

// onlyTheirs picks the sheets that no result rests on and nobody but their author
// reads: private self-checks, what was never submitted, what was written for an
// evaluation that was given up or that the author left.
const onlyTheirs = `written_by = $1 AND (part = 'check' OR submitted IS NULL
	OR evaluation_id IN (SELECT id FROM evaluation WHERE state = 'zruseno')
	OR part = 'evaluator' AND NOT EXISTS (SELECT 1 FROM evaluation_assignment x
		WHERE x.evaluation_id = sheet.evaluation_id AND x.evaluator = $1 AND x.state = 'submitted'))`

// eraseJudged takes away what somebody wrote when projects were judged and what
// stood there of them. Sheets that are only theirs go wholly, with all their
// snapshots. What a result rests on stays under the code, without their name and
// address; so do the evaluations, without the reasons why they left.
func (tx *Tx) eraseJudged(ctx context.Context, p identity, w Write) error {
	theirs, err := tx.q.texts(ctx, "SELECT id FROM sheet WHERE "+onlyTheirs+" ORDER BY id", w.By)
	if err != nil {
		return fmt.Errorf("sheets of %s: %w", w.By, err)
	}
	gone := map[string]bool{}
	for _, id := range theirs {
		gone[id] = true
		if _, err := tx.q.exec(ctx, "DELETE FROM sheet WHERE id = $1", id); err != nil {
			return fmt.Errorf("erase sheet %s: %w", id, err)
		}
	}
	if err := tx.namelessSheets(ctx, p, w); err != nil {
		return err
	}
	if err := tx.namelessPanels(ctx, p, w); err != nil {
		return err
	}
	err = tx.redactAll(ctx, "kind = 'sheet' AND snapshot LIKE $1", likeAccount(w.By), sheetReason, w, func(c *change) (string, bool, error) {
		if gone[c.ID] {
			return bareRecord(c.snapshot)
		}
		return p.withoutAuthor(w.By, c.snapshot)
	})
	if err != nil {
		return err
	}
	return tx.redactAll(ctx, "kind = 'evaluation' AND snapshot LIKE $1", likeAccount(w.By), panelReason, w, func(c *change) (string, bool, error) {
		return p.withoutJudge(w.By, c.snapshot)
	})
}

// likeAccount finds snapshots that name an account anywhere.
func likeAccount(account string) string { return `%"` + account + `"%` }

// redactAll replaces the snapshots of changes that without says another text of.
func (tx *Tx) redactAll(ctx context.Context, where, arg, why string, w Write, without func(*change) (string, bool, error)) error {
	type replaced struct {
		seq  int64
		json string
	}
	var all []replaced
	var args []any
	if arg != "" {
		args = append(args, arg)
	}
	err := tx.schema.changes.each(ctx, tx.q, "WHERE "+where+" ORDER BY seq", args, func(c *change) error {
		text, found, err := without(c)
		if err != nil {
			return fmt.Errorf("%s %s version %d: %w", c.Kind, c.ID, c.Version, err)
		}
		if found {
			all = append(all, replaced{c.Seq, text})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, r := range all {
		if err := tx.Redact(ctx, r.seq, []byte(r.json), why, w); err != nil {
			return err
		}
	}
	return nil
}

// namelessSheets takes the name out of the sheets of the person that stay.
func (tx *Tx) namelessSheets(ctx context.Context, p identity, w Write) error {
	all, err := tx.SheetsBy(ctx, w.By)
	if err != nil {
		return err
	}
	for _, record := range all {
		fresh, found, err := rewritten(record, func(text string) (string, bool, error) { return p.withoutAuthor(w.By, text) })
		if found {
			err = tx.PutSheet(ctx, fresh, w)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// namelessPanels takes the name and the reasons of leaving out of evaluations that
// the person judged or answered for the implementer.
func (tx *Tx) namelessPanels(ctx context.Context, p identity, w Write) error {
	ids, err := tx.q.texts(ctx, `SELECT id FROM evaluation WHERE replied_by = $1
		OR id IN (SELECT evaluation_id FROM evaluation_assignment WHERE evaluator = $1) ORDER BY id`, w.By)
	if err != nil || len(ids) == 0 {
		return err
	}
	all, err := tx.Evaluations(ctx, ids)
	if err != nil {
		return err
	}
	for _, record := range all {
		fresh, found, err := rewritten(record, func(text string) (string, bool, error) { return p.withoutJudge(w.By, text) })
		if found {
			err = tx.PutEvaluation(ctx, fresh, w)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rewritten is a record as without changes its JSON; false when it changes nothing.
func rewritten[T any](record *T, without func(string) (string, bool, error)) (*T, bool, error) {
	text, err := json.Marshal(record)
	if err != nil {
		return nil, false, err
	}
	changed, found, err := without(string(text))
	if err != nil || !found {
		return nil, false, err
	}
	fresh := new(T)
	return fresh, true, json.Unmarshal([]byte(changed), fresh)
}

// bareRecord is a snapshot of which only the code and what every record has is left.
func bareRecord(snapshot string) (string, bool, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(snapshot), &all); err != nil {
		return "", false, err
	}
	for key := range all {
		switch key {
		case "ID", "CreatedAt", "UpdatedAt", "CreatedBy", "UpdatedBy", "RecordStatus", "Version":
		default:
			delete(all, key)
		}
	}
	out, err := json.Marshal(all)
	return string(out), true, err
}

// withoutAuthor takes the name of the person out of a sheet that they wrote.
func (p identity) withoutAuthor(account, snapshot string) (string, bool, error) {
	var all map[string]any
	if err := readJSON(snapshot, &all); err != nil {
		return "", false, err
	}
	if all["Account"] != account {
		return "", false, nil
	}
	return asSnapshot(all, p.hide(all))
}

// withoutJudge takes out of an evaluation why the person left it, and their name out
// of what they say together with others or answered for the implementer.
func (p identity) withoutJudge(account, snapshot string) (string, bool, error) {
	var all map[string]any
	if err := readJSON(snapshot, &all); err != nil {
		return "", false, err
	}
	found, judged := false, false
	panel, _ := all["Assignments"].([]any)
	for _, x := range panel {
		if one, ok := x.(map[string]any); ok && one["Account"] == account {
			judged = true
			if reason, _ := one["Reason"].(string); reason != "" {
				delete(one, "Reason")
				found = true
			}
		}
	}
	var texts []string
	if judged {
		texts = append(texts, "Statement", "Settlements")
	}
	if all["RepliedBy"] == account {
		texts = append(texts, "Reply")
	}
	for _, key := range texts {
		if one, ok := all[key]; ok {
			changed, there := p.hideIn(one)
			all[key], found = changed, found || there
		}
	}
	return asSnapshot(all, found)
}

// readJSON reads JSON with numbers as they stand.
func readJSON(text string, to any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return d.Decode(to)
}

// asSnapshot is a record that was changed, as JSON the way snapshots have it.
func asSnapshot(all map[string]any, changed bool) (string, bool, error) {
	if !changed {
		return "", false, nil
	}
	out, err := json.Marshal(all)
	return string(bytes.TrimSpace(out)), true, err
}

// hide takes the name out of every text of a record and says whether it was there.
func (p identity) hide(all map[string]any) (found bool) {
	for key, value := range all {
		changed, there := p.hideIn(value)
		all[key], found = changed, found || there
	}
	return found
}

func (p identity) hideIn(value any) (any, bool) {
	switch v := value.(type) {
	case string:
		text := p.nameless(v)
		return text, text != v
	case map[string]any:
		return v, p.hide(v)
	case []any:
		found := false
		for i := range v {
			changed, there := p.hideIn(v[i])
			v[i], found = changed, found || there
		}
		return v, found
	}
	return value, false
}

// nameless is a text without the addresses of the person and without their name,
// however they are written. A name of one word is too likely to mean something else.
func (p identity) nameless(text string) string {
	words := make([]string, 0, len(p.emails)+1)
	for email := range p.emails {
		words = append(words, czech.Fold(email))
	}
	if strings.Contains(p.name, " ") {
		words = append(words, p.name)
	}
	for _, w := range words {
		text = hideWord(text, w)
	}
	return text
}

// hideWord replaces whole occurrences of folded words in a text.
func hideWord(text, words string) string {
	if words == "" {
		return text
	}
	f := foldWithPlaces(text)
	var out strings.Builder
	from := 0
	for at := 0; ; {
		i := strings.Index(f.text[at:], words)
		if i < 0 {
			break
		}
		begin, end := at+i, at+i+len(words)
		at = end
		if f.inWord(begin) || f.inWord(end) {
			continue
		}
		out.WriteString(text[from:f.places[begin]])
		out.WriteString(hiddenName)
		from = f.places[end]
	}
	out.WriteString(text[from:])
	return out.String()
}
