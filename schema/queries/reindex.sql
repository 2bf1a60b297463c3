-- Index rows made anew (server/domain/reindex.c). These read documents for the index alone: nobody sees them.

-- Rows of an older extraction than $1 want indexing again.
-- name: reindex_upgrade :exec
INSERT INTO search_work (kind, version, last, total)
SELECT 'upgrade', $1::int, (SELECT COALESCE(max(r.rid), 0) FROM resource r), (SELECT count(*) FROM resource r)
FROM search_extraction x WHERE x.version < $1::int
ON CONFLICT (kind, type, version) WHERE finished IS NULL DO NOTHING;

-- $1: the type, empty for all.
-- name: reindex_ask :exec
INSERT INTO search_work (kind, type, last, total)
SELECT 'asked', $1, COALESCE(max(r.rid), 0), count(*) FROM resource r WHERE $1 = '' OR r.type = $1
ON CONFLICT (kind, type, version) WHERE finished IS NULL DO NOTHING;

-- name: reindex_pending :one
SELECT EXISTS (SELECT 1 FROM search_work w WHERE w.finished IS NULL);

-- Who has the row works; others find nothing to do.
-- name: reindex_take :many
SELECT w.work_id, w.kind, w.type, w.version, w.place, w.last, w.seen, w.total
FROM search_work w WHERE w.finished IS NULL ORDER BY w.work_id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- The next documents: at most 100, and 8 MB.
-- name: reindex_next :many
SELECT p.rid FROM (
    SELECT n.rid, sum(n.size) OVER (ORDER BY n.rid) - n.size AS before FROM (
        SELECT r.rid, octet_length(r.content) AS size FROM resource r
        WHERE r.rid > $1 AND r.rid <= $2 AND ($3 = '' OR r.type = $3) ORDER BY r.rid LIMIT 100) n) p
WHERE p.before < 8000000 ORDER BY p.rid;

-- Those of them that nobody is writing.
-- name: reindex_lock :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM resource r WHERE r.rid = ANY ($1::bigint[]) ORDER BY r.rid FOR NO KEY UPDATE SKIP LOCKED;

-- One that somebody is writing, once it is written.
-- name: reindex_wait :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM resource r WHERE r.rid = $1 FOR NO KEY UPDATE;

-- name: reindex_moved :exec
UPDATE search_work SET place = $2, seen = seen + $3::int WHERE work_id = $1;

-- name: reindex_done :exec
UPDATE search_work SET finished = now(), place = last, total = seen WHERE work_id = $1;

-- name: reindex_reached :exec
UPDATE search_extraction SET version = GREATEST(version, $1::int);

-- For people: what is going on, and what was done last.
-- name: reindex_progress :many
SELECT w.kind, w.type, w.seen, w.total, w.finished IS NOT NULL FROM search_work w ORDER BY w.work_id DESC LIMIT 20;

-- name: reindex_extraction :one
SELECT x.version FROM search_extraction x;

-- ---- parameters of the site (record/custom.c, domain/parameter.c) ----

-- name: search_parameter_digest :one
SELECT COALESCE(md5(string_agg(p::text, ' ' ORDER BY p.type, p.code)), '') FROM search_parameter p;

-- name: search_parameter_all :many
SELECT p.type, p.code, p.kind, p.url, p.expression, p.targets, p.ready FROM search_parameter p ORDER BY p.type, p.code;

-- name: search_parameter_of :many
SELECT p.type, p.code, p.kind, p.url, p.expression, p.targets FROM search_parameter p WHERE p.rid = $1;

-- name: search_parameter_other :many
SELECT 1 FROM search_parameter p WHERE p.type = $1 AND p.code = $2 AND p.rid <> $3;

-- name: search_parameter_put :exec
INSERT INTO search_parameter (rid, type, code, kind, url, expression, targets) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: search_parameter_gone :exec
DELETE FROM search_parameter WHERE rid = $1 AND type = $2;

-- name: search_parameter_tokens_gone :exec
DELETE FROM search_token WHERE param = ANY ($1::int[]);

-- name: search_parameter_strings_gone :exec
DELETE FROM search_string WHERE param = ANY ($1::int[]);

-- name: search_parameter_dates_gone :exec
DELETE FROM search_date WHERE param = ANY ($1::int[]);

-- name: search_parameter_numbers_gone :exec
DELETE FROM search_number WHERE param = ANY ($1::int[]);

-- name: search_parameter_ready :exec
UPDATE search_parameter SET ready = true WHERE type = $1 AND NOT ready;

-- How far a parameter is that is not ready yet, in per cent.
-- name: search_parameter_progress :many
SELECT COALESCE((SELECT (100 * w.seen / GREATEST(w.total, 1))::int FROM search_work w
    WHERE w.kind = 'parameter' AND w.type = $1 AND w.finished IS NULL), 0)
FROM search_parameter p WHERE p.type = $1 AND p.code = $2 AND NOT p.ready;

-- A walk for a type's parameters; one that goes on begins again.
-- name: reindex_parameter :exec
INSERT INTO search_work (kind, type, last, total)
SELECT 'parameter', $1, COALESCE(max(r.rid), 0), count(*) FROM resource r WHERE r.type = $1
ON CONFLICT (kind, type, version) WHERE finished IS NULL
DO UPDATE SET place = 0, seen = 0, armed = NULL, last = EXCLUDED.last, total = EXCLUDED.total, started = now();

-- Every process asks for the parameters again within a second; what was begun before must have ended. The end of the
-- walk is set now: documents of processes that had not heard are behind it.
-- name: reindex_arm :many
UPDATE search_work w SET armed = COALESCE(w.armed, clock_timestamp()),
    last = (SELECT COALESCE(max(r.rid), 0) FROM resource r WHERE r.type = w.type),
    total = (SELECT count(*) FROM resource r WHERE r.type = w.type)
WHERE w.work_id = $1
RETURNING w.last, w.total, w.armed < clock_timestamp() - interval '1500 milliseconds' AND NOT EXISTS (
    SELECT 1 FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
        AND a.xact_start < w.armed + interval '1500 milliseconds');
