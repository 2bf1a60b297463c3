-- The journal of HL7 messages: each as it came, with the acknowledgement it got. Rows are only added.

-- Until the transaction ends, nobody else works on a message of this sender with this control id.
-- name: message_lock :exec
SELECT pg_advisory_xact_lock(hashtextextended('hl7 message ' || $1 || '|' || $2 || '|' || $3, 0));

-- The accepted message of the last 30 days with this control id; one with the same content first.
-- name: message_find :one
SELECT content_hash = $4, ack, ack_split, message_id FROM message
WHERE control_id = $1 AND sending_application = $2 AND sending_facility = $3 AND outcome = 'accepted'
    AND received > now() - interval '30 days'
ORDER BY content_hash = $4 DESC, message_id DESC LIMIT 1;

-- name: message_put :exec
INSERT INTO message (message_id, received, department, sending_application, sending_facility, control_id, content_hash,
    trigger, address, character_set, outcome, ack_code, error_code, error_text, error_location, patient_id, accession,
    placer_order, filler_order, others, warnings, raw, ack, wrote, trace, original, resubmitted_by,
    ack_split)
VALUES ($1, now(), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
    $23, $24, nullif($25::bigint, 0), $26, $27);

-- name: message_trace_put :exec
INSERT INTO message_trace (hash, rows) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: message_settle :exec
UPDATE message SET settled = $2 WHERE message_id = $1 AND outcome = 'refused' AND settled = '';

-- Searching: the head, then one fragment for each thing asked for, then the tail. $1 row filter, $2 the cursor (0: from
-- the newest), $3 how many; {1} the value.
-- name: message_search :fragment
SELECT m.message_id, (extract(epoch FROM m.received) * 1000000)::bigint, m.trigger, m.control_id,
    m.sending_application || '|' || m.sending_facility, m.ack_code, m.outcome, m.patient_id, m.accession,
    cardinality(m.warnings), m.settled, m.held, coalesce(m.original, 0), m.resubmitted_by, m.error_code, m.error_text,
    m.error_location
FROM message m
WHERE ($1::text[] IS NULL OR m.department = ANY ($1::text[])) AND ($2::bigint = 0 OR m.message_id < $2::bigint)

-- name: message_search_patient :fragment
AND (m.patient_id = {1} AND m.patient_id <> '' OR m.others <> '{}' AND m.others @> ARRAY[{1}])

-- name: message_search_accession :fragment
AND (m.accession = {1} AND m.accession <> '' OR m.others <> '{}' AND m.others @> ARRAY[{1}])

-- name: message_search_order :fragment
AND (m.placer_order = {1} AND m.placer_order <> '' OR m.filler_order = {1} AND m.filler_order <> ''
    OR m.others <> '{}' AND m.others @> ARRAY[{1}])

-- name: message_search_control :fragment
AND m.control_id = {1}

-- name: message_search_peer :fragment
AND (m.sending_application || '|' || m.sending_facility = {1} OR m.sending_application = {1})

-- name: message_search_trigger :fragment
AND (m.trigger = {1} OR m.trigger LIKE {1} || '^%')

-- name: message_search_ack :fragment
AND m.ack_code = {1}

-- name: message_search_outcome :fragment
AND m.outcome = {1}

-- name: message_search_dead :fragment
AND m.outcome = 'refused' AND m.settled = ''

-- name: message_search_settled :fragment
AND m.settled = {1}

-- name: message_search_again :fragment
AND m.original IS NOT NULL

-- name: message_search_held :fragment
AND (m.held OR EXISTS (SELECT 1 FROM message_hold h WHERE h.patient_id = m.patient_id))

-- name: message_search_from :fragment
AND m.message_id >= {1}::bigint

-- name: message_search_to :fragment
AND m.message_id < {1}::bigint

-- name: message_search_text :fragment
AND m.message_id IN (SELECT t.message_id FROM message_text t WHERE t.words @@ websearch_to_tsquery('simple', {1}))

-- The same columns of messages that left: to whom in the sender's place, why not accepted in the error's. Then event,
-- attempts, when attempted and answered, number in the queue, and what it tells of.
-- name: sent_search :fragment
SELECT m.message_id, (extract(epoch FROM m.created) * 1000000)::bigint, m.trigger, m.control_id, d.name, m.ack_code,
    m.outcome, m.patient_id, m.accession, cardinality(m.warnings), '', m.held, coalesce(m.replaces, 0), '',
    CASE WHEN m.reason = '' THEN '' WHEN m.ack_code = '' THEN 'UNANSWERED' ELSE m.ack_code END, m.reason, '', m.event,
    m.attempts, coalesce((extract(epoch FROM m.attempted) * 1000000)::bigint, 0),
    coalesce((extract(epoch FROM m.answered) * 1000000)::bigint, 0), m.number, m.source
