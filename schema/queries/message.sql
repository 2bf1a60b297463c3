-- The journal of HL7 messages: each as it came, with the acknowledgement it got. Rows are only added.

-- Until the transaction ends, nobody else works on a message of this sender with this control id.
-- name: message_lock :exec
SELECT pg_advisory_xact_lock(hashtextextended('hl7 message ' || $1 || '|' || $2 || '|' || $3, 0));

-- The accepted message of the last 30 days with this control id; one with the same content first.
-- name: message_find :one
SELECT content_hash = $4, ack FROM message
WHERE control_id = $1 AND sending_application = $2 AND sending_facility = $3 AND outcome = 'accepted'
    AND received > now() - interval '30 days'
ORDER BY content_hash = $4 DESC, message_id DESC LIMIT 1;

-- name: message_put :exec
INSERT INTO message (message_id, received, department, sending_application, sending_facility, control_id, content_hash,
    trigger, address, character_set, outcome, ack_code, error_code, error_text, error_location, patient_id, accession,
    placer_order, filler_order, others, warnings, raw, ack, wrote, trace, original, resubmitted_by)
VALUES ($1, now(), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
    $23, $24, nullif($25::bigint, 0), $26);

-- name: message_trace_put :exec
INSERT INTO message_trace (hash, rows) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: message_settle :exec
UPDATE message SET settled = $2 WHERE message_id = $1 AND outcome = 'refused' AND settled = '';
