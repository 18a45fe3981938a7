-- +goose Up
-- Which slices tell people so closely that something may have to be hidden (8.10):
-- those by citizenship and two more attributes. What stood before is looked at
-- again, but for the tables that tell no citizenship.
ALTER TABLE statistic_slice ADD COLUMN told_closely BOOLEAN NOT NULL DEFAULT TRUE;
UPDATE statistic_slice SET told_closely = FALSE
	WHERE dataset_no IN (SELECT no FROM statistic_dataset WHERE code IN ('mv-docasna-ochrana', 'csu-obyvatele'));
CREATE INDEX statistic_slice_told_closely ON statistic_slice (dataset_no, day) WHERE told_closely;
