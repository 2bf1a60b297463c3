# What server/up and server/down share: a state directory, the account that owns it, its private PostgreSQL cluster.
# Sourced by bash; sets nothing but functions and the variables named in capitals.

ACCOUNT=isocentre   # the unprivileged account everything runs as when root starts it
SOCKET_MAX=90       # a socket path holds 107 bytes; PostgreSQL adds "/.s.PGSQL.5432"
unset "${!PG@}"     # a caller's PGHOST or PGUSER must not lead psql elsewhere

say() {
    printf '%s\n' "$*"
}

die() {
    printf '%s: %s\n' "$PROGRAM" "$*" >&2
    exit 1
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

# Run a command as the account that owns the state, keeping the process id (no shell, no session in between).
as_owner() {
    if is_root; then
        setpriv --reuid="$ACCOUNT" --regid="$ACCOUNT" --init-groups env HOME=/var/lib/isocentre "$@"
    else
        "$@"
    fi
}

# STATE becomes an absolute path without links; SOCKETS the folder of the cluster's socket.
state_locate() {
    STATE=$(realpath -m -- "$1") || die "'$1' is not a usable path"
    CONF=$STATE/isocentre.conf
    SOCKETS=$STATE/pg
    if [ ${#SOCKETS} -gt $SOCKET_MAX ]; then
        local sum
        sum=$(printf '%s' "$STATE" | sha256sum | cut -c1-12)
        SOCKETS=/tmp/isocentre-$sum
        if is_root; then
            SOCKETS=/run/isocentre-$sum
        fi
    fi
}

# The folder of initdb, pg_ctl and psql; the newest version that is installed.
postgres_locate() {
    PG_BIN=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)" 2>/dev/null)
    [ -x "$PG_BIN/initdb" ] ||
        die "no PostgreSQL: /usr/lib/postgresql/*/bin/initdb is missing; install the package postgresql-15"
}

server_pid() {
    local pid
    pid=$(cat "$STATE/isocentre.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] || return 1
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "serve --config $CONF" || return 1
    printf '%s\n' "$pid"
}

cluster_runs() {
    [ -d "$STATE/pg" ] && (cd / && as_owner "$PG_BIN/pg_ctl" status -D "$STATE/pg" >/dev/null 2>&1)
}
