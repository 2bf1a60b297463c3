-- The record: documents with their versions, the search index, identity, the archive index, links, messages.
-- rid values are made by the server (record_id_new): time-ordered, so that all rows of one write go out in one batch.

-- What ties HL7 assigning authorities, FHIR identifier systems and DICOM issuers together.
CREATE TABLE authority (
    namespace text PRIMARY KEY,
    oid text UNIQUE,
    uri text NOT NULL UNIQUE,
    use text NOT NULL DEFAULT 'any' CHECK (use IN ('any', 'patient', 'accession', 'order', 'visit'))
);

CREATE SEQUENCE change_seq;

CREATE TABLE resource (
    rid bigint PRIMARY KEY,
    type text NOT NULL,
    id text NOT NULL,
    version integer NOT NULL,
    updated timestamptz NOT NULL,
    deleted boolean NOT NULL DEFAULT false,
    department text NOT NULL DEFAULT '',
    seq bigint NOT NULL DEFAULT nextval('change_seq'),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    content text NOT NULL,
    UNIQUE (type, id)
);
CREATE INDEX resource_type_updated ON resource (type, updated, rid);

-- Superseded versions; the current one is in resource.
CREATE TABLE resource_history (
    rid bigint NOT NULL REFERENCES resource,
    version integer NOT NULL,
    updated timestamptz NOT NULL,
    deleted boolean NOT NULL,
    seq bigint NOT NULL,
    xid xid8 NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (rid, version)
);

-- Search index. param is the 32-bit FNV-1a hash of "Type.code" (record_param). Tokens, references and URIs share a
-- table: a reference is code 'Patient/1' without system.
CREATE TABLE search_token (
    rid bigint NOT NULL,
    param integer NOT NULL,
    system text NOT NULL,
    code text NOT NULL
);
CREATE INDEX search_token_value ON search_token (param, code, rid);
CREATE INDEX search_token_rid ON search_token (rid);

CREATE TABLE search_string (
    rid bigint NOT NULL,
    param integer NOT NULL,
    value text NOT NULL COLLATE "C" -- lower case, accents folded
);
CREATE INDEX search_string_value ON search_string (param, value, rid);
CREATE INDEX search_string_rid ON search_string (rid);

-- Dates as microseconds [low, high).
CREATE TABLE search_date (
    rid bigint NOT NULL,
    param integer NOT NULL,
    low bigint NOT NULL,
    high bigint NOT NULL
);
CREATE INDEX search_date_value ON search_date (param, low, high, rid);
CREATE INDEX search_date_rid ON search_date (rid);

-- Numbers and quantities.
CREATE TABLE search_number (
    rid bigint NOT NULL,
    param integer NOT NULL,
    value numeric NOT NULL,
    system text NOT NULL DEFAULT '',
    code text NOT NULL DEFAULT ''
);
CREATE INDEX search_number_value ON search_number (param, value, rid);
CREATE INDEX search_number_rid ON search_number (rid);

-- A patient is an identifier and its authority.
CREATE TABLE patient_identifier (
    namespace text NOT NULL,
    value text NOT NULL,
    rid bigint NOT NULL REFERENCES resource,
    PRIMARY KEY (namespace, value)
);
CREATE INDEX patient_identifier_rid ON patient_identifier (rid);

-- An order's numbers. kind: placer, filler, accession, procedure (Requested Procedure ID).
CREATE TABLE order_identifier (
    kind text NOT NULL,
    value text NOT NULL,
    namespace text NOT NULL,
    rid bigint NOT NULL REFERENCES resource
);
CREATE INDEX order_identifier_value ON order_identifier (kind, value, namespace);
CREATE INDEX order_identifier_rid ON order_identifier (rid);

