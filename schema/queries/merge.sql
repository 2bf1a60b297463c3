-- Merging patient records (domain/merge.c, merge_move.c) and undoing it (domain/merge_undo.c).

-- Documents whose text names the source; the tree decides where. $1 is 'Patient/id"', $4 the row filter (who may not see
-- a document is not told of it). Bundles are copies of a moment; the links of merged records keep their chain.
-- name: merge_documents :many
SELECT r.rid, r.type, ($4::text[] IS NULL OR r.department = ANY ($4::text[])) FROM resource r
WHERE NOT r.deleted AND strpos(r.content, $1) > 0 AND r.rid <> $2::bigint AND r.rid <> $3::bigint AND r.type <> 'Bundle'
    AND NOT EXISTS (SELECT 1 FROM patient_merge m WHERE m.source_rid = r.rid AND m.undone IS NULL)
ORDER BY r.rid LIMIT $5::int;

-- The same rows, locked in one order.
-- name: merge_lock :exec
SELECT 1 FROM resource WHERE rid = ANY ($1::bigint[]) ORDER BY rid FOR UPDATE;

-- name: merge_counts :one
SELECT (SELECT count(*) FROM worklist WHERE patient_rid = $1), (SELECT count(*) FROM study WHERE patient_rid = $1),
    (SELECT count(*) FROM report_link WHERE patient_rid = $1),
    (SELECT count(*) FROM patient_identifier WHERE rid = $1);

-- name: merge_put :exec
INSERT INTO patient_merge (merge_id, source_rid, target_rid) VALUES ($1, $2, $3);

-- name: merge_document_put :exec
INSERT INTO patient_merge_row (merge_id, what, key, path, before)
SELECT $1, 'document', $2, u.path, ARRAY[u.before] FROM unnest($3::text[], $4::text[]) AS u (path, before);

-- name: merge_row_put :exec
INSERT INTO patient_merge_row (merge_id, what, key, before) VALUES ($1, $2, $3, $4::text[]);

-- name: merge_reports_move :exec
WITH moved AS (UPDATE report_link SET patient_rid = $3::bigint WHERE patient_rid = $2::bigint RETURNING report_rid)
INSERT INTO patient_merge_row (merge_id, what, key) SELECT $1, 'report', report_rid FROM moved;

-- name: merge_performed_move :exec
WITH moved AS (UPDATE performed_step SET patient_rid = $3::bigint WHERE patient_rid = $2::bigint RETURNING performed_rid)
INSERT INTO patient_merge_row (merge_id, what, key) SELECT $1, 'performed', performed_rid FROM moved;

-- name: merge_identifiers_move :exec
WITH old AS (SELECT namespace, value, merged_from FROM patient_identifier WHERE rid = $2::bigint),
    moved AS (UPDATE patient_identifier p SET rid = $3::bigint, merged_from = coalesce(p.merged_from, $2::bigint)
        FROM old WHERE p.namespace = old.namespace AND p.value = old.value)
INSERT INTO patient_merge_row (merge_id, what, key, before)
SELECT $1, 'identifier', $2::bigint, ARRAY[namespace, value, coalesce(merged_from::text, '')] FROM old;

-- The source's studies are the target's from now on; those of the target that were not linked may be linked now, so it is
-- kept how both stood.
-- name: merge_studies_move :exec
WITH old AS (SELECT study_key, patient_rid, patient_id, patient_issuer, patient_name, patient_birth_date, patient_sex,
            imaging_study, order_rid, link_state, link_rung, patient_told FROM study
        WHERE patient_rid = $2::bigint OR (patient_rid = $3::bigint AND link_state <> 'linked')),
    moved AS (UPDATE study s SET patient_rid = $3::bigint, patient_id = $4, patient_issuer = $5, patient_name = $6,
            patient_birth_date = $7, patient_sex = $8, patient_told = now(), revision = s.revision + 1, changed = now()
        FROM old WHERE s.study_key = old.study_key AND old.patient_rid = $2::bigint)
