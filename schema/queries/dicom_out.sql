-- DICOM that leaves: rules, sends, items.

-- ---- rules ----

-- name: route_put :exec
INSERT INTO dicom_route (name, destination, calling_ae, department, modality, sop_class, station_name, body_part,
    study_description, series_description, enabled)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::int)
ON CONFLICT (name) DO UPDATE SET destination = excluded.destination, calling_ae = excluded.calling_ae,
    department = excluded.department, modality = excluded.modality, sop_class = excluded.sop_class,
    station_name = excluded.station_name, body_part = excluded.body_part,
    study_description = excluded.study_description, series_description = excluded.series_description,
    enabled = excluded.enabled, changed = now();

-- name: route_get :one
SELECT name, destination, calling_ae, department, modality, sop_class, station_name, body_part, study_description,
    series_description, enabled
FROM dicom_route WHERE name = $1 FOR UPDATE;

-- name: route_list :many
SELECT name, destination, calling_ae, department, modality, sop_class, station_name, body_part, study_description,
    series_description, enabled
FROM dicom_route ORDER BY name;

-- name: route_remove :one
DELETE FROM dicom_route WHERE name = $1 RETURNING destination;

-- name: route_of :one
SELECT count(*) FROM dicom_route WHERE destination = $1 AND enabled = 1;

-- What arrived, by the rules: nothing goes back to where it came from.
-- name: route_match :many
SELECT r.name, r.destination, t.study_uid, t.department, i.instance_key
FROM instance i JOIN series s USING (series_key) JOIN study t USING (study_key) JOIN dicom_route r ON r.enabled = 1
    AND r.destination <> i.calling_ae AND dicom_listed(r.calling_ae, i.calling_ae)
    AND dicom_listed(r.department, t.department) AND dicom_listed(r.modality, s.modality)
    AND dicom_listed(r.sop_class, i.sop_class) AND dicom_listed(r.station_name, s.station_name)
    AND dicom_listed(r.body_part, s.body_part) AND dicom_listed(r.study_description, t.description)
    AND dicom_listed(r.series_description, s.description)
WHERE i.instance_key = ANY ($1::bigint[])
ORDER BY r.destination, r.name, t.study_uid, i.instance_key;

-- The same, for a study that is here: what would go where. $1: row filter.
-- name: route_try :many
SELECT r.name, r.destination, count(*)
FROM study t JOIN series s USING (study_key) JOIN instance i USING (series_key) JOIN dicom_route r ON r.enabled = 1
    AND r.destination <> i.calling_ae AND dicom_listed(r.calling_ae, i.calling_ae)
    AND dicom_listed(r.department, t.department) AND dicom_listed(r.modality, s.modality)
    AND dicom_listed(r.sop_class, i.sop_class) AND dicom_listed(r.station_name, s.station_name)
    AND dicom_listed(r.body_part, s.body_part) AND dicom_listed(r.study_description, t.description)
    AND dicom_listed(r.series_description, s.description)
WHERE t.study_uid = $2 AND ($1::text[] IS NULL OR t.department = ANY ($1::text[]))
GROUP BY r.name, r.destination ORDER BY r.name;

-- ---- queues ----

-- name: dicom_queue_find :one
SELECT destination FROM dicom_queue WHERE ae = $1;

-- name: dicom_queue_put :exec
INSERT INTO dicom_queue (destination, ae) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- An instance came: the watcher is told of it.
-- name: dicom_note :exec
INSERT INTO change_note (rid, type, version, deleted)
SELECT instance_key, 'dicom-instance', 1, false FROM instance WHERE sop_uid = $1;

-- The send that still collects what the rule gives this node of the study.
-- name: dicom_send_collecting :one
SELECT send_id FROM dicom_send WHERE destination = $1 AND route = $2 AND study_uid = $3 AND outcome = 'queued'
ORDER BY number DESC LIMIT 1 FOR UPDATE;

-- name: dicom_send_put :exec
INSERT INTO dicom_send (send_id, destination, number, route, asked_by, study_uid, department)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: dicom_send_add :exec
WITH put AS (
    INSERT INTO dicom_send_item (send_id, instance_key) SELECT $1, k FROM unnest($2::bigint[]) AS k
    ON CONFLICT (send_id, instance_key) DO UPDATE SET status = -1 RETURNING 1
)
UPDATE dicom_send SET total = total + (SELECT count(*) FROM put) WHERE send_id = $1;

-- Instances of a study, of one of its series, or one of them. $1: row filter.
-- name: dicom_send_select :many
SELECT i.instance_key, t.department
FROM study t JOIN series s USING (study_key) JOIN instance i USING (series_key)
WHERE t.study_uid = $2 AND ($3 = '' OR s.series_uid = $3) AND ($4 = '' OR i.sop_uid = $4)
    AND ($1::text[] IS NULL OR t.department = ANY ($1::text[]))
