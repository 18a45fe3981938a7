-- +goose Up
-- What people propose and what editors decide about it (příspěvky a redakce).

-- A proposed correction (návrh opravy) of a published record: the record as it
-- would be, over the version that its author read. Nothing of it holds until an
-- editor accepts it.
CREATE TABLE proposal (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('project', 'actor')),
	record_id TEXT NOT NULL CHECK (record_id <> ''),
	base_version BIGINT NOT NULL,
	title TEXT,
	content TEXT NOT NULL,
	note TEXT,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'returned', 'withdrawn')),
	fields TEXT,
	version BIGINT NOT NULL,
	made_by TEXT NOT NULL CHECK (made_by <> ''),
	made_at TEXT NOT NULL,
	sent_at TEXT NOT NULL,
	decided_by TEXT CHECK (decided_by <> ''),
	decided_at TEXT
);
CREATE INDEX proposal_by_state ON proposal (state, sent_at);
CREATE INDEX proposal_by_made_by ON proposal (made_by);
CREATE INDEX proposal_by_record_id ON proposal (record_id);

-- What was said and done about a record or a proposal: notes of its author and of
-- editors, decisions with their reasons.
CREATE TABLE remark (
	id TEXT PRIMARY KEY,
	about TEXT NOT NULL CHECK (about <> ''),
	deed TEXT NOT NULL CHECK (deed IN ('note', 'sent', 'withdrawn', 'returned', 'published', 'archived', 'accepted', 'undone')),
	text TEXT,
	staff BOOLEAN NOT NULL,
	made_by TEXT NOT NULL CHECK (made_by <> ''),
	made_at TEXT NOT NULL
);
CREATE INDEX remark_by_about ON remark (about, id);

-- Several decisions made at once, which are taken back at once. The column items
-- names the records with the versions that were written.
CREATE TABLE review (
	id TEXT PRIMARY KEY,
	deed TEXT NOT NULL,
	items TEXT NOT NULL,
	made_by TEXT NOT NULL CHECK (made_by <> ''),
	made_at TEXT NOT NULL,
	undone_by TEXT CHECK (undone_by <> ''),
	undone_at TEXT
);

-- Few records are not published, and few were written by a person: imports pay
-- next to nothing for these.
CREATE INDEX project_unpublished ON project (record_status, updated_at) WHERE record_status <> 'ZVEREJNENO';
CREATE INDEX actor_unpublished ON actor (record_status, updated_at) WHERE record_status <> 'ZVEREJNENO';
CREATE INDEX project_of_person ON project (created_by) WHERE substr(created_by, 1, 2) = 'U-';
CREATE INDEX actor_of_person ON actor (created_by) WHERE substr(created_by, 1, 2) = 'U-';
