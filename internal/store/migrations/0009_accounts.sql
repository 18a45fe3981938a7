-- +goose Up
-- People who sign in (účty), what they may, whom they write for. Nothing here is
-- public, and nothing of it goes into the snapshots of changes: a record is
-- signed by the code of an account, and the account can be erased.

CREATE TABLE account (
	id TEXT PRIMARY KEY,
	email TEXT,
	email_folded TEXT UNIQUE,
	name TEXT,
	lang TEXT NOT NULL CHECK (lang IN ('cs', 'en')),
	state TEXT NOT NULL CHECK (state IN ('active', 'blocked', 'erased')),
	created_at TEXT NOT NULL,
	seen_at TEXT,
	version BIGINT NOT NULL,
	CHECK ((state = 'erased') = (email IS NULL))
);

-- What somebody must know or have to sign in: kept apart, so that a list of
-- accounts never reads it. A password only as its hash, a key of one-time codes
-- sealed with the key of the instance.
CREATE TABLE account_secret (
	account_id TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
	password TEXT,
	password_at TEXT,
	totp TEXT,
	totp_at TEXT,
	totp_step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_code (
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	hash TEXT NOT NULL,
	used_at TEXT,
	PRIMARY KEY (account_id, hash)
);

CREATE TABLE passkey (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	credential TEXT NOT NULL,
	added_at TEXT NOT NULL,
	used_at TEXT
);
CREATE INDEX passkey_by_account_id ON passkey (account_id);

-- A person at a provider of identities (OpenID Connect).
CREATE TABLE account_identity (
	issuer TEXT NOT NULL,
	subject TEXT NOT NULL,
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	added_at TEXT NOT NULL,
	PRIMARY KEY (issuer, subject)
);
CREATE INDEX account_identity_by_account_id ON account_identity (account_id);

-- A browser that is signed in, by the hash of what its cookie says.
CREATE TABLE session (
	hash TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	device TEXT,
	strong BOOLEAN NOT NULL,
	confirmed_at TEXT NOT NULL,
	created_at TEXT NOT NULL,
	used_at TEXT NOT NULL,
	expires_at TEXT NOT NULL
);
CREATE INDEX session_by_account_id ON session (account_id);
CREATE INDEX session_by_expires_at ON session (expires_at);

-- A link sent by e-mail, good once and for a while.
CREATE TABLE login_link (
	hash TEXT PRIMARY KEY,
	purpose TEXT NOT NULL,
	email TEXT NOT NULL,
	account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
	detail TEXT,
	created_at TEXT NOT NULL,
	expires_at TEXT NOT NULL,
	used_at TEXT
);
CREATE INDEX login_link_by_expires_at ON login_link (expires_at);

CREATE TABLE role_grant (
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	role TEXT NOT NULL,
	territory TEXT REFERENCES territory (code),
	made_by TEXT CHECK (made_by <> ''),
	made_at TEXT NOT NULL,
	until TEXT
);
CREATE UNIQUE INDEX role_grant_by_account_id ON role_grant (account_id, role, COALESCE(territory, ''));

CREATE TABLE membership (
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	actor_id TEXT NOT NULL REFERENCES actor (id),
	state TEXT NOT NULL CHECK (state IN ('asked', 'invited', 'active', 'refused', 'ended')),
	manager BOOLEAN NOT NULL,
	note TEXT,
	made_by TEXT CHECK (made_by <> ''),
	made_at TEXT NOT NULL,
	PRIMARY KEY (account_id, actor_id)
);
CREATE INDEX membership_by_actor_id ON membership (actor_id);

CREATE TABLE mandate (
	id TEXT PRIMARY KEY,
	actor_id TEXT NOT NULL REFERENCES actor (id),
	for_id TEXT NOT NULL REFERENCES actor (id),
	territory TEXT REFERENCES territory (code),
	until TEXT NOT NULL,
	made_by TEXT CHECK (made_by <> ''),
	made_at TEXT NOT NULL,
	ended_at TEXT,
	CHECK (actor_id <> for_id)
);
CREATE INDEX mandate_by_actor_id ON mandate (actor_id);
CREATE INDEX mandate_by_for_id ON mandate (for_id);

-- What somebody was writing when they left; one for each form.
CREATE TABLE draft (
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	form TEXT NOT NULL,
	title TEXT,
	content TEXT NOT NULL,
	saved_at TEXT NOT NULL,
	PRIMARY KEY (account_id, form)
);

-- What a person agreed to and when they took it back (12.2).
CREATE TABLE consent (
	account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	purpose TEXT NOT NULL,
	wording TEXT NOT NULL,
	given_at TEXT NOT NULL,
	withdrawn_at TEXT,
	PRIMARY KEY (account_id, purpose, given_at)
);