FROM hl7_sent m JOIN hl7_destination d USING (destination)
WHERE ($1::text[] IS NULL OR m.department = ANY ($1::text[])) AND ($2::bigint = 0 OR m.message_id < $2::bigint)

-- name: sent_search_patient :fragment
AND m.patient_id = {1} AND m.patient_id <> ''

-- name: sent_search_accession :fragment
AND m.accession = {1} AND m.accession <> ''

-- name: sent_search_peer :fragment
AND d.name = {1}

-- name: sent_search_again :fragment
AND m.replaces IS NOT NULL

-- name: sent_search_text :fragment
AND m.words @@ websearch_to_tsquery('simple', {1})

-- name: sent_search_order :fragment
AND m.words @@ phraseto_tsquery('simple', {1})

-- name: message_search_tail :fragment
ORDER BY m.message_id DESC LIMIT $3::int

-- One message. $1 row filter
-- name: message_get :one
SELECT m.message_id, (extract(epoch FROM m.received) * 1000000)::bigint, m.trigger, m.control_id,
    m.sending_application || '|' || m.sending_facility, m.ack_code, m.outcome, m.patient_id, m.accession,
    cardinality(m.warnings), m.settled, m.held, coalesce(m.original, 0), m.resubmitted_by, m.error_code, m.error_text,
    m.error_location, m.raw, m.ack, m.character_set, array_to_string(m.warnings, E'\n'), m.placer_order, m.filler_order,
    m.address, array_to_string(m.wrote, E'\n'), coalesce(t.rows, ''), encode(m.content_hash, 'hex'),
    coalesce((extract(epoch FROM m.emptied) * 1000000)::bigint, 0), m.department,
    EXISTS (SELECT 1 FROM message_hold h WHERE h.patient_id = m.patient_id AND m.patient_id <> ''), m.ack_split
FROM message m LEFT JOIN message_trace t ON t.hash = m.trace
WHERE m.message_id = $2::bigint AND ($1::text[] IS NULL OR m.department = ANY ($1::text[]));

-- One that left: the columns of sent_search, then its bytes. $1 row filter
-- name: sent_get :one
SELECT m.message_id, (extract(epoch FROM m.created) * 1000000)::bigint, m.trigger, m.control_id, d.name, m.ack_code,
    m.outcome, m.patient_id, m.accession, cardinality(m.warnings), '', m.held, coalesce(m.replaces, 0), '',
    CASE WHEN m.reason = '' THEN '' WHEN m.ack_code = '' THEN 'UNANSWERED' ELSE m.ack_code END, m.reason, '', m.event,
    m.attempts, coalesce((extract(epoch FROM m.attempted) * 1000000)::bigint, 0),
    coalesce((extract(epoch FROM m.answered) * 1000000)::bigint, 0), m.number, m.source, m.raw, m.ack,
    array_to_string(m.warnings, E'\n'), coalesce((extract(epoch FROM m.emptied) * 1000000)::bigint, 0),
    EXISTS (SELECT 1 FROM message_hold h WHERE h.patient_id = m.patient_id AND m.patient_id <> '')
FROM hl7_sent m JOIN hl7_destination d USING (destination)
WHERE m.message_id = $2::bigint AND ($1::text[] IS NULL OR m.department = ANY ($1::text[]));

-- name: sent_made_of :many
SELECT message_id, (extract(epoch FROM created) * 1000000)::bigint, ack_code, outcome FROM hl7_sent
WHERE replaces = $2::bigint AND ($1::text[] IS NULL OR department = ANY ($1::text[])) ORDER BY message_id LIMIT 100;

-- What was made of it since.
-- name: message_made_of :many
SELECT message_id, (extract(epoch FROM received) * 1000000)::bigint, ack_code, resubmitted_by FROM message
WHERE original = $2::bigint AND ($1::text[] IS NULL OR department = ANY ($1::text[])) ORDER BY message_id LIMIT 100;

