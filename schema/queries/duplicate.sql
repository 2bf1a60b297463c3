-- Another object under the SOP Instance UID of a stored one.

-- What instance_store made for an object that is not kept.
-- name: duplicate_drop_series :exec
DELETE FROM series WHERE series_key = $1;

-- name: duplicate_drop_study :exec
DELETE FROM study WHERE study_key = $1;

-- The stored object, if it is of this series, is set aside; its place is free.
-- name: duplicate_supersede :one
WITH old AS (
    DELETE FROM instance WHERE sop_uid = $1 AND series_key = $2::bigint
    RETURNING sop_uid, sop_class, transfer_syntax, size, header_size, pixel_offset, sha256, file, calling_ae
), aside AS (
    INSERT INTO instance_quarantine (reason, sop_uid, sop_class, study_uid, department, transfer_syntax, size,
        header_size, pixel_offset, sha256, file, calling_ae)
    SELECT 'replaced', o.sop_uid, o.sop_class, s.study_uid, s.department, o.transfer_syntax, o.size, o.header_size,
        o.pixel_offset, o.sha256, o.file, o.calling_ae
    FROM old o, study s WHERE s.study_key = $3::bigint
), fewer AS (
    UPDATE series SET instance_count = instance_count - 1 WHERE series_key = $2::bigint AND EXISTS (SELECT FROM old)
)
UPDATE study s SET instance_count = instance_count - 1, bytes = bytes - o.size
FROM old o WHERE s.study_key = $3::bigint RETURNING s.study_key;

-- name: duplicate_quarantine :exec
INSERT INTO instance_quarantine (reason, sop_uid, sop_class, study_uid, department, transfer_syntax, size, header_size,
    pixel_offset, sha256, file, calling_ae)
VALUES ('duplicate', $1, $2, $3, $4, $5, $6::bigint, $7::int, $8::bigint, $9::bytea, $10, $11)
ON CONFLICT (file) DO NOTHING;

-- The same bytes were set aside before.
-- name: duplicate_quarantined :one
SELECT 1 FROM instance_quarantine WHERE sop_uid = $1 AND sha256 = $2::bytea LIMIT 1;

-- $1: row filter, $2: before this one (0: from the newest), $3: at most.
-- name: quarantine_list :many
SELECT quarantine_id, reason, (extract(epoch FROM put) * 1000000)::bigint, sop_uid, sop_class, study_uid,
    transfer_syntax, size, encode(sha256, 'hex'), calling_ae
FROM instance_quarantine
WHERE ($1::text[] IS NULL OR department = ANY ($1::text[])) AND ($2::bigint = 0 OR quarantine_id < $2::bigint)
ORDER BY quarantine_id DESC LIMIT $3::int;