-- One row per scheduled step. The columns from patient_id on follow domain/fields.def, name by name.
CREATE TABLE worklist (
    task_rid bigint PRIMARY KEY REFERENCES resource,
    task text NOT NULL,
    order_rid bigint NOT NULL,
    procedure_rid bigint NOT NULL,
    patient_rid bigint NOT NULL,
    imaging_study text NOT NULL,
    department text NOT NULL DEFAULT '',
    message_time bigint NOT NULL DEFAULT 0,
    start_local text NOT NULL COLLATE "C", -- YYYYMMDDHHMMSS in the site's zone
    patient_id text NOT NULL DEFAULT '',
    patient_issuer text NOT NULL DEFAULT '',
    patient_other_ids text NOT NULL DEFAULT '',
    patient_name text NOT NULL DEFAULT '',
    patient_birth_date text NOT NULL DEFAULT '',
    patient_sex text NOT NULL DEFAULT '',
    patient_mother_name text NOT NULL DEFAULT '',
    patient_address text NOT NULL DEFAULT '',
    patient_phone text NOT NULL DEFAULT '',
    patient_language text NOT NULL DEFAULT '',
    admission_id text NOT NULL DEFAULT '',
    admission_issuer text NOT NULL DEFAULT '',
    patient_location text NOT NULL DEFAULT '',
    referring_physician text NOT NULL DEFAULT '',
    referring_physician_id text NOT NULL DEFAULT '',
    patient_weight text NOT NULL DEFAULT '',
    patient_size text NOT NULL DEFAULT '',
    patient_state text NOT NULL DEFAULT '',
    medical_alerts text NOT NULL DEFAULT '',
    allergies text NOT NULL DEFAULT '',
    pregnancy_status text NOT NULL DEFAULT '',
    special_needs text NOT NULL DEFAULT '',
    placer_order text NOT NULL DEFAULT '',
    placer_issuer text NOT NULL DEFAULT '',
    filler_order text NOT NULL DEFAULT '',
    filler_issuer text NOT NULL DEFAULT '',
    accession_number text NOT NULL DEFAULT '',
    accession_issuer text NOT NULL DEFAULT '',
    requesting_physician text NOT NULL DEFAULT '',
    requesting_service text NOT NULL DEFAULT '',
    institution_name text NOT NULL DEFAULT '',
    order_time text NOT NULL DEFAULT '',
    procedure_id text NOT NULL DEFAULT '',
    procedure_description text NOT NULL DEFAULT '',
    procedure_code text NOT NULL DEFAULT '',
    priority text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    reason_code text NOT NULL DEFAULT '',
    patient_transport text NOT NULL DEFAULT '',
    confidentiality text NOT NULL DEFAULT '',
    procedure_comments text NOT NULL DEFAULT '',
    step_id text NOT NULL DEFAULT '',
    step_description text NOT NULL DEFAULT '',
    protocol_code text NOT NULL DEFAULT '',
    modality text NOT NULL DEFAULT '',
    step_start text NOT NULL DEFAULT '',
    station_ae text NOT NULL DEFAULT '',
    station_name text NOT NULL DEFAULT '',
    step_location text NOT NULL DEFAULT '',
    performing_physician text NOT NULL DEFAULT '',
    step_status text NOT NULL DEFAULT '',
    study_uid text NOT NULL DEFAULT ''
);
CREATE INDEX worklist_start ON worklist (start_local, task_rid);
CREATE INDEX worklist_patient_id ON worklist (patient_id);
CREATE INDEX worklist_accession ON worklist (accession_number);
CREATE INDEX worklist_study ON worklist (study_uid);
CREATE INDEX worklist_order ON worklist (order_rid);
CREATE INDEX worklist_patient ON worklist (patient_rid);

-- The archive index. One study per Study Instance UID, counts kept by instance_store.
CREATE TABLE study (
    study_key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    study_uid text NOT NULL UNIQUE,
    department text NOT NULL DEFAULT '',
    patient_id text NOT NULL,
    patient_issuer text NOT NULL,
    patient_name text NOT NULL,
    patient_birth_date text NOT NULL,
    patient_sex text NOT NULL,
    accession_number text NOT NULL,
    accession_issuer text NOT NULL,
    study_date text NOT NULL,
    study_time text NOT NULL,
    zone text NOT NULL,
    study_number text NOT NULL, -- Study ID (0020,0010)
    description text NOT NULL,
    referring_physician text NOT NULL,
    modalities text[] NOT NULL DEFAULT '{}',
    series_count integer NOT NULL DEFAULT 0,
    instance_count integer NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    revision integer NOT NULL DEFAULT 0,
    received timestamptz NOT NULL DEFAULT now(),
    changed timestamptz NOT NULL DEFAULT now(),
    imaging_study bigint,          -- rid of the ImagingStudy document
    patient_rid bigint,
    order_rid bigint,              -- the order it answers
    link_state text NOT NULL DEFAULT 'unlinked' CHECK (link_state IN ('linked', 'unlinked', 'held')),
    link_rung text NOT NULL DEFAULT ''
) WITH (fillfactor = 70);
CREATE INDEX study_patient ON study (patient_id, patient_issuer);
CREATE INDEX study_accession ON study (accession_number);
CREATE INDEX study_received ON study (study_key DESC);
CREATE INDEX study_imaging_study ON study (imaging_study);
CREATE INDEX study_order ON study (order_rid);
CREATE INDEX study_unlinked ON study (study_key) WHERE link_state <> 'linked';

