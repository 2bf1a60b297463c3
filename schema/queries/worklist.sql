-- The worklist projection. The columns behind start_local are domain/fields.def up to STUDY_UID, in its order.

-- The function is called only for who has allergies: PostgreSQL reads and plans it anew in each statement.
-- name: worklist_put :exec
INSERT INTO worklist (task_rid, task, order_rid, procedure_rid, patient_rid, imaging_study, department, message_time, start_local,
    patient_id, patient_issuer, patient_other_ids, patient_name, patient_birth_date, patient_sex,
    patient_mother_name, patient_address, patient_phone, patient_language, admission_id, admission_issuer,
    patient_location, referring_physician, referring_physician_id, patient_weight, patient_size, patient_state,
    medical_alerts, allergies, pregnancy_status, special_needs, placer_order, placer_issuer, filler_order,
    filler_issuer, accession_number, accession_issuer, requesting_physician, requesting_service,
    institution_name, order_time, procedure_id, procedure_description, procedure_code, priority, reason,
    reason_code, patient_transport, confidentiality, procedure_comments, step_id, step_description,
    protocol_code, modality, step_start, station_ae, station_name, step_location, performing_physician,
    step_status, study_uid)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
    $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
    CASE WHEN EXISTS (SELECT 1 FROM patient_allergy p WHERE p.patient_rid = $5::bigint)
        THEN worklist_allergies($5::bigint, $29::text) ELSE $29::text END, $30,
    $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51,
    $52, $53, $54, $55, $56, $57, $58, $59, $60, $61)
ON CONFLICT (task_rid) DO UPDATE SET
    task = excluded.task, order_rid = excluded.order_rid, procedure_rid = excluded.procedure_rid, patient_rid =
    excluded.patient_rid, imaging_study = excluded.imaging_study, department = excluded.department,
    message_time = greatest(worklist.message_time, excluded.message_time), start_local = excluded.start_local, patient_id = excluded.patient_id,
    patient_issuer = excluded.patient_issuer, patient_other_ids = excluded.patient_other_ids, patient_name =
    excluded.patient_name, patient_birth_date = excluded.patient_birth_date, patient_sex =
    excluded.patient_sex, patient_mother_name = excluded.patient_mother_name, patient_address =
    excluded.patient_address, patient_phone = excluded.patient_phone, patient_language =
    excluded.patient_language, admission_id = excluded.admission_id, admission_issuer =
    excluded.admission_issuer, patient_location = excluded.patient_location, referring_physician =
    excluded.referring_physician, referring_physician_id = excluded.referring_physician_id, patient_weight =
    excluded.patient_weight, patient_size = excluded.patient_size, patient_state = excluded.patient_state,
    medical_alerts = excluded.medical_alerts, allergies = excluded.allergies, pregnancy_status =
    excluded.pregnancy_status, special_needs = excluded.special_needs, placer_order = excluded.placer_order,
    placer_issuer = excluded.placer_issuer, filler_order = excluded.filler_order, filler_issuer =
    excluded.filler_issuer, accession_number = excluded.accession_number, accession_issuer =
    excluded.accession_issuer, requesting_physician = excluded.requesting_physician, requesting_service =
    excluded.requesting_service, institution_name = excluded.institution_name, order_time =
    excluded.order_time, procedure_id = excluded.procedure_id, procedure_description =
    excluded.procedure_description, procedure_code = excluded.procedure_code, priority = excluded.priority,
    reason = excluded.reason, reason_code = excluded.reason_code, patient_transport =
    excluded.patient_transport, confidentiality = excluded.confidentiality, procedure_comments =
    excluded.procedure_comments, step_id = excluded.step_id, step_description = excluded.step_description,
    protocol_code = excluded.protocol_code, modality = excluded.modality, step_start = excluded.step_start,
    station_ae = excluded.station_ae, station_name = excluded.station_name, step_location =
    excluded.step_location, performing_physician = excluded.performing_physician, step_status =
    excluded.step_status, study_uid = excluded.study_uid;

-- name: worklist_remove :exec
DELETE FROM worklist WHERE task_rid = $1;

-- Steps that match the keys a C-FIND is asked with. Empty text means: any. Patterns are LIKE patterns, made from
-- DICOM wildcards by domain/worklist. Times are local YYYYMMDDHHMMSS; $17 and $21 bound the time of each day.
-- name: worklist_find :many
SELECT
    patient_id, patient_issuer, patient_other_ids, patient_name, patient_birth_date, patient_sex,
    patient_mother_name, patient_address, patient_phone, patient_language, admission_id, admission_issuer,
    patient_location, referring_physician, referring_physician_id, patient_weight, patient_size, patient_state,
    medical_alerts, allergies, pregnancy_status, special_needs, placer_order, placer_issuer, filler_order,
    filler_issuer, accession_number, accession_issuer, requesting_physician, requesting_service,
    institution_name, order_time, procedure_id, procedure_description, procedure_code, priority, reason,
    reason_code, patient_transport, confidentiality, procedure_comments, step_id, step_description,
    protocol_code, modality, step_start, station_ae, station_name, step_location, performing_physician,
    step_status, study_uid,
    task, start_local
