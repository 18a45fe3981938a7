-- +goose Up
-- What the whole database shares. In all tables: NULL is "not known", and an
-- empty text never stands for it; dates are texts of their precision ("2017",
-- "2017-09", "2017-09-01"), moments RFC 3339 in UTC, money minor units.

-- The last number given out of each kind.
CREATE TABLE counter (
	name TEXT PRIMARY KEY,
	value BIGINT NOT NULL
);

-- One row per write to a record: the feed that indexes follow, and history.
CREATE TABLE change (
	seq BIGINT PRIMARY KEY,
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

CREATE TABLE list (
	code TEXT PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	cs TEXT CHECK (cs <> ''),
	en TEXT CHECK (en <> ''),
	source_cs TEXT CHECK (source_cs <> ''),
	source_en TEXT CHECK (source_en <> ''),
	version BIGINT NOT NULL CHECK (version > 0)
);

CREATE TABLE list_item (
	list TEXT NOT NULL REFERENCES list (code) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	code TEXT NOT NULL CHECK (code <> ''),
	cs TEXT CHECK (cs <> ''),
	en TEXT CHECK (en <> ''),
	note_cs TEXT CHECK (note_cs <> ''),
	note_en TEXT CHECK (note_en <> ''),
	item_order BIGINT NOT NULL,
	valid_from TEXT CHECK (valid_from <> ''),
	valid_to TEXT CHECK (valid_to <> ''),
	parent TEXT CHECK (parent <> ''),
	PRIMARY KEY (list, position),
	UNIQUE (list, code)
);

CREATE TABLE territory (
	code TEXT PRIMARY KEY,
	level TEXT NOT NULL CHECK (level <> ''),
	name TEXT NOT NULL CHECK (name <> ''),
	name_key TEXT CHECK (name_key <> ''),
	csu TEXT CHECK (csu <> ''),
	ruian TEXT CHECK (ruian <> ''),
	region TEXT CHECK (region <> ''),
	district TEXT CHECK (district <> ''),
	orp TEXT CHECK (orp <> ''),
	municipality TEXT CHECK (municipality <> ''),
	lat DOUBLE PRECISION,
	lon DOUBLE PRECISION,
	population BIGINT CHECK (population <> 0),
	population_date TEXT CHECK (population_date <> ''),
	valid_from TEXT CHECK (valid_from <> ''),
	valid_to TEXT CHECK (valid_to <> ''),
	source TEXT CHECK (source <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	CHECK ((lat IS NULL) = (lon IS NULL))
);

CREATE TABLE boundary (
	code TEXT PRIMARY KEY,
	geojson TEXT NOT NULL CHECK (geojson <> '')
);

CREATE TABLE alias (
	group_no BIGINT NOT NULL,
	position BIGINT NOT NULL,
	spelling TEXT NOT NULL CHECK (spelling <> ''),
	PRIMARY KEY (group_no, position)
);
