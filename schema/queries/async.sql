-- Requests answered later (fhir/rest/async.c).

-- name: async_put :exec
INSERT INTO async_request (async_id, owner, kind, display, address, permissions, roles, departments, method, target,
    content_type, prefer, body)
VALUES ($1, $2, $3::smallint, $4, $5, $6::bigint, $7::int, $8, $9, $10, $11, $12, $13);

-- Nothing when it was cancelled, or done by an earlier run. The last column: an earlier run was cut off.
-- name: async_begin :one
UPDATE async_request r SET state = 'running'
FROM (SELECT async_id, state FROM async_request WHERE async_id = $1 AND state IN ('waiting', 'running') FOR UPDATE) o
WHERE r.async_id = o.async_id
RETURNING r.owner, r.kind, r.display, r.address, r.permissions, r.roles, r.departments, r.method, r.target,
    r.content_type, r.prefer, r.body, o.state = 'running';

-- How many a caller has waiting.
-- name: async_waiting :one
SELECT count(*) FROM async_request WHERE owner = $1 AND state IN ('waiting', 'running');

-- name: async_end :one
UPDATE async_request SET state = 'done', status = $2::int, location = $3, etag = $4, modified = $5, answer = $6, body = ''
WHERE async_id = $1 AND state = 'running' RETURNING 1;

-- name: async_get :one
SELECT state, status, location, etag, modified, answer, (extract(epoch FROM asked) * 1000000)::bigint
FROM async_request WHERE async_id = $1 AND owner = $2 AND state <> 'cancelled';

-- name: async_cancel :one
UPDATE async_request SET state = 'cancelled', body = '', answer = NULL
WHERE async_id = $1 AND owner = $2 AND state <> 'cancelled' RETURNING 1;

-- A transaction that works on it: marked, so that async_stop finds it, and told whether it is still wanted.
-- name: async_mark :one
SELECT r.state, pg_advisory_xact_lock_shared(hashtextextended(r.async_id, 1))::text FROM async_request r
WHERE r.async_id = $1;

-- What runs in such a transaction ends now.
-- name: async_stop :many
SELECT pg_cancel_backend(l.pid) FROM pg_locks l
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.pid <> pg_backend_pid()
    AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
    AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 1);

-- name: async_sweep :exec
DELETE FROM async_request WHERE asked < now() - interval '24 hours';
