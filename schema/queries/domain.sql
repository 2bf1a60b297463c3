-- Identity, orders, studies, reports: what domain/ asks.

-- name: authority_list :many
SELECT namespace, coalesce(oid, ''), uri, use FROM authority ORDER BY namespace;

-- name: authority_put :exec
INSERT INTO authority (namespace, oid, uri, use) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;

-- name: authority_change :exec
INSERT INTO authority (namespace, oid, uri) VALUES ($1, $2, $3)
ON CONFLICT (namespace) DO UPDATE SET oid = coalesce(excluded.oid, authority.oid), uri = excluded.uri;

-- The same row, held until the commit: a merge of it waits. What is read behind the lock is read by patient_find.
-- name: patient_find_hold :exec
SELECT 1 FROM patient_identifier i JOIN resource r ON r.rid = i.rid WHERE i.namespace = $1 AND i.value = $2
FOR KEY SHARE OF r;

-- name: patient_find :one
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type, coalesce(i.merged_from, 0), i.former
FROM patient_identifier i JOIN resource r ON r.rid = i.rid WHERE i.namespace = $1 AND i.value = $2;

-- Of a new patient, whom no merge touched.
-- name: patient_identifier_add :exec
INSERT INTO patient_identifier (namespace, value, rid)
SELECT u.namespace, u.value, $1 FROM unnest($2::text[], $3::text[]) AS u (namespace, value);

-- What a merge brought stands already, and a merged record's own identifiers stand with its survivor.
-- name: patient_identifier_put :exec
INSERT INTO patient_identifier (namespace, value, rid)
SELECT u.namespace, u.value, $1 FROM unnest($2::text[], $3::text[]) AS u (namespace, value)
WHERE NOT EXISTS (SELECT 1 FROM patient_identifier p WHERE p.namespace = u.namespace AND p.value = u.value
    AND (p.rid = $1 OR p.merged_from = $1));

-- What is somebody's number now is no longer the former one of somebody else.
-- name: patient_identifier_take :exec
DELETE FROM patient_identifier p USING unnest($2::text[], $3::text[]) AS u (namespace, value)
WHERE p.namespace = u.namespace AND p.value = u.value AND p.former AND p.rid <> $1
    AND p.merged_from IS DISTINCT FROM $1::bigint;

-- name: patient_former_put :exec
INSERT INTO patient_identifier (namespace, value, rid, former)
SELECT u.namespace, u.value, $1, true FROM unnest($2::text[], $3::text[]) AS u (namespace, value)
ON CONFLICT DO NOTHING;

-- The patient who has this identifier, if it is another one.
-- name: patient_identifier_taken :one
SELECT r.id FROM patient_identifier p JOIN resource r ON r.rid = p.rid
WHERE p.namespace = $1 AND p.value = $2 AND NOT p.former AND p.rid <> $3::bigint AND p.merged_from IS DISTINCT FROM $3::bigint;

-- name: patient_merged_into :one
SELECT r.id FROM patient_merge m JOIN resource r ON r.rid = m.target_rid WHERE m.source_rid = $1 AND m.undone IS NULL;

-- name: patient_identifier_has :one
SELECT 1 FROM patient_identifier WHERE rid = $1 AND value = $2 AND ($3 = '' OR namespace = $3);

-- name: patient_identifier_clear :exec
DELETE FROM patient_identifier WHERE rid = $1 AND merged_from IS NULL;

-- name: order_identifier_put :exec
INSERT INTO order_identifier (kind, value, namespace, rid)
SELECT u.kind, u.value, u.namespace, $1 FROM unnest($2::text[], $3::text[], $4::text[]) AS u (kind, value, namespace);

-- name: order_identifier_clear :exec
DELETE FROM order_identifier WHERE rid = $1;

-- The orders that carry one of these numbers. An empty namespace on either side matches any.
-- name: order_find_numbers :many
SELECT DISTINCT i.rid, i.kind FROM order_identifier i
WHERE (i.kind = 'filler' AND i.value = $1 AND ($2 = '' OR i.namespace = '' OR i.namespace = $2))
    OR (i.kind = 'placer' AND i.value = $3 AND ($4 = '' OR i.namespace = '' OR i.namespace = $4))
    OR (i.kind = 'accession' AND i.value = $5 AND ($6 = '' OR i.namespace = '' OR i.namespace = $6));