-- Messages that wrote a document, newest first: those of the transactions that made its versions. $2 type, $3 id
-- name: message_wrote :many
SELECT m.message_id, (extract(epoch FROM m.received) * 1000000)::bigint, m.trigger, m.control_id,
    m.sending_application || '|' || m.sending_facility, m.resubmitted_by, array_to_string(m.wrote, E'\n'),
    coalesce(t.rows, '')
FROM message m LEFT JOIN message_trace t ON t.hash = m.trace
WHERE m.xid IN (SELECT r.xid FROM resource r WHERE r.type = $2 AND r.id = $3
        UNION SELECT h.xid FROM resource r JOIN resource_history h ON h.rid = r.rid WHERE r.type = $2 AND r.id = $3)
    AND EXISTS (SELECT 1 FROM unnest(m.wrote) w WHERE w LIKE $2 || '/' || $3 || '/%')
    AND ($1::text[] IS NULL OR m.department = ANY ($1::text[]))
ORDER BY m.message_id DESC LIMIT 100;

-- The same columns of one message that wrote something.
-- name: message_provenance :one
SELECT m.message_id, (extract(epoch FROM m.received) * 1000000)::bigint, m.trigger, m.control_id,
    m.sending_application || '|' || m.sending_facility, m.resubmitted_by, array_to_string(m.wrote, E'\n'),
    coalesce(t.rows, '')
FROM message m LEFT JOIN message_trace t ON t.hash = m.trace
WHERE m.message_id = $2::bigint AND m.wrote <> '{}' AND ($1::text[] IS NULL OR m.department = ANY ($1::text[]));

-- name: message_dismiss :one
UPDATE message SET settled = 'dismissed'
WHERE message_id = $2::bigint AND outcome = 'refused' AND settled = ''
    AND ($1::text[] IS NULL OR department = ANY ($1::text[]))
RETURNING control_id, patient_id;

-- name: message_hold :one
UPDATE message SET held = $3::boolean
WHERE message_id = $2::bigint AND ($1::text[] IS NULL OR department = ANY ($1::text[]))
RETURNING control_id, patient_id;

-- name: sent_hold :one
UPDATE hl7_sent SET held = $3::boolean
WHERE message_id = $2::bigint AND ($1::text[] IS NULL OR department = ANY ($1::text[]))
RETURNING control_id, patient_id;

-- name: message_hold_put :exec
INSERT INTO message_hold (patient_id, reason, who) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: message_hold_end :exec
DELETE FROM message_hold WHERE patient_id = $1;

-- name: message_holds :many
SELECT patient_id, reason, who, (extract(epoch FROM since) * 1000000)::bigint FROM message_hold ORDER BY patient_id
LIMIT 1000;

-- At most $1 messages, and some megabytes: large ones come a few at a time.
-- name: message_walk_next :many
SELECT message_id, xid::text, raw, character_set
FROM (SELECT message_id, xid, raw, character_set,
        sum(octet_length(raw)) OVER (ORDER BY xid, message_id) - octet_length(raw) AS before
    FROM (SELECT m.message_id, m.xid, m.raw, m.character_set FROM message m, message_walk w
        WHERE (m.xid, m.message_id) > (w.xid, w.message_id) AND m.xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY m.xid, m.message_id LIMIT $1::int) s) t
WHERE before < 16777216 ORDER BY t.xid, message_id;

-- The same of messages that left, which need no order.
-- name: sent_unread :many
SELECT message_id, raw
FROM (SELECT message_id, raw, sum(octet_length(raw)) OVER (ORDER BY message_id) - octet_length(raw) AS before
    FROM (SELECT message_id, raw FROM hl7_sent WHERE words IS NULL ORDER BY message_id LIMIT $1::int) s) t
WHERE before < 16777216 ORDER BY message_id;

-- name: sent_words_put :exec
UPDATE hl7_sent m SET words = to_tsvector('simple', u.words)
FROM unnest($1::bigint[], $2::text[]) AS u (id, words) WHERE m.message_id = u.id AND m.words IS NULL;

-- name: message_text_put :exec
INSERT INTO message_text (message_id, words)
SELECT u.id, to_tsvector('simple', u.words) FROM unnest($1::bigint[], $2::text[]) AS u (id, words)
ON CONFLICT DO NOTHING;

-- name: message_walk_put :exec
UPDATE message_walk SET xid = $1::xid8, message_id = $2;

