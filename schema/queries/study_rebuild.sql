-- The archive's rows, rebuilt from the stored files (domain/study_rebuild.c).

-- name: study_rebuild_lock :one
SELECT study_uid, patient_id, patient_issuer, coalesce(patient_rid, 0), coalesce(imaging_study, 0) FROM study
WHERE study_key = $1 FOR UPDATE;

-- name: study_rebuild_instances :many
SELECT i.instance_key, i.file, i.sop_uid, i.size,
    CASE WHEN i.coerced IS NOT NULL THEN leave_view(0, '', '', i.coerced, i.received) END
FROM instance i JOIN series s ON s.series_key = i.series_key
WHERE s.study_key = $1 ORDER BY i.instance_key LIMIT $2::int;

-- name: study_rebuild_series :exec
INSERT INTO series (study_key, series_uid, modality, number, description, body_part, laterality, station_name,
    series_date, series_time, started, more)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::bigint, $12::jsonb)
ON CONFLICT (study_key, series_uid) DO UPDATE SET modality = excluded.modality, number = excluded.number,
    description = excluded.description, body_part = excluded.body_part, laterality = excluded.laterality,
    station_name = excluded.station_name, series_date = excluded.series_date, series_time = excluded.series_time;

-- name: study_rebuild_instances_put :exec
UPDATE instance i SET series_key = s.series_key, sop_class = u.sop_class, transfer_syntax = u.transfer_syntax,
    number = u.number, size = u.size, header_size = u.header_size::int, pixel_offset = u.pixel_offset,
    image_rows = u.image_rows::int, image_columns = u.image_columns::int, frames = u.frames::int,
    bits = u.bits::smallint, content_date = u.content_date, content_time = u.content_time, more = u.more::jsonb
FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[],
        $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::text[], $16::text[])
        AS u (key, series_uid, sop_class, transfer_syntax, number, size, header_size, pixel_offset, image_rows,
            image_columns, frames, bits, content_date, content_time, more)
    JOIN series s ON s.study_key = $1 AND s.series_uid = u.series_uid
WHERE i.instance_key = u.key;

-- name: study_rebuild_study_put :exec
UPDATE study SET accession_number = $2, accession_issuer = $3, study_date = $4, study_time = $5, zone = $6,
    study_number = $7, description = $8, referring_physician = $9, started = $10::bigint, more = $11::jsonb
WHERE study_key = $1;

-- name: study_rebuild_patient_put :exec
UPDATE study SET patient_id = $2, patient_issuer = $3, patient_name = $4, patient_birth_date = $5, patient_sex = $6,
    patient_told = NULL
WHERE study_key = $1;

-- name: study_rebuild_series_sweep :exec
DELETE FROM series s WHERE s.study_key = $1 AND NOT EXISTS (SELECT 1 FROM instance i WHERE i.series_key = s.series_key)
    AND NOT EXISTS (SELECT 1 FROM rejected_instance j WHERE j.series_key = s.series_key);

-- name: study_rebuild_series_count :exec
UPDATE series s SET instance_count = (SELECT count(*) FROM instance i WHERE i.series_key = s.series_key)
WHERE s.study_key = $1;

-- name: study_rebuild_study_count :one
UPDATE study t SET series_count = x.series, instance_count = x.instances, bytes = x.bytes, modalities = x.modalities,
    sop_classes = x.classes, revision = t.revision + 1, changed = now()
FROM (SELECT count(DISTINCT i.series_key)::int AS series, count(i.instance_key)::int AS instances,
        coalesce(sum(i.size), 0)::bigint AS bytes,
        coalesce(array_agg(DISTINCT s.modality ORDER BY s.modality)
            FILTER (WHERE s.modality <> '' AND i.series_key IS NOT NULL), '{}') AS modalities,
        coalesce(array_agg(DISTINCT i.sop_class) FILTER (WHERE i.sop_class IS NOT NULL), '{}') AS classes
    FROM series s LEFT JOIN instance i ON i.series_key = s.series_key WHERE s.study_key = $1) x
WHERE t.study_key = $1
RETURNING t.series_count, t.instance_count, t.link_state;

-- The studies after this one, and how many there are.
-- name: study_rebuild_studies :many
SELECT s.study_key, s.instance_count, s.study_uid, (SELECT count(*) FROM study r WHERE r.study_key > $2::bigint
    AND ($1::text[] IS NULL OR r.department = ANY ($1::text[])))
FROM study s
WHERE ($1::text[] IS NULL OR s.department = ANY ($1::text[])) AND s.study_key > $2::bigint ORDER BY s.study_key LIMIT $3::int;
