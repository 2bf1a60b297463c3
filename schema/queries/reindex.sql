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
