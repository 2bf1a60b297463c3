-- FHIR subscriptions as the server works with them.

-- name: subscription_put :exec
insert into subscription (rid, id, topic, type, criteria, channel, endpoint, headers, payload, content, heartbeat, timeout,
    max_count, ends, access, creator, status)
values ($1, $2, $3, $4, $5, $6, $7, $8::text[], $9, $10, $11::int, $12::int, $13::int, $14::timestamptz, $15, $16, $17)
on conflict (rid) do update set topic = excluded.topic, type = excluded.type, criteria = excluded.criteria,
    channel = excluded.channel, endpoint = excluded.endpoint, headers = excluded.headers, payload = excluded.payload,
    content = excluded.content, heartbeat = excluded.heartbeat, timeout = excluded.timeout,
    max_count = excluded.max_count, ends = excluded.ends, access = excluded.access, creator = excluded.creator,
    status = excluded.status, activated = false;

-- name: subscription_forget :exec
delete from subscription where rid = $1;

-- name: subscription_get :one
select rid, id, topic, type, criteria, channel, endpoint, to_json(headers)::text, payload, content, heartbeat, timeout, max_count,
    coalesce((extract(epoch from ends) * 1000000)::bigint, 0), access, creator, status, since, activated
from subscription where rid = $1;

-- Those that hear of changes.
-- name: subscription_listening :many
select rid, id, topic, type, criteria, channel, endpoint, to_json(headers)::text, payload, content, heartbeat, timeout, max_count,
    coalesce((extract(epoch from ends) * 1000000)::bigint, 0), access, creator, status, since, activated
from subscription where activated and status in ('active', 'error') and (ends is null or ends > now()) order by rid;

-- Those a caller may see, for $status. $2: ids, $3: statuses; empty for any.
-- name: subscription_status :many
select s.rid, s.id, s.topic, s.status, d.last_number, coalesce(d.last_error, '')
from subscription s join outbox_destination d on d.destination = s.rid join resource r on r.rid = s.rid
where not r.deleted and ($1::text[] is null or r.department = any($1::text[]))
    and ($2::text[] = '{}' or s.id = any($2::text[])) and ($3::text[] = '{}' or s.status = any($3::text[]))
order by s.rid limit 1000;

-- name: subscription_activate :exec
update subscription set status = 'active', since = case when activated then since else nextval('change_seq') end,
    activated = true
where rid = $1;

-- name: subscription_status_set :exec
update subscription set status = $2 where rid = $1;

-- The reports that name this study and are settled; their studies' images are here.
-- name: subscription_reports_of :many
select r.rid from search_token t join resource r on r.rid = t.rid
where t.param = $1::int and t.code = $2 and r.type = 'DiagnosticReport' and not r.deleted order by r.rid limit 1000;

-- Whether a study has images, by the id of its document.
-- name: subscription_has_images :one
select exists (select from resource r join study s on s.imaging_study = r.rid
    where r.type = 'ImagingStudy' and r.id = $1 and s.instance_count > 0);

-- One row when it had not fired before.
-- name: subscription_fire_once :one
insert into topic_fired (topic, rid) values ($1, $2) on conflict do nothing returning rid;

-- name: study_grows :exec
insert into study_growth (rid, due)
select imaging_study, now() + $2::bigint * interval '1 second' from study where study_key = $1 and imaging_study is not null
on conflict (rid) do update set due = excluded.due;

-- Studies grown and quiet now become notes; version 0 says that none was made.
-- name: study_grown :exec
with quiet as (delete from study_growth where due <= now() returning rid)
insert into change_note (rid, type, version, deleted)
select r.rid, 'ImagingStudy', 0, false from quiet q join resource r on r.rid = q.rid where not r.deleted;

-- name: study_growth_any :one
select exists (select from study_growth where due <= now());

-- name: subscription_token_put :exec
with gone as (delete from subscription_token where expires < now())
insert into subscription_token (hash, rid, expires) values ($1, $2, now() + $3::bigint * interval '1 second');

-- name: subscription_token_take :one
delete from subscription_token where hash = $1 and expires > now() returning rid;
