#!/bin/sh
# Makes the certificates in this folder anew: self-signed, for names of every shape, valid from 2020 to 2099. No key is kept.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
: >"$work/index.txt"
echo 'unique_subject = no' >"$work/index.txt.attr"
cat >"$work/ca.conf" <<CONF
[ca]
default_ca = unit
[unit]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
[req]
distinguished_name = none
[none]
CONF

# make NAME COMMON-NAME END [SUBJECT-ALTERNATIVE-NAMES]
make() {
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config "$work/ca.conf" -subj "/CN=$2" \
        ${4:+-addext "subjectAltName=$4"} -keyout "$work/key" -out "$work/csr" 2>/dev/null
    openssl ca -batch -config "$work/ca.conf" -selfsign -keyfile "$work/key" -in "$work/csr" -out "$1.pem" -notext \
        -startdate 20200101000000Z -enddate "$3" 2>/dev/null
}

make names 'unit test' 20991231000000Z DNS:localhost,DNS:api.example.org,IP:127.0.0.1,IP:::1
make wildcard 'unit test' 20991231000000Z 'DNS:*.example.org'
make top-wildcard 'unit test' 20991231000000Z 'DNS:*'
make idn 'unit test' 20991231000000Z DNS:xn--mnchen-3ya.example
make common-name localhost 20991231000000Z
make expired 'unit test' 20210101000000Z DNS:localhost
