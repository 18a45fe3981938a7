-- +goose Up
-- Mappings of columns (mapování sloupců), remembered for the next file with the
-- same ones.

CREATE TABLE column_mapping (
	shape TEXT PRIMARY KEY,
	mapping TEXT NOT NULL,
	made_by TEXT CHECK (made_by <> ''),
	made_at TEXT NOT NULL
);
