-- +goose Up
-- Sign-ins that have begun and wait for what the browser brings back: the
-- challenge of a passkey, a visit to a provider of identities. Each is taken away
-- before it is looked at, so that no answer is good twice. No backup holds them.

CREATE TABLE ceremony (
	hash TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind <> ''),
	content TEXT NOT NULL CHECK (content <> ''),
	next TEXT CHECK (next <> ''),
	expires_at TEXT NOT NULL
);
CREATE INDEX ceremony_by_expires_at ON ceremony (expires_at);
