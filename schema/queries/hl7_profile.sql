-- Conformance profiles of HL7 senders (hl7/net/profile_….c).

-- name: hl7_profile_active :many
SELECT profile_id FROM hl7_profile WHERE state = 'active' ORDER BY profile_id;

-- name: hl7_profile_documents :many
SELECT profile_id, document, application, facility FROM hl7_profile WHERE state = 'active' ORDER BY profile_id;

-- name: hl7_profile_put :one
INSERT INTO hl7_profile (name, version, application, facility, document, changed_by)
SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM hl7_profile WHERE name = $1
RETURNING version;

-- name: hl7_profile_list :many
SELECT name, version, application, facility, state, (extract(epoch FROM changed) * 1000000)::bigint, changed_by
FROM hl7_profile ORDER BY name, version DESC LIMIT 1000;

-- The version asked for; 0: the newest.
-- name: hl7_profile_get :one
SELECT profile_id, version, state, document FROM hl7_profile
WHERE name = $1 AND ($2::int = 0 OR version = $2::int) ORDER BY version DESC LIMIT 1;

-- name: hl7_profile_of_sender :one
SELECT document FROM hl7_profile
WHERE state = 'active' AND application = $1 AND facility IN ($2, '') ORDER BY facility DESC LIMIT 1;

-- name: hl7_profile_retire :exec
UPDATE hl7_profile SET state = 'retired', changed = now(), changed_by = $3
WHERE state = 'active' AND application = $1 AND facility = $2;

-- name: hl7_profile_activate :exec
UPDATE hl7_profile SET state = 'active', changed = now(), changed_by = $2 WHERE profile_id = $1::bigint;

-- name: hl7_profile_remove :exec
UPDATE hl7_profile SET state = 'retired', changed = now(), changed_by = $2 WHERE name = $1 AND state <> 'retired';

-- What the sender sent last.
-- name: hl7_profile_messages :many
SELECT message_id, control_id, raw FROM message
WHERE ($1::text[] IS NULL OR department = ANY ($1::text[])) AND sending_application = $2
    AND ($3 = '' OR sending_facility = $3)
ORDER BY message_id DESC LIMIT $4::int;
