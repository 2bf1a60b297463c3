-- The outbox: noting changes, giving them numbers, handing them out.

-- name: outbox_note :exec
insert into change_note (rid, type, version, deleted) values ($1, $2, $3::int, $4::boolean);

-- name: outbox_listened :many
select distinct l.type from outbox_listener l join outbox_destination d on d.destination = l.destination where d.open;

-- name: outbox_open_count :one
select count(*) from outbox_destination where open;

-- One node at a time looks at changes: true for the one that may.
-- name: outbox_watch :one
select pg_try_advisory_xact_lock(7390211);

-- Whole transactions, oldest first. $1: how many notes at least, 0 for one transaction.
-- name: outbox_notes :many
select seq, xid::text, rid, type, version, deleted, origin from change_note
where not failed and xid in (select xid from change_note where not failed order by seq limit greatest($1::int, 1))
order by seq;

-- name: outbox_notes_done :exec
delete from change_note where seq = any($1::bigint[]);

-- name: outbox_notes_failed :exec
update change_note set failed = true where seq = any($1::bigint[]);

-- A node whose memory of listeners is told anew.
-- name: outbox_tell :exec
select pg_notify('isocentre_outbox', '');

-- The next number and its event, in one statement under the destination's row lock.
-- name: outbox_put :exec
with d as (
    update outbox_destination set last_number = last_number + 1,
        due = case when attempts = 0 then least(due, now()) else due end
    where destination = $1 and open
    returning destination, last_number
), told as (select pg_notify('isocentre_outbox', '') from d)
insert into outbox (destination, number, reason, type, id, version)
select d.destination, d.last_number, $2, $3, $4, $5::int from d, told;

-- The next number alone.
-- name: outbox_number :one
with d as (
    update outbox_destination set last_number = last_number + 1,
        due = case when attempts = 0 then least(due, now()) else due end
    where destination = $1 and open
    returning last_number
)
select last_number, pg_notify('isocentre_outbox', '') from d;

-- name: outbox_pause :exec
update outbox_destination set paused = $2::boolean, attempts = case when $2::boolean then attempts else 0 end,
    due = case when not $2::boolean and last_number > sent_number then now() else due end
where destination = $1;

-- Whose act this transaction is: the default of change_note.origin.
-- name: outbox_origin :exec
select set_config('isocentre.origin', $1, true);

-- name: outbox_open :exec
insert into outbox_destination (destination, kind) values ($1, $2)
on conflict (destination) do update set open = true, due = now(), attempts = 0;

-- name: outbox_close :exec
update outbox_destination set open = false where destination = $1;

-- name: outbox_forget :exec
delete from outbox_destination where destination = $1;

-- name: outbox_listen_clear :exec
delete from outbox_listener where destination = $1;

-- name: outbox_listen :exec
insert into outbox_listener (destination, type) select $1, t from unnest($2::text[]) as t on conflict do nothing;

-- $1: node, $2: the kind, $3: lease in seconds.
-- name: outbox_claim :one
with next as (
    select destination from outbox_destination
    where open and not paused and kind = $2 and due <= now() and (locked_until is null or locked_until < now())
    order by due, destination limit 1
    for update skip locked
)
update outbox_destination d set locked_by = $1, locked_until = now() + $3::bigint * interval '1 second'
from next where d.destination = next.destination
returning d.destination, d.kind, d.last_number, d.sent_number, d.attempts, d.last_error is not null;

-- name: outbox_renew :exec
update outbox_destination set locked_until = now() + $2::bigint * interval '1 second'
where locked_by = $1 and locked_until > now();

-- $3: sent up to, $4: milliseconds to the next look of its own (-1: none), $5: sent events kept.
-- name: outbox_sent :exec
with d as (
    update outbox_destination set sent_number = greatest(sent_number, $3::bigint), attempts = 0, failing_since = null,
        last_error = null, last_sent = now(), locked_by = null, locked_until = null,
        due = case when last_number > $3::bigint then now()
                   when $4::bigint < 0 then 'infinity'
                   else now() + $4::bigint * interval '1 millisecond' end
    where destination = $1 and locked_by = $2
    returning destination
)
delete from outbox o using d where o.destination = d.destination and o.number <= $3::bigint - $5::bigint;

-- $3: last words, $4: wait in milliseconds.
-- name: outbox_failed :exec
update outbox_destination set attempts = attempts + 1, last_error = $3, locked_by = null, locked_until = null,
    failing_since = coalesce(failing_since, now()), due = now() + $4::bigint * interval '1 millisecond'
where destination = $1 and locked_by = $2;

-- Events from $2 to $3, oldest first, at most $4.
-- name: outbox_events :many
select number, reason, type, id, version, (extract(epoch from created) * 1000000)::bigint from outbox
where destination = $1 and number >= $2::bigint and number <= $3::bigint order by number limit $4::int;

-- name: outbox_state :one
select last_number, sent_number, attempts, coalesce(last_error, ''), open from outbox_destination where destination = $1;

-- Try at once: the receiver is there.
-- name: outbox_due :exec
update outbox_destination set due = now(), attempts = 0 where destination = $1;