ORDER BY s.series_key, i.instance_key LIMIT $5::int;

-- name: dicom_send_next :one
SELECT d.send_id, d.number, d.study_uid, q.ae, d.completed, d.failed
FROM dicom_send d JOIN dicom_queue q USING (destination)
WHERE d.destination = $1 AND d.outcome = 'queued' ORDER BY d.number LIMIT 1;

-- name: dicom_send_due :many
SELECT x.instance_key, coalesce(i.sop_class, ''), coalesce(i.sop_uid, ''), coalesce(i.transfer_syntax, ''),
    coalesce(i.file, ''), coalesce(i.header_size, 0),
    CASE WHEN t.corrections > 0 OR t.patient_told IS NOT NULL OR i.coerced IS NOT NULL
        THEN leave_view(t.study_key, s.series_uid, i.sop_uid, i.coerced, i.received) END
FROM dicom_send_item x LEFT JOIN (instance i JOIN series s USING (series_key) JOIN study t USING (study_key))
    USING (instance_key)
WHERE x.send_id = $1 AND x.status = -1 ORDER BY i.sop_class, i.transfer_syntax, x.instance_key LIMIT $2::int;

-- $2: keys the node took, $3: keys it did not, with $4 their statuses.
-- name: dicom_send_settle :one
WITH held AS (SELECT send_id FROM dicom_send WHERE send_id = $1 FOR UPDATE),
gone AS (
    DELETE FROM dicom_send_item x USING held WHERE x.send_id = held.send_id AND x.instance_key = ANY ($2::bigint[])
    RETURNING 1
), bad AS (
    UPDATE dicom_send_item x SET status = b.status
    FROM held, unnest($3::bigint[], $4::bigint[]) AS b (key, status)
    WHERE x.send_id = held.send_id AND x.instance_key = b.key RETURNING 1
)
UPDATE dicom_send SET completed = completed + (SELECT count(*) FROM gone), failed = failed + (SELECT count(*) FROM bad),
    attempts = attempts + $5::int, reason = CASE WHEN $6 = '' THEN reason ELSE $6 END
WHERE send_id = $1 RETURNING failed;

-- True when nothing waits any more; under the lock settle took.
-- name: dicom_send_end :one
UPDATE dicom_send d SET outcome = CASE WHEN d.failed > 0 THEN 'failed' ELSE 'sent' END, ended = now()
WHERE d.send_id = $1 AND d.outcome = 'queued' AND NOT EXISTS (SELECT FROM dicom_send_item x WHERE x.send_id = d.send_id AND x.status = -1)
RETURNING d.outcome;

-- ---- what people ask and do ----

-- $1: row filter, $2: node, $3: outcome, $4: before this one, $5: at most; "" and 0: any.
-- name: dicom_send_list :many
SELECT d.send_id, q.ae, d.route, d.asked_by, d.study_uid, (extract(epoch FROM d.created) * 1000000)::bigint, d.outcome,
    d.total, d.completed, d.failed, d.attempts, coalesce((extract(epoch FROM d.ended) * 1000000)::bigint, 0), d.reason
FROM dicom_send d JOIN dicom_queue q USING (destination)
WHERE ($1::text[] IS NULL OR d.department = ANY ($1::text[])) AND ($2 = '' OR q.ae = $2) AND ($3 = '' OR d.outcome = $3)
    AND ($4::bigint = 0 OR d.send_id < $4::bigint)
ORDER BY d.send_id DESC LIMIT $5::int;

-- A send that failed, once more: its refused instances wait again.
-- name: dicom_send_again :one
UPDATE dicom_send SET outcome = 'queued', failed = 0, ended = NULL, reason = '', number = $3
WHERE send_id = $2 AND outcome = 'failed' AND ($1::text[] IS NULL OR department = ANY ($1::text[]))
RETURNING send_id;

-- name: dicom_send_failed :one
SELECT destination FROM dicom_send
WHERE send_id = $2 AND outcome = 'failed' AND ($1::text[] IS NULL OR department = ANY ($1::text[])) FOR UPDATE;

-- Nobody wants it sent any more; what an association that is open sends now may still arrive.
-- name: dicom_send_discard :one
UPDATE dicom_send SET outcome = 'discarded', ended = now()
WHERE send_id = $2 AND outcome IN ('queued', 'failed') AND ($1::text[] IS NULL OR department = ANY ($1::text[]))
RETURNING send_id;

-- name: dicom_send_items_drop :exec
DELETE FROM dicom_send_item WHERE send_id = $1;

-- name: dicom_send_items_again :exec
UPDATE dicom_send_item SET status = -1 WHERE send_id = $1;