-- Whose orders have this accession number: the first and the last FHIR id of their patients; NULL: nobody's.
-- name: accession_patients :one
SELECT min(p.id), max(p.id)
FROM order_identifier i JOIN worklist w ON w.order_rid = i.rid JOIN resource p ON p.rid = w.patient_rid
WHERE i.kind = 'accession' AND i.value = $1 AND ($2 = '' OR i.namespace = '' OR i.namespace = $2);

-- The ImagingStudy documents that carry a Study Instance UID (as urn:oid:…), oldest first.
-- name: imaging_study_find :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM search_token t JOIN resource r ON r.rid = t.rid
WHERE t.param = $1::int AND t.code = $2 ORDER BY r.rid;

-- The oldest device with this AE title.
-- name: device_find :one
SELECT r.id FROM search_token t JOIN resource r ON r.rid = t.rid
WHERE t.param = $1::int AND t.code = $2 AND NOT r.deleted ORDER BY t.rid LIMIT 1;

-- A document found by one token of its index.
-- name: resource_find_token :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM search_token t JOIN resource r ON r.rid = t.rid
WHERE t.param = $1::int AND t.code = $2 AND ($3 = '' OR t.system = $3) AND NOT r.deleted ORDER BY r.rid LIMIT 10;

-- The orders a study may answer, best rung first.
-- name: study_ladder :many
SELECT l.rank, l.rung, l.order_rid, l.procedure_rid, l.patient_rid, l.imaging_study FROM (
    SELECT 1 AS rank, 'study-uid' AS rung, w.order_rid, w.procedure_rid, w.patient_rid, w.imaging_study
    FROM worklist w WHERE w.study_uid = $1
    UNION ALL
    SELECT 2, 'accession', w.order_rid, w.procedure_rid, w.patient_rid, ''
    FROM order_identifier i JOIN worklist w ON w.order_rid = i.rid
    WHERE i.kind = 'accession' AND $2 <> '' AND i.value = $2 AND ($3 = '' OR i.namespace = '' OR i.namespace = $3)) AS l
ORDER BY l.rank, l.order_rid, l.procedure_rid LIMIT 50;

-- name: instance_store :one
SELECT ret_outcome, ret_fresh, ret_study_key, ret_series_key, ret_patient_matches
FROM instance_store($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
    $23, $24, $25, $26, $27, $28, $29::bigint, $30::int, $31::bigint, $32::bytea, $33, $34, $35::bigint, $36::jsonb,
    $37::bigint, $38::jsonb, $39::int, $40::int, $41::int, $42::int, $43, $44, $45::jsonb);

-- name: series_count :exec
UPDATE series SET instance_count = instance_count + 1 WHERE series_key = $1;

-- name: study_count :exec
UPDATE study SET instance_count = instance_count + 1, bytes = bytes + $2::bigint, revision = revision + 1,
    changed = now(), series_count = series_count + $3::int,
    modalities = CASE WHEN $4 = '' OR modalities @> ARRAY[$4::text] THEN modalities ELSE modalities || $4::text END,
    sop_classes = CASE WHEN sop_classes @> ARRAY[$5::text] THEN sop_classes ELSE sop_classes || $5::text END
WHERE study_key = $1;

-- name: study_get :one
SELECT study_key, study_uid, patient_id, patient_issuer, patient_name, patient_birth_date, patient_sex,
    accession_number, accession_issuer, study_date, study_time, zone, study_number, description, referring_physician,
    array_to_string(modalities, E'\\'), series_count, instance_count, bytes, revision,
    (extract(epoch FROM changed) * 1000000)::bigint, coalesce(imaging_study, 0), coalesce(order_rid, 0), link_state,
    link_rung
FROM study WHERE study_key = $1;

-- name: study_of_imaging_study :one
SELECT study_key, study_uid, patient_id, patient_issuer, patient_name, patient_birth_date, patient_sex,
    accession_number, accession_issuer, study_date, study_time, zone, study_number, description, referring_physician,
    array_to_string(modalities, E'\\'), series_count, instance_count, bytes, revision,
    (extract(epoch FROM changed) * 1000000)::bigint, coalesce(imaging_study, 0), coalesce(order_rid, 0), link_state,
    link_rung
