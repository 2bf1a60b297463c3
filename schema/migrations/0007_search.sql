-- Search, complete: composites, ranges of numbers, and both ways between a reference and what it names.

-- Rows of a composite parameter's components ("Type.code$1") share the number of the element they are from.
ALTER TABLE search_token ADD COLUMN element integer NOT NULL DEFAULT 0;
ALTER TABLE search_string ADD COLUMN element integer NOT NULL DEFAULT 0;
ALTER TABLE search_date ADD COLUMN element integer NOT NULL DEFAULT 0;
ALTER TABLE search_number ADD COLUMN element integer NOT NULL DEFAULT 0;

-- A number is the range from value to high; most are one point.
ALTER TABLE search_number ADD COLUMN high numeric;
UPDATE search_number SET high = value;
ALTER TABLE search_number ALTER COLUMN high SET NOT NULL;
CREATE INDEX search_number_high ON search_number (param, high, rid);
CREATE INDEX search_date_high ON search_date (param, high, rid);

-- Chains and _has join by the text of a reference.
CREATE UNIQUE INDEX resource_reference ON resource ((type || '/' || id));
-- The default order of a search.
CREATE INDEX resource_type_rid ON resource (type, rid);

-- The extraction (FHIR_EXTRACTION) the index rows were made with; a lower number than the code's: index anew.
CREATE TABLE search_extraction (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version integer NOT NULL
);
INSERT INTO search_extraction (version) SELECT CASE WHEN EXISTS (SELECT 1 FROM resource) THEN 1 ELSE 2 END;
GRANT SELECT, UPDATE ON search_extraction TO isocentre_server;
