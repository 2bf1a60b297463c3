-- Statements of server/db itself: transactions, session settings, the bookkeeping of migrations.

-- Read committed is the default, and naming it costs a setting a transaction.
-- name: db_begin_read :exec
begin read only;

-- name: db_begin_write :exec
begin;

-- name: db_commit :exec
commit;

-- name: db_rollback :exec
rollback;

-- Once per connection. $1: statement_timeout in milliseconds, 0 for none.
-- name: db_session :one
select set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, YMD', false),
       set_config('bytea_output', 'hex', false), set_config('extra_float_digits', '1', false),
       set_config('standard_conforming_strings', 'on', false), set_config('statement_timeout', $1, false);

-- {channel} is replaced by the channel's escaped name: LISTEN takes no parameter.
-- name: db_listen :exec
listen "{channel}";

-- Whoever migrates holds this lock until it disconnects; the number is "isocentr" read as one integer.
-- name: db_migration_lock :one
select pg_advisory_lock(7598541797478331506);

-- name: db_migration_table :exec
create table if not exists schema_migration (
    number integer primary key,
    name text not null,
    sha256 text not null,
    applied timestamptz not null default now()
);

-- name: db_migrations_applied :many
select number, name, sha256 from schema_migration order by number;

-- name: db_migration_note :exec
insert into schema_migration (number, name, sha256) values ($1, $2, $3);
