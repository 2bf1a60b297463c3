-- Histories: the versions of one document, of a type, of the record; newest first. Columns of a document (record_row),
-- then: method, whether nothing was there before, whether it is the current version.
-- $3 made at or after, $4 and $5 current at some time in [$4, $5), $6 $7 $8 the place to go on behind (time, row id,
-- version; NULL: from the newest), $9 how many.

-- $2 the row id
-- name: history_of_document :many
SELECT h.rid, r.id, h.version, h.deleted, (extract(epoch FROM h.updated) * 1000000)::bigint, r.department, h.content,
    r.type, h.method, h.version = 1 OR EXISTS (SELECT 1 FROM resource_history p
        WHERE p.rid = h.rid AND p.version = h.version - 1 AND p.deleted), h.latest
FROM resource r JOIN (
    SELECT c.rid, c.version, c.updated, c.deleted, c.method, c.content, true AS latest, NULL::timestamptz AS until
    FROM resource c WHERE c.rid = $2::bigint
    UNION ALL
    SELECT o.rid, o.version, o.updated, o.deleted, o.method, o.content, false,
        coalesce((SELECT n.updated FROM resource_history n WHERE n.rid = o.rid AND n.version = o.version + 1),
            (SELECT n.updated FROM resource n WHERE n.rid = o.rid))
    FROM resource_history o WHERE o.rid = $2::bigint) h ON h.rid = r.rid
WHERE r.rid = $2::bigint AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
    AND h.updated >= coalesce($3::timestamptz, '-infinity') AND h.updated < coalesce($5::timestamptz, 'infinity')
    AND ($4::timestamptz IS NULL OR h.until IS NULL OR h.until > $4::timestamptz)
    AND ($6::timestamptz IS NULL OR $7::bigint IS NULL OR h.version < $8::int)
ORDER BY h.version DESC LIMIT $9::int;

-- $2 the type
-- name: history_of_type :many
SELECT h.rid, h.id, h.version, h.deleted, (extract(epoch FROM h.updated) * 1000000)::bigint, h.department, h.content,
    h.type, h.method, h.version = 1 OR EXISTS (SELECT 1 FROM resource_history p
        WHERE p.rid = h.rid AND p.version = h.version - 1 AND p.deleted), h.latest
FROM (
    (SELECT c.rid, c.id, c.version, c.deleted, c.updated, c.department, c.content, c.type, c.method, true AS latest
    FROM resource c
    WHERE c.type = $2 AND ($1::text[] IS NULL OR c.department = ANY ($1::text[]))
        AND c.updated >= coalesce($3::timestamptz, '-infinity') AND c.updated < coalesce($5::timestamptz, 'infinity')
        AND (c.updated, c.rid, c.version) <
            (coalesce($6::timestamptz, 'infinity'), coalesce($7::bigint, 0), coalesce($8::int, 0))
    ORDER BY c.updated DESC, c.rid DESC LIMIT $9::int)
    UNION ALL
    (SELECT o.rid, r.id, o.version, o.deleted, o.updated, r.department, o.content, o.type, o.method, false
    FROM resource_history o JOIN resource r ON r.rid = o.rid
    WHERE o.type = $2 AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
        AND o.updated >= coalesce($3::timestamptz, '-infinity') AND o.updated < coalesce($5::timestamptz, 'infinity')
        AND ($4::timestamptz IS NULL OR $4::timestamptz <
            coalesce((SELECT n.updated FROM resource_history n WHERE n.rid = o.rid AND n.version = o.version + 1),
                r.updated))
        AND (o.updated, o.rid, o.version) <
            (coalesce($6::timestamptz, 'infinity'), coalesce($7::bigint, 0), coalesce($8::int, 0))
    ORDER BY o.updated DESC, o.rid DESC, o.version DESC LIMIT $9::int)) h
ORDER BY h.updated DESC, h.rid DESC, h.version DESC LIMIT $9::int;

-- $2 is of no use here
-- name: history_of_record :many
SELECT h.rid, h.id, h.version, h.deleted, (extract(epoch FROM h.updated) * 1000000)::bigint, h.department, h.content,
    h.type, h.method, h.version = 1 OR EXISTS (SELECT 1 FROM resource_history p
        WHERE p.rid = h.rid AND p.version = h.version - 1 AND p.deleted), h.latest
FROM (
    (SELECT c.rid, c.id, c.version, c.deleted, c.updated, c.department, c.content, c.type, c.method, true AS latest
    FROM resource c
    WHERE $2::text IS NULL AND ($1::text[] IS NULL OR c.department = ANY ($1::text[]))
        AND c.updated >= coalesce($3::timestamptz, '-infinity') AND c.updated < coalesce($5::timestamptz, 'infinity')
        AND (c.updated, c.rid, c.version) <
            (coalesce($6::timestamptz, 'infinity'), coalesce($7::bigint, 0), coalesce($8::int, 0))
    ORDER BY c.updated DESC, c.rid DESC LIMIT $9::int)
    UNION ALL
    (SELECT o.rid, r.id, o.version, o.deleted, o.updated, r.department, o.content, o.type, o.method, false
    FROM resource_history o JOIN resource r ON r.rid = o.rid
    WHERE ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
        AND o.updated >= coalesce($3::timestamptz, '-infinity') AND o.updated < coalesce($5::timestamptz, 'infinity')
        AND ($4::timestamptz IS NULL OR $4::timestamptz <
            coalesce((SELECT n.updated FROM resource_history n WHERE n.rid = o.rid AND n.version = o.version + 1),
                r.updated))
        AND (o.updated, o.rid, o.version) <
            (coalesce($6::timestamptz, 'infinity'), coalesce($7::bigint, 0), coalesce($8::int, 0))
    ORDER BY o.updated DESC, o.rid DESC, o.version DESC LIMIT $9::int)) h
ORDER BY h.updated DESC, h.rid DESC, h.version DESC LIMIT $9::int;

-- How many versions: of one document ($2), of a type ($3), of all. $4 made at or after, $5 and $6 current in [$5, $6).
-- name: history_count :one
SELECT (SELECT count(*) FROM resource c
        WHERE ($2::bigint IS NULL OR c.rid = $2::bigint) AND ($3::text IS NULL OR c.type = $3)
            AND ($1::text[] IS NULL OR c.department = ANY ($1::text[]))
            AND c.updated >= coalesce($4::timestamptz, '-infinity')
            AND c.updated < coalesce($6::timestamptz, 'infinity'))
    + (SELECT count(*) FROM resource_history o JOIN resource r ON r.rid = o.rid
        WHERE ($2::bigint IS NULL OR o.rid = $2::bigint) AND ($3::text IS NULL OR o.type = $3)
            AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
            AND o.updated >= coalesce($4::timestamptz, '-infinity')
            AND o.updated < coalesce($6::timestamptz, 'infinity')
            AND ($5::timestamptz IS NULL OR $5::timestamptz <
                coalesce((SELECT n.updated FROM resource_history n WHERE n.rid = o.rid AND n.version = o.version + 1),
                    r.updated)));

-- What is older than this is committed: nothing that is being written now can get an older time. The second is for
-- writes whose time was taken and whose transaction has not begun, and for clocks of other nodes.
-- name: history_horizon :one
SELECT (extract(epoch FROM least(now(), min(a.xact_start)) - interval '1 second') * 1000000)::bigint
FROM pg_stat_activity a WHERE a.datname = current_database();
