-- +goose Up
-- Letters (dopisy) on their way. Not part of a backup: who restores one must not
-- send old letters again, and links that sign in do not belong in a file.

CREATE TABLE outbox (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind <> ''),
	lang TEXT NOT NULL CHECK (lang <> ''),
	recipient TEXT NOT NULL CHECK (recipient <> ''),
	recipient_name TEXT CHECK (recipient_name <> ''),
	subject TEXT NOT NULL CHECK (subject <> ''),
	-- What the letter says goes as soon as it is sent.
	body TEXT CHECK (body <> ''),
	html TEXT CHECK (html <> ''),
	unsubscribe TEXT CHECK (unsubscribe <> ''),
	state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
	put_at TEXT NOT NULL,
	attempts BIGINT NOT NULL,
	tried_at TEXT,
	due_at TEXT NOT NULL,
	-- Who is sending it right now, and until when nobody else may.
	lease TEXT CHECK (lease <> ''),
	leased_until TEXT,
	ended_at TEXT,
	failure TEXT CHECK (failure <> ''),
	cause TEXT CHECK (cause <> ''),
	CHECK ((lease IS NULL) = (leased_until IS NULL)),
	CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX outbox_by_due_at ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_by_ended_at ON outbox (ended_at) WHERE ended_at IS NOT NULL;
