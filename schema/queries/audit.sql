-- Times go in and out as microseconds since 1970, hashes as hexadecimal text, content as the text of its bytes.

-- One event in the transaction of its act.
-- name: audit_event_put :exec
INSERT INTO audit_event (recorded, kind, outcome, principal, principal_kind, address, door, request, object_type,
                         object_id, patient, study_uid, accession, content)
VALUES (timestamptz 'epoch' + $1::bigint * interval '1 microsecond', $2, $3::bigint::smallint, $4, $5, $6, $7, $8, $9,
        $10, $11, $12, $13, convert_to($14::text, 'UTF8'))

-- The events of all callers that wait, as one statement.
-- name: audit_event_put_all :exec
INSERT INTO audit_event (recorded, kind, outcome, principal, principal_kind, address, door, request, object_type,
                         object_id, patient, study_uid, accession, content)
SELECT timestamptz 'epoch' + a * interval '1 microsecond', b, c::smallint, d, e, f, g, h, i, j, k, l, m,
       convert_to(n, 'UTF8')
FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
     AS waiting (a, b, c, d, e, f, g, h, i, j, k, l, m, n)

-- The lock lives as long as the sealer's connection does.
-- name: audit_sealer_lock :one
SELECT pg_try_advisory_lock(hashtextextended('isocentre audit sealer', 0))

-- name: audit_sealer_unlock :one
SELECT pg_advisory_unlock(hashtextextended('isocentre audit sealer', 0))

-- Where the chain ends; xid is that of the last sealed event. The last column: that transaction has not happened yet
-- in this cluster, so the rows were moved here from another one by dump and restore.
-- name: audit_tail :one
SELECT s.seq, encode(s.hash, 'hex'), e.xid::text, e.id, e.xid >= pg_snapshot_xmax(pg_current_snapshot())
FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id
ORDER BY s.seq DESC LIMIT 1

-- name: audit_unsealed :many
SELECT e.id, e.xid::text, encode(sha256(e.content), 'hex')
FROM audit_event e
WHERE (e.xid, e.id) > ($1::text::xid8, $2::bigint) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.xid, e.id LIMIT $3::bigint

-- name: audit_seal_put_all :exec
INSERT INTO audit_seal (seq, event_id, prev_hash, hash)
SELECT s, i, decode(p, 'hex'), decode(h, 'hex')
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) AS sealed (s, i, p, h)

-- name: audit_key_put :exec
INSERT INTO audit_key (key_id, public_key) VALUES ($1, decode($2, 'hex')) ON CONFLICT DO NOTHING

-- name: audit_checkpoint_put :exec
INSERT INTO audit_checkpoint (seq, hash, signed_at, key_id, signature)
VALUES ($1::bigint, decode($2, 'hex'), timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4,
        decode($5, 'hex'))
ON CONFLICT DO NOTHING

-- name: audit_checkpoint_last :one
SELECT seq FROM audit_checkpoint ORDER BY seq DESC LIMIT 1

-- name: audit_key_list :many
SELECT key_id, encode(public_key, 'hex') FROM audit_key ORDER BY key_id

-- The chain, its events and the checkpoints on it, in batches by seq.
-- name: audit_verify_batch :many
SELECT s.seq, s.event_id, encode(s.prev_hash, 'hex'), encode(s.hash, 'hex'),
       e.content, (extract(epoch FROM e.recorded) * 1000000)::bigint, e.kind, e.outcome, e.principal, e.principal_kind,
       e.address, e.door, e.request, e.object_type, e.object_id, e.patient, e.study_uid, e.accession,
       encode(c.hash, 'hex'), (extract(epoch FROM c.signed_at) * 1000000)::bigint, c.key_id, encode(c.signature, 'hex')
FROM audit_seal s
     LEFT JOIN audit_event e ON e.id = s.event_id
     LEFT JOIN audit_checkpoint c ON c.seq = s.seq
WHERE s.seq > $1::bigint AND s.seq <= $2::bigint
ORDER BY s.seq LIMIT $3::bigint

-- Events at or before the last sealed one in sealing order. More of them than seals: something was slipped in.
-- name: audit_count_until :one
SELECT count(*) FROM audit_event WHERE (xid, id) <= ($1::text::xid8, $2::bigint)

-- name: audit_count_after :one
SELECT count(*) FROM audit_event WHERE (xid, id) > ($1::text::xid8, $2::bigint)

-- The first of the slipped-in events.
-- name: audit_unsealed_first :one
SELECT e.id FROM audit_event e
WHERE (e.xid, e.id) <= ($1::text::xid8, $2::bigint)
  AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)
ORDER BY e.xid, e.id LIMIT 1
