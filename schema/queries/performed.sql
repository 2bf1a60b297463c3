-- Steps as modalities performed them (domain/performed.c).

-- name: performed_put :exec
INSERT INTO performed_step (performed_rid, sop_uid, department, status, patient_rid, patient_id, patient_issuer,
    patient_name, patient_birth_date, patient_sex, modality, station_ae, calling_ae, started, character_set, dataset)
VALUES ($1, $2, $3, $4, nullif($5::bigint, 0), $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::bytea);

-- name: performed_item_put :exec
INSERT INTO performed_item (performed_rid, number, study_uid, accession_number, accession_issuer, step_id, procedure_id)
SELECT $1::bigint, u.n, u.study, u.accession, u.issuer, u.step, u.procedure
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
    AS u (study, accession, issuer, step, procedure, n);

-- name: performed_known :one
SELECT 1 FROM performed_step WHERE sop_uid = $1;

-- Locked, for a change by its UID ($2) or its row ($3).
-- name: performed_lock :one
SELECT s.performed_rid, s.sop_uid, s.status, s.attention, coalesce(s.patient_rid, 0), s.patient_id, s.patient_issuer,
    s.modality, s.station_ae, s.character_set, s.dataset, r.id
FROM performed_step s JOIN resource r ON r.rid = s.performed_rid
WHERE ($1::text[] IS NULL OR s.department = ANY ($1::text[])) AND ($2 = '' OR s.sop_uid = $2)
    AND ($3::bigint = 0 OR s.performed_rid = $3::bigint) AND ($2 <> '' OR $3::bigint <> 0)
FOR UPDATE OF s;

-- name: performed_get :one
SELECT s.performed_rid, s.sop_uid, s.status, s.attention, coalesce(s.patient_rid, 0), s.patient_id, s.patient_issuer,
    s.modality, s.station_ae, s.character_set, s.dataset, r.id
FROM performed_step s JOIN resource r ON r.rid = s.performed_rid
WHERE ($1::text[] IS NULL OR s.department = ANY ($1::text[])) AND s.sop_uid = $2;

-- name: performed_change :exec
UPDATE performed_step SET status = $2, dataset = $3::bytea, changed = now() WHERE performed_rid = $1;

-- name: performed_end :exec
UPDATE performed_step SET status = $2, attention = 'timed-out', changed = now() WHERE performed_rid = $1;

-- name: performed_judge :exec
UPDATE performed_step SET attention = CASE WHEN attention = 'timed-out' THEN attention ELSE $2 END,
    patient_rid = coalesce(nullif($3::bigint, 0), patient_rid)
WHERE performed_rid = $1;

-- name: performed_settle :exec
UPDATE performed_step SET attention = '' WHERE performed_rid = $1;

-- name: performed_items :many
SELECT number, study_uid, accession_number, accession_issuer, step_id, procedure_id, coalesce(task_rid, 0)
FROM performed_item WHERE performed_rid = $1 ORDER BY number;

-- name: performed_tie :exec
UPDATE performed_item SET task_rid = $3::bigint, rung = $4 WHERE performed_rid = $1 AND number = $2::int;

-- The steps an item may be, best rung first. $1 study, $2 step, $3 accession number, $4 its issuer, $5 patient id, $6 the
-- row filter: who may not see a step does not move it.
-- name: performed_ladder :many
SELECT l.rank, l.rung, l.task_rid, l.patient_rid, l.modality, l.step_status FROM (
    SELECT 1 AS rank, 'step-id' AS rung, w.task_rid, w.patient_rid, w.modality, w.step_status, w.department
    FROM worklist w WHERE $1 <> '' AND $2 <> '' AND w.study_uid = $1 AND w.step_id = $2
    UNION ALL
    SELECT 2, 'accession-step', w.task_rid, w.patient_rid, w.modality, w.step_status, w.department
    FROM worklist w WHERE $3 <> '' AND $2 <> '' AND w.accession_number = $3 AND w.step_id = $2
        AND ($4 = '' OR w.accession_issuer = '' OR w.accession_issuer = $4)
    UNION ALL
    SELECT 3, 'patient-step', w.task_rid, w.patient_rid, w.modality, w.step_status, w.department
    FROM worklist w WHERE $5 <> '' AND $2 <> '' AND w.patient_id = $5 AND w.step_id = $2
    UNION ALL
    SELECT 4, 'study-uid', w.task_rid, w.patient_rid, w.modality, w.step_status, w.department
    FROM worklist w WHERE $1 <> '' AND w.study_uid = $1
    UNION ALL
    SELECT 5, 'accession', w.task_rid, w.patient_rid, w.modality, w.step_status, w.department
    FROM worklist w WHERE $3 <> '' AND w.accession_number = $3
        AND ($4 = '' OR w.accession_issuer = '' OR w.accession_issuer = $4)
    UNION ALL
    SELECT 6, 'images', w.task_rid, w.patient_rid, w.modality, w.step_status, w.department
    FROM study s JOIN worklist w ON w.order_rid = s.order_rid
    WHERE $1 <> '' AND s.study_uid = $1 AND s.link_state = 'linked') AS l