CREATE TABLE series (
    series_key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    study_key bigint NOT NULL REFERENCES study,
    series_uid text NOT NULL,
    modality text NOT NULL,
    number text NOT NULL,
    description text NOT NULL,
    body_part text NOT NULL,
    laterality text NOT NULL,
    station_name text NOT NULL,
    series_date text NOT NULL,
    series_time text NOT NULL,
    instance_count integer NOT NULL DEFAULT 0,
    UNIQUE (study_key, series_uid)
) WITH (fillfactor = 70);

CREATE TABLE instance (
    instance_key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    series_key bigint NOT NULL REFERENCES series,
    sop_uid text NOT NULL UNIQUE,
    sop_class text NOT NULL,
    transfer_syntax text NOT NULL,
    number text NOT NULL,
    received timestamptz NOT NULL DEFAULT now(),
    size bigint NOT NULL,          -- of the whole file
    header_size integer NOT NULL,  -- preamble and file meta before the data set as received
    pixel_offset bigint NOT NULL,  -- of PixelData in the file, 0 for none
    sha256 bytea NOT NULL,         -- of the data set as received
    file text NOT NULL UNIQUE,
    calling_ae text NOT NULL
);
CREATE INDEX instance_series ON instance (series_key);

-- Links between reports and what they report on, with the evidence.
CREATE TABLE report_link (
    report_rid bigint PRIMARY KEY REFERENCES resource,
    report text NOT NULL,
    department text NOT NULL DEFAULT '',
    state text NOT NULL CHECK (state IN ('linked', 'waiting', 'held')),
    rung text NOT NULL DEFAULT '',
    evidence text NOT NULL DEFAULT '',
    patient_rid bigint,
    order_rid bigint,
    study_uid text NOT NULL DEFAULT '', -- what the report claims or was linked to
    accession_number text NOT NULL DEFAULT '',
    accession_issuer text NOT NULL DEFAULT '',
    filler_order text NOT NULL DEFAULT '',
    placer_order text NOT NULL DEFAULT '',
    procedure_id text NOT NULL DEFAULT '',
    report_key text NOT NULL,           -- identity for versions: filler order and code, or accession and code
    message_time bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX report_link_key ON report_link (report_key);
CREATE INDEX report_link_waiting ON report_link (report_rid) WHERE state <> 'linked';
CREATE INDEX report_link_study ON report_link (study_uid) WHERE study_uid <> '';
CREATE INDEX report_link_accession ON report_link (accession_number) WHERE accession_number <> '';
CREATE INDEX worklist_procedure ON worklist (procedure_rid);

-- Every HL7 message as it came, and the acknowledgement it got.
CREATE TABLE message (
    message_id bigint PRIMARY KEY,
    received timestamptz NOT NULL,
    department text NOT NULL DEFAULT '',
    sending_application text NOT NULL,
    sending_facility text NOT NULL,
    control_id text NOT NULL,
    content_hash bytea NOT NULL,
    trigger text NOT NULL,
    address text NOT NULL,
    character_set text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused')),
    ack_code text NOT NULL,
    error_code text NOT NULL DEFAULT '',
    error_text text NOT NULL DEFAULT '',
    error_location text NOT NULL DEFAULT '',
    patient_id text NOT NULL DEFAULT '',
    accession text NOT NULL DEFAULT '',
    warnings text[] NOT NULL DEFAULT '{}',
    raw bytea NOT NULL,
    ack bytea NOT NULL
);
CREATE INDEX message_control ON message (control_id, sending_application, sending_facility);

GRANT SELECT, INSERT, UPDATE ON authority, resource, patient_identifier, worklist, study, series, instance, report_link
    TO isocentre_server;
GRANT SELECT, INSERT ON resource_history, message TO isocentre_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON search_token, search_string, search_date, search_number,
    order_identifier TO isocentre_server;
GRANT DELETE ON patient_identifier, worklist TO isocentre_server;
GRANT USAGE ON SEQUENCE change_seq TO isocentre_server;

-- Index one instance: parents in fixed order (study, series, instance). The counts are queued with the commit
-- (study_count, series_count), so that the row locks of a study last only as long as a commit. One call per object.
-- ret_outcome: stored, duplicate (same bytes), conflict (same UID, other bytes); fresh says what was new.
CREATE FUNCTION instance_store(
    p_study_uid text, p_department text, p_patient_id text, p_patient_issuer text, p_patient_name text,
    p_birth_date text, p_sex text, p_accession text, p_accession_issuer text, p_study_date text, p_study_time text,
    p_zone text, p_study_number text, p_study_description text, p_referring text,
    p_series_uid text, p_modality text, p_series_number text, p_series_description text, p_body_part text,
    p_laterality text, p_station text, p_series_date text, p_series_time text,
    p_sop_uid text, p_sop_class text, p_transfer_syntax text, p_number text, p_size bigint, p_header_size integer,
    p_pixel_offset bigint, p_sha256 bytea, p_file text, p_calling_ae text,
    OUT ret_outcome text, OUT ret_fresh text, OUT ret_study_key bigint, OUT ret_series_key bigint,
    OUT ret_patient_matches boolean)
LANGUAGE plpgsql AS $body$
DECLARE
    v_sha bytea;
BEGIN
    ret_fresh := '';
    ret_patient_matches := true;
    SELECT s.study_key, s.patient_id = p_patient_id AND s.patient_issuer = p_patient_issuer
        INTO ret_study_key, ret_patient_matches FROM study s WHERE s.study_uid = p_study_uid;
    IF ret_study_key IS NULL THEN
        INSERT INTO study (study_uid, department, patient_id, patient_issuer, patient_name, patient_birth_date,
                patient_sex, accession_number, accession_issuer, study_date, study_time, zone, study_number,
                description, referring_physician)
            VALUES (p_study_uid, p_department, p_patient_id, p_patient_issuer, p_patient_name, p_birth_date, p_sex,
                p_accession, p_accession_issuer, p_study_date, p_study_time, p_zone, p_study_number,
                p_study_description, p_referring)
            ON CONFLICT (study_uid) DO NOTHING RETURNING study_key INTO ret_study_key;
        IF ret_study_key IS NULL THEN
            SELECT s.study_key, s.patient_id = p_patient_id AND s.patient_issuer = p_patient_issuer
                INTO ret_study_key, ret_patient_matches FROM study s WHERE s.study_uid = p_study_uid;
        ELSE
            ret_fresh := 'study';
            ret_patient_matches := true;
        END IF;
    END IF;
    SELECT s.series_key INTO ret_series_key FROM series s
        WHERE s.study_key = ret_study_key AND s.series_uid = p_series_uid;
    IF ret_series_key IS NULL THEN
        INSERT INTO series (study_key, series_uid, modality, number, description, body_part, laterality, station_name,
                series_date, series_time)
            VALUES (ret_study_key, p_series_uid, p_modality, p_series_number, p_series_description, p_body_part,
                p_laterality, p_station, p_series_date, p_series_time)
            ON CONFLICT (study_key, series_uid) DO NOTHING RETURNING series_key INTO ret_series_key;
        IF ret_series_key IS NULL THEN
            SELECT s.series_key INTO ret_series_key FROM series s
                WHERE s.study_key = ret_study_key AND s.series_uid = p_series_uid;
        ELSIF ret_fresh = '' THEN
            ret_fresh := 'series';
        END IF;
    END IF;
    INSERT INTO instance (series_key, sop_uid, sop_class, transfer_syntax, number, size, header_size, pixel_offset,
            sha256, file, calling_ae)
        VALUES (ret_series_key, p_sop_uid, p_sop_class, p_transfer_syntax, p_number, p_size, p_header_size,
            p_pixel_offset, p_sha256, p_file, p_calling_ae)
        ON CONFLICT (sop_uid) DO NOTHING;
    IF NOT FOUND THEN
        SELECT i.sha256 INTO v_sha FROM instance i WHERE i.sop_uid = p_sop_uid;
        ret_outcome := CASE WHEN v_sha = p_sha256 THEN 'duplicate' ELSE 'conflict' END;
        RETURN;
    END IF;
    ret_outcome := 'stored';
END
$body$;
GRANT EXECUTE ON FUNCTION instance_store TO isocentre_server;
