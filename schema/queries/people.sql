-- Patients by what HL7 queries ask (domain/people.c). $2: behind this row; empty texts and zeros ask nothing.
-- name: people_find :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM resource r
WHERE r.type = 'Patient' AND NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
    AND r.rid > $2::bigint
    AND ($3 = '' OR EXISTS (SELECT 1 FROM patient_identifier i
        WHERE i.rid = r.rid AND i.value = $3 AND ($4 = '' OR i.namespace = $4)))
    AND ($5 = '' OR EXISTS (SELECT 1 FROM search_string s WHERE s.rid = r.rid AND s.param = $6::int AND s.value LIKE $5))
    AND ($7 = '' OR EXISTS (SELECT 1 FROM search_string s WHERE s.rid = r.rid AND s.param = $8::int AND s.value LIKE $7))
    AND ($9::bigint = 0 OR EXISTS (SELECT 1 FROM search_date b WHERE b.rid = r.rid AND b.param = $10::int
        AND b.low >= $9::bigint AND b.high <= $11::bigint))
    AND ($12 = '' OR EXISTS (SELECT 1 FROM search_token t WHERE t.rid = r.rid AND t.param = $13::int AND t.code = $12))
    AND NOT EXISTS (SELECT 1 FROM patient_merge m WHERE m.source_rid = r.rid AND m.undone IS NULL)
ORDER BY r.rid LIMIT $14::int;
