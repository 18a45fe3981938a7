-- +goose Up
-- Taking things back: whole imports and merges; what people decided about
-- suspected duplicates (8.9).

ALTER TABLE batch ADD COLUMN undone_at TEXT;
ALTER TABLE batch ADD COLUMN undone_by TEXT CHECK (undone_by <> '');

-- What one import or one merge wrote.
CREATE INDEX change_by_origin ON change (origin, seq);

-- The first of a pair is the one with the lower id.
CREATE TABLE project_pair (
	first_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	second_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
	decision TEXT NOT NULL CHECK (decision IN ('two', 'later')),
	made_by TEXT CHECK (made_by <> ''),
	made_at TEXT NOT NULL,
	PRIMARY KEY (first_id, second_id),
	CHECK (first_id < second_id)
);
CREATE INDEX project_pair_by_second_id ON project_pair (second_id);

-- Whether anything names an organisation is asked of every one that an undone
-- import brought.
CREATE INDEX actor_by_parent_id ON actor (parent_id);
