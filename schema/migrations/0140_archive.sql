-- The archive index at all four levels. Attributes that have no column of their own stand in `more` of what they
-- describe: {"00080080": "value\value", "00400275.00401001": "of each item"}, by domain/archive_keys.def.
ALTER TABLE study
    ADD COLUMN sop_classes text[] NOT NULL DEFAULT '{}',
    ADD COLUMN started bigint,   -- the instant of date and time, in microseconds; NULL without a date
    ADD COLUMN more jsonb NOT NULL DEFAULT '{}';
ALTER TABLE series
    ADD COLUMN started bigint,
    ADD COLUMN more jsonb NOT NULL DEFAULT '{}';
ALTER TABLE instance
    ADD COLUMN image_rows integer NOT NULL DEFAULT 0,
    ADD COLUMN image_columns integer NOT NULL DEFAULT 0,
    ADD COLUMN frames integer NOT NULL DEFAULT 0,
    ADD COLUMN bits smallint NOT NULL DEFAULT 0,
    ADD COLUMN content_date text NOT NULL DEFAULT '',
    ADD COLUMN content_time text NOT NULL DEFAULT '',
    ADD COLUMN more jsonb;       -- mostly NULL: what documents, presentation states and the like say of themselves

-- Patterns of the form 'ABC%' walk these; equality does as well.
DROP INDEX study_accession;
CREATE INDEX study_accession ON study (accession_number text_pattern_ops);
CREATE INDEX study_patient_pattern ON study (patient_id text_pattern_ops);
CREATE INDEX study_name ON study (upper(patient_name) text_pattern_ops);
CREATE INDEX study_name_groups ON study (study_key) WHERE patient_name LIKE '%=%';
CREATE INDEX study_date ON study (study_date);
CREATE INDEX series_uid ON series (series_uid);

-- A name as words: lower case, accents dropped, what parts words made a space; "ae", "oe" and "ue" as the umlauts.
CREATE FUNCTION name_words(p_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT replace(replace(replace(replace(trim(regexp_replace(translate(lower(p_name),
        'áàâäãåāăąçćčďđéèêëēęěíìîïīñńňóòôöõøōőřśšşťţúùûüūůűųýÿźżžłß',
        'aaaaaaaaacccddeeeeeeeiiiiinnnoooooooorsssttuuuuuuuuyyzzzls'), '[\s^=,.''-]+', ' ', 'g')),
        'ae', 'a'), 'oe', 'o'), 'ue', 'u'), 'ss', 's')
$body$;
-- Does each word of the query begin a word of the name, in whatever order? * and ? stand for what they stand for.
CREATE FUNCTION name_fits(p_name text, p_query text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT NOT EXISTS (
        SELECT FROM regexp_split_to_table(name_words(p_query), ' ') AS w (w)
        WHERE ' ' || name_words(p_name) NOT LIKE
            '% ' || translate(replace(replace(replace(w.w, '\', '\\'), '%', '\%'), '_', '\_'), '*?', '%_') || '%')
$body$;
-- An instant as date and time of day in a zone so many minutes east of UTC.
CREATE FUNCTION moment_in(p_at bigint, p_minutes integer) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $body$
    SELECT to_char(to_timestamp(p_at / 1000000.0) AT TIME ZONE 'UTC' + make_interval(mins => p_minutes),
        'YYYYMMDDHH24MISS')
$body$;

-- As before, with what is new in the tables.
DROP FUNCTION instance_store;
CREATE FUNCTION instance_store(
    p_study_uid text, p_department text, p_patient_id text, p_patient_issuer text, p_patient_name text,
    p_birth_date text, p_sex text, p_accession text, p_accession_issuer text, p_study_date text, p_study_time text,
    p_zone text, p_study_number text, p_study_description text, p_referring text,
    p_series_uid text, p_modality text, p_series_number text, p_series_description text, p_body_part text,
    p_laterality text, p_station text, p_series_date text, p_series_time text,
    p_sop_uid text, p_sop_class text, p_transfer_syntax text, p_number text, p_size bigint, p_header_size integer,
    p_pixel_offset bigint, p_sha256 bytea, p_file text, p_calling_ae text,
    p_study_started bigint, p_study_more jsonb, p_series_started bigint, p_series_more jsonb,
    p_rows integer, p_columns integer, p_frames integer, p_bits integer, p_content_date text, p_content_time text,
    p_more jsonb,
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
                description, referring_physician, started, more)
            VALUES (p_study_uid, p_department, p_patient_id, p_patient_issuer, p_patient_name, p_birth_date, p_sex,
                p_accession, p_accession_issuer, p_study_date, p_study_time, p_zone, p_study_number,
                p_study_description, p_referring, p_study_started, p_study_more)
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
                series_date, series_time, started, more)
            VALUES (ret_study_key, p_series_uid, p_modality, p_series_number, p_series_description, p_body_part,
                p_laterality, p_station, p_series_date, p_series_time, p_series_started, p_series_more)
            ON CONFLICT (study_key, series_uid) DO NOTHING RETURNING series_key INTO ret_series_key;
        IF ret_series_key IS NULL THEN
            SELECT s.series_key INTO ret_series_key FROM series s
                WHERE s.study_key = ret_study_key AND s.series_uid = p_series_uid;
        ELSIF ret_fresh = '' THEN
            ret_fresh := 'series';
        END IF;
    END IF;
    INSERT INTO instance (series_key, sop_uid, sop_class, transfer_syntax, number, size, header_size, pixel_offset,
            sha256, file, calling_ae, image_rows, image_columns, frames, bits, content_date, content_time, more)
        VALUES (ret_series_key, p_sop_uid, p_sop_class, p_transfer_syntax, p_number, p_size, p_header_size,
            p_pixel_offset, p_sha256, p_file, p_calling_ae, p_rows, p_columns, p_frames, p_bits, p_content_date,
            p_content_time, p_more)
        ON CONFLICT (sop_uid) DO NOTHING;
    IF NOT FOUND THEN
        SELECT i.sha256 INTO v_sha FROM instance i WHERE i.sop_uid = p_sop_uid;
        ret_outcome := CASE WHEN v_sha = p_sha256 THEN 'duplicate' ELSE 'conflict' END;
        RETURN;
    END IF;
    ret_outcome := 'stored';
END
$body$;
GRANT EXECUTE ON FUNCTION instance_store, name_words, name_fits, moment_in TO isocentre_server;
