-- +goose Up
-- Grant calls (dotační výzvy, 6.16).

CREATE TABLE call (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES call (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	title TEXT CHECK (title <> ''),
	title_key TEXT CHECK (title_key <> ''),
	number TEXT CHECK (number <> ''),
	year BIGINT CHECK (year <> 0),
	funder_id TEXT REFERENCES actor (id),
	programme TEXT CHECK (programme <> ''),
	theme TEXT CHECK (theme <> ''),
	description TEXT CHECK (description <> ''),
	announced TEXT CHECK (announced <> ''),
	open_from TEXT CHECK (open_from <> ''),
	deadline TEXT CHECK (deadline <> ''),
	deadline_time TEXT CHECK (deadline_time <> ''),
	continuous BOOLEAN NOT NULL,
	cost_from TEXT CHECK (cost_from <> ''),
	cost_to TEXT CHECK (cost_to <> ''),
	allocation BIGINT,
	allocation_state TEXT CHECK (allocation_state IN ('znamo', 'odhad')),
	lowest BIGINT,
	lowest_state TEXT CHECK (lowest_state IN ('znamo', 'odhad')),
	highest BIGINT,
	highest_state TEXT CHECK (highest_state IN ('znamo', 'odhad')),
	support_pct BIGINT,
	own_share BIGINT,
	url TEXT CHECK (url <> ''),
	checked TEXT CHECK (checked <> ''),
	CHECK ((allocation IS NULL) = (allocation_state IS NULL)),
	CHECK ((lowest IS NULL) = (lowest_state IS NULL)),
	CHECK ((highest IS NULL) = (highest_state IS NULL))
);
CREATE INDEX call_by_funder_id ON call (funder_id);

CREATE TABLE call_value (
	call_id TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (call_id, position)
);

CREATE TABLE call_source (
	call_id TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT CHECK (kind <> ''),
	url TEXT CHECK (url <> ''),
	accessed TEXT CHECK (accessed <> ''),
	note TEXT CHECK (note <> ''),
	batch_id TEXT CHECK (batch_id <> ''),
	file TEXT CHECK (file <> ''),
	row_no BIGINT CHECK (row_no <> 0),
	PRIMARY KEY (call_id, position)
);
CREATE INDEX call_source_by_batch_id ON call_source (batch_id);

CREATE TABLE call_verbatim (
	call_id TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	field TEXT CHECK (field <> ''),
	value TEXT CHECK (value <> ''),
	PRIMARY KEY (call_id, position)
);
