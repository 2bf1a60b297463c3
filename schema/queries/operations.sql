-- FHIR operations. $1 is the row filter: departments or NULL.

-- The profiles, tags and labels in use, of one type or ($2 NULL) of all: kind, system (or profile), code, display.
-- Documents without any are passed over by their text, before anything of them is parsed.
-- name: operation_meta_used :many
WITH m AS MATERIALIZED (
    SELECT r.content::jsonb -> 'meta' AS meta FROM resource r
    WHERE NOT r.deleted AND ($2::text IS NULL OR r.type = $2) AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
        AND (strpos(r.content, '"tag":[') > 0 OR strpos(r.content, '"profile":[') > 0
            OR strpos(r.content, '"security":[') > 0))
SELECT DISTINCT x.kind, x.system, x.code, x.display FROM (
    SELECT 'profile' AS kind, p.value #>> '{}' AS system, '' AS code, '' AS display
    FROM m, jsonb_array_elements(m.meta -> 'profile') AS p
    UNION ALL
    SELECT k.kind, coalesce(c.value ->> 'system', ''), coalesce(c.value ->> 'code', ''),
        coalesce(c.value ->> 'display', '')
    FROM m, (VALUES ('security'), ('tag')) AS k (kind), jsonb_array_elements(m.meta -> k.kind) AS c) x
ORDER BY 1, 2, 3, 4 LIMIT $3::int;

-- Documents by type and id, deleted ones left out.
-- name: operation_documents :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM unnest($2::text[], $3::text[]) AS u (type, id) JOIN resource r ON r.type = u.type AND r.id = u.id
WHERE NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]));

-- A page of a compartment in the order of row ids. $2 parameters that lead to the centre; $3 the centre as references
-- (NULL: every one whose reference begins with $4); $5 row id to go on after; $6 types or NULL; $7 changed since;
-- $8, $9 the time asked about, in microseconds; $10 parameters that tell when care was given (without any, a document
-- is of all times).
-- name: operation_compartment :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM resource r
WHERE NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[])) AND r.rid > $5::bigint
    AND ($6::text[] IS NULL OR r.type = ANY ($6::text[]))
    AND ($7::bigint IS NULL OR extract(epoch FROM r.updated) * 1000000 >= $7::bigint)
    AND (r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = ANY ($2::int[])
            AND (t.code = ANY ($3::text[]) OR ($3::text[] IS NULL AND starts_with(t.code, $4 || '/'))))
        OR ($3::text[] IS NULL AND r.type = $4))
    AND (($8::bigint IS NULL AND $9::bigint IS NULL)
        OR NOT EXISTS (SELECT 1 FROM search_date d WHERE d.rid = r.rid AND d.param = ANY ($10::int[]))
        OR EXISTS (SELECT 1 FROM search_date d WHERE d.rid = r.rid AND d.param = ANY ($10::int[])
            AND ($8::bigint IS NULL OR d.high > $8::bigint) AND ($9::bigint IS NULL OR d.low < $9::bigint)))
ORDER BY r.rid LIMIT $11::int;

-- The newest document of a type with a canonical url; $5 a version, or NULL for any.
-- name: operation_canonical :one
SELECT r.content FROM resource r
WHERE r.type = $2 AND NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
    AND r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = $3::int AND t.code = $4)
    AND ($5::text IS NULL OR r.content::jsonb ->> 'version' = $5)
ORDER BY r.updated DESC, r.rid DESC LIMIT 1;

-- Who refers to a document. $3: the reference parameters of all types.
-- name: operation_referrers :many
SELECT r.type, r.id FROM resource r
WHERE NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[])) AND r.type || '/' || r.id <> $2
    AND r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = ANY ($3::int[]) AND t.code = $2)
ORDER BY r.rid LIMIT 10;

-- The newest StructureDefinition of a canonical url: its row and version. $4 a version, or NULL for any.
-- name: operation_profile :one
SELECT r.rid, r.version FROM resource r
WHERE r.type = 'StructureDefinition' AND NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
    AND r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = $2::int AND t.code = $3)
    AND ($4::text IS NULL OR r.content::jsonb ->> 'version' = $4)
ORDER BY r.updated DESC, r.rid DESC LIMIT 1;