INSERT INTO patient_merge_row (merge_id, what, key, before)
SELECT $1, 'study', study_key, ARRAY[patient_id, patient_issuer, patient_name, patient_birth_date, patient_sex,
    patient_rid::text, coalesce(imaging_study::text, ''), coalesce(order_rid::text, ''), link_state, link_rung,
    coalesce(patient_told::text, '')] FROM old;

-- Studies and reports of a patient that are not linked.
-- name: merge_unlinked :many
SELECT 'study', study_key FROM study s WHERE patient_rid = $1 AND link_state <> 'linked'
    AND NOT EXISTS (SELECT 1 FROM study_decision x WHERE x.study_key = s.study_key)
UNION ALL
SELECT 'report', report_rid FROM report_link WHERE patient_rid = $1 AND state <> 'linked'
ORDER BY 1 DESC, 2 LIMIT 1000;

-- What this transaction wrote: the documents that moved, and those that were linked because of it.
-- name: merge_written_put :exec
INSERT INTO patient_merge_row (merge_id, what, key, before)
SELECT $1, 'written', r.rid, ARRAY[coalesce((SELECT max(h.version) FROM resource_history h
    WHERE h.rid = r.rid AND h.xid <> pg_current_xact_id()), 0)::text, r.version::text]
FROM resource r
WHERE r.xid = pg_current_xact_id() AND r.rid IN (
    SELECT w.key FROM patient_merge_row w WHERE w.merge_id = $1 AND w.what = 'document'
    UNION SELECT l.report_rid FROM report_link l WHERE l.patient_rid = $2::bigint
    UNION SELECT s.imaging_study FROM study s WHERE s.patient_rid = $2::bigint);

-- The merge of this source that was not undone, and whether its target was merged on.
-- name: merge_standing :one
SELECT m.merge_id, m.target_rid, EXISTS (SELECT 1 FROM patient_merge n
    WHERE n.source_rid = m.target_rid AND n.undone IS NULL)
FROM patient_merge m WHERE m.source_rid = $1 AND m.undone IS NULL FOR UPDATE OF m;

-- name: merge_end :exec
UPDATE patient_merge SET undone = now() WHERE merge_id = $1;

-- Every document the merge wrote: the place of each reference that moved ('' for none: it was only linked), its text,
-- and the versions around the merge.
-- name: merge_document_list :many
SELECT r.rid, r.type, coalesce(d.path, ''), coalesce(d.before[1], ''), coalesce(w.before[1]::int, 0),
    coalesce(w.before[2]::int, 0)
FROM (SELECT key FROM patient_merge_row WHERE merge_id = $1 AND what IN ('document', 'written')
        AND key <> $2::bigint AND key <> $3::bigint GROUP BY key) k
    JOIN resource r ON r.rid = k.key
    LEFT JOIN patient_merge_row d ON d.merge_id = $1 AND d.what = 'document' AND d.key = k.key
    LEFT JOIN patient_merge_row w ON w.merge_id = $1 AND w.what = 'written' AND w.key = k.key
ORDER BY r.rid, d.path;

-- What the merge gave the target ('target': system, value) and the versions of both records ('written').
-- name: merge_record_list :many
SELECT what, key, before[1], coalesce(before[2], '') FROM patient_merge_row
WHERE merge_id = $1 AND what IN ('written', 'target') AND key IN ($2::bigint, $3::bigint);

-- name: merge_reports_back :exec
UPDATE report_link l SET patient_rid = $2::bigint FROM patient_merge_row r
WHERE r.merge_id = $1 AND r.what = 'report' AND l.report_rid = r.key AND l.patient_rid = $3::bigint;

-- name: merge_performed_back :exec
UPDATE performed_step s SET patient_rid = $2::bigint FROM patient_merge_row r
WHERE r.merge_id = $1 AND r.what = 'performed' AND s.performed_rid = r.key AND s.patient_rid = $3::bigint;

-- name: merge_studies_back :exec
UPDATE study s SET patient_rid = r.before[6]::bigint, patient_id = r.before[1], patient_issuer = r.before[2],
    patient_name = r.before[3], patient_birth_date = r.before[4], patient_sex = r.before[5],
    imaging_study = nullif(r.before[7], '')::bigint, order_rid = nullif(r.before[8], '')::bigint,
    link_state = r.before[9], link_rung = r.before[10], patient_told = nullif(r.before[11], '')::timestamptz,
    revision = s.revision + 1, changed = now()
