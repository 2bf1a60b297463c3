#!/bin/sh
# Run a command with two LDAP servers of its own: with_slapd.sh COMMAND [ARGUMENT…]
# ISOCENTRE_TEST_LDAP names a folder with: port, port_tls (the server with a certificate for 127.0.0.1 and no name),
# port_plain (the one without), ca.pem, other_ca.pem, password. Data: people.ldif. All gone afterwards.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/isocentre-ldap.XXXXXX")
# A copy: AppArmor keeps the installed one out of this folder.
cp "$(command -v slapd || echo /usr/sbin/slapd)" "$dir/slapd"
slapd=$dir/slapd
finish() {
    for p in "$dir"/*.pid; do
        [ -f "$p" ] && kill "$(cat "$p")" 2>/dev/null || true
    done
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

certificate() { # NAME ADDRESS: an authority and a server certificate of it
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=authority $1" -keyout "$dir/$1_ca.key" \
        -out "$dir/$1_ca.pem" 2>/dev/null
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" -keyout "$dir/$1.key" -out "$dir/$1.csr" 2>/dev/null
    printf 'subjectAltName=IP:%s\n' "$2" >"$dir/ext"
    openssl x509 -req -in "$dir/$1.csr" -days 2 -CA "$dir/$1_ca.pem" -CAkey "$dir/$1_ca.key" -CAcreateserial \
        -extfile "$dir/ext" -out "$dir/$1.pem" 2>/dev/null
}

settings() { # NAME [TLS LINE…]
    name=$1
    shift
    mkdir -p "$dir/$name"
    cat <<CONF
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile $dir/$name.pid
allow bind_anon_dn
$(printf '%s\n' "$@")
database mdb
maxsize 16777216
suffix dc=example,dc=org
rootdn cn=root,dc=example,dc=org
directory $dir/$name
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact=cn=service,dc=example,dc=org read by * none
CONF
}

start() { # NAME URLS
    "$slapd" -T add -f "$dir/$1.conf" -l "$here/people.ldif" >"$dir/$1.log" 2>&1 || { cat "$dir/$1.log" >&2; exit 1; }
    "$slapd" -f "$dir/$1.conf" -h "$2" >>"$dir/$1.log" 2>&1 || { cat "$dir/$1.log" >&2; exit 1; }
}

ports() {
    python3 -c 'import socket
s = [socket.socket() for _ in range(3)]
for x in s: x.bind(("127.0.0.1", 0))
print(*[x.getsockname()[1] for x in s])'
}

certificate good 127.0.0.1
certificate other 127.0.0.1
mv "$dir/good_ca.pem" "$dir/ca.pem"
read -r port port_tls port_plain <<PORTS
$(ports)
PORTS
settings tls "TLSCACertificateFile $dir/ca.pem" "TLSCertificateFile $dir/good.pem" \
    "TLSCertificateKeyFile $dir/good.key" >"$dir/tls.conf"
settings plain >"$dir/plain.conf"
start tls "ldap://127.0.0.1:$port ldaps://127.0.0.1:$port_tls"
start plain "ldap://127.0.0.1:$port_plain"
echo "$port" >"$dir/port"
echo "$port_tls" >"$dir/port_tls"
echo "$port_plain" >"$dir/port_plain"
echo service-secret >"$dir/password"
echo wrong-secret >"$dir/wrong_password"
: >"$dir/empty_password"
export ISOCENTRE_TEST_LDAP="$dir"
status=0
"$@" || status=$?
exit $status
