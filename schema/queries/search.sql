-- FHIR reads and the search compiler. $1 of every clinical read is the row filter: departments or NULL.
-- Columns of documents: rid, id, version, deleted, updated, department, content, type (record_row).

-- name: fhir_read :one
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type, (SELECT t.code FROM search_token t WHERE t.rid = r.rid AND t.param = $4::int LIMIT 1)
FROM resource r WHERE r.type = $2 AND r.id = $3 AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]));

-- The positions (from 1) of references that lead to nothing.
-- name: fhir_reference_missing :many
SELECT u.n FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS u (type, id, n)
WHERE NOT EXISTS (
    SELECT 1 FROM resource r WHERE r.type = u.type AND r.id = u.id AND NOT r.deleted
        AND ($1::text[] IS NULL OR r.department = ANY ($1::text[])))
ORDER BY u.n;