FROM study WHERE imaging_study = $1 ORDER BY study_key LIMIT 1;

-- Whether anything ever waited for one of these numbers (what stands in waiting_number, its triggers say).
-- name: link_number_waits :one
SELECT 1 FROM waiting_number WHERE value IN ($1, $2, $3, $4) LIMIT 1;

-- Studies and reports that wait, by what an arriving order or study says. What is added here notes its numbers in
-- waiting_number, or it is never looked for.
-- name: link_waiting :many
SELECT * FROM (
    SELECT 'study' AS what, study_key AS key FROM study s
    WHERE link_state <> 'linked' AND (($1 <> '' AND study_uid = $1) OR ($2 <> '' AND accession_number = $2))
        AND NOT EXISTS (SELECT 1 FROM study_decision x WHERE x.study_key = s.study_key)
    UNION
    SELECT 'report', report_rid FROM report_link WHERE state <> 'linked' AND study_uid <> '' AND study_uid = $1
    UNION
    SELECT 'report', report_rid FROM report_link
    WHERE state <> 'linked' AND accession_number <> '' AND accession_number = $2
    UNION
    SELECT 'report', report_rid FROM report_link WHERE state <> 'linked' AND filler_order <> '' AND filler_order = $3
    UNION
    SELECT 'report', report_rid FROM report_link WHERE state <> 'linked' AND placer_order <> '' AND placer_order = $4
    UNION
    SELECT 'report', report_rid FROM report_link_also
    WHERE state <> 'linked' AND accession_number <> '' AND accession_number = $2
    UNION
    SELECT 'performed', s.performed_rid FROM performed_item i JOIN performed_step s USING (performed_rid)
    WHERE i.task_rid IS NULL AND s.attention <> '' AND ((i.study_uid <> '' AND i.study_uid = $1)
        OR (i.accession_number <> '' AND i.accession_number = $2))
    UNION
    SELECT 'appointment', rid FROM appointment_order
    WHERE value <> '' AND ((value = $3 AND kind = 'filler') OR (value = $4 AND kind = 'placer'))) AS waiting
ORDER BY what DESC, key LIMIT 200;

-- name: appointment_order_put :exec
INSERT INTO appointment_order (rid, kind, value) VALUES ($1, $2, $3);

-- name: appointment_order_clear :exec
DELETE FROM appointment_order WHERE rid = $1;

-- What a report may be about, best rung first.
-- name: report_ladder :many
SELECT l.rank, l.rung, l.order_rid, l.patient_rid, l.imaging_study FROM (
    SELECT 1 AS rank, 'study-uid' AS rung, coalesce(s.order_rid, 0) AS order_rid, coalesce(s.patient_rid, 0) AS patient_rid,
        coalesce('ImagingStudy/' || r.id, '') AS imaging_study
    FROM study s LEFT JOIN resource r ON r.rid = s.imaging_study WHERE $1 <> '' AND s.study_uid = $1
    UNION ALL
    SELECT 2, 'study-uid', w.order_rid, w.patient_rid, w.imaging_study FROM worklist w WHERE $1 <> '' AND w.study_uid = $1
    UNION ALL
    SELECT 3, i.kind, w.order_rid, w.patient_rid, coalesce('ImagingStudy/' || r.id, w.imaging_study)
    FROM order_identifier i JOIN worklist w ON w.order_rid = i.rid
        LEFT JOIN study s ON s.order_rid = w.order_rid AND s.link_state = 'linked'
        LEFT JOIN resource r ON r.rid = s.imaging_study
    WHERE i.kind = 'accession' AND $2 <> '' AND i.value = $2 AND ($3 = '' OR i.namespace = '' OR i.namespace = $3)
    UNION ALL
    SELECT 4, 'accession', coalesce(s.order_rid, 0), coalesce(s.patient_rid, 0), coalesce('ImagingStudy/' || r.id, '')
    FROM study s LEFT JOIN resource r ON r.rid = s.imaging_study
    WHERE $2 <> '' AND s.accession_number = $2 AND ($3 = '' OR s.accession_issuer = '' OR s.accession_issuer = $3)
    UNION ALL
    SELECT CASE i.kind WHEN 'filler' THEN 5 ELSE 6 END, i.kind, w.order_rid, w.patient_rid,
        coalesce('ImagingStudy/' || r.id, w.imaging_study)
    FROM order_identifier i JOIN worklist w ON w.order_rid = i.rid
        LEFT JOIN study s ON s.order_rid = w.order_rid AND s.link_state = 'linked'
        LEFT JOIN resource r ON r.rid = s.imaging_study
    WHERE (i.kind = 'filler' AND $4 <> '' AND i.value = $4) OR (i.kind = 'placer' AND $5 <> '' AND i.value = $5)
    UNION ALL
    SELECT 7, 'procedure-id', w.order_rid, w.patient_rid, coalesce('ImagingStudy/' || r.id, w.imaging_study)
    FROM worklist w LEFT JOIN study s ON s.order_rid = w.order_rid AND s.link_state = 'linked'
        LEFT JOIN resource r ON r.rid = s.imaging_study
    WHERE $6 <> '' AND w.procedure_id = $6 AND w.patient_rid = $7::bigint) AS l
