-- FHIR reads and the search compiler. $1 of every clinical read is the row filter: departments or NULL.
-- Columns of documents: rid, id, version, deleted, updated, department, content, type (record_row).

-- "+ 0" keeps the planner on the index by document, whose cost is the same for every parameter: so it plans once.
-- name: fhir_read :one
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type, (SELECT t.code FROM search_token t WHERE t.rid = r.rid AND t.param + 0 = $4::int LIMIT 1)
FROM resource r WHERE r.type = $2 AND r.id = $3 AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]));

-- The positions (from 1) of references that lead to nothing.
-- name: fhir_reference_missing :many
WITH held AS MATERIALIZED (
    SELECT u.n FROM unnest($2::text[], $3::text[], $4::int[]) WITH ORDINALITY AS u (type, id, version, n)
        JOIN resource r ON r.type = u.type AND r.id = u.id
    WHERE NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
        AND (u.version IN (0, r.version)
            OR EXISTS (SELECT 1 FROM resource_history h WHERE h.rid = r.rid AND h.version = u.version))
    FOR KEY SHARE OF r)
SELECT g.n FROM generate_series(1, cardinality($2::text[])) AS g (n) WHERE g.n NOT IN (SELECT held.n FROM held)
ORDER BY g.n;

-- The same for who only asks.
-- name: fhir_reference_absent :many
WITH held AS MATERIALIZED (
    SELECT u.n FROM unnest($2::text[], $3::text[], $4::int[]) WITH ORDINALITY AS u (type, id, version, n)
        JOIN resource r ON r.type = u.type AND r.id = u.id
    WHERE NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
        AND (u.version IN (0, r.version)
            OR EXISTS (SELECT 1 FROM resource_history h WHERE h.rid = r.rid AND h.version = u.version)))
SELECT g.n FROM generate_series(1, cardinality($2::text[])) AS g (n) WHERE g.n NOT IN (SELECT held.n FROM held)
ORDER BY g.n;

-- Something that refers to the document $3 ($4: as references say it) by one of the parameters $2, and whether the
-- caller may see it.
-- name: fhir_referrer :many
SELECT r.type, r.id, $1::text[] IS NULL OR r.department = ANY ($1::text[])
FROM search_token t JOIN resource r ON r.rid = t.rid
WHERE t.param = ANY ($2::int[]) AND t.code = $4 AND t.rid <> $3
LIMIT 1;

-- One at a time for the same criteria (conditional interactions).
-- name: conditional_lock :one
SELECT pg_advisory_xact_lock(hashtextextended($1, 0));

-- ---- the search compiler (fhir/search): {1}, {2} … are places of values, numbered as they are used ----

-- name: search_page :fragment
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type,

-- name: search_count :fragment
SELECT count(*)

-- name: search_from :fragment
FROM resource r WHERE

-- Contained resources, with what is their container's: who may see it, whether it is there.
-- name: search_from_contained :fragment
FROM (SELECT c.rid, c.id, p.version, p.deleted, p.updated, p.department, c.content, c.type,
        p.type || '/' || p.id AS within
    FROM search_contained c JOIN resource p ON p.rid = c.container) r WHERE

-- name: search_from_both :fragment
FROM (SELECT r.rid, r.id, r.version, r.deleted, r.updated, r.department, r.content, r.type, NULL AS within
    FROM resource r
    UNION ALL
    SELECT c.rid, c.id, p.version, p.deleted, p.updated, p.department, c.content, c.type, p.type || '/' || p.id
    FROM search_contained c JOIN resource p ON p.rid = c.container) r WHERE

-- name: search_within :fragment
, r.within

-- What contains a match.
-- name: search_containers :fragment
AND r.rid IN (SELECT r.container FROM search_contained r WHERE

-- name: search_or_plain :fragment
UNION ALL SELECT r.rid FROM resource r WHERE

-- A page of the few rows that fit, newest first, and only then their documents. {1}: row ids lower than this.
-- name: search_few_open :fragment
FROM (SELECT f.rid FROM (

-- name: search_few_close :fragment
) f WHERE f.rid < {1}::bigint GROUP BY f.rid ORDER BY f.rid DESC LIMIT {2}::int) k
    JOIN resource r ON r.rid = k.rid WHERE

-- name: search_few_order :fragment
ORDER BY r.rid DESC

-- name: search_type :fragment
r.type = $2

-- name: search_type_many :fragment
r.type = ANY ($2::text[])

-- name: search_seen :fragment
NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))

