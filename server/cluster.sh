# The private PostgreSQL cluster of a state, in its folder pg: no network port, peers only. Sourced after state.sh.
# PostgreSQL's own tools get paths relative to the state, because they hand them to a shell.
# shellcheck shell=bash

# The folder of initdb, pg_ctl and psql: the newest version that is installed.
postgres_locate() {
    PG_BIN=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)" 2>/dev/null)
    [ -x "$PG_BIN/initdb" ] ||
        die "no PostgreSQL: /usr/lib/postgresql/*/bin/initdb is missing; install the package postgresql-15"
}

# SOCKETS is the folder of the socket. A path that is too long has it elsewhere, and one with a comma, where libpq
# ends a host.
sockets_locate() {
    local sum LC_ALL=C
    SOCKETS=$STATE/pg
    [ ${#SOCKETS} -gt $SOCKET_MAX ] || [ "${SOCKETS/,/}" != "$SOCKETS" ] || return 0
    sum=$(printf '%s' "$STATE" | sha256sum | cut -c1-12)
    SOCKETS=/tmp/isocentre-$sum
    [ "$OWNER" != "$ACCOUNT" ] || SOCKETS=/run/isocentre-$sum
}

# The socket's folder as a value in libpq's key=value text.
cluster_host() {
    case $SOCKETS in
    *[!A-Za-z0-9/._-]*) printf "'%s'" "$(sed "s/[\\\\']/\\\\&/g" <<<"$SOCKETS")" ;;
    *) printf '%s' "$SOCKETS" ;;
    esac
}

# An eighth of the machine's memory in MB, 128 at least and 1024 at most.
cluster_buffers() {
    local name kilobytes unit megabytes=128
    while read -r name kilobytes unit; do
        [ "$name" != MemTotal: ] || [ "$unit" != kB ] || megabytes=$((kilobytes / 8192))
    done </proc/meminfo
    [ "$megabytes" -ge 128 ] || megabytes=128
    [ "$megabytes" -le 1024 ] || megabytes=1024
    printf '%d' "$megabytes"
}

# Segments of the log are kept for use again (min_wal_size): making a new one stops all commits while it is filled.
cluster_settings() {
    local sockets=.
    [ "$SOCKETS" = "$STATE/pg" ] || sockets=$SOCKETS
    cat <<SETTINGS
# The private cluster of isocentre: no network port, durable, sized for a small machine.
listen_addresses = ''
unix_socket_directories = '$sockets'
unix_socket_permissions = 0700
max_connections = 100
fsync = on
synchronous_commit = on
full_page_writes = on
shared_buffers = $(cluster_buffers)MB
wal_buffers = 16MB
wal_compression = lz4
min_wal_size = 1GB
max_wal_size = 4GB
checkpoint_timeout = 15min
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
# Values never reach the log: no DETAIL lines, no statements, no parameters.
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
SETTINGS
}

# Run a tool of PostgreSQL as the owner, in the state's folder.
cluster_tool() {
    local tool=$1
    shift
    (cd "$STATE" && as_owner "$PG_BIN/$tool" "$@")
}

# The process its pid file names works in its folder; after a crash the number may be anybody's.
cluster_runs() {
    local pid
    pid=$(as_owner head -n 1 "$STATE/pg/postmaster.pid" 2>/dev/null) || return 1
    [ "$(as_owner readlink "/proc/$pid/cwd" 2>/dev/null)" = "$(as_owner realpath "$STATE/pg")" ]
}

# Text is compared by its bytes (lc-collate=C), which in UTF-8 is the order of code points, too, and costs least.
cluster_create() {
    local log=$STATE/log/initdb.log
    as_owner rm -rf "$STATE/pg.new" # what a broken first run left
    cluster_tool initdb -D pg.new -U postgres --data-checksums --encoding=UTF8 --locale=C.UTF-8 --lc-collate=C \
        --auth=peer --no-instructions 2>&1 | put 640 "$log"
    [ "${PIPESTATUS[0]}" -eq 0 ] || die "the database could not be created: $(as_owner tail -n 1 "$log")"
    put 600 "$STATE/pg.new/pg_hba.conf" <<<'local all all peer map=house'
    printf 'house %s %s\n' "$OWNER" postgres "$OWNER" isocentre_owner "$OWNER" isocentre_server |
        put 600 "$STATE/pg.new/pg_ident.conf"
    { as_owner cat "$STATE/pg.new/postgresql.conf" && say "include 'isocentre.conf'"; } |
        put 600 "$STATE/pg.new/postgresql.conf"
    as_owner mv "$STATE/pg.new" "$STATE/pg"
}

# A long path's socket stands in a folder of its own.
cluster_sockets() {
    case $SOCKETS in
    "$STATE"/*) return 0 ;;
    /run/*) ! is_root || install -d -o "$OWNER" -m 700 "$SOCKETS" ;;
    *) as_owner mkdir -p -m 700 "$SOCKETS" ;;
    esac
    as_owner test -O "$SOCKETS" || die "no rights: '$OWNER' needs $SOCKETS as a folder of its own"
}

# A postmaster that was killed is for a moment still a process, and what it left may hold its memory.
cluster_start() {
    local log=$STATE/log/postgresql.log size cause
    cluster_sockets
    cluster_settings | put 600 "$STATE/pg/isocentre.conf" || die "disk full: cannot write $STATE/pg/isocentre.conf"
    size=$(log_size "$log")
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        cluster_tool pg_ctl start -D pg -w -t 60 -l log/postgresql.log >/dev/null 2>&1 </dev/null && return
        cause=$(log_cause "$log" "$size")
        case $cause in *"already exists"* | *"still in use"*) sleep 1 ;; *) break ;; esac
    done
    die "the database did not start: $cause"
}

# Roles and the database, whichever of them a broken first run left out.
cluster_fill() {
    as_owner "$PG_BIN/psql" -Xq -v ON_ERROR_STOP=1 -h "$SOCKETS" -U postgres -d postgres >/dev/null <<'SQL' ||
SELECT format('CREATE ROLE %I LOGIN', r) FROM unnest(ARRAY['isocentre_owner', 'isocentre_server']) r
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec
SELECT 'CREATE DATABASE isocentre OWNER isocentre_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'isocentre') \gexec
SQL
        die "the database could not be filled; its log is $STATE/log/postgresql.log"
}

# Whoever ends a server in the foreground may stop the cluster at the same time: what counts is that it is down.
cluster_stop() {
    cluster_tool pg_ctl stop -D pg -m fast -w -t 60 >/dev/null 2>&1 || ! cluster_runs
}
