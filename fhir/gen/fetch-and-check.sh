#!/usr/bin/env bash
# Are the committed tables what the definitions say? Fetches both packages from npm into a temporary folder, each pinned
# by its SHA-512, runs the generator and compares. Exit status: 0 the same, 1 different, 2 no packages to be had.
#
#   fhir/gen/fetch-and-check.sh            compare
#   fhir/gen/fetch-and-check.sh --write    write the tables instead
set -u
HERE=$(cd "$(dirname "$0")" && pwd)
MODEL=$HERE/../model
VALIDATE=$HERE/../validate
PACKAGES="
hl7.fhir.r4.examples 4.0.1 DXBdIZOeQaSKIgCU7w6HOC7sw/6BzylmipLkBW4f//pT+Bc94x+8LImwTdvaNThPJoOzpBzvxAzNqjeu3X/zLw==
hl7.fhir.r4.expansions 4.0.1 E0LjAGKIEla9XdM98cOzE8fv+syczVSzzqjE/29rhK1jK52kSByzSM+dQuQM0j4BiBIpMwZydQnKHV11rV5IlQ==
"
TABLES="tables_ids_priv.h tables_types.c tables_codes.c tables_search.c tables_compartments.c"
TABLES="$TABLES tables_invariants.c tables_known.c"

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

give_up() {
    echo "fetch-and-check: $1" >&2
    exit 2
}

# fetch NAME VERSION SHA512: unpack into $work/NAME once the bytes are the pinned ones.
fetch() {
    (cd "$work" && npm pack --silent "$1@$2" >/dev/null) || give_up "npm has no $1@$2"
    local got
    got=$(openssl dgst -sha512 -binary "$work/$1-$2.tgz" | base64 -w0)
    [ "$got" = "$3" ] || give_up "$1@$2 has other bytes than pinned"
    mkdir "$work/$1" && tar -xzf "$work/$1-$2.tgz" -C "$work/$1" || give_up "$1@$2 does not unpack"
}

while read -r name version sum; do
    [ -z "$name" ] || fetch "$name" "$version" "$sum"
done <<<"$PACKAGES"

out=$work/out
mkdir -p "$out"
python3 "$HERE/gen.py" "$work/hl7.fhir.r4.examples/package" "$work/hl7.fhir.r4.expansions/package" "$out" || exit 1

status=0
for table in $TABLES; do
    room=$MODEL
    case $table in tables_invariants.c | tables_known.c) room=$VALIDATE ;; esac
    [ "${1:-}" = --write ] && cp "$out/$table" "$room/$table"
    cmp -s "$room/$table" "$out/$table" || {
        echo "fetch-and-check: $room/$table is not what the generator makes"
        status=1
    }
done
[ $status = 0 ] && echo "fetch-and-check: the tables are what the definitions say"
exit $status