-- What refers to the centre of a compartment, and the centre.
-- name: search_compartment :fragment
AND r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = {1}::int AND t.code = ANY ({2}::text[])
    UNION ALL SELECT c.rid FROM resource c WHERE c.type || '/' || c.id = {3})

-- For the rest of the transaction. $1: milliseconds.
-- name: search_patience :one
SELECT set_config('statement_timeout', $1, true);

-- For the rest of the transaction.
-- name: search_plan :one
SELECT set_config('plan_cache_mode', $1, true);

-- name: search_explain :fragment
EXPLAIN (FORMAT TEXT)

-- name: search_id :fragment
r.id = ANY ({1}::text[])

-- name: search_updated :fragment
r.updated

-- An ImagingStudy changes with its images, too.
-- name: search_updated_study :fragment
GREATEST(r.updated, (SELECT max(st.changed) FROM study st WHERE st.imaging_study = r.rid))

-- name: search_updated_any :fragment
CASE r.type WHEN 'ImagingStudy' THEN GREATEST(r.updated, (
    SELECT max(st.changed) FROM study st WHERE st.imaging_study = r.rid)) ELSE r.updated END

-- name: search_token_any :fragment
r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = {1}::int AND (

-- name: search_token_none :fragment
NOT EXISTS (SELECT 1 FROM search_token t WHERE t.rid = r.rid AND t.param = {1}::int AND (

-- name: search_token_present :fragment
(EXISTS (SELECT 1 FROM search_token t WHERE t.rid = r.rid AND (t.param = {1}::int OR t.param = {2}::int))
    OR EXISTS (SELECT 1 FROM search_string s WHERE s.rid = r.rid AND s.param = {3}::int))

-- name: search_uri_present :fragment
EXISTS (SELECT 1 FROM search_token t WHERE t.rid = r.rid AND t.param = {1}::int)

-- name: search_token_code :fragment
t.code = {1}

-- name: search_token_codes :fragment
t.code = ANY ({1}::text[])

-- name: search_token_system :fragment
t.system = {1}

-- name: search_token_pair :fragment
t.system = {1} AND t.code = {2}

-- name: search_token_below :fragment
t.code = {1} OR starts_with(t.code, {2})

-- name: search_token_version :fragment
t.code = {1} AND t.system = {2}

-- name: search_token_version_below :fragment
t.code = {1} AND (t.system = {2} OR starts_with(t.system, {2} || '.'))

-- Codes with their systems (a bare code has none), and systems with all their codes.
-- name: search_token_in :fragment
(t.code = ANY ({2}::text[]) AND (t.system = '' OR (t.system, t.code) IN (
    SELECT u.system, u.code FROM unnest({1}::text[], {2}::text[]) AS u (system, code))))
OR t.system = ANY ({3}::text[])

-- A ValueSet or CodeSystem that a value of :in or :below names.
-- name: search_definition :one
SELECT r.content FROM resource r
WHERE r.type = $2 AND NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
    AND (r.id = $3 OR r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = $4::int AND t.code = $5))
    AND ($7::text IS NULL OR EXISTS (
        SELECT 1 FROM search_token t WHERE t.rid = r.rid AND t.param = $6::int AND t.code = $7))
ORDER BY r.rid DESC LIMIT 1;

-- What a reference leads to, and what refers here: the documents in between are as visible as the result's.
-- name: search_chain_open :fragment
r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = {1}::int AND t.code IN (

-- name: search_chain_target :fragment
SELECT r.type || '/' || r.id FROM resource r WHERE r.type = {1} AND NOT r.deleted
    AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))

-- name: search_has_open :fragment
r.type || '/' || r.id IN (SELECT t.code FROM search_token t WHERE t.param = {1}::int AND t.rid IN (
    SELECT r.rid FROM resource r WHERE r.type = {2} AND NOT r.deleted
        AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))

-- Words of documents, in PostgreSQL's grammar of web searches.
-- name: search_words_any :fragment
r.rid IN (SELECT w.rid FROM search_text w WHERE (

-- name: search_words_narrative :fragment
w.narrative @@ websearch_to_tsquery('simple', {1})

-- name: search_words_content :fragment
w.content @@ websearch_to_tsquery('simple', {1})

-- What Lists name that the caller may see.
-- name: search_list :fragment
r.type || '/' || r.id IN (SELECT t.code FROM search_token t JOIN resource l ON l.rid = t.rid
    WHERE t.param = {1}::int AND l.type = 'List' AND l.id = ANY ({2}::text[]) AND NOT l.deleted
        AND ($1::text[] IS NULL OR l.department = ANY ($1::text[])))

-- The beginning of any word.
-- name: search_string_word :fragment
strpos(' ' || translate(s.value, '-/(,;:.', '       '), ' ' || translate({1}, '-/(,;:.', '       ')) > 0

-- Components of composites.
-- name: search_part_token :fragment
SELECT t.rid FROM search_token t WHERE t.param = {1}::int AND (

-- name: search_pair_token :fragment
SELECT t.rid, t.element FROM search_token t WHERE t.param = {1}::int AND (

-- name: search_part_string :fragment
SELECT s.rid FROM search_string s WHERE s.param = {1}::int AND (

-- name: search_pair_string :fragment
SELECT s.rid, s.element FROM search_string s WHERE s.param = {1}::int AND (

-- name: search_part_date :fragment
SELECT d.rid FROM search_date d WHERE d.param = {1}::int AND (

-- name: search_pair_date :fragment
SELECT d.rid, d.element FROM search_date d WHERE d.param = {1}::int AND (

-- name: search_part_number :fragment
SELECT q.rid FROM search_number q WHERE q.param = {1}::int AND (

-- name: search_pair_number :fragment
SELECT q.rid, q.element FROM search_number q WHERE q.param = {1}::int AND (

-- Great-circle distance in km on a sphere; the band of latitudes comes from the index.
-- name: search_near :fragment
r.rid IN (
    SELECT q.rid FROM search_number q JOIN search_number o ON o.rid = q.rid AND o.param = {2}::int
    WHERE q.param = {1}::int
        AND q.value BETWEEN {3}::numeric - {5}::numeric / 110 AND {3}::numeric + {5}::numeric / 110
        AND CASE WHEN q.value BETWEEN -90 AND 90 AND o.value BETWEEN -180 AND 180 THEN
            12742.018 * asin(LEAST(1, sqrt(power(sind((q.value - {3}::numeric)::float8 / 2), 2)
                + cosd({3}::numeric::float8) * cosd(q.value::float8)
                * power(sind((o.value - {4}::numeric)::float8 / 2), 2)))) <= {5}::numeric::float8
            ELSE false END)

-- name: search_string_any :fragment
r.rid IN (SELECT s.rid FROM search_string s WHERE s.param = {1}::int AND (

-- name: search_string_present :fragment
EXISTS (SELECT 1 FROM search_string s WHERE s.rid = r.rid AND s.param = {1}::int)

-- name: search_string_range :fragment
s.value >= {1} AND s.value < {2}

-- name: search_string_contains :fragment
strpos(s.value, {1}) > 0

-- name: search_string_folded :fragment
s.value = {1}

-- name: search_string_written :fragment
strpos(r.content, {1}) > 0

-- name: search_date_present :fragment
EXISTS (SELECT 1 FROM search_date d WHERE d.rid = r.rid AND d.param = {1}::int)

-- name: search_date_eq :fragment
d.low >= {1}::bigint AND d.low < {2}::bigint AND d.high <= {2}::bigint

-- name: search_date_ne :fragment
d.low < {1}::bigint OR d.high > {2}::bigint

-- name: search_date_gt :fragment
d.high > {2}::bigint

-- name: search_date_lt :fragment
d.low < {1}::bigint

-- name: search_date_ge :fragment
d.low >= {1}::bigint OR d.high > {2}::bigint

-- name: search_date_le :fragment
d.high <= {2}::bigint OR d.low < {1}::bigint

-- name: search_date_sa :fragment
d.low >= {2}::bigint

-- name: search_date_eb :fragment
d.high <= {1}::bigint

-- name: search_date_ap :fragment
d.low < {2}::bigint AND d.high > {1}::bigint

-- name: search_number_present :fragment
EXISTS (SELECT 1 FROM search_number q WHERE q.rid = r.rid AND q.param = {1}::int)

-- name: search_number_eq :fragment
q.value >= {1}::numeric - {2}::numeric AND q.value < {1}::numeric + {2}::numeric AND q.high < {1}::numeric + {2}::numeric

-- name: search_number_ne :fragment
(q.value < {1}::numeric - {2}::numeric OR q.high >= {1}::numeric + {2}::numeric)

-- name: search_number_gt :fragment
q.high > {1}::numeric

-- name: search_number_lt :fragment
q.value < {1}::numeric

-- name: search_number_ge :fragment
q.high >= {1}::numeric

-- name: search_number_le :fragment
q.value <= {1}::numeric

-- name: search_number_sa :fragment
q.value > {1}::numeric

-- name: search_number_eb :fragment
q.high < {1}::numeric

-- name: search_number_ap :fragment
q.value <= {1}::numeric + abs({1}::numeric) / 10 AND q.high >= {1}::numeric - abs({1}::numeric) / 10

-- name: search_number_system :fragment
AND q.system = {1}

-- name: search_number_code :fragment
AND q.code = {1}

-- name: search_study_instance :fragment
(r.rid IN (
    SELECT st.imaging_study FROM instance i JOIN series se ON se.series_key = i.series_key
        JOIN study st ON st.study_key = se.study_key WHERE i.sop_uid = ANY ({1}::text[]))
    OR r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = {2}::int AND t.code = ANY ({1}::text[])))

-- name: search_study_class :fragment
(EXISTS (
    SELECT 1 FROM study st JOIN series se ON se.study_key = st.study_key
        JOIN instance i ON i.series_key = se.series_key
    WHERE st.imaging_study = r.rid AND i.sop_class = ANY ({1}::text[]))
    OR r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = {2}::int AND t.code = ANY ({1}::text[])))

-- name: search_sort_id :fragment
r.id

-- Each key in the order of its bytes, whatever the database's language.
-- name: search_sort_token :fragment
(SELECT min(t.code COLLATE "C") FROM search_token t WHERE t.rid = r.rid AND t.param = {1}::int)

-- name: search_sort_token_down :fragment
(SELECT max(t.code COLLATE "C") FROM search_token t WHERE t.rid = r.rid AND t.param = {1}::int)

-- name: search_sort_string :fragment
(SELECT min(s.value) FROM search_string s WHERE s.rid = r.rid AND s.param = {1}::int)

-- name: search_sort_string_down :fragment
(SELECT max(s.value) FROM search_string s WHERE s.rid = r.rid AND s.param = {1}::int)

-- name: search_sort_date :fragment
(SELECT min(d.low) FROM search_date d WHERE d.rid = r.rid AND d.param = {1}::int)

-- name: search_sort_date_down :fragment
(SELECT max(d.high) FROM search_date d WHERE d.rid = r.rid AND d.param = {1}::int)

-- name: search_sort_number :fragment
(SELECT min(q.value) FROM search_number q WHERE q.rid = r.rid AND q.param = {1}::int)

-- name: search_sort_number_down :fragment
(SELECT max(q.high) FROM search_number q WHERE q.rid = r.rid AND q.param = {1}::int)

-- name: search_micros_open :fragment
(extract(epoch FROM

-- name: search_micros_close :fragment
) * 1000000)::bigint

-- What documents ($2) refer to by parameters ($3), of a type ($4). A reference to a version brings that version. A
-- canonical reference leads by url ($5: the url parameters, $6: the version parameters of all types).
-- name: search_include :many
SELECT r.rid, r.id, COALESCE(h.version, r.version), r.deleted,
    (extract(epoch FROM COALESCE(h.updated, r.updated)) * 1000000)::bigint, r.department,
    COALESCE(h.content, r.content), r.type
FROM (
    SELECT DISTINCT ON (x.rid) x.rid, x.version FROM (
        SELECT r.rid, t.system AS version FROM search_token t JOIN resource r ON r.type || '/' || r.id = t.code
        WHERE t.rid = ANY ($2::bigint[]) AND t.param = ANY ($3::int[])
        UNION ALL
        SELECT u.rid, '' FROM search_token t JOIN search_token u ON u.code = t.code AND u.param = ANY ($5::int[])
        WHERE t.rid = ANY ($2::bigint[]) AND t.param = ANY ($3::int[])
            AND (t.system = '' OR EXISTS (SELECT 1 FROM search_token v WHERE v.rid = u.rid
                AND v.param = ANY ($6::int[]) AND v.code = t.system))) x
    ORDER BY x.rid, x.version) f
JOIN resource r ON r.rid = f.rid
LEFT JOIN resource_history h ON h.rid = f.rid AND h.version::text = f.version AND NOT h.deleted
WHERE NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[])) AND ($4::text IS NULL OR r.type = $4)
ORDER BY r.rid LIMIT $7::int;

-- The same by parameters that hold no canonical reference.
-- name: search_include_literal :many
SELECT r.rid, r.id, COALESCE(h.version, r.version), r.deleted,
    (extract(epoch FROM COALESCE(h.updated, r.updated)) * 1000000)::bigint, r.department,
    COALESCE(h.content, r.content), r.type
FROM (
    SELECT t.code, min(t.system) AS version FROM search_token t
    WHERE t.rid = ANY ($2::bigint[]) AND t.param = ANY ($3::int[]) GROUP BY t.code) f
JOIN resource r ON r.type || '/' || r.id = f.code
LEFT JOIN resource_history h ON f.version <> '' AND h.rid = r.rid AND h.version::text = f.version AND NOT h.deleted
WHERE NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[])) AND ($4::text IS NULL OR r.type = $4)
ORDER BY r.rid LIMIT $5::int;

-- What refers to documents by parameters.
-- name: search_revinclude :many
SELECT r.rid, r.id, r.version, r.deleted, (extract(epoch FROM r.updated) * 1000000)::bigint, r.department, r.content,
    r.type
FROM resource r
WHERE NOT r.deleted AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
    AND r.rid IN (SELECT t.rid FROM search_token t WHERE t.param = ANY ($3::int[]) AND t.code = ANY ($2::text[]))
ORDER BY r.rid LIMIT $4::int;

-- ---- AuditEvent: the audit trail has no departments; the permission AUDIT_READ stands before it ----

-- name: audit_event_read :one
SELECT r.id, (extract(epoch FROM r.recorded) * 1000000)::bigint, r.kind, r.outcome, r.principal, r.principal_kind,
    r.address, r.request, r.object_type, r.object_id, r.patient, r.study_uid, r.accession,
    convert_from(r.content, 'UTF8')
FROM audit_event r WHERE r.id = $1;

-- name: audit_search_page :fragment
SELECT r.id, (extract(epoch FROM r.recorded) * 1000000)::bigint, r.kind, r.outcome, r.principal, r.principal_kind,
    r.address, r.request, r.object_type, r.object_id, r.patient, r.study_uid, r.accession,
    convert_from(r.content, 'UTF8')
FROM audit_event r WHERE true

-- name: audit_search_count :fragment
SELECT count(*) FROM audit_event r WHERE true

-- name: audit_search_id :fragment
r.id = {1}::bigint

-- name: audit_search_kinds :fragment
r.kind = ANY ({1}::text[])

-- name: audit_search_outcome :fragment
r.outcome = {1}::smallint

-- name: audit_search_principal :fragment
r.principal = {1}

-- name: audit_search_principal_begins :fragment
starts_with(lower(r.principal), lower({1}))

-- name: audit_search_address :fragment
starts_with(r.address, {1})

-- name: audit_search_patient :fragment
r.patient = {1}

-- name: audit_search_object :fragment
r.object_id = {1}

-- name: audit_search_recorded :fragment
r.recorded
