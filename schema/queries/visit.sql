-- Visits, arrivals and allergies (domain/visit.c, visit_move.c, arrival.c, allergy.c).

-- Steps that are part of a visit: $1 the parameter "encounter" of Task, $2 "Encounter/id".
-- name: visit_tasks :many
SELECT t.rid, coalesce(w.order_rid, 0) FROM search_token t LEFT JOIN worklist w ON w.task_rid = t.rid
WHERE t.param = $1::int AND t.code = $2 ORDER BY t.rid;

-- What ties the orders of these steps to their patient for good: images, linked reports, or steps beside these.
-- name: visit_bound :many
SELECT 'images' FROM study s JOIN worklist w ON w.order_rid = s.order_rid
WHERE w.task_rid = ANY ($1::bigint[]) AND s.instance_count > 0
UNION
SELECT 'a report' FROM report_link l JOIN worklist w ON w.order_rid = l.order_rid
WHERE w.task_rid = ANY ($1::bigint[]) AND l.state = 'linked'
UNION
SELECT 'steps of another visit' FROM worklist o JOIN worklist w ON w.order_rid = o.order_rid
WHERE w.task_rid = ANY ($1::bigint[]) AND NOT o.task_rid = ANY ($1::bigint[]);

-- The patient's steps of a day ($2: YYYYMMDD) in a state ($3); $4 a visit number: then those of it, and those of none.
-- name: arrival_steps :many
SELECT task_rid FROM worklist
WHERE patient_rid = $1 AND left(start_local, 8) = $2 AND step_status = $3
    AND ($4 = '' OR admission_id = '' OR admission_id = $4)
ORDER BY task_rid;

-- name: allergy_put :exec
INSERT INTO patient_allergy (rid, patient_rid, words, active) VALUES ($1, $2, $3, $4)
ON CONFLICT (rid) DO UPDATE SET patient_rid = excluded.patient_rid, words = excluded.words, active = excluded.active;

-- name: allergy_remove :exec
DELETE FROM patient_allergy WHERE rid = $1;

-- The patient's allergies with these words, or this identifier ($3 the parameter "identifier" of AllergyIntolerance).
-- name: allergy_find :many
SELECT a.rid FROM patient_allergy a
WHERE a.patient_rid = $1 AND (lower(a.words) = lower($2) OR ($4 <> '' AND EXISTS (
    SELECT 1 FROM search_token t WHERE t.rid = a.rid AND t.param = $3::int AND t.code = $4)))
ORDER BY a.rid LIMIT 1;
