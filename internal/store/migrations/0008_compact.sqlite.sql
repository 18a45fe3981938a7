-- +goose Up
-- A smaller database, faster to write. What PostgreSQL does not need: tables
-- are kept in the order of their keys, not in that of writing with the keys
-- beside. No table that others refer to is made anew, as dropping it would
-- delete what refers to it.

-- Sort keys that nothing sorts by: more than half of what a project took.
ALTER TABLE project DROP COLUMN title_key;
ALTER TABLE actor DROP COLUMN name_key;
ALTER TABLE call DROP COLUMN title_key;

-- What is not known is not looked up, so indexes leave it out.
DROP INDEX actor_by_ico;
CREATE INDEX actor_by_ico ON actor (ico) WHERE ico IS NOT NULL;
DROP INDEX actor_by_foreign_id;
CREATE INDEX actor_by_foreign_id ON actor (foreign_id) WHERE foreign_id IS NOT NULL;
DROP INDEX actor_by_name_en_folded;
CREATE INDEX actor_by_name_en_folded ON actor (name_en_folded) WHERE name_en_folded IS NOT NULL;
DROP INDEX actor_by_merged_into;
CREATE INDEX actor_by_merged_into ON actor (merged_into) WHERE merged_into IS NOT NULL;
DROP INDEX actor_by_parent_id;
CREATE INDEX actor_by_parent_id ON actor (parent_id) WHERE parent_id IS NOT NULL;
DROP INDEX project_by_merged_into;
CREATE INDEX project_by_merged_into ON project (merged_into) WHERE merged_into IS NOT NULL;
DROP INDEX call_by_funder_id;
CREATE INDEX call_by_funder_id ON call (funder_id) WHERE funder_id IS NOT NULL;

-- The number of a change is the place of its row.
CREATE TABLE change_compact (
	seq INTEGER PRIMARY KEY,
	at TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind <> ''),
	record_id TEXT NOT NULL CHECK (record_id <> ''),
	version BIGINT NOT NULL,
	action TEXT NOT NULL CHECK (action <> ''),
	made_by TEXT CHECK (made_by <> ''),
	origin TEXT CHECK (origin <> ''),
	snapshot TEXT NOT NULL,
	UNIQUE (kind, record_id, version)
);
INSERT INTO change_compact SELECT * FROM change ORDER BY seq;
DROP TABLE change;
ALTER TABLE change_compact RENAME TO change;
CREATE INDEX change_by_origin ON change (origin, seq);

-- Lists of records, in the order of the records. Indexes that no question uses
-- do not come back: territories of places, batches of sources.

CREATE TABLE actor_other_name_compact (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	name TEXT NOT NULL CHECK (name <> ''),
	name_folded TEXT CHECK (name_folded <> ''),
	PRIMARY KEY (actor_id, position)
) WITHOUT ROWID;
INSERT INTO actor_other_name_compact SELECT * FROM actor_other_name ORDER BY actor_id, position;
DROP TABLE actor_other_name;
ALTER TABLE actor_other_name_compact RENAME TO actor_other_name;
CREATE INDEX actor_other_name_by_name_folded ON actor_other_name (name_folded);

CREATE TABLE actor_relation_compact (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	other_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
	kind TEXT CHECK (kind <> ''),
	since TEXT CHECK (since <> ''),
	strength BIGINT CHECK (strength <> 0),
	PRIMARY KEY (actor_id, position)
) WITHOUT ROWID;
INSERT INTO actor_relation_compact SELECT * FROM actor_relation ORDER BY actor_id, position;
DROP TABLE actor_relation;
ALTER TABLE actor_relation_compact RENAME TO actor_relation;
CREATE INDEX actor_relation_by_other_id ON actor_relation (other_id) WHERE other_id IS NOT NULL;

CREATE TABLE actor_value_compact (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (actor_id, position)
) WITHOUT ROWID;
INSERT INTO actor_value_compact SELECT * FROM actor_value ORDER BY actor_id, position;
DROP TABLE actor_value;
ALTER TABLE actor_value_compact RENAME TO actor_value;

CREATE TABLE actor_source_compact (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT CHECK (kind <> ''),
	url TEXT CHECK (url <> ''),
	accessed TEXT CHECK (accessed <> ''),
	note TEXT CHECK (note <> ''),
	batch_id TEXT CHECK (batch_id <> ''),
	file TEXT CHECK (file <> ''),
	row_no BIGINT CHECK (row_no <> 0),
	PRIMARY KEY (actor_id, position)
) WITHOUT ROWID;
INSERT INTO actor_source_compact SELECT * FROM actor_source ORDER BY actor_id, position;
DROP TABLE actor_source;
ALTER TABLE actor_source_compact RENAME TO actor_source;

