-- What the ways in keep of their peers: sequence numbers, and acknowledgements that are sent apart.

-- Waits for who works on a message of this sender.
-- name: sequence_lock :one
INSERT INTO hl7_sequence (sending_application, sending_facility) VALUES ($1, $2)
ON CONFLICT (sending_application, sending_facility) DO UPDATE SET sending_application = excluded.sending_application
RETURNING expected;

-- name: sequence_put :exec
UPDATE hl7_sequence SET expected = $3 WHERE sending_application = $1 AND sending_facility = $2;

-- name: ack_apart :one
SELECT substr(ack, ack_split + 1) FROM message WHERE message_id = $1;

-- A cancel of an order that is not here.
-- name: order_tombstone_put :exec
INSERT INTO order_tombstone (kind, value, namespace, patient_rid) VALUES ($1, $2, $3, $4)
ON CONFLICT (kind, value, namespace, patient_rid) DO UPDATE SET created = now();

-- The patients for whom an order of these numbers was cancelled. An empty namespace on either side matches any.
-- name: order_tombstone_find :many
SELECT patient_rid FROM order_tombstone
WHERE created > now() - interval '30 days' AND
    ((kind = 'filler' AND value = $1 AND ($2 = '' OR namespace = '' OR namespace = $2))
    OR (kind = 'placer' AND value = $3 AND ($4 = '' OR namespace = '' OR namespace = $4))
    OR (kind = 'accession' AND value = $5 AND ($6 = '' OR namespace = '' OR namespace = $6)));
