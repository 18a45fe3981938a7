-- +goose Up
-- Letters whose link dies are not sent after it did.
ALTER TABLE outbox ADD COLUMN expires_at TEXT;

-- REPLACE deletes without asking the triggers of deleting, so it is refused before
-- it begins: by the number and by everything else that is there once.
-- +goose StatementBegin
CREATE TRIGGER change_not_replaced BEFORE INSERT ON change
WHEN EXISTS (SELECT 1 FROM change WHERE seq = NEW.seq)
	OR EXISTS (SELECT 1 FROM change WHERE kind = NEW.kind AND record_id = NEW.record_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER redaction_not_replaced BEFORE INSERT ON redaction
WHEN EXISTS (SELECT 1 FROM redaction WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- +goose StatementEnd

-- A snapshot is replaced by the redaction that the newest entry of the log tells
-- of, and not again because it was once.
DROP TRIGGER change_not_changed;
-- +goose StatementBegin
CREATE TRIGGER change_not_changed BEFORE UPDATE ON change
WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE change_seq = OLD.seq AND entry = (SELECT MAX(seq) FROM audit))
	OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind
	OR NEW.record_id IS NOT OLD.record_id OR NEW.version IS NOT OLD.version OR NEW.action IS NOT OLD.action
	OR NEW.made_by IS NOT OLD.made_by OR NEW.origin IS NOT OLD.origin
BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
-- +goose StatementEnd
