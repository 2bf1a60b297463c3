-- Documents, their versions and index rows. $1 of every clinical read is the row filter: departments or NULL.

-- name: resource_get :one
SELECT rid, id, version, deleted, (extract(epoch FROM updated) * 1000000)::bigint, department, content
FROM resource WHERE type = $2 AND id = $3 AND ($1::text[] IS NULL OR department = ANY ($1::text[]));

-- Who refers to a document holds its row FOR KEY SHARE (fhir_reference_missing): a change does not mind, a deletion waits.
-- name: resource_get_update :one
SELECT rid, id, version, deleted, (extract(epoch FROM updated) * 1000000)::bigint, department, content
FROM resource WHERE type = $2 AND id = $3 AND ($1::text[] IS NULL OR department = ANY ($1::text[])) FOR NO KEY UPDATE;

-- name: resource_get_delete :one
SELECT rid, id, version, deleted, (extract(epoch FROM updated) * 1000000)::bigint, department, content
FROM resource WHERE type = $2 AND id = $3 AND ($1::text[] IS NULL OR department = ANY ($1::text[])) FOR UPDATE;

-- name: resource_get_rid :one
SELECT rid, id, version, deleted, (extract(epoch FROM updated) * 1000000)::bigint, department, content, type
FROM resource WHERE rid = $1;

-- name: resource_get_rid_update :one
SELECT rid, id, version, deleted, (extract(epoch FROM updated) * 1000000)::bigint, department, content, type
FROM resource WHERE rid = $1 FOR NO KEY UPDATE;

-- name: resource_get_rid_delete :one
SELECT rid, id, version, deleted, (extract(epoch FROM updated) * 1000000)::bigint, department, content, type
FROM resource WHERE rid = $1 FOR UPDATE;

-- name: resource_get_version :one
SELECT r.rid, r.id, h.version, h.deleted, (extract(epoch FROM h.updated) * 1000000)::bigint, r.department, h.content
FROM resource r JOIN (
    SELECT rid, version, deleted, updated, content FROM resource
    UNION ALL
    SELECT rid, version, deleted, updated, content FROM resource_history) h ON h.rid = r.rid
WHERE r.type = $2 AND r.id = $3 AND h.version = $4::int
    AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]));

-- name: resource_insert :exec
INSERT INTO resource (rid, type, id, version, updated, department, content, method)
SELECT u.rid, u.type, u.id, 1, u.updated, u.department, u.content, u.method
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
    AS u (rid, type, id, updated, department, content, method);

-- name: resource_archive :exec
INSERT INTO resource_history (rid, version, updated, deleted, seq, xid, content, method, type)
SELECT rid, version, updated, deleted, seq, xid, content, method, type FROM resource WHERE rid = $1;

-- name: resource_update :exec
UPDATE resource SET version = $2::int, updated = $3, deleted = $4, department = $5, content = $6,
    method = $7, seq = nextval('change_seq'), xid = pg_current_xact_id()
WHERE rid = $1;

-- The rows nearly all documents have, in one statement: tokens, strings, dates, words.
-- name: search_put :exec
WITH strings AS (
    INSERT INTO search_string (rid, param, value, element)
    SELECT u.rid, u.param::int, u.value, u.element::int
    FROM unnest($6::bigint[], $7::bigint[], $8::text[], $9::bigint[]) AS u (rid, param, value, element)
), dates AS (
    INSERT INTO search_date (rid, param, low, high, element)
    SELECT u.rid, u.param::int, u.low, u.high, u.element::int
    FROM unnest($10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[])
        AS u (rid, param, low, high, element)
), words AS (
    INSERT INTO search_text (rid, narrative, content)
    SELECT u.rid, to_tsvector('simple', u.narrative), to_tsvector('simple', u.content)
    FROM unnest($15::bigint[], $16::text[], $17::text[]) AS u (rid, narrative, content)
)
INSERT INTO search_token (rid, param, system, code, element)
SELECT u.rid, u.param::int, u.system, u.code, u.element::int
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[]) AS u (rid, param, system, code, element);

-- name: search_number_put :exec
INSERT INTO search_number (rid, param, value, system, code, high, element)
SELECT u.rid, u.param::int, u.value::numeric, u.system, u.code, u.high::numeric, u.element::int
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
    AS u (rid, param, value, system, code, high, element);

-- name: search_contained_put :exec
INSERT INTO search_contained (rid, container, type, id, content)
SELECT u.rid, u.container, u.type, u.id, u.content
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]) AS u (rid, container, type, id, content);

-- In the order of bytes. The rows of a document are cleared with those of what it contains, the list of that at last.
-- name: search_contained_known :many
SELECT c.id, c.rid FROM search_contained c WHERE c.container = $1 ORDER BY c.id COLLATE "C";

-- name: search_token_clear :exec
DELETE FROM search_token WHERE rid = ANY ($1::bigint[] || ARRAY(
    SELECT c.rid FROM search_contained c WHERE c.container = ANY ($1::bigint[])));

-- name: search_string_clear :exec
DELETE FROM search_string WHERE rid = ANY ($1::bigint[] || ARRAY(
    SELECT c.rid FROM search_contained c WHERE c.container = ANY ($1::bigint[])));

-- name: search_date_clear :exec
DELETE FROM search_date WHERE rid = ANY ($1::bigint[] || ARRAY(
    SELECT c.rid FROM search_contained c WHERE c.container = ANY ($1::bigint[])));

-- name: search_number_clear :exec
DELETE FROM search_number WHERE rid = ANY ($1::bigint[] || ARRAY(
    SELECT c.rid FROM search_contained c WHERE c.container = ANY ($1::bigint[])));

-- name: search_contained_clear :exec
DELETE FROM search_contained WHERE container = ANY ($1::bigint[]);

-- name: search_token_clear_params :exec
DELETE FROM search_token WHERE rid = $1 AND param = ANY ($2::int[]);

-- name: search_date_clear_params :exec
DELETE FROM search_date WHERE rid = $1 AND param = ANY ($2::int[]);

-- name: search_text_clear :exec
DELETE FROM search_text WHERE rid = ANY ($1::bigint[]);
