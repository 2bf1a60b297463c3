-- The queue of server/jobs. A worker takes a row with a lease; its node renews the leases of what it really runs.

-- In the caller's transaction; who listens is told when it commits. $3: not before.
-- name: job_put :exec
with put as (
    insert into job (name, payload, run_at) values ($1, $2, coalesce($3::timestamptz, now())) returning id
)
select pg_notify('isocentre_jobs', '') from put;

-- The run of this interval ($2 seconds), unless some node has put it or the one before is not yet over.
-- name: job_schedule :exec
with put as (
    insert into job (name, dedupe)
    select $1, $1 || '/' || floor(extract(epoch from now()) / $2::bigint)
    where not exists (select from job
                      where name = $1 and dedupe is not null and state in ('waiting', 'running'))
    on conflict (dedupe) where dedupe is not null do nothing
    returning id
)
select pg_notify('isocentre_jobs', '') from put;

-- $1: node, $2: names this node has a handler for, $3: lease in seconds.
-- name: job_claim :one
with next as (
    select id from job
    where state in ('waiting', 'running') and run_at <= now() and (state = 'waiting' or locked_until < now())
      and name = any($2::text[])
    order by run_at, id
    limit 1
    for update skip locked
)
update job set state = 'running', attempts = attempts + 1, locked_by = $1,
               locked_until = now() + $3::bigint * interval '1 second'
from next where job.id = next.id
returning job.id, job.name, job.payload, job.attempts;

-- $1: node, $2: lease in seconds, $3: what it is really running.
-- name: job_renew :exec
update job set locked_until = now() + $2::bigint * interval '1 second'
where state = 'running' and locked_by = $1 and id = any($3::bigint[]);

-- Only who holds the lease may end the run.
-- name: job_done :exec
update job set state = 'done', finished = now(), locked_by = null, locked_until = null, last_error = null
where id = $1 and state = 'running' and locked_by = $2 and attempts = $3::bigint;

-- $4: last words, $5: wait in milliseconds.
-- name: job_retry :exec
update job set state = 'waiting', locked_by = null, locked_until = null, last_error = $4,
               run_at = now() + $5::bigint * interval '1 millisecond'
where id = $1 and state = 'running' and locked_by = $2 and attempts = $3::bigint;

-- name: job_dead :exec
update job set state = 'dead', finished = now(), locked_by = null, locked_until = null, last_error = $4
where id = $1 and state = 'running' and locked_by = $2 and attempts = $3::bigint;

-- What was done is forgotten after a day (longer than any schedule), what is dead after a month.
-- name: job_forget :exec
delete from job where (state = 'done' and finished < now() - interval '1 day')
                   or (state = 'dead' and finished < now() - interval '30 days');

-- Unless such a job waits already.
-- name: job_put_once :exec
with put as (
    insert into job (name, payload)
    select $1, '' where not exists (select from job where name = $1 and state = 'waiting' and run_at <= now())
    returning id
)
select pg_notify('isocentre_jobs', '') from put;
