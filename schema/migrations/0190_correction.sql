-- What is told differently of stored objects. The objects stay as they came; each way out takes what stands here along
-- (dicom/leave), and the typed columns of the index say it at once.

-- A correction by a person: one act may touch every study of a patient, one row a study.
CREATE SEQUENCE correction_id;
CREATE TABLE correction (
    correction_id bigint NOT NULL,
    study_key bigint NOT NULL,
    level text NOT NULL CHECK (level IN ('patient', 'study', 'series', 'instance')),
    series_uid text NOT NULL DEFAULT '',         -- of the levels below study
    sop_uid text NOT NULL DEFAULT '',
    changes jsonb NOT NULL,                      -- {"00100010": "New^Name", "00081030": null}; null: removed
    columns jsonb NOT NULL,                      -- the same as the index says it: {"patient_name": …}, members of `more`
    before jsonb NOT NULL,                       -- what the index said before
    why text NOT NULL,
    made_by text NOT NULL,
    made timestamptz NOT NULL DEFAULT now(),
    undone_by text NOT NULL DEFAULT '',
    undone timestamptz,
    PRIMARY KEY (correction_id, study_key)
);
CREATE INDEX correction_study ON correction (study_key);

ALTER TABLE study
    ADD COLUMN corrections integer NOT NULL DEFAULT 0,   -- that stand
    ADD COLUMN patient_told timestamptz;                 -- when the patient's columns came from the record, not the images
UPDATE study t SET patient_told = m.merged FROM patient_merge m JOIN patient_merge_row r USING (merge_id)
WHERE r.what = 'study' AND r.key = t.study_key AND m.undone IS NULL AND t.patient_rid = m.target_rid;

-- Say in the index what `columns` say; the answer is what it said before.
CREATE FUNCTION correction_columns(p_level text, p_study bigint, p_series text, p_sop text, p_columns jsonb)
RETURNS jsonb LANGUAGE plpgsql AS $body$
DECLARE
    v_now jsonb;
    v_more jsonb := '{}';
    v_members text[];
BEGIN
    SELECT array_agg(key), coalesce(jsonb_object_agg(key, value) FILTER (WHERE value <> 'null'), '{}')
        INTO v_members, v_more FROM jsonb_each(p_columns) WHERE key ~ '^[0-9A-F]{8}';
    v_members := coalesce(v_members, '{}');
    IF p_level IN ('patient', 'study') THEN
        SELECT to_jsonb(s) || s.more INTO v_now FROM study s WHERE s.study_key = p_study FOR UPDATE;
        UPDATE study s SET patient_id = coalesce(p_columns ->> 'patient_id', s.patient_id),
            patient_issuer = coalesce(p_columns ->> 'patient_issuer', s.patient_issuer),
            patient_name = coalesce(p_columns ->> 'patient_name', s.patient_name),
            patient_birth_date = coalesce(p_columns ->> 'patient_birth_date', s.patient_birth_date),
            patient_sex = coalesce(p_columns ->> 'patient_sex', s.patient_sex),
            accession_number = coalesce(p_columns ->> 'accession_number', s.accession_number),
            accession_issuer = coalesce(p_columns ->> 'accession_issuer', s.accession_issuer),
            study_date = coalesce(p_columns ->> 'study_date', s.study_date),
            study_time = coalesce(p_columns ->> 'study_time', s.study_time),
            zone = coalesce(p_columns ->> 'zone', s.zone),
            study_number = coalesce(p_columns ->> 'study_number', s.study_number),
            description = coalesce(p_columns ->> 'description', s.description),
            referring_physician = coalesce(p_columns ->> 'referring_physician', s.referring_physician),
            more = (s.more - v_members) || v_more, revision = s.revision + 1, changed = now()
        WHERE s.study_key = p_study;
    ELSIF p_level = 'series' THEN
        SELECT to_jsonb(e) || e.more INTO v_now FROM series e
            WHERE e.study_key = p_study AND e.series_uid = p_series FOR UPDATE;
        UPDATE series e SET modality = coalesce(p_columns ->> 'modality', e.modality),
            number = coalesce(p_columns ->> 'number', e.number),
            description = coalesce(p_columns ->> 'description', e.description),
            body_part = coalesce(p_columns ->> 'body_part', e.body_part),
            laterality = coalesce(p_columns ->> 'laterality', e.laterality),
            station_name = coalesce(p_columns ->> 'station_name', e.station_name),
            series_date = coalesce(p_columns ->> 'series_date', e.series_date),
            series_time = coalesce(p_columns ->> 'series_time', e.series_time),
            more = (e.more - v_members) || v_more
        WHERE e.study_key = p_study AND e.series_uid = p_series;
        UPDATE study s SET revision = s.revision + 1, changed = now(),
            modalities = (SELECT coalesce(array_agg(DISTINCT e.modality) FILTER (WHERE e.modality <> ''), '{}')
                FROM series e WHERE e.study_key = p_study AND e.instance_count > 0)
        WHERE s.study_key = p_study;
    ELSE
        SELECT to_jsonb(i) || coalesce(i.more, '{}') INTO v_now FROM instance i WHERE i.sop_uid = p_sop FOR UPDATE;
        UPDATE instance i SET number = coalesce(p_columns ->> 'number', i.number),
            content_date = coalesce(p_columns ->> 'content_date', i.content_date),
            content_time = coalesce(p_columns ->> 'content_time', i.content_time),
            more = nullif((coalesce(i.more, '{}') - v_members) || v_more, '{}')
        WHERE i.sop_uid = p_sop;
        UPDATE study s SET revision = s.revision + 1, changed = now() WHERE s.study_key = p_study;
    END IF;
    RETURN (SELECT coalesce(jsonb_object_agg(k, coalesce(v_now -> k, 'null')), '{}') FROM jsonb_object_keys(p_columns) AS k);