WHERE $6::text[] IS NULL OR l.department = ANY ($6::text[])
ORDER BY l.rank, l.task_rid LIMIT 50;

-- Where a step stands.
-- name: performed_step_of :one
SELECT w.task_rid, w.task, w.order_rid, w.procedure_rid, w.patient_rid, w.imaging_study, w.study_uid, w.accession_number,
    w.step_status
FROM worklist w
WHERE ($1::text[] IS NULL OR w.department = ANY ($1::text[])) AND ($2::bigint = 0 OR w.task_rid = $2::bigint)
    AND ($3 = '' OR w.task = $3);

-- name: performed_of_task :many
SELECT DISTINCT s.performed_rid, s.status FROM performed_item i JOIN performed_step s USING (performed_rid)
WHERE i.task_rid = $1;

-- The ImagingStudy of the images of these studies.
-- name: performed_studies :many
SELECT s.imaging_study FROM study s WHERE s.study_uid = ANY ($1::text[]) AND s.imaging_study IS NOT NULL ORDER BY 1;

-- Those of a patient that wait.
-- name: performed_open_of :many
SELECT performed_rid FROM performed_step
WHERE patient_rid = $1 AND attention IN ('unscheduled', 'ambiguous', 'patient-mismatch') ORDER BY 1;

-- Those that wait for what this step is.
-- name: performed_open_for :many
SELECT DISTINCT s.performed_rid FROM worklist w JOIN performed_item i ON (w.study_uid <> '' AND i.study_uid = w.study_uid)
        OR (w.accession_number <> '' AND i.accession_number = w.accession_number)
    JOIN performed_step s USING (performed_rid)
WHERE w.task_rid = $1 AND i.task_rid IS NULL AND s.attention IN ('unscheduled', 'ambiguous', 'patient-mismatch')
ORDER BY 1 LIMIT 50;

-- Not ended, and silent for $1 seconds; with images of one of their studies here, or without.
-- name: performed_silent :many
SELECT s.performed_rid, EXISTS (SELECT 1 FROM performed_item i JOIN study t ON t.study_uid = i.study_uid
    WHERE i.performed_rid = s.performed_rid AND i.study_uid <> '')
FROM performed_step s
WHERE s.status = 'IN PROGRESS' AND s.changed < now() - make_interval(secs => $1::float8)
ORDER BY s.changed LIMIT $2::int FOR UPDATE OF s SKIP LOCKED;

-- name: performed_list :many
SELECT s.performed_rid, 'Procedure/' || r.id, s.sop_uid, s.status, s.attention, s.patient_id, s.patient_issuer,
    s.patient_name, s.modality, s.station_ae, s.started, (extract(epoch FROM s.changed) * 1000000)::bigint,
    coalesce((SELECT string_agg(nullif(i.study_uid, ''), E'\\' ORDER BY i.number) FROM performed_item i
        WHERE i.performed_rid = s.performed_rid), ''),
    coalesce((SELECT string_agg(nullif(i.accession_number, ''), E'\\' ORDER BY i.number) FROM performed_item i
        WHERE i.performed_rid = s.performed_rid), ''),
    coalesce((SELECT string_agg(w.task, E'\\' ORDER BY i.number) FROM performed_item i
        JOIN worklist w ON w.task_rid = i.task_rid WHERE i.performed_rid = s.performed_rid), ''),
    coalesce((SELECT string_agg(nullif(i.rung, ''), E'\\' ORDER BY i.number) FROM performed_item i
        WHERE i.performed_rid = s.performed_rid), '')
FROM performed_step s JOIN resource r ON r.rid = s.performed_rid
WHERE ($1::text[] IS NULL OR s.department = ANY ($1::text[])) AND ($2::bigint = 0 OR s.performed_rid < $2::bigint)
    AND ($3::boolean OR s.attention <> '')
ORDER BY s.performed_rid DESC LIMIT $4::int;
