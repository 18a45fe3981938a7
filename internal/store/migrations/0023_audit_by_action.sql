-- +goose Up
-- The last deed of a kind in the audit log is asked for with every page of
-- statistics: what was made of numbers is kept until some are imported or taken back.
CREATE INDEX audit_by_action ON audit (action, seq);
