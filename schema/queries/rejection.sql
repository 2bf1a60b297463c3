-- Rejection notes: domain/rejection.c.

-- The study alone, until the commit.
-- name: rejection_turn :exec
SELECT rejection_turn($1, true);

-- Held when the note names another patient than its study.
-- name: rejection_note_put :exec
INSERT INTO rejection_note (note_uid, study_uid, code, state, elsewhere, sender)
SELECT $1, $2, $3, CASE WHEN s.patient_id = $4 AND s.patient_issuer = $5 THEN 'standing' ELSE 'held' END, $6::int, $7
FROM study s WHERE s.study_uid = $2
ON CONFLICT (note_uid) DO NOTHING;

-- name: rejection_references_put :exec
INSERT INTO rejection_reference (sop_uid, note_uid)
SELECT DISTINCT u.uid, $1 FROM unnest($2::text[]) AS u (uid) WHERE u.uid <> $1
ON CONFLICT (sop_uid, note_uid) DO NOTHING;

-- name: rejection_hide :one
SELECT rejection_hide($1, NULL);

-- name: rejection_show :one
SELECT rejection_show($1);

-- name: rejection_arrived :exec
SELECT rejection_arrived($1, $2);

-- $1: row filter. The study's key, when it is seen.
-- name: rejection_note_get :one
SELECT n.study_uid, s.study_key, n.state FROM rejection_note n JOIN study s USING (study_uid)
WHERE n.note_uid = $2 AND ($1::text[] IS NULL OR s.department = ANY ($1::text[]));

-- name: rejection_note_state :one
UPDATE rejection_note SET state = $2, decided_by = $3, decided = now() WHERE note_uid = $1 AND state <> $2
RETURNING note_uid;

-- $1: row filter, $2: of this study, '' for all.
-- name: rejection_list :many
SELECT n.note_uid, n.study_uid, n.code, n.state, n.elsewhere, n.sender, n.decided_by,
    (extract(epoch FROM n.came) * 1000000)::bigint,
    (SELECT count(*) FROM rejection_reference r WHERE r.note_uid = n.note_uid),
    (SELECT count(*) FROM rejection_reference r JOIN rejected_instance j USING (sop_uid)
        WHERE r.note_uid = n.note_uid AND j.study_key = s.study_key)
FROM rejection_note n JOIN study s USING (study_uid)
WHERE ($1::text[] IS NULL OR s.department = ANY ($1::text[])) AND ($2 = '' OR n.study_uid = $2)
ORDER BY n.came DESC, n.note_uid LIMIT $3::int;
