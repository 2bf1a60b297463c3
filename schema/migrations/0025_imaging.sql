-- A page of a study's instances is a short walk of the index.
DROP INDEX instance_series;
CREATE INDEX instance_series ON instance (series_key, instance_key);
