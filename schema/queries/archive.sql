-- Searches of the archive at all levels (domain/archive_find.c joins the fragments). $1 is the row filter; {1} is the
-- place of a value. s: the study, e: its series, i: its instance, p: what the patient has in all.

-- ---- columns: one a row of domain/archive_keys.def ----

-- name: archive_patient_name :fragment
s.patient_name

-- name: archive_patient_id :fragment
s.patient_id

-- name: archive_patient_issuer :fragment
s.patient_issuer

-- name: archive_patient_birth_date :fragment
replace(s.patient_birth_date, '-', '')

-- name: archive_patient_sex :fragment
s.patient_sex

-- name: archive_patient_studies :fragment
p.studies

-- name: archive_patient_series :fragment
p.series

-- name: archive_patient_instances :fragment
p.instances

-- name: archive_study_uid :fragment
s.study_uid

-- name: archive_study_date :fragment
s.study_date

-- name: archive_study_time :fragment
s.study_time

-- name: archive_study_date_zoned :fragment
coalesce(left(moment_in(s.started, {1}::int), 8), s.study_date)

-- name: archive_study_time_zoned :fragment
coalesce(substr(moment_in(s.started, {1}::int), 9), s.study_time)

-- name: archive_accession :fragment
s.accession_number

-- name: archive_accession_issuer :fragment
s.accession_issuer

-- name: archive_modalities :fragment
s.modalities

-- name: archive_sop_classes :fragment
s.sop_classes

-- name: archive_referring :fragment
s.referring_physician

-- name: archive_zone :fragment
s.zone

-- name: archive_study_description :fragment
s.description

-- name: archive_study_number :fragment
s.study_number

-- name: archive_study_series :fragment
s.series_count

-- name: archive_study_instances :fragment
s.instance_count

-- name: archive_series_uid :fragment
e.series_uid

-- name: archive_modality :fragment
e.modality

-- name: archive_series_number :fragment
e.number

-- name: archive_series_description :fragment
e.description

-- name: archive_body_part :fragment
e.body_part

-- name: archive_laterality :fragment
e.laterality

-- name: archive_station_name :fragment
e.station_name

-- name: archive_series_date :fragment
e.series_date

-- name: archive_series_time :fragment
e.series_time

-- name: archive_series_date_zoned :fragment
coalesce(left(moment_in(e.started, {1}::int), 8), e.series_date)

-- name: archive_series_time_zoned :fragment
coalesce(substr(moment_in(e.started, {1}::int), 9), e.series_time)

-- name: archive_series_instances :fragment
e.instance_count

-- name: archive_sop_uid :fragment
i.sop_uid

-- name: archive_sop_class :fragment
i.sop_class

-- name: archive_transfer_syntax :fragment
i.transfer_syntax

-- name: archive_instance_number :fragment
i.number

-- name: archive_image_rows :fragment
nullif(i.image_rows, 0)::text

-- name: archive_image_columns :fragment
nullif(i.image_columns, 0)::text

-- name: archive_frames :fragment
nullif(i.frames, 0)::text

-- name: archive_bits :fragment
nullif(i.bits, 0)::text

-- name: archive_content_date :fragment
i.content_date

-- name: archive_content_time :fragment
i.content_time

-- name: archive_file :fragment
i.file

-- name: archive_header_size :fragment
i.header_size

-- name: archive_size :fragment
i.size

-- name: archive_view :fragment
CASE WHEN s.corrections > 0 OR s.patient_told IS NOT NULL OR i.coerced IS NOT NULL
THEN leave_view(s.study_key, e.series_uid, i.sop_uid, i.coerced, i.received) END

-- name: archive_more_study :fragment
(s.more ->> {1}::text)

-- name: archive_more_series :fragment
(e.more ->> {1}::text)

-- name: archive_more_instance :fragment
(i.more ->> {1}::text)

-- ---- the statement ----

-- name: archive_select :fragment
SELECT

-- name: archive_comma :fragment
,

-- name: archive_from_study :fragment
FROM study s

