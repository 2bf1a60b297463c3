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


-- The namespace of an identifier system, known or not.
-- name: pix_authority :one
SELECT namespace FROM authority WHERE uri = $1;

-- Whose identifier it is; those of a merged record are its survivor's.
-- name: pix_patient :one
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM patient_identifier i JOIN resource r ON r.rid = i.rid
WHERE i.namespace = $2 AND i.value = $3 AND NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]));

-- Patients worth comparing: an identifier in common ($2 parameter, $3 systems, $4 values), or two of family name ($5, $6),
-- given name ($7, $8) and birth date ($9, from $10 to $11).
-- name: match_candidates :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM resource r WHERE r.type = 'Patient' AND NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
    AND r.rid IN (
        SELECT t.rid FROM search_token t WHERE t.param = $2::int AND t.code = ANY ($4::text[]) AND (t.system, t.code) IN (
            SELECT u.system, u.code FROM unnest($3::text[], $4::text[]) AS u (system, code))
        UNION ALL
        SELECT s.rid FROM search_string s WHERE s.param = $5::int AND s.value = ANY ($6::text[]) AND (
            EXISTS (SELECT 1 FROM search_string g WHERE g.rid = s.rid AND g.param = $7::int AND g.value = ANY ($8::text[]))
            OR EXISTS (SELECT 1 FROM search_date d WHERE d.rid = s.rid AND d.param = $9::int
                AND d.low < $11::bigint AND d.high > $10::bigint))
        UNION ALL
        SELECT d.rid FROM search_date d WHERE d.param = $9::int AND d.low = $10::bigint AND d.high = $11::bigint
            AND EXISTS (SELECT 1 FROM search_string g
                WHERE g.rid = d.rid AND g.param = $7::int AND g.value = ANY ($8::text[])))
ORDER BY r.rid LIMIT 500;
