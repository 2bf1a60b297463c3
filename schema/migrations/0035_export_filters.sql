-- What of a bulk export's documents is wanted: searches ("Type?query") of which one must match, and elements.
ALTER TABLE export ADD COLUMN type_filters text[], ADD COLUMN elements text NOT NULL DEFAULT '';
-- instance_series has the same columns.
DROP INDEX IF EXISTS instance_series_page;
-- An empty record has no rows of an older extraction (FHIR_EXTRACTION 3).
UPDATE search_extraction SET version = 3 WHERE NOT EXISTS (SELECT 1 FROM resource);
