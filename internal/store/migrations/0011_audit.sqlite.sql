-- +goose Up
-- The audit log (protokol): what was written, by whom, chained by hashes, so
-- that nothing can be taken out of it or changed unnoticed. How an entry is
-- hashed is said in audit_hash.go.
CREATE TABLE audit (
	seq INTEGER PRIMARY KEY,
	at TEXT NOT NULL,
	made_by TEXT CHECK (made_by <> ''),
	action TEXT NOT NULL CHECK (action <> ''),
	subject TEXT CHECK (subject <> ''),
	first_change BIGINT,
	last_change BIGINT,
	digest TEXT CHECK (digest <> ''),
	prev TEXT NOT NULL CHECK (prev <> ''),
	hash TEXT NOT NULL CHECK (hash <> ''),
	CHECK ((first_change IS NULL) = (last_change IS NULL))
);
-- Snapshots of changes that were replaced, because the law demands that the
-- contact of a person be erased (výmaz): what stood there is known by its
-- digest only. The column entry is the entry of the audit log that says so.
CREATE TABLE redaction (
	seq INTEGER PRIMARY KEY,
	change_seq BIGINT NOT NULL REFERENCES change (seq),
	entry BIGINT NOT NULL REFERENCES audit (seq),
	at TEXT NOT NULL,
	made_by TEXT CHECK (made_by <> ''),
	reason TEXT NOT NULL CHECK (reason <> ''),
	digest TEXT NOT NULL CHECK (digest <> ''),
	replacement TEXT NOT NULL CHECK (replacement <> '')
);
CREATE INDEX redaction_by_change_seq ON redaction (change_seq, seq);
CREATE INDEX redaction_by_entry ON redaction (entry);
-- What is written stays.
-- +goose StatementBegin
CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER redaction_not_changed BEFORE UPDATE ON redaction
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER redaction_not_deleted BEFORE DELETE ON redaction
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_not_deleted BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_not_changed BEFORE UPDATE ON change
WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE change_seq = OLD.seq)
	OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind
	OR NEW.record_id IS NOT OLD.record_id OR NEW.version IS NOT OLD.version OR NEW.action IS NOT OLD.action
	OR NEW.made_by IS NOT OLD.made_by OR NEW.origin IS NOT OLD.origin
BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
-- +goose StatementEnd
