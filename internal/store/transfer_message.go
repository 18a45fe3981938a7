package store

import (
	"context"
	"time"
)

// Sides of a replication.
const (
	SideSource   = "source"   // the town that is followed
	SideFollower = "follower" // the town that follows
)

// TransferMessage (zpráva k přenosu) is what one side of a replication wrote to the
// other. Nobody else reads it.
type TransferMessage struct {
	ID          string // "W-00001"
	Replication string
	Side        string // SideSource, SideFollower
	Text        string
	By          string // account; "" = the contact of the card, who has none
	At          time.Time
}

func newTransferMessages() *table[TransferMessage] {
	type m = TransferMessage
	return newTable("transfer_message",
		text("id", func(r *m) *string { return &r.ID }),
		text("replication_id", func(r *m) *string { return &r.Replication }),
		text("side", func(r *m) *string { return &r.Side }),
		text("text", func(r *m) *string { return &r.Text }),
		text("made_by", func(r *m) *string { return &r.By }),
		moment("made_at", func(r *m) *time.Time { return &r.At }),
	)
}

// TransferMessages reads what the sides of a replication wrote, the oldest first.
func (r *Reader) TransferMessages(ctx context.Context, replication string) ([]TransferMessage, error) {
	return r.transferMessages(ctx, "WHERE replication_id = $1 ORDER BY LENGTH(id), id", replication)
}

// TransferMessagesBy reads what an account wrote to other towns since a time, the
// oldest first.
func (r *Reader) TransferMessagesBy(ctx context.Context, account string, since time.Time) ([]TransferMessage, error) {
	return r.transferMessages(ctx, "WHERE made_by = $1 AND made_at >= $2 ORDER BY LENGTH(id), id", account, at(since))
}

func (r *Reader) transferMessages(ctx context.Context, where string, args ...any) ([]TransferMessage, error) {
	var out []TransferMessage
	err := r.schema.transferMessages.each(ctx, r.q, where, args, func(m *TransferMessage) error {
		out = append(out, *m)
		return nil
	})
	return out, err
}

// PutTransferMessage adds a message and gives it its code.
func (tx *Tx) PutTransferMessage(ctx context.Context, m *TransferMessage) error {
	before := *m
	tx.undone(func() { *m = before })
	if err := tx.assignID(ctx, "transfer_message", "W", &m.ID); err != nil {
		return err
	}
	return tx.schema.transferMessages.insert(ctx, tx.q, []TransferMessage{*m})
}

// PurgeTransferMessages deletes what towns wrote each other before a time, and says
// how much it was.
func (tx *Tx) PurgeTransferMessages(ctx context.Context, before time.Time) (int64, error) {
	return tx.shred(ctx, "transfer_message", "made_at < $1", at(before))
}
