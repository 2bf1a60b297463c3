-- Merged patient records, with all that moved, so that an undo gives back exactly that.
CREATE TABLE patient_merge (
    merge_id bigint PRIMARY KEY,
    source_rid bigint NOT NULL REFERENCES resource,
    target_rid bigint NOT NULL REFERENCES resource,
    merged timestamptz NOT NULL DEFAULT now(),
    undone timestamptz
);
CREATE UNIQUE INDEX patient_merge_source ON patient_merge (source_rid) WHERE undone IS NULL;
CREATE INDEX patient_merge_target ON patient_merge (target_rid);

-- what: document (path: where the reference stood; before: its text), report (report_link), identifier (before: namespace, value,
-- whose merge brought it), study (before: what the
-- archive's row said of its patient), target (an identifier given to the survivor), source (before: was it active).
CREATE TABLE patient_merge_row (
    merge_id bigint NOT NULL REFERENCES patient_merge,
    what text NOT NULL CHECK (what IN ('document', 'report', 'study', 'identifier', 'target', 'source')),
    key bigint NOT NULL,
    path text NOT NULL DEFAULT '',
    before text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX patient_merge_row_merge ON patient_merge_row (merge_id);

-- An identifier of a merged record leads to its survivor.
ALTER TABLE patient_identifier ADD COLUMN merged_from bigint;
CREATE INDEX patient_identifier_merged ON patient_identifier (merged_from) WHERE merged_from IS NOT NULL;
CREATE INDEX study_patient_rid ON study (patient_rid);
CREATE INDEX report_link_patient ON report_link (patient_rid);
CREATE INDEX instance_series_page ON instance (series_key, instance_key);

GRANT SELECT, INSERT, UPDATE ON patient_merge TO isocentre_server;
GRANT SELECT, INSERT ON patient_merge_row TO isocentre_server;