ORDER BY l.rank, l.order_rid LIMIT 100;

-- name: study_link :exec
UPDATE study SET imaging_study = $2::bigint, patient_rid = nullif($3::bigint, 0), order_rid = nullif($4::bigint, 0),
    link_state = $5, link_rung = $6, revision = revision + 1, changed = now()
WHERE study_key = $1;

-- name: series_of_study :many
SELECT series_key, series_uid, modality, number, description, body_part, laterality, series_date, series_time,
    instance_count
FROM series WHERE study_key = $1 AND instance_count > 0
ORDER BY nullif(regexp_replace(number, '\D', '', 'g'), '')::numeric NULLS LAST,
    series_key;

-- A page of a study's instances behind one of them: $2 its series, $3 itself, $4 how many. Each series gives at most a
-- page, from its index.
-- name: instances_page :many
SELECT e.series_key, i.instance_key, i.sop_uid, i.sop_class, i.number
FROM series e CROSS JOIN LATERAL (
    SELECT n.instance_key, n.sop_uid, n.sop_class, n.number FROM instance n
    WHERE n.series_key = e.series_key AND (e.series_key > $2::bigint OR n.instance_key > $3::bigint)
    ORDER BY n.instance_key LIMIT $4::int) i
WHERE e.study_key = $1 AND e.series_key >= $2::bigint
ORDER BY e.series_key, i.instance_key LIMIT $4::int;

-- name: instance_get :one
SELECT i.file, i.size, i.sop_class, i.transfer_syntax, encode(i.sha256, 'hex'), s.patient_id, s.accession_number,
    coalesce(r.id, ''), coalesce(v.view, ''), coalesce(md5(v.view), '')
FROM instance i JOIN series e ON e.series_key = i.series_key JOIN study s ON s.study_key = e.study_key
    LEFT JOIN resource r ON r.rid = s.imaging_study
    LEFT JOIN LATERAL (SELECT leave_view(s.study_key, e.series_uid, i.sop_uid, i.coerced, i.received) AS view
        WHERE s.corrections > 0 OR s.patient_told IS NOT NULL OR i.coerced IS NOT NULL) v ON true
WHERE s.study_uid = $2 AND e.series_uid = $3 AND i.sop_uid = $4
    AND ($1::text[] IS NULL OR s.department = ANY ($1::text[]));

-- name: instance_file_known :one
SELECT 1 FROM instance WHERE file = $1 UNION ALL SELECT 1 FROM export_file WHERE file = $1
UNION ALL SELECT 1 FROM instance_quarantine WHERE file = $1 UNION ALL SELECT 1 FROM rejected_instance WHERE file = $1;

-- name: study_list :many
SELECT s.study_key, s.study_uid, s.patient_name, s.patient_id, s.accession_number, s.study_date, s.study_time,
    array_to_string(s.modalities, E'\\'), s.series_count, s.instance_count, s.bytes, s.description, s.link_state,
    s.link_rung, coalesce('ServiceRequest/' || o.id, ''), coalesce('ImagingStudy/' || i.id, ''), s.zone
