-- +goose Up
-- What is edited in the administration: an item of a code list that is not
-- offered any more names the one that took its place; texts of pages stand in
-- place of those which the product ships with.
ALTER TABLE list_item ADD COLUMN successor TEXT CHECK (successor <> '');

CREATE TABLE page_text (
	code TEXT PRIMARY KEY,
	cs TEXT CHECK (cs <> ''),
	en TEXT CHECK (en <> ''),
	version BIGINT NOT NULL
);
