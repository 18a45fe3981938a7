-- +goose Up
-- The audit log (protokol): what was written, by whom, chained by hashes, so
-- that nothing can be taken out of it or changed unnoticed. How an entry is
-- hashed is said in audit_hash.go.
CREATE TABLE audit (
	seq BIGINT PRIMARY KEY,
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
	seq BIGINT PRIMARY KEY,
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
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION refuse_changing_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM redaction WHERE change_seq = OLD.seq)
		AND (NEW.seq, NEW.at, NEW.kind, NEW.record_id, NEW.version, NEW.action, NEW.made_by, NEW.origin)
			IS NOT DISTINCT FROM (OLD.seq, OLD.at, OLD.kind, OLD.record_id, OLD.version, OLD.action, OLD.made_by, OLD.origin)
	THEN RETURN NEW; END IF;
	RAISE EXCEPTION 'changes are only added';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER redaction_stays BEFORE UPDATE OR DELETE ON redaction FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER redaction_not_emptied BEFORE TRUNCATE ON redaction FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER change_not_deleted BEFORE DELETE ON change FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER change_not_emptied BEFORE TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER change_not_changed BEFORE UPDATE ON change FOR EACH ROW EXECUTE FUNCTION refuse_changing_change();
