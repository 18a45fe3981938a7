-- +goose Up
-- Statistics: data sets (datové sady) and their numbers, a row for all figures of
-- one territory at one date as one source said them.

CREATE TABLE statistic_dataset (
	no BIGINT PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name_cs TEXT NOT NULL,
	name_en TEXT,
	definition_cs TEXT,
	definition_en TEXT,
	edition TEXT,
	publisher TEXT,
	url TEXT,
	licence TEXT,
	periodicity TEXT,
	indicator TEXT,
	indicator_en TEXT,
	unit TEXT,
	unit_en TEXT,
	decimals BIGINT NOT NULL,
	levels TEXT,
	owner_id TEXT,
	territory TEXT,
	version BIGINT NOT NULL,
	-- What there is of it now: of the newest versions.
	slices BIGINT NOT NULL,
	territories BIGINT NOT NULL,
	days BIGINT NOT NULL,
	first_day BIGINT NOT NULL,
	last_day BIGINT NOT NULL,
	-- How many territories of each level have numbers in each year, as JSON.
	held TEXT
);

CREATE TABLE statistic_slice (
	dataset_no BIGINT NOT NULL REFERENCES statistic_dataset (no),
	-- The last day of the date, 20220308.
	day BIGINT NOT NULL,
	territory TEXT NOT NULL,
	-- The highest one counts.
	version BIGINT NOT NULL,
	-- The date as it was said, where it is no day: 2023, 2023-05.
	period TEXT,
	edition TEXT,
	territory_since TEXT,
	-- Of everybody; NULL = not known or suppressed.
	total BIGINT,
	total_state BIGINT NOT NULL,
	-- All figures, as atlas.PackFigures writes them.
	figures BLOB NOT NULL,
	summed BOOLEAN NOT NULL,
	note TEXT,
	batch_id TEXT NOT NULL,
	row_no BIGINT NOT NULL,
	PRIMARY KEY (dataset_no, day, territory, version)
) WITHOUT ROWID;
CREATE INDEX statistic_slice_by_territory ON statistic_slice (dataset_no, territory, day);
