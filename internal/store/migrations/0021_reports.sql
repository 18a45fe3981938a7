-- +goose Up
-- Regional reports (regionální zprávy, R3-02, R3-22) and what was published of them.

CREATE TABLE report (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	title TEXT NOT NULL CHECK (title <> ''),
	lang TEXT NOT NULL CHECK (lang IN ('cs', 'en')),
	territory TEXT NOT NULL CHECK (territory <> ''),
	year_from BIGINT NOT NULL,
	year_to BIGINT NOT NULL CHECK (year_to >= year_from)
);

CREATE TABLE report_text (
	report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	section TEXT NOT NULL CHECK (section <> ''),
	body TEXT NOT NULL CHECK (body <> ''),
	PRIMARY KEY (report_id, position)
);

CREATE TABLE report_edition (
	report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	number BIGINT NOT NULL CHECK (number > 0),
	as_of TEXT NOT NULL CHECK (as_of <> ''),
	made_by TEXT CHECK (made_by <> ''),
	digest TEXT NOT NULL CHECK (digest <> ''),
	PRIMARY KEY (report_id, position)
);

-- What an edition says, as JSON of the document: written once and never changed.
CREATE TABLE report_content (
	report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
	number BIGINT NOT NULL CHECK (number > 0),
	content TEXT NOT NULL CHECK (content <> ''),
	PRIMARY KEY (report_id, number)
);
