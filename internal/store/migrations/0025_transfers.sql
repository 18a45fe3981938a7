-- +goose Up
-- What the two sides of a replication wrote each other (zprávy k přenosu). Only they
-- read it; made_by is empty where the contact of a card answered without an account.
CREATE TABLE transfer_message (
	id TEXT PRIMARY KEY,
	replication_id TEXT NOT NULL CHECK (replication_id <> ''),
	side TEXT NOT NULL CHECK (side IN ('source', 'follower')),
	text TEXT NOT NULL,
	made_by TEXT CHECK (made_by <> ''),
	made_at TEXT NOT NULL
);
CREATE INDEX transfer_message_by_replication ON transfer_message (replication_id, id);
CREATE INDEX transfer_message_by_made_by ON transfer_message (made_by, made_at);
