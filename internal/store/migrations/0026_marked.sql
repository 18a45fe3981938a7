-- +goose Up
-- Cards that have the mark of good practice, asked after every write that it could rest on.
CREATE INDEX practice_marked ON practice (marked) WHERE marked IS NOT NULL AND lost_on IS NULL;
