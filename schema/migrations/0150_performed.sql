-- Steps as modalities performed them (MPPS), and how each stands to the scheduled ones.
CREATE TABLE performed_step (
    performed_rid bigint PRIMARY KEY REFERENCES resource, -- its Procedure
    sop_uid text NOT NULL UNIQUE,
    department text NOT NULL DEFAULT '',
    status text NOT NULL CHECK (status IN ('IN PROGRESS', 'COMPLETED', 'DISCONTINUED')),
    -- Why a person should look at it; '': all is well.
    attention text NOT NULL DEFAULT '' CHECK (attention IN ('', 'unscheduled', 'ambiguous', 'patient-mismatch',
        'step-ended', 'timed-out')),
    patient_rid bigint,
    patient_id text NOT NULL,                   -- these as the modality says
    patient_issuer text NOT NULL,
    patient_name text NOT NULL,
    patient_birth_date text NOT NULL,
    patient_sex text NOT NULL,
    modality text NOT NULL,
    station_ae text NOT NULL,
    calling_ae text NOT NULL,
    started text NOT NULL,                      -- FHIR dateTime
    created timestamptz NOT NULL DEFAULT now(),
    changed timestamptz NOT NULL DEFAULT now(),
    character_set text NOT NULL,                -- the data set came in it
    dataset bytea NOT NULL                      -- in explicit little endian and UTF-8
);
CREATE INDEX performed_step_attention ON performed_step (performed_rid) WHERE attention <> '';
CREATE INDEX performed_step_open ON performed_step (changed) WHERE status = 'IN PROGRESS';
CREATE INDEX performed_step_patient ON performed_step (patient_rid);

-- What it says it was scheduled as: one row an item of the Scheduled Step Attributes Sequence, one when there is none.
CREATE TABLE performed_item (
    performed_rid bigint NOT NULL REFERENCES performed_step,
    number integer NOT NULL,
    study_uid text NOT NULL,
    accession_number text NOT NULL,
    accession_issuer text NOT NULL,
    step_id text NOT NULL,
    procedure_id text NOT NULL,
    task_rid bigint,                            -- the step it is; NULL: none is known
    rung text NOT NULL DEFAULT '',              -- what tied them; 'person': somebody did
    PRIMARY KEY (performed_rid, number)
);
CREATE INDEX performed_item_task ON performed_item (task_rid);
CREATE INDEX performed_item_study ON performed_item (study_uid) WHERE study_uid <> '';
CREATE INDEX performed_item_accession ON performed_item (accession_number) WHERE accession_number <> '';

-- A node of kind AE: 1: a performed step may end without a Performed Series Sequence.
ALTER TABLE peer ADD COLUMN mpps_lenient integer NOT NULL DEFAULT 0;

ALTER TABLE patient_merge_row DROP CONSTRAINT patient_merge_row_what_check;
ALTER TABLE patient_merge_row ADD CONSTRAINT patient_merge_row_what_check
    CHECK (what IN ('document', 'report', 'study', 'identifier', 'target', 'source', 'written', 'performed'));

GRANT SELECT, INSERT, UPDATE ON performed_step, performed_item TO isocentre_server;