FROM patient_merge_row r
WHERE r.merge_id = $1 AND r.what = 'study' AND s.study_key = r.key AND s.patient_rid = $2::bigint;

-- name: merge_identifiers_back :exec
UPDATE patient_identifier p SET rid = $2::bigint, merged_from = nullif(r.before[3], '')::bigint
FROM patient_merge_row r
WHERE r.merge_id = $1 AND r.what = 'identifier' AND p.namespace = r.before[1] AND p.value = r.before[2]
    AND p.rid = $3::bigint;

-- name: merge_reports_of :many
SELECT report_rid FROM report_link WHERE patient_rid IN ($1::bigint, $2::bigint) AND state <> 'linked' ORDER BY 1;

-- A document of the target that refers to what moved, or is referred to by it, where one of the two was written after
-- the merge. $2: parameters that lead to patients; $3: "Patient/id" of the target.
-- name: merge_entangled :one
WITH moved AS MATERIALIZED (
        SELECT r.rid, r.type || '/' || r.id AS ref, r.version > coalesce(w.before[2]::int, 0) AS later
        FROM (SELECT DISTINCT key FROM patient_merge_row WHERE merge_id = $1 AND what = 'document') d
            JOIN resource r ON r.rid = d.key AND NOT r.deleted AND r.type <> 'Patient'
            LEFT JOIN patient_merge_row w ON w.merge_id = $1 AND w.what = 'written' AND w.key = d.key),
    own AS MATERIALIZED (
        SELECT r.rid, r.type || '/' || r.id AS ref, r.xid >= (SELECT m.xid FROM resource m JOIN patient_merge p
            ON p.source_rid = m.rid WHERE p.merge_id = $1) AS later
        FROM (SELECT DISTINCT t.rid FROM search_token t WHERE t.param = ANY ($2::int[]) AND t.code = $3) t
            JOIN resource r ON r.rid = t.rid AND NOT r.deleted AND r.type <> 'Patient'
        WHERE NOT EXISTS (SELECT 1 FROM moved m WHERE m.rid = r.rid)
            AND NOT EXISTS (SELECT 1 FROM patient_merge_row w JOIN resource x ON x.rid = w.key
                WHERE w.merge_id = $1 AND w.what = 'written' AND w.key = r.rid AND x.version = w.before[2]::int))
SELECT o.ref, m.ref FROM own o JOIN search_token t ON t.rid = o.rid JOIN moved m ON m.ref = t.code
WHERE o.later OR m.later
UNION ALL
SELECT o.ref, m.ref FROM moved m JOIN search_token t ON t.rid = m.rid JOIN own o ON o.ref = t.code
WHERE o.later OR m.later
LIMIT 1;

-- The record each of these patients was merged into, in the end: id and survivor's id.
-- name: patient_survivors :many
WITH RECURSIVE chain AS (
    SELECT r.id AS old, m.target_rid, 1 AS step
    FROM resource r JOIN patient_merge m ON m.source_rid = r.rid AND m.undone IS NULL
    WHERE r.type = 'Patient' AND r.id = ANY ($1::text[])
    UNION ALL
    SELECT c.old, m.target_rid, c.step + 1
    FROM chain c JOIN patient_merge m ON m.source_rid = c.target_rid AND m.undone IS NULL WHERE c.step < 100)
SELECT DISTINCT ON (c.old) c.old, t.id FROM chain c JOIN resource t ON t.rid = c.target_rid ORDER BY c.old, c.step DESC;

-- name: patient_hold :exec
SELECT 1 FROM resource WHERE type = 'Patient' AND id = $1 FOR KEY SHARE;

-- The record this patient was merged into.
-- name: patient_survivor :one
SELECT t.id FROM resource r JOIN patient_merge m ON m.source_rid = r.rid AND m.undone IS NULL
    JOIN resource t ON t.rid = m.target_rid
WHERE r.type = 'Patient' AND r.id = $1;
