#!/bin/sh
# Run a command with a PostgreSQL of its own: with_postgres.sh COMMAND [ARGUMENT…]
# The command finds the owner's connection in ISOCENTRE_TEST_DATABASE; the role isocentre_server exists. The cluster
# has only a unix socket and is gone afterwards.
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(pg_config --bindir)
dir=$(mktemp -d "${TMPDIR:-/tmp}/isocentre-unit.XXXXXX")
if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    as() { (cd "$dir" && runuser -u postgres -- "$@"); }
else
    as() { "$@"; }
fi
finish() {
    as "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1 || true
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
as "$bin/initdb" -D "$dir/data" -U owner -A trust -E UTF8 --locale=C -N >"$dir/initdb.log" 2>&1 || {
    cat "$dir/initdb.log" >&2
    exit 1
}
as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/log" -w -s start \
    -o "-k $dir -c listen_addresses='' -c fsync=off -c max_connections=60"
as "$bin/psql" -q -h "$dir" -U owner -d postgres -c 'create role isocentre_server login' -c 'create database isocentre'
export ISOCENTRE_TEST_DATABASE="host=$dir user=owner dbname=isocentre"
status=0
"$@" || status=$?
exit $status
