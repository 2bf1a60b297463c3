-- Storage commitment (dicom/net/commit_*.c).

-- The same transaction asked for again is looked at again.
-- name: commitment_put :one
INSERT INTO commitment (commitment_id, peer, address, access, transaction_uid, held_until, sop_class, sop_uid, reason)
VALUES ($1, $2, $3, $4, $5, now() + interval '5 seconds', $6::text[], $7::text[],
    array_fill(-1, ARRAY[cardinality($7::text[])]))
ON CONFLICT (peer, transaction_uid) DO UPDATE SET state = 'waiting', requested = now(), held_until = excluded.held_until,
    sop_class = excluded.sop_class, sop_uid = excluded.sop_uid, reason = excluded.reason, last_error = ''
RETURNING commitment_id;

-- name: commitment_get :one
SELECT peer, address, access, transaction_uid, state, held_until > now() FROM commitment WHERE commitment_id = $1;

-- name: commitment_items :many
SELECT u.n, u.class, u.uid, u.reason FROM commitment c,
    unnest(c.sop_class, c.sop_uid, c.reason) WITH ORDINALITY AS u (class, uid, reason, n)
WHERE c.commitment_id = $1 ORDER BY u.n;

-- Nobody asked again meanwhile: then $3 is of another list.
-- name: commitment_checked :exec
UPDATE commitment SET reason = $2::int[], state = CASE WHEN -1 = ANY ($2::int[]) THEN 'waiting' ELSE 'checked' END
WHERE commitment_id = $1 AND state = 'waiting' AND cardinality(reason) = cardinality($2::int[]);

-- name: commitment_told :exec
UPDATE commitment SET state = 'reported', reported = now(), last_error = $2 WHERE commitment_id = $1 AND state = 'checked';

-- name: commitment_failed :exec
UPDATE commitment SET last_error = $2 WHERE commitment_id = $1;

-- An open association of the peer: it keeps what is to be told to itself for some seconds. How many there are, and one
-- that can be told.
-- name: commitment_turn :one
WITH held AS (UPDATE commitment SET held_until = now() + interval '6 seconds'
    WHERE peer = $1 AND state <> 'reported' AND held_until < now() + interval '3 seconds')
SELECT count(*), coalesce(min(commitment_id) FILTER (WHERE state = 'checked'), 0) FROM commitment
WHERE peer = $1 AND state <> 'reported';

-- name: commitment_let_go :exec
UPDATE commitment SET held_until = '-infinity' WHERE peer = $1 AND state <> 'reported';

-- name: study_verify_rows :many
SELECT u.n, i.sop_class, i.file, i.header_size, i.size, i.sha256
FROM unnest($2::text[]) WITH ORDINALITY AS u (uid, n) JOIN kept_instance i ON i.sop_uid = u.uid
    JOIN series e ON e.series_key = i.series_key JOIN study s ON s.study_key = e.study_key
WHERE ($1::text[] IS NULL OR s.department = ANY ($1::text[]))
ORDER BY u.n;

-- $1: behind this one, $2: at most.
-- name: study_verify_page :many
SELECT instance_key, sop_uid FROM instance WHERE instance_key > $1::bigint ORDER BY instance_key LIMIT $2::int;

-- ---- what we ask others ----

-- All instances of a study that is visible ($1), as one transaction.
-- name: commitment_ask_put :one
INSERT INTO commitment_asked (transaction_uid, peer, department, study_uid, sop_class, sop_uid, reason)
SELECT $2, $3, s.department, s.study_uid, array_agg(i.sop_class ORDER BY i.instance_key),
    array_agg(i.sop_uid ORDER BY i.instance_key), array_agg(-1 ORDER BY i.instance_key)
FROM study s JOIN series e ON e.study_key = s.study_key JOIN instance i ON i.series_key = e.series_key
WHERE s.study_uid = $4 AND ($1::text[] IS NULL OR s.department = ANY ($1::text[]))
GROUP BY s.department, s.study_uid
RETURNING cardinality(sop_uid);

-- name: commitment_ask_get :one
SELECT peer, state FROM commitment_asked WHERE transaction_uid = $1;

-- name: commitment_ask_items :many
SELECT u.class, u.uid FROM commitment_asked c, unnest(c.sop_class, c.sop_uid) WITH ORDINALITY AS u (class, uid, n)
WHERE c.transaction_uid = $1 ORDER BY u.n;

-- It may have been answered before we note that it was asked.
-- name: commitment_ask_state :exec
UPDATE commitment_asked SET state = CASE WHEN state = 'answered' THEN state ELSE $2 END, last_error = $3
WHERE transaction_uid = $1;

-- $3, $4: instances and their reasons. Who is not mentioned stays unanswered.
-- name: commitment_ask_answer :one
UPDATE commitment_asked c SET state = 'answered', answered = now(), reason = (
    SELECT array_agg(coalesce(r.reason, o.old) ORDER BY o.n)
    FROM unnest(c.sop_uid, c.reason) WITH ORDINALITY AS o (uid, old, n)
        LEFT JOIN (SELECT DISTINCT ON (u.uid) u.uid, u.reason FROM unnest($3::text[], $4::int[]) AS u (uid, reason)
            ORDER BY u.uid, u.reason DESC) r USING (uid))
WHERE c.peer = $1 AND c.transaction_uid = $2 RETURNING c.study_uid;

-- name: commitment_ask_list :many
SELECT transaction_uid, peer, study_uid, state, (extract(epoch FROM requested) * 1000000)::bigint, last_error,
    cardinality(sop_uid), (SELECT count(*) FROM unnest(reason) AS r (n) WHERE r.n = 0),
    (SELECT count(*) FROM unnest(reason) AS r (n) WHERE r.n > 0),
    coalesce((SELECT string_agg(u.uid, E'\\' ORDER BY u.n) FROM unnest(sop_uid, reason) WITH ORDINALITY AS u (uid, reason, n)
        WHERE u.reason > 0), '')
FROM commitment_asked
WHERE ($1::text[] IS NULL OR department = ANY ($1::text[])) AND ($2 = '' OR study_uid = $2)
ORDER BY requested DESC LIMIT $3::int;
