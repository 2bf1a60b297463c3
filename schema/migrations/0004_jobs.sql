-- Work to be done later or again: a queue that any node may take from.

create table job (
    id bigint generated always as identity primary key,
    name text not null,                               -- a row of server/jobs/jobs.def
    payload text not null default '',
    dedupe text,                                      -- "NAME/interval" of a scheduled run: once across all nodes
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'dead')),
    run_at timestamptz not null default now(),        -- not before
    attempts integer not null default 0,
    locked_by text,                                   -- the node that runs it
    locked_until timestamptz,                         -- renewed while it runs; later anybody may take it over
    last_error text,
    created timestamptz not null default now(),
    finished timestamptz,
    check ((state = 'running') = (locked_by is not null and locked_until is not null)),
    check ((state in ('done', 'dead')) = (finished is not null))
);

create unique index job_dedupe on job (dedupe) where dedupe is not null;
create index job_ready on job (run_at, id) where state in ('waiting', 'running');
create index job_finished on job (finished) where finished is not null;

grant select, insert, update, delete on job to isocentre_server;
