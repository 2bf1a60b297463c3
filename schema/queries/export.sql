-- Bulk export.

-- name: export_put :exec
INSERT INTO export (export_id, owner, access, request, centre, patients, types, since, type_filters, elements, expected)
VALUES ($1, $2, $3, $4, $5, $6::text[], $7::text[], to_timestamp($8::bigint / 1000000.0), $9::text[], $10,
    greatest((SELECT reltuples FROM pg_class WHERE oid = 'resource'::regclass), 1)::bigint);

-- A job that used up its attempts leaves the export failed.
-- name: export_get :one
SELECT CASE WHEN state IN ('waiting', 'running') AND EXISTS (
        SELECT 1 FROM job j WHERE j.name = 'EXPORT' AND j.payload = $1 AND j.state = 'dead') THEN 'failed' ELSE state END,
    request, (extract(epoch FROM asked) * 1000000)::bigint, seen, expected, access, centre, patients::text,
    types::text, (extract(epoch FROM since) * 1000000)::bigint, cut::text,
    coalesce(array_to_string(type_filters, E'\n'), ''), elements
FROM export WHERE export_id = $1 AND ($2::text IS NULL OR owner = $2);

-- name: export_files :many
SELECT place, type, file, lines FROM export_file WHERE export_id = $1 ORDER BY place;

-- name: export_cancel :exec
UPDATE export SET state = 'cancelled' WHERE export_id = $1 AND owner = $2;

-- name: export_forget_files :exec
DELETE FROM export_file WHERE export_id = $1;

-- name: export_progress :one
UPDATE export SET state = 'running', seen = $2::bigint WHERE export_id = $1 AND state IN ('waiting', 'running')
RETURNING 1;

-- name: export_file_put :exec
INSERT INTO export_file (export_id, place, type, file, lines) VALUES ($1, $2::int, $3, $4, $5::bigint);

-- name: export_end :one
UPDATE export SET state = $2 WHERE export_id = $1 AND state IN ('waiting', 'running') RETURNING 1;

-- name: export_sweep :exec
DELETE FROM export WHERE asked < now() - interval '24 hours';

-- A page of the record as the cut saw it: of each document the newest version the cut shows. Documents are passed over
-- after the page is taken, so that a page is always a short walk of the primary key.
-- $2 row id to go on after, $3 page, $4 cut, $5 types, $6 since, $7 parameters that lead to a patient (NULL: all
-- documents), $8 patients as references (NULL: any).
-- name: export_page :many
SELECT p.rid, p.id, v.version, v.deleted, (extract(epoch FROM v.updated) * 1000000)::bigint, p.department, v.content,
    p.type,
    v.version IS NOT NULL AND NOT v.deleted AND ($1::text[] IS NULL OR p.department = ANY ($1::text[]))
        AND ($5::text[] IS NULL OR p.type = ANY ($5::text[]))
        AND ($6::bigint IS NULL OR v.updated >= to_timestamp($6::bigint / 1000000.0))
        AND ($7::int[] IS NULL OR (p.type = 'Patient' AND ($8::text[] IS NULL OR 'Patient/' || p.id = ANY ($8::text[])))
            OR EXISTS (SELECT 1 FROM search_token t WHERE t.rid = p.rid AND t.param = ANY ($7::int[])
                AND (t.code = ANY ($8::text[]) OR ($8::text[] IS NULL AND starts_with(t.code, 'Patient/')))))
FROM (SELECT r.rid, r.id, r.type, r.department FROM resource r WHERE r.rid > $2::bigint ORDER BY r.rid
        LIMIT $3::int) p
    LEFT JOIN LATERAL (
        SELECT h.version, h.deleted, h.updated, h.content FROM (
            SELECT c.version, c.deleted, c.updated, c.content, c.xid FROM resource c WHERE c.rid = p.rid
            UNION ALL
            SELECT o.version, o.deleted, o.updated, o.content, o.xid FROM resource_history o WHERE o.rid = p.rid) h
        WHERE pg_visible_in_snapshot(h.xid, $4::pg_snapshot) ORDER BY h.version DESC LIMIT 1) v ON true
ORDER BY p.rid;
