-- +goose Up
-- Letters whose link dies are not sent after it did.
ALTER TABLE outbox ADD COLUMN expires_at TEXT;

-- A snapshot is replaced by the redaction that the newest entry of the log tells
-- of, and not again because it was once. Here nothing deletes without asking the
-- triggers; what is there once is kept by its keys.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION refuse_changing_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM redaction WHERE change_seq = OLD.seq AND entry = (SELECT MAX(seq) FROM audit))
		AND (NEW.seq, NEW.at, NEW.kind, NEW.record_id, NEW.version, NEW.action, NEW.made_by, NEW.origin)
			IS NOT DISTINCT FROM (OLD.seq, OLD.at, OLD.kind, OLD.record_id, OLD.version, OLD.action, OLD.made_by, OLD.origin)
	THEN RETURN NEW; END IF;
	RAISE EXCEPTION 'changes are only added';
END $$;
-- +goose StatementEnd
