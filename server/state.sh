# What server/up, server/down, server/cli and the demo share: a state directory and the account that owns it.
# Sourced by bash; sets nothing but functions and the variables named in capitals.
# shellcheck shell=bash

ACCOUNT=isocentre   # the unprivileged account that a state belongs to when root makes it
SOCKET_MAX=90       # a socket path holds 107 bytes; PostgreSQL adds "/.s.PGSQL.5432"
AS=()               # the words before a command that make it run as the owner
declare -A VALUES   # the options that the configuration sets
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

# STATE becomes an absolute path without links, CONF its configuration.
state_locate() {
    STATE=$(realpath -m -- "$1" 2>/dev/null) || die "'$1' is not a usable path"
    CONF=$STATE/isocentre.conf
}

# For those who do not make a state: it is there, and this account may act for it.
state_enter() {
    state_locate "$1"
    [ -d "$STATE" ] || die "there is no state directory $STATE, or no right to see it"
    owner_find
    owner_become
}

# OWNER is the account that everything of a state belongs to and runs as; only root acts for it beside itself.
owner_find() {
    local part found
    OWNER=$(id -un)
    is_root && OWNER=$ACCOUNT
    for part in secrets pg; do
        found=$(stat -c %U "$STATE/$part" 2>/dev/null) || continue
        [ "$found" = root ] || OWNER=$found
    done
    is_root && return
    [ ! -d "$STATE" ] || [ -w "$STATE" ] || OWNER=$(stat -c %U "$STATE")
    [ "$OWNER" = "$(id -un)" ] || die "no rights: $STATE belongs to '$OWNER'; run this as root or as '$OWNER'"
}

owner_become() {
    local group home
    is_root || return 0
    group=$(id -g "$OWNER" 2>/dev/null) || die "the account '$OWNER', which owns $STATE, is unknown here"
    home=$(getent passwd "$OWNER" | cut -d: -f6)
    AS=(setpriv --reuid="$OWNER" --regid="$group" --init-groups env HOME="$home")
}

# Run a command as the owner, keeping the process id (no shell, no session in between).
as_owner() {
    "${AS[@]}" "$@"
}

# put MODE FILE: stdin becomes a file of the owner, in one step.
put() {
    as_owner sh -c 'umask 077 && cat >"$2.new" && chmod "$1" "$2.new" && mv "$2.new" "$2"' sh "$1" "$2" 2>/dev/null
}

isocentre() {
    as_owner "$STATE/bin/isocentre" "$@"
}

# ---- the configuration -------------------------------------------------------------------------------------------

# Read the configuration into VALUES; conf OPTION DEFAULT then prints what it sets.
conf_read() {
    local option value
    VALUES=()
    while IFS='=' read -r option value; do
        VALUES[$option]=$value
    done < <(as_owner cat "$CONF" | python3 "$HOUSE/config/conf.py" list)
}

conf() {
    say "${VALUES[$1]-$2}"
}

# The host at which a door (http, dicom, hl7) is reached from this machine.
door_host() {
    local address
    address=$(conf "$1.address" 127.0.0.1)
    case $address in
    0.0.0.0 | ::) say 127.0.0.1 ;;
    *) say "$address" ;;
    esac
}

door_port() {
    case $1 in
    http) conf http.port 8042 ;;
    dicom) conf dicom.port 4242 ;;
    hl7) conf hl7.port 2575 ;;
    esac
}

base_url() {
    local host
    host=$(door_host http)
    case $host in *:*) host="[$host]" ;; esac
    say "http://$host:$(door_port http)"
}

# ---- the server --------------------------------------------------------------------------------------------------

server_pid() {
    local pid
    pid=$(as_owner cat "$STATE/isocentre.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] || return 1
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "serve --config $CONF" || return 1
    say "$pid"
}

server_stop() {
    local pid=$1 waited=0
    kill -TERM "$pid" 2>/dev/null
    while kill -0 "$pid" 2>/dev/null && [ "$(ps -o stat= -p "$pid" | cut -c1)" != Z ]; do
        [ $waited -lt 300 ] || return 1
        sleep 0.1
        waited=$((waited + 1))
    done
    as_owner rm -f "$STATE/isocentre.pid"
}

# log_size FILE, later log_cause FILE SIZE: the last complaint written since then, else the last line.
log_size() {
    as_owner stat -c %s "$1" 2>/dev/null || say 0
}

log_cause() {
    as_owner tail -c "+$(($2 + 1))" "$1" 2>/dev/null |
        awk '/^isocentre: |^[^ ]+ error | (ERROR|FATAL|PANIC): / {bad = $0} NF {last = $0}
             END {sub(/^isocentre: |^[^ ]+ error +|^.* (ERROR|FATAL|PANIC): +/, "", bad); print bad ? bad : last}'
}
