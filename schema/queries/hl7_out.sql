-- HL7 messages that leave.

-- name: hl7_destination_find :one
select destination, name, settings from hl7_destination where name = $1 and not removed;

-- name: hl7_destination_get :one
select destination, name, settings from hl7_destination where destination = $1 and not removed;

-- name: hl7_destination_all :many
select destination, name, settings from hl7_destination where not removed order by destination;

-- name: hl7_destination_put :exec
insert into hl7_destination (destination, name, settings) values ($1, $2, $3)
on conflict (destination) do update set settings = excluded.settings, changed = now();

-- name: hl7_destination_remove :exec
update hl7_destination set removed = true, changed = now() where destination = $1;

-- Each with how it goes: messages that wait, the oldest of them, and dead ones.
-- name: hl7_destination_state :many
select d.destination, d.name, d.settings, o.paused, o.attempts,
    coalesce((select s.reason from hl7_sent s where s.destination = d.destination and s.outcome = 'queued'
        order by s.number limit 1), ''),
    (extract(epoch from o.last_sent) * 1000000)::bigint, q.waiting, coalesce(q.age, 0)::bigint, q.dead
from hl7_destination d join outbox_destination o using (destination)
cross join lateral (
    select count(*) filter (where s.outcome = 'queued') as waiting, count(*) filter (where s.outcome = 'dead') as dead,
        extract(epoch from now() - min(s.created) filter (where s.outcome = 'queued')) as age
    from hl7_sent s where s.destination = d.destination and s.outcome in ('queued', 'dead')
) q
where not d.removed order by d.name;

-- name: hl7_sent_put :exec
insert into hl7_sent (message_id, destination, number, control_id, trigger, event, source, source_version, department,
    patient_id, accession, outcome, reason, warnings, replaces, raw)
values ($1, $2, $3, $4, $5, $6, $7, $8::int, $9, $10, $11, $12, $13, $14::text[], $15, $16);

-- What waits, in order, from number $2 on: at most $4 messages, and some megabytes. The last column: how many there are
-- but for the megabytes.
-- name: hl7_sent_due :many
select message_id, number, control_id, trigger, patient_id, accession, raw, n
from (select message_id, number, control_id, trigger, patient_id, accession, raw,
        sum(octet_length(raw)) over (order by number) - octet_length(raw) as before, count(*) over () as n
    from (select message_id, number, control_id, trigger, patient_id, accession, raw from hl7_sent
        where destination = $1 and number >= $2::bigint and number <= $3::bigint and outcome = 'queued'
        order by number limit $4::int) s) t
where before < 16777216 order by number;

-- name: hl7_sent_settle :exec
update hl7_sent set outcome = $2, ack_code = $3, reason = $4, ack = $5, attempts = attempts + 1, attempted = now(),
    answered = now()
where message_id = $1 and outcome = 'queued';

-- name: hl7_sent_failed :exec
update hl7_sent set reason = $2, ack_code = $3, ack = $4, attempts = attempts + 1, attempted = now()
where message_id = $1 and outcome = 'queued';

-- name: hl7_sent_discard_all :exec
update hl7_sent set outcome = 'discarded' where destination = $1 and outcome in ('queued', 'dead');

-- ---- what is told ----

-- The columns from the third on are domain/fields.def up to STUDY_UID, in its order.
-- name: hl7_step :one
select order_rid, department,
    patient_id, patient_issuer, patient_other_ids, patient_name, patient_birth_date, patient_sex,
    patient_mother_name, patient_address, patient_phone, patient_language, admission_id, admission_issuer,
    patient_location, referring_physician, referring_physician_id, patient_weight, patient_size, patient_state,
    medical_alerts, allergies, pregnancy_status, special_needs, placer_order, placer_issuer, filler_order,
    filler_issuer, accession_number, accession_issuer, requesting_physician, requesting_service,
    institution_name, order_time, procedure_id, procedure_description, procedure_code, priority, reason,
    reason_code, patient_transport, confidentiality, procedure_comments, step_id, step_description,
    protocol_code, modality, step_start, station_ae, station_name, step_location, performing_physician,
    step_status, study_uid
from worklist where task_rid = $1;

-- The version a document had when the change feed stood at $2; its first one, when that was later.
-- name: hl7_version_at :one
select version from (
    select version, seq from resource where rid = $1
    union all select version, seq from resource_history where rid = $1) v
order by seq <= $2::bigint desc, case when seq <= $2::bigint then -seq else seq end limit 1;

-- The first step of an order.
-- name: hl7_first_step :one
select min(task_rid) from worklist where order_rid = $1 or procedure_rid = $1;

-- name: hl7_report_order :one
select coalesce(order_rid, 0), study_uid from report_link where report_rid = $1;

-- name: hl7_message_get :one
select trigger, raw, patient_id, accession, department, sending_application || '|' || sending_facility, character_set
from message where message_id = $1;

-- ---- what people ask and do ----

-- name: hl7_sent_take :one
select message_id, destination, trigger, event, source, department, patient_id, accession, source_version, raw
from hl7_sent
where message_id = $2::bigint and outcome <> 'queued' and ($1::text[] is null or department = any ($1::text[]))
for update;

-- name: hl7_sent_mark :exec
update hl7_sent set outcome = $2 where message_id = $1 and outcome = 'dead';

-- name: hl7_sent_replay :many
select s.message_id, s.destination, s.trigger, s.event, s.source, s.department, s.patient_id, s.accession,
    s.source_version, s.raw
from hl7_sent s join hl7_destination d using (destination)
where ($1::text[] is null or s.department = any ($1::text[])) and d.name = $2 and not d.removed and s.outcome = $3
    and s.outcome <> 'queued' and ($4::timestamptz is null or s.created >= $4::timestamptz)
    and ($5::timestamptz is null or s.created < $5::timestamptz)
order by s.number limit $6::int
for update of s;
