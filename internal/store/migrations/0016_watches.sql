-- +goose Up
-- What people watch (sledování) and up to which change they were told of it.

CREATE TABLE watch (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	kind TEXT NOT NULL CHECK (kind IN ('search', 'territory', 'organisation', 'record')),
	-- The question of a search as the parameters of an address, a code of a
	-- territory, an id of a record; NULL = all projects.
	subject TEXT CHECK (subject <> ''),
	period TEXT NOT NULL CHECK (period IN ('instantly', 'daily', 'weekly', 'feed')),
	-- Secret part of the address of its feed.
	feed TEXT NOT NULL UNIQUE,
	paused BOOLEAN NOT NULL,
	created_at TEXT NOT NULL,
	-- Changes up to this number were told, or were there before.
	told_seq BIGINT NOT NULL,
	-- When it was last looked whether there is anything to tell.
	told_at TEXT NOT NULL,
	-- When a letter told of it at once.
	letter_at TEXT
);
CREATE UNIQUE INDEX watch_by_account_id ON watch (account_id, kind, COALESCE(subject, ''));
CREATE INDEX watch_by_period ON watch (period, told_at);