-- name: replay_put :exec
INSERT INTO message_replay (run, who, kind, display, address, permissions, roles, departments)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: replay_items_put :one
WITH made AS (
    INSERT INTO message_replay_item (run, message_id)
    SELECT $2::bigint, m.message_id FROM message m
    WHERE m.message_id = ANY ($3::bigint[]) AND m.outcome = 'refused' AND m.settled = ''
        AND ($1::text[] IS NULL OR m.department = ANY ($1::text[]))
    ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*) FROM made;

-- name: replay_who :one
SELECT who, kind, display, address, permissions, roles, departments FROM message_replay WHERE run = $1::bigint;

-- name: replay_due :many
SELECT message_id FROM message_replay_item WHERE run = $1::bigint AND ack_code IS NULL ORDER BY message_id LIMIT $2::int;

-- name: replay_done :exec
UPDATE message_replay_item SET ack_code = $3, made = $4, error = $5 WHERE run = $1::bigint AND message_id = $2::bigint;

-- name: replay_progress :one
SELECT r.who, (extract(epoch FROM r.asked) * 1000000)::bigint, count(i.run), count(i.ack_code),
    count(*) FILTER (WHERE i.ack_code = 'AA'), count(*) FILTER (WHERE i.ack_code <> 'AA')
FROM message_replay r LEFT JOIN message_replay_item i ON i.run = r.run
WHERE r.run = $1::bigint GROUP BY r.run;

-- name: replay_items :many
SELECT i.message_id, coalesce(i.ack_code, ''), i.made, i.error, m.control_id
FROM message_replay_item i JOIN message m ON m.message_id = i.message_id
WHERE i.run = $2::bigint AND ($1::text[] IS NULL OR m.department = ANY ($1::text[]))
ORDER BY i.message_id LIMIT 1000;

-- name: message_dead_count :one
SELECT count(*), coalesce(extract(epoch FROM now() - min(received)), 0)::bigint FROM message
WHERE outcome = 'refused' AND settled = '';

-- name: message_dead_ids :many
SELECT message_id FROM message
WHERE outcome = 'refused' AND settled = '' AND ($1::text[] IS NULL OR department = ANY ($1::text[]))
    AND ($2 = '' OR sending_application || '|' || sending_facility = $2 OR sending_application = $2)
    AND message_id >= $3::bigint
ORDER BY message_id LIMIT 1000;

-- name: alert_raise :one
INSERT INTO alert (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING name;

-- name: alert_end :one
DELETE FROM alert WHERE name = $1 RETURNING name;

-- The bytes of messages that are old enough go, and with them their words; row, hash and provenance stay. $1 $2 $3: ids
-- below which accepted, refused and settled ones are old enough; $4 how many at once.
-- name: message_empty :one
WITH due AS (
    SELECT m.message_id FROM message m
    WHERE m.emptied IS NULL AND NOT m.held
        AND m.message_id < CASE WHEN m.outcome = 'accepted' THEN $1::bigint WHEN m.settled = '' THEN $2::bigint
            ELSE $3::bigint END
        AND NOT EXISTS (SELECT 1 FROM message_hold h
            WHERE h.patient_id = m.patient_id AND m.patient_id <> '' OR h.patient_id = ANY (m.others))
        AND m.message_id < greatest($1::bigint, $2::bigint, $3::bigint)
    ORDER BY m.message_id LIMIT $4::int),
    words AS (DELETE FROM message_text t USING due WHERE t.message_id = due.message_id),
    gone AS (UPDATE message m SET raw = '', ack = '', emptied = now() FROM due WHERE m.message_id = due.message_id
        RETURNING 1)
SELECT count(*) FROM gone;

-- The same of messages that left: accepted, dead and settled ones; what waits stays.
-- name: sent_empty :one
WITH due AS (
    SELECT m.message_id FROM hl7_sent m
    WHERE m.emptied IS NULL AND NOT m.held AND m.outcome <> 'queued'
        AND m.message_id < CASE m.outcome WHEN 'accepted' THEN $1::bigint WHEN 'dead' THEN $2::bigint
            ELSE $3::bigint END
        AND NOT EXISTS (SELECT 1 FROM message_hold h WHERE h.patient_id = m.patient_id AND m.patient_id <> '')
        AND m.message_id < greatest($1::bigint, $2::bigint, $3::bigint)
    ORDER BY m.message_id LIMIT $4::int),
    gone AS (UPDATE hl7_sent m SET raw = '', ack = '', words = '', emptied = now() FROM due
        WHERE m.message_id = due.message_id RETURNING 1)
SELECT count(*) FROM gone;
