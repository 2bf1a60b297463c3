/* Queries of these tests. The tables live in a schema of their own: the database may be shared. */
#ifndef TESTS_UNIT_JOBS_SQL_H
#define TESTS_UNIT_JOBS_SQL_H

#include "db/db.h"

#define SQL(name, params, sql) static const struct db_query T_##name = {"t_" #name, -1, params, sql};
SQL(drop_schema, 0, "drop schema if exists jobs_test cascade")
SQL(make_schema, 0, "create schema jobs_test")
SQL(grant_schema, 0, "grant usage on schema jobs_test to isocentre_server")
SQL(make_effect, 0, "create table jobs_test.effect (note text)")
SQL(grant_effect, 0, "grant select, insert, delete on jobs_test.effect to isocentre_server")
SQL(wipe_jobs, 0, "delete from job")
SQL(wipe_effects, 0, "delete from effect")
SQL(effect, 1, "insert into effect (note) values ($1)")
SQL(effects, 0, "select count(*) from effect")
SQL(in_state, 1,
    "select count(*), max(attempts), max(last_error), min(run_at) > now() from job where state = $1")
SQL(all_jobs, 0, "select count(*) from job")
SQL(hasten, 0, "update job set run_at = now() where state = 'waiting'")
SQL(lose_leases, 0, "update job set locked_until = now() - interval '1 second' where state = 'running'")
SQL(pretend_lost, 1,
    "update job set state = 'running', locked_by = 'a dead node', locked_until = now() - interval '1 "
    "second', "
    "attempts = $1::bigint")
SQL(age, 0, "update job set finished = finished - interval '2 days'")
#undef SQL

#endif
