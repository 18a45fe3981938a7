-- +goose Up
-- What of the sources of projects is in the database (rozsah zdroje), and what
-- foreigners and those who work with them lack (potřeba, 6.14).

CREATE TABLE source_extent (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES source_extent (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	source TEXT CHECK (source <> ''),
	publisher TEXT CHECK (publisher <> ''),
	url TEXT CHECK (url <> ''),
	year_from BIGINT CHECK (year_from <> 0),
	year_to BIGINT CHECK (year_to <> 0),
	-- All of it, a part of it, none of it is here.
	state TEXT CHECK (state IN ('cely', 'cast', 'neni')),
	checked_on TEXT CHECK (checked_on <> ''),
	batch_id TEXT CHECK (batch_id <> ''),
	note TEXT CHECK (note <> '')
);

CREATE TABLE source_extent_value (
	source_extent_id TEXT NOT NULL REFERENCES source_extent (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (source_extent_id, position)
);

CREATE TABLE need (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES need (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	title TEXT CHECK (title <> ''),
	description TEXT CHECK (description <> ''),
	kind TEXT CHECK (kind <> ''),
	area TEXT CHECK (area <> ''),
	territory TEXT CHECK (territory <> ''),
	people BIGINT,
	people_kind TEXT CHECK (people_kind <> ''),
	-- Fewer people than may be shown as a number (8.10).
	few BOOLEAN NOT NULL,
	severity BIGINT CHECK (severity <> 0),
	reported_by TEXT CHECK (reported_by <> ''),
	reported TEXT CHECK (reported <> ''),
	evidence TEXT CHECK (evidence <> ''),
	status TEXT CHECK (status <> '')
);
CREATE INDEX need_by_record_status ON need (record_status);

CREATE TABLE need_value (
	need_id TEXT NOT NULL REFERENCES need (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (need_id, position)
);

CREATE TABLE need_measure (
	need_id TEXT NOT NULL REFERENCES need (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	title TEXT CHECK (title <> ''),
	url TEXT CHECK (url <> ''),
	PRIMARY KEY (need_id, position)
);

CREATE TABLE need_source (
	need_id TEXT NOT NULL REFERENCES need (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT CHECK (kind <> ''),
	url TEXT CHECK (url <> ''),
	accessed TEXT CHECK (accessed <> ''),
	note TEXT CHECK (note <> ''),
	batch_id TEXT CHECK (batch_id <> ''),
	file TEXT CHECK (file <> ''),
	row_no BIGINT CHECK (row_no <> 0),
	PRIMARY KEY (need_id, position)
);
CREATE INDEX need_source_by_batch_id ON need_source (batch_id);