CREATE TABLE actor_verbatim_compact (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	field TEXT CHECK (field <> ''),
	value TEXT CHECK (value <> ''),
	PRIMARY KEY (actor_id, position)
) WITHOUT ROWID;
INSERT INTO actor_verbatim_compact SELECT * FROM actor_verbatim ORDER BY actor_id, position;
DROP TABLE actor_verbatim;
ALTER TABLE actor_verbatim_compact RENAME TO actor_verbatim;

CREATE TABLE call_value_compact (
	call_id TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (call_id, position)
) WITHOUT ROWID;
INSERT INTO call_value_compact SELECT * FROM call_value ORDER BY call_id, position;
DROP TABLE call_value;
ALTER TABLE call_value_compact RENAME TO call_value;

CREATE TABLE call_source_compact (
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
) WITHOUT ROWID;
INSERT INTO call_source_compact SELECT * FROM call_source ORDER BY call_id, position;
DROP TABLE call_source;
ALTER TABLE call_source_compact RENAME TO call_source;

CREATE TABLE call_verbatim_compact (
	call_id TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	field TEXT CHECK (field <> ''),
	value TEXT CHECK (value <> ''),
	PRIMARY KEY (call_id, position)
) WITHOUT ROWID;
INSERT INTO call_verbatim_compact SELECT * FROM call_verbatim ORDER BY call_id, position;
DROP TABLE call_verbatim;
ALTER TABLE call_verbatim_compact RENAME TO call_verbatim;

CREATE TABLE project_place_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	territory TEXT NOT NULL CHECK (territory <> ''),
	share BIGINT,
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_place_compact SELECT * FROM project_place ORDER BY project_id, position;
DROP TABLE project_place;
ALTER TABLE project_place_compact RENAME TO project_place;

CREATE TABLE project_party_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	actor_id TEXT NOT NULL REFERENCES actor (id),
	role TEXT CHECK (role <> ''),
	amount BIGINT,
	amount_state TEXT CHECK (amount_state IN ('znamo', 'odhad')),
	PRIMARY KEY (project_id, position),
	CHECK ((amount IS NULL) = (amount_state IS NULL))
) WITHOUT ROWID;
INSERT INTO project_party_compact SELECT * FROM project_party ORDER BY project_id, position;
DROP TABLE project_party;
ALTER TABLE project_party_compact RENAME TO project_party;
CREATE INDEX project_party_by_actor_id ON project_party (actor_id);

CREATE TABLE project_funding_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	funder_id TEXT REFERENCES actor (id),
	funder_type TEXT CHECK (funder_type <> ''),
	programme TEXT CHECK (programme <> ''),
	programme_text TEXT CHECK (programme_text <> ''),
	call_no TEXT CHECK (call_no <> ''),
	call_id TEXT REFERENCES call (id),
	year BIGINT CHECK (year <> 0),
	requested BIGINT,
	requested_state TEXT CHECK (requested_state IN ('znamo', 'odhad')),
	granted BIGINT,
	granted_state TEXT CHECK (granted_state IN ('znamo', 'odhad')),
	spent BIGINT,
	spent_state TEXT CHECK (spent_state IN ('znamo', 'odhad')),
	currency TEXT CHECK (currency <> ''),
	rate BIGINT CHECK (rate <> 0),
	rate_date TEXT CHECK (rate_date <> ''),
	share BIGINT,
	PRIMARY KEY (project_id, position),
	CHECK ((requested IS NULL) = (requested_state IS NULL)),
	CHECK ((granted IS NULL) = (granted_state IS NULL)),
	CHECK ((spent IS NULL) = (spent_state IS NULL))
) WITHOUT ROWID;
INSERT INTO project_funding_compact SELECT * FROM project_funding ORDER BY project_id, position;
DROP TABLE project_funding;
ALTER TABLE project_funding_compact RENAME TO project_funding;
CREATE INDEX project_funding_by_funder_id ON project_funding (funder_id) WHERE funder_id IS NOT NULL;
CREATE INDEX project_funding_by_call_id ON project_funding (call_id) WHERE call_id IS NOT NULL;

CREATE TABLE project_area_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	code TEXT NOT NULL CHECK (code <> ''),
	is_primary BOOLEAN NOT NULL,
	share BIGINT,
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_area_compact SELECT * FROM project_area ORDER BY project_id, position;
DROP TABLE project_area;
ALTER TABLE project_area_compact RENAME TO project_area;