FROM worklist
WHERE ($1::text[] IS NULL OR department = ANY ($1::text[]))
    AND ($2 = '' OR start_local >= $2) AND ($3 = '' OR start_local <= $3)
    AND ($4 = '' OR modality LIKE $4)
    AND ($5 = '' OR station_ae = '' OR station_ae LIKE $5)
    AND ($6 = '' OR upper(patient_name) LIKE upper($6) OR upper(patient_name) LIKE upper($6) || '^%')
    AND ($7 = '' OR patient_id LIKE $7)
    AND ($8 = '' OR patient_issuer = $8)
    AND ($9 = '' OR accession_number LIKE $9)
    AND ($10 = '' OR procedure_id LIKE $10)
    AND ($11 = '' OR step_id LIKE $11)
    AND ($12::text[] IS NULL OR study_uid = ANY ($12::text[]))
    AND ($13 = '' OR upper(performing_physician) LIKE upper($13)
        OR upper(performing_physician) LIKE upper($13) || '^%')
    AND ($14 = '' OR admission_id LIKE $14)
    AND ($15 = '' OR step_location LIKE $15)
    AND step_status = ANY ($16::text[])
    AND ($17 = '' OR substr(start_local, 9) >= $17) AND ($21 = '' OR substr(start_local, 9) <= $21)
    AND ($18::bigint = 0 OR (start_local, task_rid) > ($19, $18::bigint))
ORDER BY start_local, task_rid
LIMIT $20::int;

-- name: worklist_peer_statuses :many
SELECT unnest(string_to_array(worklist_statuses, ',')) FROM peer
WHERE kind = 'AE' AND name = $1 AND worklist_statuses <> '';

-- name: worklist_of_order :many
SELECT task_rid, procedure_rid, patient_rid, imaging_study, step_id, procedure_id, study_uid, step_status, message_time
FROM worklist WHERE order_rid = $1 ORDER BY task_rid;

-- name: worklist_tasks_of :many
SELECT task_rid FROM worklist WHERE order_rid = $1 OR procedure_rid = $1 OR patient_rid = $1;

-- The steps of an order or procedure; the step of a Task.
-- name: worklist_steps_of :many
SELECT task_rid, procedure_rid, order_rid, step_status FROM worklist
WHERE order_rid = $1 OR procedure_rid = $1 OR task_rid = $1 ORDER BY task_rid;

-- name: worklist_list :many
SELECT step_id, task, accession_number, patient_name, patient_id, patient_birth_date, patient_sex, modality, station_ae,
    step_start, step_status, procedure_description, procedure_id, study_uid, priority
FROM worklist
WHERE ($1::text[] IS NULL OR department = ANY ($1::text[])) AND ($2 = '' OR start_local LIKE $2 || '%')
ORDER BY start_local, task_rid LIMIT 1000;

-- The steps of an order or procedure; columns as worklist_find.
-- name: worklist_of :many
SELECT
    patient_id, patient_issuer, patient_other_ids, patient_name, patient_birth_date, patient_sex,
    patient_mother_name, patient_address, patient_phone, patient_language, admission_id, admission_issuer,
    patient_location, referring_physician, referring_physician_id, patient_weight, patient_size, patient_state,
    medical_alerts, allergies, pregnancy_status, special_needs, placer_order, placer_issuer, filler_order,
    filler_issuer, accession_number, accession_issuer, requesting_physician, requesting_service,
    institution_name, order_time, procedure_id, procedure_description, procedure_code, priority, reason,
    reason_code, patient_transport, confidentiality, procedure_comments, step_id, step_description,
    protocol_code, modality, step_start, station_ae, station_name, step_location, performing_physician,
    step_status, study_uid,
    task, start_local
FROM worklist
WHERE ($1::text[] IS NULL OR department = ANY ($1::text[])) AND (order_rid = $2 OR procedure_rid = $2)
ORDER BY start_local, task_rid LIMIT 200;

-- Tasks of an order or procedure ($2: the parameter "based-on" of Task, $3 its reference) that are no step of the worklist.
-- name: worklist_not_of :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM search_token t JOIN resource r ON r.rid = t.rid
WHERE t.param = $2::int AND t.code = $3 AND NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
    AND NOT EXISTS (SELECT 1 FROM worklist w WHERE w.task_rid = r.rid)
ORDER BY r.rid LIMIT 50;
