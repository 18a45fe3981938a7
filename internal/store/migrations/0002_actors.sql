-- +goose Up
-- Actors (aktéři, 6.4).

CREATE TABLE actor (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	name TEXT NOT NULL CHECK (name <> ''),
	name_en TEXT CHECK (name_en <> ''),
	name_key TEXT CHECK (name_key <> ''),
	name_folded TEXT CHECK (name_folded <> ''),
	name_en_folded TEXT CHECK (name_en_folded <> ''),
	generic BOOLEAN NOT NULL,
	type TEXT CHECK (type <> ''),
	sector TEXT CHECK (sector <> ''),
	parent_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
	legal_form TEXT CHECK (legal_form <> ''),
	country TEXT CHECK (country <> ''),
	ico TEXT CHECK (ico <> ''),
	foreign_id TEXT CHECK (foreign_id <> ''),
	dic TEXT CHECK (dic <> ''),
	data_box TEXT CHECK (data_box <> ''),
	seat_street TEXT CHECK (seat_street <> ''),
	seat_zip TEXT CHECK (seat_zip <> ''),
	seat_city TEXT CHECK (seat_city <> ''),
	seat_ruian TEXT CHECK (seat_ruian <> ''),
	post_street TEXT CHECK (post_street <> ''),
	post_zip TEXT CHECK (post_zip <> ''),
	post_city TEXT CHECK (post_city <> ''),
	post_ruian TEXT CHECK (post_ruian <> ''),
	billing_street TEXT CHECK (billing_street <> ''),
	billing_zip TEXT CHECK (billing_zip <> ''),
	billing_city TEXT CHECK (billing_city <> ''),
	billing_ruian TEXT CHECK (billing_ruian <> ''),
	bank_account TEXT CHECK (bank_account <> ''),
	email TEXT CHECK (email <> ''),
	phone TEXT CHECK (phone <> ''),
	web TEXT CHECK (web <> ''),
	capacity TEXT CHECK (capacity <> ''),
	opening_hours TEXT CHECK (opening_hours <> ''),
	price TEXT CHECK (price <> ''),
	sphere TEXT CHECK (sphere <> ''),
	verified TEXT CHECK (verified <> '')
);
CREATE INDEX actor_by_ico ON actor (ico);
CREATE INDEX actor_by_foreign_id ON actor (foreign_id);
CREATE INDEX actor_by_name_folded ON actor (name_folded);
CREATE INDEX actor_by_name_en_folded ON actor (name_en_folded);
CREATE INDEX actor_by_merged_into ON actor (merged_into);

CREATE TABLE actor_other_name (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	name TEXT NOT NULL CHECK (name <> ''),
	name_folded TEXT CHECK (name_folded <> ''),
	PRIMARY KEY (actor_id, position)
);
CREATE INDEX actor_other_name_by_name_folded ON actor_other_name (name_folded);

CREATE TABLE actor_relation (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	other_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
	kind TEXT CHECK (kind <> ''),
	since TEXT CHECK (since <> ''),
	strength BIGINT CHECK (strength <> 0),
	PRIMARY KEY (actor_id, position)
);
CREATE INDEX actor_relation_by_other_id ON actor_relation (other_id);

CREATE TABLE actor_value (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (actor_id, position)
);

CREATE TABLE actor_source (
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
);
CREATE INDEX actor_source_by_batch_id ON actor_source (batch_id);

CREATE TABLE actor_verbatim (
	actor_id TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	field TEXT CHECK (field <> ''),
	value TEXT CHECK (value <> ''),
	PRIMARY KEY (actor_id, position)
);
