-- What people correct of stored objects (domain/correction.c).

-- The study, or ($3) all that are seen of its patient, locked in one order.
-- name: correction_studies :many
SELECT t.study_key, t.study_uid, t.instance_count, t.patient_id
FROM study s JOIN study t ON t.study_key = s.study_key OR ($3::boolean AND s.patient_id <> ''
    AND t.patient_id = s.patient_id AND t.patient_issuer = s.patient_issuer)
WHERE s.study_uid = $2 AND ($1::text[] IS NULL OR (s.department = ANY ($1::text[]) AND t.department = ANY ($1::text[])))
ORDER BY t.study_key FOR NO KEY UPDATE OF t;

-- How many instances of a study are meant, one of them, and what is told of it now.
-- name: correction_instances :one
SELECT count(*), coalesce((array_agg(i.file ORDER BY i.instance_key))[1], ''),
    coalesce((array_agg(leave_view(e.study_key, e.series_uid, i.sop_uid, i.coerced, i.received)
        ORDER BY i.instance_key))[1], '')
FROM series e JOIN instance i USING (series_key)
WHERE e.study_key = $1::bigint AND ($2 = '' OR e.series_uid = $2) AND ($3 = '' OR i.sop_uid = $3);

-- name: correction_number :one
SELECT nextval('correction_id');

-- name: correction_put :one
SELECT correction_put($1::bigint, $2::bigint, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9);

-- The studies of one that stands, locked.
-- name: correction_standing :many
SELECT t.study_key, t.study_uid, t.instance_count, c.level, t.patient_id, c.columns::text
FROM correction c JOIN study t USING (study_key)
WHERE c.correction_id = $2::bigint AND c.undone IS NULL AND ($1::text[] IS NULL OR t.department = ANY ($1::text[]))
ORDER BY t.study_key FOR NO KEY UPDATE OF t;

-- Whether it has studies that are not seen.
-- name: correction_others :one
SELECT count(*) FROM correction c JOIN study t USING (study_key)
WHERE c.correction_id = $2::bigint AND c.undone IS NULL AND NOT ($1::text[] IS NULL OR t.department = ANY ($1::text[]));

-- name: correction_undo :one
SELECT correction_undo($1::bigint, $2::bigint, $3);

-- name: correction_again :one
SELECT correction_again($1::bigint);

-- name: correction_list :many
SELECT c.correction_id, c.level, c.series_uid, c.sop_uid, c.changes::text, c.why, c.made_by,
    (extract(epoch FROM c.made) * 1000000)::bigint, c.undone_by,
    coalesce((extract(epoch FROM c.undone) * 1000000)::bigint, 0)
FROM correction c JOIN study t USING (study_key)
WHERE t.study_uid = $2 AND ($1::text[] IS NULL OR t.department = ANY ($1::text[]))
ORDER BY c.correction_id DESC LIMIT 500;

-- name: correction_study_started :exec
UPDATE study SET started = $2::bigint WHERE study_key = $1;

-- name: correction_series :many
SELECT e.series_key, e.series_date, e.series_time, s.zone FROM series e JOIN study s USING (study_key)
WHERE s.study_key = $1::bigint AND ($2 = '' OR e.series_uid = $2);

-- name: correction_series_started :exec
UPDATE series SET started = $2::bigint WHERE series_key = $1;

-- ---- rules for objects as they arrive (dicom/net/coerce*.c) ----

-- name: coercion_rules :many
SELECT name, version, calling_ae, department, attributes::text, acts::text FROM coercion_rule WHERE enabled = 1
ORDER BY name LIMIT 200;

-- name: coercion_rule_put :exec
INSERT INTO coercion_rule (name, enabled, calling_ae, department, attributes, acts)
VALUES ($1, $2::int, $3, $4, $5::jsonb, $6::jsonb)
ON CONFLICT (name) DO UPDATE SET enabled = excluded.enabled, calling_ae = excluded.calling_ae,
    department = excluded.department, attributes = excluded.attributes, acts = excluded.acts,
    version = coercion_rule.version + 1, changed = now();

-- name: coercion_rule_remove :one
DELETE FROM coercion_rule WHERE name = $1 RETURNING name;

-- name: coercion_rule_list :many
SELECT name, version, enabled, calling_ae, department, attributes::text, acts::text FROM coercion_rule ORDER BY name;

-- name: coercion_put :one
SELECT coercion_put($1, $2, $3::jsonb);

-- name: coercion_instance :one
SELECT i.file, i.calling_ae, s.department, s.study_uid FROM instance i JOIN series e USING (series_key)
    JOIN study s USING (study_key)
WHERE i.sop_uid = $2 AND ($1::text[] IS NULL OR s.department = ANY ($1::text[]));
