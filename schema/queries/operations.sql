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
