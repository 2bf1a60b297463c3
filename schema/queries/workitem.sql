-- Work that waits for whoever takes it, and who is told of it (domain/workitem*.c, dicom/net/ups_*.c).

-- Whoever changes one holds the fence with others; who subscribes to many holds it alone, so that nothing changes
-- between what a subscriber is told first and what it is told next.
-- name: workitem_fence :exec
SELECT pg_advisory_xact_lock_shared(7390212);

-- name: workitem_fence_alone :exec
SELECT pg_advisory_xact_lock(7390212);

-- name: workitem_put :exec
INSERT INTO workitem (workitem_rid, sop_uid, department, state, readiness, patient_id, worklist_label, character_set,
    dataset)
VALUES ($1, $2, $3, 'SCHEDULED', $4, $5, $6, $7, $8::bytea);

-- name: workitem_known :one
SELECT 1 FROM workitem WHERE sop_uid = $1;

-- name: workitem_get :one
SELECT w.workitem_rid, w.sop_uid, w.state, w.transaction_uid, w.performer, w.readiness, w.character_set, w.dataset,
    r.id, coalesce((extract(epoch FROM w.ended) * 1000000)::bigint, 0)
FROM workitem w JOIN resource r ON r.rid = w.workitem_rid
WHERE ($1::text[] IS NULL OR w.department = ANY ($1::text[])) AND w.sop_uid = $2;

-- name: workitem_lock :one
SELECT w.workitem_rid, w.sop_uid, w.state, w.transaction_uid, w.performer, w.readiness, w.character_set, w.dataset,
    r.id, coalesce((extract(epoch FROM w.ended) * 1000000)::bigint, 0)
FROM workitem w JOIN resource r ON r.rid = w.workitem_rid
WHERE ($1::text[] IS NULL OR w.department = ANY ($1::text[])) AND w.sop_uid = $2
FOR NO KEY UPDATE OF w;

-- The UID of the one that is this Task.
-- name: workitem_of_task :one
SELECT sop_uid FROM workitem WHERE workitem_rid = $1;

-- name: workitem_change :exec
UPDATE workitem SET readiness = $2, patient_id = $3, worklist_label = $4, dataset = $5::bytea, changed = now()
WHERE workitem_rid = $1;

-- name: workitem_move :exec
UPDATE workitem SET state = $2, transaction_uid = $3, performer = $4, dataset = $5::bytea, changed = now(),
    ended = CASE WHEN $2 IN ('COMPLETED', 'CANCELED') THEN now() END
WHERE workitem_rid = $1;

-- $1 row filter, $2 UIDs (none: all), $3 state, $4 patient id, $5 worklist label ('' each: any), behind row $6.
-- name: workitem_find :many
SELECT w.workitem_rid, w.sop_uid, w.state, w.transaction_uid, w.performer, w.readiness, w.character_set, w.dataset,
    r.id, coalesce((extract(epoch FROM w.ended) * 1000000)::bigint, 0)
FROM workitem w JOIN resource r ON r.rid = w.workitem_rid
WHERE ($1::text[] IS NULL OR w.department = ANY ($1::text[]))
    AND (cardinality($2::text[]) = 0 OR w.sop_uid = ANY ($2::text[])) AND ($3 = '' OR w.state = $3)
    AND ($4 = '' OR w.patient_id = $4) AND ($5 = '' OR w.worklist_label = $5)
    AND w.workitem_rid > $6::bigint
ORDER BY w.workitem_rid LIMIT $7::int;

-- Those that ended $1 hours ago or earlier and that nobody holds.
-- name: workitem_forget :many
DELETE FROM workitem w
WHERE w.workitem_rid IN (SELECT o.workitem_rid FROM workitem o WHERE o.ended <= now() - make_interval(hours => $1::int)
        AND NOT EXISTS (SELECT 1 FROM workitem_subscription s WHERE s.workitem_rid = o.workitem_rid AND s.locked)
        ORDER BY o.ended LIMIT $2::int FOR UPDATE SKIP LOCKED)
RETURNING w.sop_uid, w.workitem_rid;

-- name: workitem_messages_forget :exec
DELETE FROM workitem_message WHERE created < now() - interval '30 days';

-- ---- who is told ----

-- name: workitem_subscribers :many
SELECT destination FROM workitem_subscription WHERE workitem_rid = $1 ORDER BY destination;

-- name: workitem_all_subscribers :many
SELECT destination FROM workitem_subscription UNION SELECT destination FROM workitem_global ORDER BY 1;

-- name: workitem_subscribe :exec
INSERT INTO workitem_subscription (destination, workitem_rid, locked) VALUES ($1, $2, $3::boolean)
ON CONFLICT (destination, workitem_rid) DO UPDATE SET locked = excluded.locked;

-- The same, for who is told of all; who was told of it before stays as it was.
-- name: workitem_subscribe_more :many
INSERT INTO workitem_subscription (destination, workitem_rid, locked) VALUES ($1, $2, $3::boolean)
ON CONFLICT (destination, workitem_rid) DO NOTHING RETURNING 1;

-- name: workitem_unsubscribe :exec
DELETE FROM workitem_subscription WHERE destination = $1 AND workitem_rid = $2;

-- name: workitem_unsubscribe_all :exec
DELETE FROM workitem_subscription WHERE destination = $1;

-- name: workitem_global_put :exec
INSERT INTO workitem_global (destination, access, locked, filter) VALUES ($1, $2, $3::boolean, $4::bytea)
ON CONFLICT (destination, md5(filter)) DO UPDATE SET locked = excluded.locked, access = excluded.access;

-- name: workitem_global_remove :exec
DELETE FROM workitem_global WHERE destination = $1;

-- Those who are told of what is new in this department ($1).
-- name: workitem_globals :many
SELECT destination, locked, filter FROM workitem_global
WHERE access = '' OR $1 = ANY (access::text[]) ORDER BY destination, locked DESC;

-- name: workitem_message_put :exec
INSERT INTO workitem_message (message_id, sop_uid, event, state, readiness, dataset)
VALUES ($1, $2, $3::int, $4, $5, $6::bytea);

-- name: workitem_message_get :one
SELECT sop_uid, event, state, readiness, dataset FROM workitem_message WHERE message_id = $1;
