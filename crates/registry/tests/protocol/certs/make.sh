#!/bin/sh
# Makes the certificates beside it with OpenSSL 3: an authority, what it signs, and an authority of somebody else.
# They last a hundred years, but for `expired` and `later`.
set -eu
cd "$(dirname "$0")"
authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.crt" -days 36500 \
        -subj "/CN=$2" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
}
# signed NAME SUBJECT-ALTERNATIVE-NAME EXTENDED-KEY-USAGE NOT-BEFORE NOT-AFTER AUTHORITY
signed() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
    printf '%s\n' '[ca]' default_ca=it '[it]' database=index.txt new_certs_dir=. rand_serial=yes default_md=sha256 \
        policy=any unique_subject=no '[any]' commonName=supplied '[leaf]' "subjectAltName=$2" \
        "extendedKeyUsage=$3" basicConstraints=CA:FALSE > ca.cnf
    : > index.txt
    openssl ca -batch -config ca.cnf -cert "$6.crt" -keyfile "$6.key" -in "$1.csr" -out "$1.crt" -notext \
        -startdate "$4" -enddate "$5" -extensions leaf
    cat "$1.crt" "$1.key" > "$1.pem"
    rm -f "$1.csr" "$1.crt" "$1.key" ca.cnf index.txt* [0-9A-F]*.pem
}
HERE=IP:127.0.0.1,DNS:localhost
authority authority "Test authority"
authority other "Other authority"
signed good "$HERE" serverAuth 20260101000000Z 21260101000000Z authority
signed expired "$HERE" serverAuth 20200101000000Z 20210101000000Z authority
signed later "$HERE" serverAuth 21000101000000Z 21260101000000Z authority
signed named DNS:registry.example,DNS:mirror.example serverAuth 20260101000000Z 21260101000000Z authority
signed client DNS:alice clientAuth 20260101000000Z 21260101000000Z authority
signed stranger DNS:mallory clientAuth 20260101000000Z 21260101000000Z other
rm -f authority.key other.key other.crt
