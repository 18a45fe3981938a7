-- +goose Up
-- Projects (projekty, 6.1), their funding (6.2) and indicators (6.3).

CREATE TABLE project (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	title_cs TEXT CHECK (title_cs <> ''),
	title_en TEXT CHECK (title_en <> ''),
	title_key TEXT CHECK (title_key <> ''),
	acronym TEXT CHECK (acronym <> ''),
	reg_number TEXT UNIQUE CHECK (reg_number <> ''),
	annotation TEXT CHECK (annotation <> ''),
	detail TEXT CHECK (detail <> ''),
	need_rationale TEXT CHECK (need_rationale <> ''),
	goal TEXT CHECK (goal <> ''),
	date_from TEXT CHECK (date_from <> ''),
	date_to TEXT CHECK (date_to <> ''),
	ongoing BOOLEAN NOT NULL,
	status TEXT CHECK (status <> ''),
	country TEXT CHECK (country <> ''),
	scope TEXT CHECK (scope <> ''),
	place_text TEXT CHECK (place_text <> ''),
	total_cost BIGINT,
	total_cost_state TEXT CHECK (total_cost_state IN ('znamo', 'odhad')),
	currency TEXT CHECK (currency <> ''),
	integration_share BIGINT,
	people_planned BIGINT,
	people_planned_kind TEXT CHECK (people_planned_kind <> ''),
	people_reached BIGINT,
	people_reached_kind TEXT CHECK (people_reached_kind <> ''),
	price_for_client TEXT CHECK (price_for_client <> ''),
	innovation TEXT CHECK (innovation IN ('ano', 'ne')),
	innovation_reason TEXT CHECK (innovation_reason <> ''),
	transfer TEXT CHECK (transfer <> ''),
	transfer_note TEXT CHECK (transfer_note <> ''),
	upscaling TEXT CHECK (upscaling IN ('ano', 'ne')),
	upscaling_reason TEXT CHECK (upscaling_reason <> ''),
	replication_notes TEXT CHECK (replication_notes <> ''),
	evaluated TEXT CHECK (evaluated IN ('ano', 'ne')),
	evaluated_when TEXT CHECK (evaluated_when <> ''),
	evaluated_method TEXT CHECK (evaluated_method <> ''),
	evaluated_who TEXT CHECK (evaluated_who <> ''),
	evaluated_url TEXT CHECK (evaluated_url <> ''),
	web TEXT CHECK (web <> ''),
	CHECK ((total_cost IS NULL) = (total_cost_state IS NULL))
);
CREATE INDEX project_by_merged_into ON project (merged_into);

CREATE TABLE project_place (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	territory TEXT NOT NULL CHECK (territory <> ''),
	share BIGINT,
	PRIMARY KEY (project_id, position)
);
CREATE INDEX project_place_by_territory ON project_place (territory);

CREATE TABLE project_party (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	actor_id TEXT NOT NULL REFERENCES actor (id),
	role TEXT CHECK (role <> ''),
	amount BIGINT,
	amount_state TEXT CHECK (amount_state IN ('znamo', 'odhad')),
	PRIMARY KEY (project_id, position),
	CHECK ((amount IS NULL) = (amount_state IS NULL))
);
CREATE INDEX project_party_by_actor_id ON project_party (actor_id);

CREATE TABLE project_funding (
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
);
CREATE INDEX project_funding_by_funder_id ON project_funding (funder_id);
CREATE INDEX project_funding_by_call_id ON project_funding (call_id);

CREATE TABLE project_area (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	code TEXT NOT NULL CHECK (code <> ''),
	is_primary BOOLEAN NOT NULL,
	share BIGINT,
	PRIMARY KEY (project_id, position)
);

CREATE TABLE project_activity (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	code TEXT CHECK (code <> ''),
	words TEXT CHECK (words <> ''),
	PRIMARY KEY (project_id, position)
);

CREATE TABLE project_barrier (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	code TEXT CHECK (code <> ''),
	words TEXT CHECK (words <> ''),
	PRIMARY KEY (project_id, position)
);

CREATE TABLE project_indicator (
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
);

-- The column indicator is the position of the indicator measured.
CREATE TABLE project_measurement (
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
);

CREATE TABLE project_follow (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	follows_id TEXT NOT NULL REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (project_id, position)
);
CREATE INDEX project_follow_by_follows_id ON project_follow (follows_id);

CREATE TABLE project_reference (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT NOT NULL CHECK (kind <> ''),
	title TEXT CHECK (title <> ''),
	url TEXT CHECK (url <> ''),
	PRIMARY KEY (project_id, position)
);

CREATE TABLE project_contact (
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
);

CREATE TABLE project_media (
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
);

-- Plain lists of the project and, by their place in it, of its indicators and
-- contacts.
CREATE TABLE project_value (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (project_id, position)
);

CREATE TABLE project_source (
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
);
CREATE INDEX project_source_by_batch_id ON project_source (batch_id);

CREATE TABLE project_verbatim (
	project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	field TEXT CHECK (field <> ''),
	value TEXT CHECK (value <> ''),
	PRIMARY KEY (project_id, position)
);
