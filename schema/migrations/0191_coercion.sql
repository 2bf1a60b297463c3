-- What rules tell differently of objects as they arrive.

-- Conditions as those of dicom_route; `attributes` and `acts` are read by dicom/net/coerce_rule.c.
CREATE TABLE coercion_rule (
    name text PRIMARY KEY CHECK (name ~ '^[!-~]{1,64}$'),
    version integer NOT NULL DEFAULT 1,
    enabled integer NOT NULL DEFAULT 1,
    calling_ae text NOT NULL DEFAULT '',
    department text NOT NULL DEFAULT '',
    attributes jsonb NOT NULL DEFAULT '{}',      -- {"Modality": "CT,MR"}: lists of words with '*', commas between
    acts jsonb NOT NULL,                         -- [{"set": "InstitutionName", "value": "…"}, …], done in their order
    changed timestamptz NOT NULL DEFAULT now()
);

-- What rules made of an object, once for all objects of which they made the same.
CREATE TABLE coercion (
    coercion_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rules text NOT NULL,                         -- "name 3, other 1": with their versions
    changes jsonb NOT NULL                       -- as those of a correction
);
CREATE UNIQUE INDEX coercion_same ON coercion (md5(rules || ' ' || changes::text));
ALTER TABLE instance ADD COLUMN coerced bigint;  -- of coercion; a NULL takes no room

CREATE FUNCTION coercion_put(p_sop text, p_rules text, p_changes jsonb) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO coercion (rules, changes) VALUES (p_rules, p_changes)
        ON CONFLICT (md5(rules || ' ' || changes::text)) DO NOTHING RETURNING coercion_id INTO v_id;
    IF v_id IS NULL THEN
        SELECT coercion_id INTO v_id FROM coercion
            WHERE md5(rules || ' ' || changes::text) = md5(p_rules || ' ' || p_changes::text);
    END IF;
    UPDATE instance SET coerced = v_id WHERE sop_uid = p_sop;
END
$body$;

-- All that is told differently of an instance, for dicom/leave/change.h: rules, then corrections, then whose the study
-- is. NULL: nothing is.
CREATE FUNCTION leave_view(p_study bigint, p_series text, p_sop text, p_coerced bigint, p_received timestamptz)
RETURNS text LANGUAGE sql STABLE AS $body$
    SELECT jsonb_agg(jsonb_build_object('reason', l.reason, 'at', (extract(epoch FROM l.at) * 1000000)::bigint,
        'told', l.told, 'set', l.changes) ORDER BY l.rank, l.id)::text
    FROM (
        SELECT 1 AS rank, 0::bigint AS id, 'COERCE' AS reason, p_received AS at, false AS told, c.changes
        FROM coercion c WHERE c.coercion_id = p_coerced
        UNION ALL
        SELECT 2, c.correction_id, 'CORRECT', c.made, false, c.changes FROM correction c
        WHERE c.study_key = p_study AND c.undone IS NULL AND (c.level IN ('patient', 'study')
            OR (c.level = 'series' AND c.series_uid = p_series) OR (c.level = 'instance' AND c.sop_uid = p_sop))
        UNION ALL
        SELECT 3, 0, 'COERCE', s.patient_told, true, jsonb_build_object('00100010', s.patient_name,
            '00100020', s.patient_id, '00100021', s.patient_issuer,
            '00100030', replace(s.patient_birth_date, '-', ''), '00100040', s.patient_sex)
        FROM study s WHERE s.study_key = p_study AND s.patient_told IS NOT NULL) AS l
$body$;

GRANT SELECT, INSERT, UPDATE, DELETE ON coercion_rule TO isocentre_server;
GRANT SELECT, INSERT ON coercion TO isocentre_server;
GRANT EXECUTE ON FUNCTION coercion_put, leave_view TO isocentre_server;