-- name: archive_from_series :fragment
FROM study s JOIN series e ON e.study_key = s.study_key AND e.instance_count > 0

-- name: archive_from_instance :fragment
FROM study s JOIN series e ON e.study_key = s.study_key JOIN instance i ON i.series_key = e.series_key

-- A patient is what the newest of the studies that fit says of it.
-- name: archive_from_patient_open :fragment
FROM (SELECT DISTINCT ON (s.patient_id, s.patient_issuer) s.patient_id, s.patient_issuer, s.patient_name,
    s.patient_birth_date, s.patient_sex, s.more, s.study_key FROM study s

-- name: archive_from_patient_close :fragment
AND s.patient_id <> '' ORDER BY s.patient_id, s.patient_issuer, s.study_key DESC) s

-- name: archive_patient_totals :fragment
CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE t.instance_count > 0) AS studies, sum(t.series_count) AS series,
        sum(t.instance_count) AS instances
    FROM study t WHERE t.patient_id = s.patient_id AND t.patient_issuer = s.patient_issuer
        AND ($1::text[] IS NULL OR t.department = ANY ($1::text[]))) p

-- name: archive_seen :fragment
WHERE s.instance_count > 0 AND ($1::text[] IS NULL OR s.department = ANY ($1::text[]))

-- name: archive_has_series :fragment
AND EXISTS (SELECT 1 FROM series e WHERE e.study_key = s.study_key AND e.instance_count > 0

-- name: archive_has_instance :fragment
AND EXISTS (SELECT 1 FROM instance i WHERE i.series_key = e.series_key

-- name: archive_order_study :fragment
ORDER BY s.study_key DESC LIMIT {1}::int OFFSET {2}::int

-- name: archive_order_series :fragment
ORDER BY s.study_key DESC, nullif(regexp_replace(e.number, '\D', '', 'g'), '')::numeric NULLS LAST, e.series_key
LIMIT {1}::int OFFSET {2}::int

-- name: archive_order_instance :fragment
ORDER BY s.study_key DESC, e.series_key, i.instance_key LIMIT {1}::int OFFSET {2}::int

-- ---- conditions ----

-- name: archive_and :fragment
AND (

-- name: archive_or :fragment
OR

-- name: archive_close :fragment
)

-- name: archive_is :fragment
= ANY ({1}::text[])

-- name: archive_like :fragment
LIKE {1}

-- name: archive_list_open :fragment
array_to_string(

-- name: archive_list_close :fragment
, E'\\')

-- name: archive_any_of :fragment
EXISTS (SELECT 1 FROM unnest(

-- name: archive_any_of_values :fragment
EXISTS (SELECT 1 FROM unnest(string_to_array(

-- name: archive_any_of_values_close :fragment
, E'\\')

-- name: archive_any_is :fragment
) AS m (m) WHERE m.m = ANY ({1}::text[]))

-- name: archive_any_like :fragment
) AS m (m) WHERE m.m LIKE {1})

-- name: archive_none :fragment
coalesce(

-- name: archive_none_close :fragment
, '') = ''

-- A name fits with the rest of its components, and by any of its groups (PS3.5 6.2.1).
-- name: archive_name_open :fragment
upper(

-- name: archive_name_like :fragment
) LIKE upper({1})

-- name: archive_name_begins :fragment
) LIKE upper({1}) || '^%'

-- name: archive_name_first :fragment
) LIKE upper({1}) || '=%'

-- name: archive_name_grouped :fragment
LIKE '%=%' AND EXISTS (SELECT 1 FROM unnest(string_to_array(

-- name: archive_name_group_like :fragment
, '=')) AS g (g) WHERE upper(g.g) LIKE upper({1}) OR upper(g.g) LIKE upper({1}) || '^%')

-- name: archive_name_fits_open :fragment
name_fits(

-- name: archive_name_fits_close :fragment
, {1})

-- name: archive_from_value :fragment
>= {1}

-- name: archive_to_value :fragment
<= {1}

-- name: archive_not_empty :fragment
<> ''

-- name: archive_both :fragment
AND

-- name: archive_joined :fragment
||
