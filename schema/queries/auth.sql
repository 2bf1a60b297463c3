-- Arrays leave as text: roles joined by commas, departments as an array literal ('' for no restriction).

-- name: user_find :one
SELECT display, password_hash, array_to_string(roles, ','),
       CASE WHEN departments = '{}' THEN '' ELSE departments::text END,
       disabled, coalesce(locked_until > now(), false), version, failed_count > 0
FROM app_user WHERE login = $1

-- Each fiftieth wrong password in a row closes the account for a minute to callers from the network: guesses spread
-- over many addresses escape the throttle, which counts by address.
-- name: user_failed :exec
UPDATE app_user
SET failed_count = failed_count + 1,
    locked_until = CASE WHEN (failed_count + 1) % 50 = 0 THEN now() + interval '1 minute' ELSE locked_until END
WHERE login = $1

-- name: user_passed :exec
UPDATE app_user SET failed_count = 0, locked_until = NULL WHERE login = $1

-- name: user_put :exec
INSERT INTO app_user (login, display, password_hash, roles)
VALUES ($1, $2, $3, string_to_array($4, ','))
ON CONFLICT (login) DO UPDATE
SET display = excluded.display, password_hash = excluded.password_hash, roles = excluded.roles,
    disabled = false, failed_count = 0, locked_until = NULL, version = app_user.version + 1, changed = now()

-- name: user_change :exec
UPDATE app_user
SET display = $2, roles = string_to_array($3, ','), disabled = false, version = version + 1, changed = now()
WHERE login = $1

-- name: user_disable :exec
UPDATE app_user SET disabled = true, version = version + 1, changed = now() WHERE login = $1

-- name: session_put :exec
INSERT INTO session (hash, login, user_version, display, roles, departments, absolute_end)
VALUES ($1, $2, (SELECT version FROM app_user WHERE login = $2 AND NOT disabled), $3, string_to_array($4, ','),
        CASE WHEN $5 = '' THEN '{}'::text[] ELSE $5::text[] END, now() + make_interval(secs => $6::float8))

-- A local person's session lives only under the version of the row it was opened under; a directory person's only
-- while there is no local row of that name. $2: idle seconds, $3: seconds after which last_seen is written again.
-- name: session_find :one
SELECT s.login, s.display, array_to_string(s.roles, ','),
       CASE WHEN s.departments = '{}' THEN '' ELSE s.departments::text END,
       s.last_seen < now() - make_interval(secs => $3::float8),
       s.user_version IS NULL AND s.roles_checked < now() - make_interval(secs => $4::float8)
FROM session s LEFT JOIN app_user u ON u.login = s.login
WHERE s.hash = $1 AND s.absolute_end > now() AND s.last_seen > now() - make_interval(secs => $2::float8)
  AND s.user_version IS NOT DISTINCT FROM u.version AND NOT coalesce(u.disabled, false)

-- name: session_seen :exec
UPDATE session SET last_seen = now() WHERE hash = $1

-- One of many requests at the same moment wins the row and asks the directory.
-- name: session_recheck :one
UPDATE session SET roles_checked = now()
WHERE hash = $1 AND roles_checked < now() - make_interval(secs => $2::float8)
RETURNING 1

-- name: session_roles :exec
UPDATE session SET roles = string_to_array($2, ','), roles_checked = now() WHERE hash = $1

-- name: session_delete :exec
DELETE FROM session WHERE hash = $1

-- name: session_delete_login :exec
DELETE FROM session WHERE login = $1

-- name: session_sweep :exec
DELETE FROM session WHERE absolute_end < now() OR last_seen < now() - make_interval(secs => $1::float8)

