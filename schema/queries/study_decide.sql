-- Which order images answer, where it is decided (domain/study_decide.c, study_claim.c).

-- name: study_by_uid :one
SELECT study_key FROM study WHERE study_uid = $1 AND ($2::text[] IS NULL OR department = ANY ($2::text[]))
FOR NO KEY UPDATE;

-- name: study_decision_clear :exec
DELETE FROM study_decision WHERE study_key = $1;

-- name: study_decision_put :exec
INSERT INTO study_decision (study_key, order_rid) VALUES ($1, nullif($2::bigint, 0))
ON CONFLICT (study_key) DO UPDATE SET order_rid = excluded.order_rid, decided = now();

-- name: study_decided :one
SELECT coalesce(order_rid, 0) FROM study_decision WHERE study_key = $1;

-- Steps that await these images although they are another order's ($2; 0: nobody's).
-- name: study_losers :many
SELECT task_rid, procedure_rid, order_rid, step_status FROM worklist
WHERE (study_uid = $1 OR imaging_study = $3) AND order_rid <> $2::bigint ORDER BY task_rid;

-- Reports that name an ImagingStudy ($1 the parameter "imagingStudy" of DiagnosticReport), but for those a person took off.
-- name: study_reports :many
SELECT r.id, l.patient_rid FROM search_token t JOIN report_link l ON l.report_rid = t.rid JOIN resource r ON r.rid = t.rid
WHERE t.param = $1::int AND t.code = $2 AND l.decided <> 'unlinked' AND NOT r.deleted ORDER BY t.rid LIMIT 500;

-- A patient's own record was changed: its studies tell what it says now, as far as it says it (IHE PIR).
-- name: study_patient_follow :exec
UPDATE study SET patient_name = coalesce(nullif($2, ''), patient_name),
    patient_birth_date = coalesce(nullif($3, ''), patient_birth_date), patient_sex = coalesce(nullif($4, ''), patient_sex),
    patient_told = now(), revision = revision + 1, changed = now()
WHERE patient_rid = $1 AND (($2 <> '' AND patient_name <> $2) OR ($3 <> '' AND patient_birth_date <> $3)
    OR ($4 <> '' AND patient_sex <> $4));

-- name: study_patient_put :exec
UPDATE study SET patient_id = $2, patient_issuer = $3, patient_name = $4, patient_birth_date = $5, patient_sex = $6,
    patient_told = now()
WHERE study_key = $1;
