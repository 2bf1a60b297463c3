-- Who is told in DICOM, and what (domain/notice.c, dicom/net/notify.c).

-- name: notice_subscriber :one
SELECT destination FROM dicom_subscriber WHERE peer = $1 AND tells = $2 AND NOT removed;

-- name: notice_subscriber_put :exec
INSERT INTO dicom_subscriber (destination, peer, tells) VALUES ($1, $2, $3);

-- name: notice_subscriber_remove :exec
UPDATE dicom_subscriber SET removed = true WHERE destination = $1;

-- name: notice_subscribers :many
SELECT destination, peer FROM dicom_subscriber WHERE tells = $1 AND NOT removed ORDER BY destination;

-- name: notice_subscriber_get :one
SELECT peer FROM dicom_subscriber WHERE destination = $1 AND NOT removed;

-- name: notice_subscriber_list :many
SELECT s.peer, s.tells, d.last_number - d.sent_number, d.attempts, coalesce(d.last_error, ''),
    coalesce((extract(epoch FROM d.last_sent) * 1000000)::bigint, 0)
FROM dicom_subscriber s JOIN outbox_destination d USING (destination) WHERE NOT s.removed ORDER BY 1, 2;

-- name: notice_message_put :exec
INSERT INTO performed_message (message_id, sop_uid, begins, dataset) VALUES ($1, $2, $3::boolean, $4::bytea);

-- name: notice_message_get :one
SELECT sop_uid, begins, dataset FROM performed_message WHERE message_id = $1;

-- name: notice_messages_forget :exec
DELETE FROM performed_message WHERE created < now() - interval '30 days';

-- The study of these instances, when all of them are here.
-- name: notice_complete :one
SELECT s.study_key FROM study s WHERE s.study_uid = $1 AND cardinality($2::text[]) > 0 AND NOT EXISTS (
    SELECT 1 FROM unnest($2::text[]) AS u (uid) WHERE NOT EXISTS (SELECT 1 FROM instance i WHERE i.sop_uid = u.uid));

-- name: notice_study_of :one
SELECT study_key FROM study WHERE imaging_study = $1 AND instance_count > 0 ORDER BY study_key LIMIT 1;

-- Its state, and the one this subscriber knows.
-- name: notice_study :one
SELECT s.study_uid, s.revision, s.accession_number, coalesce(a.revision, -1), coalesce(r.id, '')
FROM study s LEFT JOIN dicom_announced a ON a.study_key = s.study_key AND a.destination = $2
    LEFT JOIN resource r ON r.rid = s.patient_rid
WHERE s.study_key = $1 AND s.instance_count > 0;

-- name: notice_instances :many
SELECT e.series_uid, i.sop_class, i.sop_uid FROM series e JOIN instance i ON i.series_key = e.series_key
WHERE e.study_key = $1 ORDER BY e.series_key, i.instance_key;

-- name: notice_performed :many
SELECT DISTINCT p.sop_uid FROM performed_item i JOIN performed_step p USING (performed_rid)
WHERE i.study_uid = $1 AND i.study_uid <> '' ORDER BY 1;

-- name: notice_announced :exec
INSERT INTO dicom_announced (destination, study_key, revision) VALUES ($1, $2, $3::int)
ON CONFLICT (destination, study_key) DO UPDATE SET revision = greatest(dicom_announced.revision, excluded.revision);

-- name: notice_received_known :one
SELECT 1 FROM availability_notice WHERE sop_uid = $1;

-- name: notice_received_put :exec
INSERT INTO availability_notice (notice_id, sop_uid, department, peer, study_uid, performed_uid, availability, retrieve_ae,
    instances, dataset)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::int, $10::bytea);

-- name: notice_received_list :many
SELECT notice_id, sop_uid, peer, (extract(epoch FROM received) * 1000000)::bigint, study_uid, performed_uid, availability,
    retrieve_ae, instances
FROM availability_notice
WHERE ($1::text[] IS NULL OR department = ANY ($1::text[])) AND ($2::bigint = 0 OR notice_id < $2::bigint)
    AND ($3 = '' OR study_uid = $3)
ORDER BY notice_id DESC LIMIT $4::int;
