#!/bin/sh
# Makes the lab's certificates in the given folder, each as NAME.pem (key and chain) and NAME.pfx (password changeit),
# and trust.jks with the lab's own authority.
set -eu
cd "$1"
: >index.txt
echo 'unique_subject = no' >index.txt.attr
cat >ca.conf <<CONF
[ca]
default_ca = lab
[lab]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
[req]
distinguished_name = none
[none]
[authority]
basicConstraints = critical,CA:true
CONF

# key NAME SUBJECT-ALTERNATIVE-NAMES: a key and a request for it
key() {
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config ca.conf -subj "/CN=lab $1" \
        -addext "subjectAltName=$2" -keyout "$1.key" -out "$1.csr" 2>/dev/null
}

# pack NAME CERTIFICATE…: the two files that servers read
pack() {
    name=$1
    shift
    cat "$name.key" "$@" >"$name.pem"
    openssl pkcs12 -export -in "$name.pem" -out "$name.pfx" -passout pass:changeit
}

# issue NAME NAMES START END: signed by the lab's authority and by itself
issue() {
    key "$1" "$2"
    openssl ca -batch -config ca.conf -cert ca.crt -keyfile ca.key -in "$1.csr" -out "$1.crt" -notext -startdate "$3" -enddate "$4" 2>/dev/null
    pack "$1" "$1.crt" ca.crt
    key "self-$1" "$2"
    openssl ca -batch -config ca.conf -selfsign -keyfile "self-$1.key" -in "self-$1.csr" -out "self-$1.crt" -notext -startdate "$3" -enddate "$4" 2>/dev/null
    pack "self-$1" "self-$1.crt"
}

past=$(date -u -d '60 days ago' +%Y%m%d%H%M%SZ)
yesterday=$(date -u -d '1 day ago' +%Y%m%d%H%M%SZ)
future=$(date -u -d '60 days' +%Y%m%d%H%M%SZ)
later=$(date -u -d '90 days' +%Y%m%d%H%M%SZ)

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config ca.conf -extensions authority -subj "/CN=lab authority" \
    -days 90 -keyout ca.key -out ca.crt 2>/dev/null
issue good DNS:localhost,IP:127.0.0.1 "$past" "$future"
issue expired DNS:localhost,IP:127.0.0.1 "$past" "$yesterday"
issue early DNS:localhost,IP:127.0.0.1 "$future" "$later"
issue other-host DNS:other.example.test "$past" "$future"
issue expired-other-host DNS:other.example.test "$past" "$yesterday"
cat good.key good.crt >incomplete.pem
openssl pkcs12 -export -in incomplete.pem -out incomplete.pfx -passout pass:changeit
keytool -importcert -noprompt -alias lab -file ca.crt -keystore trust.jks -storetype JKS -storepass changeit 2>/dev/null