-- An exact name comes before a pattern, then the row for the narrowest network that holds the address decides, then the
-- one for any address. $4 is what the caller's certificate says, as table peer writes it. The last column but the
-- settings: the certificate is the row's, or the row asks for none and no other peer has it.
-- name: peer_find :one
SELECT array_to_string(roles, ','), CASE WHEN departments = '{}' THEN '' ELSE departments::text END,
       character_set, enabled, name || '@' || coalesce(address::text, ''),
       CASE WHEN certificate <> '' THEN certificate = ANY($4::text[])
            ELSE NOT EXISTS (SELECT FROM peer o WHERE o.kind = $1 AND o.certificate = ANY($4::text[])) END,
       certificate, ack_return, frame_max, frame_seconds, idle_seconds, connections, rate, commit_bytes, sequence,
       refuse_reused, character_set, host, port, tls, sop_classes, transfer_syntaxes, private_classes, duplicates,
       bandwidth, utf8, mpps_lenient, worklist_statuses
FROM peer
WHERE kind = $1 AND (name = $2 OR (kind = 'HL7' AND strpos(name, '*') > 0
    AND $2 LIKE replace(replace(replace(name, '%', '\%'), '_', '\_'), '*', '%')))
    AND (address IS NULL OR $3::text::inet <<= address)
ORDER BY name = $2 DESC, masklen(address) DESC NULLS LAST, length(name) DESC, name LIMIT 1

-- Is this certificate some peer's?
-- name: peer_certificate_bound :one
SELECT name FROM peer WHERE kind = $1 AND certificate = ANY($2::text[]) LIMIT 1

-- name: peer_look :one
SELECT array_to_string(roles, ','), CASE WHEN departments = '{}' THEN '' ELSE departments::text END, enabled
FROM peer WHERE kind = 'AE' AND name = $1 ORDER BY enabled DESC, masklen(address) DESC NULLS LAST LIMIT 1;

-- name: peer_put :exec
INSERT INTO peer (kind, name, address, roles) VALUES ($1, $2, $3::text::inet, string_to_array($4, ','))
ON CONFLICT (kind, name, (coalesce(address, '::/0'::inet))) DO UPDATE
SET roles = excluded.roles, enabled = true, changed = now()

-- name: peer_settings :one
SELECT certificate, ack_return, frame_max, frame_seconds, idle_seconds, connections, rate, commit_bytes, sequence,
       refuse_reused, character_set, host, port, tls, sop_classes, transfer_syntaxes, private_classes, duplicates,
       bandwidth, utf8, mpps_lenient, worklist_statuses
FROM peer WHERE kind = $1 AND name = $2 AND address IS NOT DISTINCT FROM $3::text::inet FOR UPDATE

-- name: peer_settings_put :exec
UPDATE peer SET certificate = $4, ack_return = $5, frame_max = $6, frame_seconds = $7, idle_seconds = $8,
    connections = $9, rate = $10, commit_bytes = $11, sequence = $12, refuse_reused = $13, character_set = $14,
    host = $15, port = $16, tls = $17, sop_classes = $18, transfer_syntaxes = $19, private_classes = $20,
    duplicates = $21, bandwidth = $22, utf8 = $23, mpps_lenient = $24, worklist_statuses = $25, changed = now()
WHERE kind = $1 AND name = $2 AND address IS NOT DISTINCT FROM $3::text::inet

-- Where a DICOM node is called.
-- name: peer_reach :one
SELECT name, host, port, tls, bandwidth, certificate FROM peer WHERE kind = 'AE' AND name = $1 AND port > 0 AND enabled

-- name: peer_enable :exec
UPDATE peer SET enabled = $4, changed = now()
WHERE kind = $1 AND name = $2 AND address IS NOT DISTINCT FROM $3::text::inet

-- name: peer_remove :exec
DELETE FROM peer WHERE kind = $1 AND name = $2 AND address IS NOT DISTINCT FROM $3::text::inet

-- name: peer_list :many
SELECT kind, name, coalesce(address::text, ''), array_to_string(roles, ','), array_to_string(departments, ','),
       character_set, enabled,
       certificate, ack_return, frame_max, frame_seconds, idle_seconds, connections, rate, commit_bytes, sequence,
       refuse_reused, character_set, host, port, tls, sop_classes, transfer_syntaxes, private_classes, duplicates,
       bandwidth, utf8, mpps_lenient, worklist_statuses
FROM peer WHERE $1 = '' OR name = $1 ORDER BY kind, name, address NULLS FIRST