END
$body$;

CREATE FUNCTION correction_put(p_id bigint, p_study bigint, p_level text, p_series text, p_sop text, p_changes jsonb,
    p_columns jsonb, p_why text, p_who text)
RETURNS void LANGUAGE sql AS $body$
    INSERT INTO correction (correction_id, study_key, level, series_uid, sop_uid, changes, columns, before, why, made_by)
    VALUES (p_id, p_study, p_level, p_series, p_sop, p_changes, p_columns,
        correction_columns(p_level, p_study, p_series, p_sop, p_columns), p_why, p_who);
    UPDATE study SET corrections = corrections + 1 WHERE study_key = p_study
$body$;

-- A column goes back to what it was before, unless something later says what it is: another correction then remembers
-- what was before both, a merge stays.
CREATE FUNCTION correction_undo(p_id bigint, p_study bigint, p_who text) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
    v correction;
    v_key text;
    v_next bigint;
    v_back jsonb := '{}';
    v_now jsonb;
BEGIN
    UPDATE correction SET undone = now(), undone_by = p_who
        WHERE correction_id = p_id AND study_key = p_study AND undone IS NULL RETURNING * INTO v;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such correction stands' USING ERRCODE = 'P0404';
    END IF;
    SELECT to_jsonb(s) INTO v_now FROM study s WHERE s.study_key = p_study FOR UPDATE;
    FOR v_key IN SELECT jsonb_object_keys(v.columns) LOOP
        SELECT min(c.correction_id) INTO v_next FROM correction c
            WHERE c.study_key = p_study AND c.correction_id > p_id AND c.undone IS NULL AND c.columns ? v_key
                AND (c.level IN ('patient', 'study')) = (v.level IN ('patient', 'study'))
                AND c.series_uid = v.series_uid AND c.sop_uid = v.sop_uid;
        IF v_next IS NOT NULL THEN
            UPDATE correction SET before = before || jsonb_build_object(v_key, v.before -> v_key)
                WHERE correction_id = v_next AND study_key = p_study;
        ELSIF v_key !~ '^patient_' OR v_now ->> v_key = v.columns ->> v_key THEN
            v_back := v_back || jsonb_build_object(v_key, v.before -> v_key);
        END IF;
    END LOOP;
    PERFORM correction_columns(v.level, p_study, v.series_uid, v.sop_uid, v_back);
    UPDATE study SET corrections = corrections - 1 WHERE study_key = p_study;
END
$body$;

-- Once more what stands, on rows that were made anew from the files.
CREATE FUNCTION correction_again(p_study bigint) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
    v correction;
BEGIN
    FOR v IN SELECT * FROM correction WHERE study_key = p_study AND undone IS NULL ORDER BY correction_id LOOP
        UPDATE correction SET before = correction_columns(v.level, p_study, v.series_uid, v.sop_uid, v.columns)
            WHERE correction_id = v.correction_id AND study_key = p_study;
    END LOOP;
END
$body$;

GRANT SELECT, INSERT, UPDATE ON correction TO isocentre_server;
GRANT USAGE ON SEQUENCE correction_id TO isocentre_server;
GRANT EXECUTE ON FUNCTION correction_columns, correction_put, correction_undo, correction_again TO isocentre_server;
