-- +goose Up
-- Why a record was changed (důvod), where who changed it said so. It stands
-- beside the changes, which are only added, so that what names a person in it can
-- be erased.
CREATE TABLE change_reason (
	change_seq BIGINT PRIMARY KEY REFERENCES change (seq),
	reason TEXT NOT NULL CHECK (reason <> '')
);
