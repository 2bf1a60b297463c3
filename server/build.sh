# Packages and builds, shared by server/up and tests/run. Sourced by bash after server/state.sh.
# shellcheck shell=bash

# The packages of list files, without comments.
packages_named() {
    sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$@"
}

packages_missing() {
    local installed package major
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
    for package in $(packages_named "$@"); do
        grep -qxF -- "$package" <<<"$installed" || printf '%s\n' "$package"
    done
    major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
    if [ "$major" -lt 18 ] || ! command -v npm >/dev/null 2>&1; then
        printf 'nodejs\nnpm\n'
    fi
}

# Install what is missing of the named lists; not as root, print the one command that does.
packages_ready() {
    local missing log
    command -v dpkg-query >/dev/null 2>&1 || die "this is not Debian; install what $1 names and use --no-install"
    missing=$(packages_missing "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if ! is_root; then
        die "packages are missing; run as root: apt-get install -y --no-install-recommends $missing"
    fi
    say "installing Debian packages: $missing"
    # The distribution's own cluster on port 5432 is not wanted.
    if [ ! -e /etc/postgresql-common ]; then
        mkdir -p /etc/postgresql-common/createcluster.d
        printf 'create_main_cluster = false\n' >/etc/postgresql-common/createcluster.d/isocentre.conf
    fi
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get update -q && apt-get install -y -q --no-install-recommends -o Acquire::Retries=3 $missing
    } >"$log" 2>&1 </dev/null ||
        { tail -n 15 "$log" >&2; die "apt-get could not install the packages; its output is in $log"; }
    rm -f "$log"
}

# Whether a build folder was configured, and for this tree: a copy of another tree brings that tree's paths along.
configured() {
    local home
    home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$1/CMakeCache.txt" 2>/dev/null)
    [ -f "$1/build.ninja" ] && [ "$(realpath -m -- "$home")" = "$(realpath -- "$HOUSE")" ]
}

# build_preset PRESET [TARGET…]: configure when needed, then build; quiet unless it fails.
build_preset() {
    local preset=$1 dir=$HOUSE/build/$1 log
    shift
    mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] || die "no rights: cannot write in $dir; use --no-build"
    log=$dir/build.log
    {
        configured "$dir" || (cd "$HOUSE" && cmake --fresh --preset "$preset") &&
            ninja -C "$dir" "$@"
    } >"$log" 2>&1 </dev/null || {
        grep -E -m 20 'error|FAILED|undefined' "$log" >&2 || tail -n 20 "$log" >&2
        die "the $preset build failed; its output is in $log"
    }
}

# The first source of web-admin that is newer than what was built of it.
web_newer() {
    find "$1" \( -name node_modules -o -name dist \) -prune -o -type f -newer "$1/dist/index.html" -print -quit
}

# web-admin/dist, when a source is newer than it or it was never built.
build_web() {
    local web=$HOUSE/web-admin log=$HOUSE/build/web-admin.log
    [ -f "$web/package.json" ] || return 0
    if [ -f "$web/dist/index.html" ] && [ -z "$(web_newer "$web")" ]; then
        return 0
    fi
    say "building web-admin"
    (cd "$web" && npm ci --no-audit --no-fund && npm run build && touch dist/index.html) >"$log" 2>&1 </dev/null ||
        { tail -n 15 "$log" >&2; die "web-admin could not be built; the output is in $log"; }
}

build_ready() {
    [ -x "$HOUSE/build/release/isocentre" ] || say "building (about two minutes the first time)"
    build_preset release
    build_web
}
