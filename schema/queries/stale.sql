-- Steps not begun whose start is before $1 (local YYYYMMDDHHMMSS), the oldest first (domain/stale.c).
-- name: stale_steps :many
SELECT w.task_rid, w.task, coalesce(p.id, ''), w.accession_number, w.study_uid
FROM worklist w LEFT JOIN resource p ON p.rid = w.patient_rid
WHERE w.start_local < $1 AND w.step_status IN ('SCHEDULED', 'ARRIVED', 'READY')
ORDER BY w.start_local, w.task_rid LIMIT $2::int;
