# The configuration that server/up starts with: drafted, checked, tried, and kept once the server was ready with it.
# Sourced after state.sh and cluster.sh; uses profile, demo and sets of the command line.
# shellcheck shell=bash

FRESH=''    # set when the state had no configuration before
TURNED=''   # said when the profile of a state has changed
TRYING=''   # set while the new configuration may still be taken back

# Each --set is judged by itself first of all, so that the complaint names what was typed.
sets_check() {
    local pair said
    [ -x "$BUILT" ] || return 0
    for pair in "${sets[@]}"; do
        said=$("$BUILT" check-config --set "$pair" 2>&1) && continue
        said=${said#isocentre: }
        case $said in --set*) said=${said#--set}; die "--set $pair:${said#:}" ;; esac
    done
}

conf_first() {
    local conninfo
    conninfo="host=$(cluster_host) dbname=isocentre"
    {
        say '# The configuration of this server; every option: server/cli describe options.'
        [ "$profile" != demo ] || grep -v '^#' "$HOUSE/config/demo/profile.conf"
    } | python3 "$HOUSE/config/conf.py" set "profile=$profile" "state.path=$STATE" "storage.path=$STATE/files" \
        "database.url=$conninfo user=isocentre_server" "database.owner_url=$conninfo user=isocentre_owner" \
        "audit.key_file=$STATE/secrets/audit.key" "ui.path=$STATE/ui"
}

# The profile this call asks for. A made-up patient comes into the record of a production state only on clear words.
profile_choose() {
    local now
    if [ ! -f "$CONF" ]; then
        profile=${profile:-${demo:+demo}}
        profile=${profile:-production}
        return
    fi
    conf_read
    now=$(conf profile production)
    [ -z "$demo" ] || [ -n "$profile" ] || [ "$now" = demo ] ||
        die "$STATE is a production state, where --demo would play a made-up patient; choose another with --state"
    [ -n "$profile" ] && [ "$profile" != "$now" ] || return 0
    TURNED="profile: was $now, is now $profile"
    sets=("profile=$profile" "${sets[@]}")
}

# The configuration this call asks for, as a draft that check-config agrees with.
conf_draft() {
    local text said
    if [ -f "$CONF" ]; then
        text=$(as_owner cat "$CONF")
    else
        FRESH=1
        text=$(conf_first)
    fi
    [ ${#sets[@]} -eq 0 ] || text=$(python3 "$HOUSE/config/conf.py" set "${sets[@]}" <<<"$text")
    put 640 "$CONF.draft" <<<"$text" || die "disk full or no rights: cannot write $CONF.draft"
    said=$(isocentre check-config "$CONF.draft" 2>&1) && return
    said=${said//"$CONF.draft"/"$CONF"}
    die "${said#isocentre: }"
}

conf_same() {
    as_owner cmp -s "$CONF.draft" "$CONF"
}

# The draft takes its place for the time of the start; the old file waits.
conf_try() {
    TRYING=1
    ! conf_same || return 0
    as_owner sh -c '{ [ ! -f "$1" ] || ln -f "$1" "$1.old"; } && mv "$1.draft" "$1"' sh "$CONF" 2>/dev/null ||
        die "disk full or no rights: cannot write $CONF"
}

conf_keep() {
    TRYING=
    as_owner rm -f "$CONF.old" "$CONF.draft"
}

# Also after a start that was cut off, when the old file still waits.
conf_back() {
    if as_owner test -f "$CONF.old"; then
        as_owner mv "$CONF.old" "$CONF"
    elif [ -n "$FRESH" ]; then
        as_owner rm -f "$CONF"
    fi
}
