package seed

import (
	"context"

	"atlas"
)

// replication is a transfer as it is written: cards and the one that it went through
// are named by keys.
type replication struct {
	Key, Practice, Via string
	atlas.Replication
}

// writeReplications writes the transfers, each after the one that it went through.
func (l *loader) writeReplications(ctx context.Context, c content) error {
	ids := map[string]string{}
	for _, x := range c.Replications {
		r := x.Replication
		var err error
		if r.Practice, err = named(l.practices, x.Practice); err != nil {
			return err
		}
		if x.Via != "" {
			if r.Via, err = named(ids, x.Via); err != nil {
				return err
			}
		}
		r.RecordStatus = atlas.RecordPublished
		if err := l.app.SaveReplication(ctx, viewer, &r); err != nil {
			return said("replication "+x.Key, err)
		}
		ids[x.Key] = r.ID
	}
	return nil
}