CREATE TABLE project_activity_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	code TEXT CHECK (code <> ''),
	words TEXT CHECK (words <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_activity_compact SELECT * FROM project_activity ORDER BY project_id, position;
DROP TABLE project_activity;
ALTER TABLE project_activity_compact RENAME TO project_activity;

CREATE TABLE project_barrier_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	code TEXT CHECK (code <> ''),
	words TEXT CHECK (words <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_barrier_compact SELECT * FROM project_barrier ORDER BY project_id, position;
DROP TABLE project_barrier;
ALTER TABLE project_barrier_compact RENAME TO project_barrier;

CREATE TABLE project_indicator_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	code TEXT CHECK (code <> ''),
	name TEXT CHECK (name <> ''),
	definition TEXT CHECK (definition <> ''),
	kind TEXT CHECK (kind <> ''),
	unit TEXT CHECK (unit <> ''),
	method TEXT CHECK (method <> ''),
	data_source TEXT CHECK (data_source <> ''),
	administrator TEXT CHECK (administrator <> ''),
	guarantor TEXT CHECK (guarantor <> ''),
	periodicity TEXT CHECK (periodicity <> ''),
	direction TEXT CHECK (direction <> ''),
	baseline TEXT CHECK (baseline <> ''),
	baseline_date TEXT CHECK (baseline_date <> ''),
	target TEXT CHECK (target <> ''),
	target_date TEXT CHECK (target_date <> ''),
	linked_to TEXT CHECK (linked_to <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_indicator_compact SELECT * FROM project_indicator ORDER BY project_id, position;
DROP TABLE project_indicator;
ALTER TABLE project_indicator_compact RENAME TO project_indicator;

CREATE TABLE project_measurement_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	indicator BIGINT NOT NULL,
	period TEXT CHECK (period <> ''),
	value TEXT CHECK (value <> ''),
	count_kind TEXT CHECK (count_kind <> ''),
	note TEXT CHECK (note <> ''),
	source TEXT CHECK (source <> ''),
	entered_by TEXT CHECK (entered_by <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_measurement_compact SELECT * FROM project_measurement ORDER BY project_id, position;
DROP TABLE project_measurement;
ALTER TABLE project_measurement_compact RENAME TO project_measurement;

CREATE TABLE project_follow_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	follows_id TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_follow_compact SELECT * FROM project_follow ORDER BY project_id, position;
DROP TABLE project_follow;
ALTER TABLE project_follow_compact RENAME TO project_follow;
CREATE INDEX project_follow_by_follows_id ON project_follow (follows_id);

CREATE TABLE project_reference_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT NOT NULL CHECK (kind <> ''),
	title TEXT CHECK (title <> ''),
	url TEXT CHECK (url <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_reference_compact SELECT * FROM project_reference ORDER BY project_id, position;
DROP TABLE project_reference;
ALTER TABLE project_reference_compact RENAME TO project_reference;

CREATE TABLE project_contact_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	name TEXT CHECK (name <> ''),
	titles_before TEXT CHECK (titles_before <> ''),
	titles_after TEXT CHECK (titles_after <> ''),
	job TEXT CHECK (job <> ''),
	organisation TEXT CHECK (organisation <> ''),
	email TEXT CHECK (email <> ''),
	phone TEXT CHECK (phone <> ''),
	is_public BOOLEAN NOT NULL,
	consent TEXT CHECK (consent <> ''),
	retain_until TEXT CHECK (retain_until <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_contact_compact SELECT * FROM project_contact ORDER BY project_id, position;
DROP TABLE project_contact;
ALTER TABLE project_contact_compact RENAME TO project_contact;

CREATE TABLE project_media_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT CHECK (kind <> ''),
	url TEXT CHECK (url <> ''),
	title TEXT CHECK (title <> ''),
	author TEXT CHECK (author <> ''),
	source TEXT CHECK (source <> ''),
	licence TEXT CHECK (licence <> ''),
	alt TEXT CHECK (alt <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_media_compact SELECT * FROM project_media ORDER BY project_id, position;
DROP TABLE project_media;
ALTER TABLE project_media_compact RENAME TO project_media;

CREATE TABLE project_value_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_value_compact SELECT * FROM project_value ORDER BY project_id, position;
DROP TABLE project_value;
ALTER TABLE project_value_compact RENAME TO project_value;

CREATE TABLE project_source_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT CHECK (kind <> ''),
	url TEXT CHECK (url <> ''),
	accessed TEXT CHECK (accessed <> ''),
	note TEXT CHECK (note <> ''),
	batch_id TEXT CHECK (batch_id <> ''),
	file TEXT CHECK (file <> ''),
	row_no BIGINT CHECK (row_no <> 0),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_source_compact SELECT * FROM project_source ORDER BY project_id, position;
DROP TABLE project_source;
ALTER TABLE project_source_compact RENAME TO project_source;

CREATE TABLE project_verbatim_compact (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	field TEXT CHECK (field <> ''),
	value TEXT CHECK (value <> ''),
	PRIMARY KEY (project_id, position)
) WITHOUT ROWID;
INSERT INTO project_verbatim_compact SELECT * FROM project_verbatim ORDER BY project_id, position;
DROP TABLE project_verbatim;
ALTER TABLE project_verbatim_compact RENAME TO project_verbatim;

CREATE TABLE batch_problem_compact (
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
) WITHOUT ROWID;
INSERT INTO batch_problem_compact SELECT * FROM batch_problem ORDER BY batch_id, row_no, position;
DROP TABLE batch_problem;
ALTER TABLE batch_problem_compact RENAME TO batch_problem;