FROM study s LEFT JOIN resource o ON o.rid = s.order_rid LEFT JOIN resource i ON i.rid = s.imaging_study
WHERE ($1::text[] IS NULL OR s.department = ANY ($1::text[])) AND ($2::bigint = 0 OR s.study_key < $2::bigint)
ORDER BY s.study_key DESC LIMIT $3::int;

-- name: report_link_put :exec
INSERT INTO report_link (report_rid, report, department, state, rung, evidence, patient_rid, order_rid, study_uid,
    accession_number, accession_issuer, filler_order, placer_order, procedure_id, report_key, message_time)
VALUES ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0), nullif($8::bigint, 0), $9, $10, $11, $12, $13, $14, $15,
    $16::bigint)
ON CONFLICT (report_rid) DO UPDATE SET state = excluded.state, rung = excluded.rung, evidence = excluded.evidence,
    patient_rid = excluded.patient_rid, order_rid = excluded.order_rid, study_uid = excluded.study_uid,
    accession_number = excluded.accession_number, accession_issuer = excluded.accession_issuer,
    filler_order = excluded.filler_order, placer_order = excluded.placer_order,
    procedure_id = excluded.procedure_id, report_key = excluded.report_key,
    message_time = greatest(report_link.message_time, excluded.message_time);

-- name: report_link_by_key :one
SELECT report_rid, message_time, state FROM report_link WHERE report_key = $1;

-- name: report_link_get :one
SELECT report_rid, report, state, rung, evidence, coalesce(patient_rid, 0), coalesce(order_rid, 0), study_uid,
    accession_number, accession_issuer, filler_order, placer_order, procedure_id, report_key, message_time
FROM report_link WHERE report_rid = $1;

-- name: report_linked :one
SELECT 1 FROM report_link WHERE report_rid = $1 AND state = 'linked';

-- Those of late ($2 and above), and of the others one part in $3.
-- name: report_link_open :many
SELECT report_rid FROM report_link
WHERE state IN ('waiting', 'held') AND state <> 'linked' AND report_rid > $1::bigint
    AND (report_rid >= $2::bigint OR report_rid % $3::bigint = $4::bigint)
ORDER BY report_rid LIMIT 100;

-- name: report_list :many
SELECT l.report_rid, l.report, r.content, l.state, l.rung, l.evidence, l.study_uid, l.accession_number,
    coalesce((SELECT concat_ws('^', p.content::jsonb #>> '{name,0,family}', p.content::jsonb #>> '{name,0,given,0}')), ''),
    coalesce((SELECT i.value FROM patient_identifier i WHERE i.rid = l.patient_rid
        ORDER BY i.former, i.merged_from NULLS FIRST LIMIT 1), '')
FROM report_link l JOIN resource r ON r.rid = l.report_rid LEFT JOIN resource p ON p.rid = l.patient_rid
WHERE ($1::text[] IS NULL OR l.department = ANY ($1::text[])) AND ($2::bigint = 0 OR l.report_rid < $2::bigint)
ORDER BY l.report_rid DESC LIMIT $3::int;

-- Why a document can not be deleted.
-- name: resource_in_use :many
SELECT 'a worklist step' FROM worklist WHERE order_rid = $1 OR procedure_rid = $1 OR patient_rid = $1
UNION ALL
SELECT 'a study' FROM study WHERE patient_rid = $1 OR imaging_study = $1 OR order_rid = $1
UNION ALL
SELECT 'a report' FROM report_link WHERE patient_rid = $1 OR order_rid = $1
UNION ALL
SELECT 'a workitem' FROM workitem WHERE workitem_rid = $1
UNION ALL
SELECT 'a merge of patient records' FROM patient_merge WHERE (source_rid = $1 OR target_rid = $1) AND undone IS NULL
LIMIT 1;

-- name: said_get :one
SELECT said FROM message_said WHERE rid = $1;

-- name: said_put :exec
INSERT INTO message_said (rid, said) VALUES ($1, $2::bigint)
ON CONFLICT (rid) DO UPDATE SET said = greatest(message_said.said, excluded.said);
