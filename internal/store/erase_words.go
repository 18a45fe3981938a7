package store

import (
	"context"
	"fmt"
	"strings"

	"atlas/internal/czech"
)

// eraseWords takes away what somebody wrote to editors and to other towns and what
// they would never finish: their notes, messages and reasons, and corrections that
// came back or were withdrawn, with all that was said about them. What was decided
// stays decided.
func (tx *Tx) eraseWords(ctx context.Context, account string) error {
	const unfinished = "SELECT id FROM proposal WHERE made_by = $1 AND state IN ('returned', 'withdrawn')"
	for _, statement := range []string{
		"DELETE FROM remark WHERE about IN (" + unfinished + ")",
		"DELETE FROM proposal WHERE id IN (" + unfinished + ")",
		"UPDATE proposal SET note = NULL WHERE made_by = $1",
		"DELETE FROM remark WHERE made_by = $1 AND deed = 'note'",
		"UPDATE remark SET text = NULL WHERE made_by = $1",
		"DELETE FROM transfer_message WHERE made_by = $1",
		"DELETE FROM change_reason WHERE change_seq IN (SELECT seq FROM change WHERE made_by = $1)",
	} {
		if _, err := tx.q.exec(ctx, statement, account); err != nil {
			return fmt.Errorf("erase words: %w", err)
		}
	}
	return nil
}

// eraseFromLetters deletes letters to others that name somebody: that they ask to
// join, whom they invited. A name of one word is too likely to mean somebody else.
func (tx *Tx) eraseFromLetters(ctx context.Context, p identity) error {
	var named []string
	err := tx.schema.letters.each(ctx, tx.q, "", nil, func(l *Letter) error {
		text := oneLine(l.ToName + " " + l.Subject + " " + l.Text + " " + l.HTML + " " + l.Cause)
		for email := range p.emails {
			if strings.Contains(text, czech.Fold(email)) {
				named = append(named, l.ID)
				return nil
			}
		}
		if strings.Contains(p.name, " ") && strings.Contains(text, p.name) {
			named = append(named, l.ID)
		}
		return nil
	})
	for _, id := range named {
		if err == nil {
			_, err = tx.q.exec(ctx, "DELETE FROM outbox WHERE id = $1", id)
		}
	}
	return err
}

// oneLine is a text folded, with one blank between words.
func oneLine(text string) string { return strings.Join(strings.Fields(czech.Fold(text)), " ") }
