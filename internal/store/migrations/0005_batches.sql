-- +goose Up
-- Imports (dávky): the rows of a file word for word and what became of them.

CREATE TABLE batch (
	id TEXT PRIMARY KEY,
	file TEXT CHECK (file <> ''),
	sha256 TEXT CHECK (sha256 <> ''),
	source TEXT CHECK (source <> ''),
	url TEXT CHECK (url <> ''),
	accessed TEXT CHECK (accessed <> ''),
	made_by TEXT CHECK (made_by <> ''),
	applied_at TEXT,
	rows_read BIGINT NOT NULL,
	created BIGINT NOT NULL,
	updated BIGINT NOT NULL,
	unchanged BIGINT NOT NULL,
	skipped BIGINT NOT NULL,
	problems BIGINT NOT NULL
);
CREATE INDEX batch_by_sha256 ON batch (sha256);

CREATE TABLE batch_row (
	batch_id TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
	row_no BIGINT NOT NULL,
	record_id TEXT CHECK (record_id <> ''),
	outcome TEXT CHECK (outcome <> ''),
	raw TEXT,
	PRIMARY KEY (batch_id, row_no)
);
CREATE INDEX batch_row_by_record_id ON batch_row (record_id);

CREATE TABLE batch_problem (
	batch_id TEXT NOT NULL,
	row_no BIGINT NOT NULL,
	position BIGINT NOT NULL,
	file_row BIGINT NOT NULL,
	column_name TEXT CHECK (column_name <> ''),
	value TEXT CHECK (value <> ''),
	message_key TEXT CHECK (message_key <> ''),
	args TEXT,
	PRIMARY KEY (batch_id, row_no, position),
	FOREIGN KEY (batch_id, row_no) REFERENCES batch_row (batch_id, row_no) ON DELETE CASCADE
);
