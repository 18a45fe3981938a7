-- +goose Up
-- Letters that warned the owner of an account nobody signs in to that it will be
-- erased. They count only as long as nobody signed in after them.
CREATE TABLE account_warning (
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	number BIGINT NOT NULL,
	sent_at TEXT NOT NULL,
	PRIMARY KEY (account_id, number)
);
