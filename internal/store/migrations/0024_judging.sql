-- +goose Up
-- Judging projects (hodnocení, 6.13, 8.2), good practice (dobrá praxe, 6.11) and its
-- way from town to town (přenos, 6.12). What is read only with its record stands as JSON.

CREATE TABLE rubric (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES rubric (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	family TEXT NOT NULL CHECK (family <> ''),
	number BIGINT CHECK (number <> 0),
	owner TEXT CHECK (owner <> ''),
	title TEXT,
	note TEXT,
	scale TEXT,
	criteria TEXT,
	gates TEXT,
	bands TEXT,
	floor BIGINT NOT NULL,
	evaluators BIGINT NOT NULL,
	criterion_gap BIGINT NOT NULL,
	total_gap BIGINT NOT NULL,
	mark TEXT,
	UNIQUE (family, number)
);

CREATE TABLE evaluation_round (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES evaluation_round (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	title TEXT CHECK (title <> ''),
	mode TEXT CHECK (mode <> ''),
	rubric_id TEXT CHECK (rubric_id <> ''),
	due TEXT CHECK (due <> ''),
	calibration BOOLEAN NOT NULL,
	note TEXT CHECK (note <> '')
);

CREATE TABLE evaluation (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES evaluation (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	project_id TEXT CHECK (project_id <> ''),
	mode TEXT CHECK (mode <> ''),
	rubric_id TEXT CHECK (rubric_id <> ''),
	round_id TEXT CHECK (round_id <> ''),
	state TEXT CHECK (state <> ''),
	due TEXT CHECK (due <> ''),
	statement TEXT CHECK (statement <> ''),
	settlements TEXT,
	reply TEXT CHECK (reply <> ''),
	replied_by TEXT CHECK (replied_by <> ''),
	result TEXT,
	approved_by TEXT CHECK (approved_by <> ''),
	approved TEXT CHECK (approved <> ''),
	cancelled TEXT CHECK (cancelled <> '')
);
CREATE INDEX evaluation_by_project ON evaluation (project_id);
CREATE INDEX evaluation_by_round ON evaluation (round_id);

CREATE TABLE evaluation_assignment (
	evaluation_id TEXT NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	evaluator TEXT NOT NULL CHECK (evaluator <> ''),
	state TEXT CHECK (state <> ''),
	third BOOLEAN NOT NULL,
	asked TEXT CHECK (asked <> ''),
	declared TEXT CHECK (declared <> ''),
	done TEXT CHECK (done <> ''),
	reason TEXT CHECK (reason <> ''),
	reminded TEXT CHECK (reminded <> ''),
	PRIMARY KEY (evaluation_id, position)
);
CREATE INDEX evaluation_assignment_by_evaluator ON evaluation_assignment (evaluator);

-- What one person wrote of one project. Sealed until all have submitted.
CREATE TABLE sheet (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES sheet (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	evaluation_id TEXT CHECK (evaluation_id <> ''),
	project_id TEXT CHECK (project_id <> ''),
	title TEXT CHECK (title <> ''),
	rubric_id TEXT CHECK (rubric_id <> ''),
	mode TEXT CHECK (mode <> ''),
	written_by TEXT CHECK (written_by <> ''),
	part TEXT CHECK (part <> ''),
	no_conflict BOOLEAN NOT NULL,
	declared TEXT CHECK (declared <> ''),
	scores TEXT,
	gates TEXT,
	strengths TEXT CHECK (strengths <> ''),
	weaknesses TEXT CHECK (weaknesses <> ''),
	advice TEXT CHECK (advice <> ''),
	opinions TEXT,
	submitted TEXT CHECK (submitted <> ''),
	is_open BOOLEAN NOT NULL
);
CREATE INDEX sheet_by_evaluation ON sheet (evaluation_id);
CREATE INDEX sheet_by_author ON sheet (written_by);

CREATE TABLE practice (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES practice (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	title TEXT CHECK (title <> ''),
	place_text TEXT CHECK (place_text <> ''),
	country TEXT CHECK (country <> ''),
	needed TEXT CHECK (needed <> ''),
	contacts TEXT,
	since TEXT CHECK (since <> ''),
	until TEXT CHECK (until <> ''),
	ongoing BOOLEAN NOT NULL,
	became_service BOOLEAN NOT NULL,
	pioneer BOOLEAN NOT NULL,
	summary TEXT CHECK (summary <> ''),
	goal TEXT CHECK (goal <> ''),
	subgoals TEXT,
	beneficiaries TEXT CHECK (beneficiaries <> ''),
	city_roles TEXT,
	stimulus TEXT CHECK (stimulus <> ''),
	description TEXT CHECK (description <> ''),
	milestones TEXT,
	results TEXT CHECK (results <> ''),
	services TEXT,
	funding TEXT CHECK (funding <> ''),
	staff TEXT,
	months BIGINT CHECK (months <> 0),
	yearly_cost BIGINT,
	yearly_cost_state TEXT CHECK (yearly_cost_state <> ''),
	transferability TEXT CHECK (transferability <> ''),
	segments TEXT,
	adaptation TEXT CHECK (adaptation <> ''),
	advice TEXT,
	prerequisites TEXT,
	upscaling TEXT CHECK (upscaling <> ''),
	upscaling_reason TEXT CHECK (upscaling_reason <> ''),
	barriers TEXT,
	lessons TEXT CHECK (lessons <> ''),
	evaluated TEXT CHECK (evaluated <> ''),
	assessments TEXT,
	awards TEXT,
	photos TEXT,
	videos TEXT,
	files TEXT,
	status TEXT CHECK (status <> ''),
	marked TEXT CHECK (marked <> ''),
	marked_until TEXT CHECK (marked_until <> ''),
	confirmed TEXT,
	lost TEXT CHECK (lost <> ''),
	lost_on TEXT CHECK (lost_on <> ''),
	upscaled BOOLEAN NOT NULL
);
CREATE INDEX practice_by_record_status ON practice (record_status);

CREATE TABLE practice_value (
	practice_id TEXT NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (practice_id, position)
);
CREATE INDEX practice_value_by_value ON practice_value (value, list);

CREATE TABLE practice_source (
	practice_id TEXT NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT CHECK (kind <> ''),
	url TEXT CHECK (url <> ''),
	accessed TEXT CHECK (accessed <> ''),
	note TEXT CHECK (note <> ''),
	batch_id TEXT CHECK (batch_id <> ''),
	file TEXT CHECK (file <> ''),
	row_no BIGINT CHECK (row_no <> 0),
	PRIMARY KEY (practice_id, position)
);
CREATE INDEX practice_source_by_batch_id ON practice_source (batch_id);

CREATE TABLE collection (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES collection (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	title TEXT CHECK (title <> ''),
	body TEXT CHECK (body <> '')
);

CREATE TABLE collection_value (
	collection_id TEXT NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	list TEXT NOT NULL CHECK (list <> ''),
	item BIGINT CHECK (item <> 0),
	value TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (collection_id, position)
);

CREATE TABLE replication (
	id TEXT PRIMARY KEY,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	created_by TEXT CHECK (created_by <> ''),
	updated_by TEXT CHECK (updated_by <> ''),
	record_status TEXT NOT NULL CHECK (record_status <> ''),
	version BIGINT NOT NULL CHECK (version > 0),
	merged_into TEXT REFERENCES replication (id) DEFERRABLE INITIALLY DEFERRED,
	sample BOOLEAN NOT NULL,
	practice_id TEXT CHECK (practice_id <> ''),
	via TEXT CHECK (via <> ''),
	territory TEXT CHECK (territory <> ''),
	place_text TEXT CHECK (place_text <> ''),
	country TEXT CHECK (country <> ''),
	actor_id TEXT CHECK (actor_id <> ''),
	project_id TEXT CHECK (project_id <> ''),
	card TEXT CHECK (card <> ''),
	kind TEXT CHECK (kind <> ''),
	status TEXT CHECK (status <> ''),
	segments TEXT,
	steps TEXT,
	answers TEXT,
	adapted TEXT CHECK (adapted <> ''),
	result TEXT CHECK (result <> ''),
	because TEXT CHECK (because <> ''),
	since TEXT CHECK (since <> ''),
	until TEXT CHECK (until <> ''),
	source_said_by TEXT CHECK (source_said_by <> ''),
	source_said_on TEXT CHECK (source_said_on <> ''),
	follower_said_by TEXT CHECK (follower_said_by <> ''),
	follower_said_on TEXT CHECK (follower_said_on <> '')
);
CREATE INDEX replication_by_practice ON replication (practice_id);
CREATE INDEX replication_by_territory ON replication (territory);
CREATE INDEX replication_by_record_status ON replication (record_status);
CREATE INDEX replication_by_project ON replication (project_id);

CREATE TABLE replication_source (
	replication_id TEXT NOT NULL REFERENCES replication (id) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	kind TEXT CHECK (kind <> ''),
	url TEXT CHECK (url <> ''),
	accessed TEXT CHECK (accessed <> ''),
	note TEXT CHECK (note <> ''),
	batch_id TEXT CHECK (batch_id <> ''),
	file TEXT CHECK (file <> ''),
	row_no BIGINT CHECK (row_no <> 0),
	PRIMARY KEY (replication_id, position)
);
CREATE INDEX replication_source_by_batch_id ON replication_source (batch_id);
