#!/bin/sh
# mkpki.sh DIR          makes two authorities, and certificates of every kind
# mkpki.sh DIR ADDRESS  adds one for a server at that address, named as the address
set -eu
D=$1; mkdir -p "$D"; cd "$D"; HERE=$(hostname -f 2>/dev/null || hostname)
key() { openssl ecparam -genkey -name prime256v1 -noout -out "$1.key"; chmod 600 "$1.key"; }
ca() { key "$1"; openssl req -x509 -new -key "$1.key" -sha256 -days 3650 -subj "/O=ldap-reconcile test/CN=$1" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign -out "$1.crt"; }
leaf() { # name ca subject extensions [notBefore notAfter]
  key "$1"; openssl req -new -key "$1.key" -subj "$3" -out "$1.csr"
  printf "%b" "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\n$4" > "$1.ext"
  if [ $# -ge 6 ]; then   # "openssl ca" is what can write dates in the past
    : > index.txt; echo 01 > serial
    printf '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\nO=optional\nOU=optional\nCN=supplied\n' > ca.cnf
    openssl ca -batch -notext -config ca.cnf -cert "$2.crt" -keyfile "$2.key" -in "$1.csr" -out "$1.crt" \
      -extfile "$1.ext" -startdate "$5" -enddate "$6" 2>/dev/null
  else
    openssl x509 -req -in "$1.csr" -CA "$2.crt" -CAkey "$2.key" -CAcreateserial -sha256 -days 825 \
      -extfile "$1.ext" -out "$1.crt" 2>/dev/null
  fi; }
S='extendedKeyUsage=serverAuth\n'
if [ $# -eq 2 ]; then
  leaf "$2" ca "/CN=$2" "${S}subjectAltName=IP:$2\n"
  rm -f ./*.csr ./*.ext ./*.srl
  exit
fi
ca ca; ca otherca
C='extendedKeyUsage=clientAuth\n'; LO='DNS:localhost,IP:127.0.0.1'
leaf good      ca      /CN=localhost         "${S}subjectAltName=$LO,DNS:$HERE,IP:::1\n"
leaf middle    ca      /CN=localhost         "${S}subjectAltName=$LO\n"
leaf wrongname ca      /CN=elsewhere.example "${S}subjectAltName=DNS:elsewhere.example\n"
leaf cnonly    ca      "/CN=$HERE"           "${S}"
leaf cnsandiff ca      "/CN=$HERE"           "${S}subjectAltName=DNS:elsewhere.example\n"
leaf cnlocal   ca      /CN=localhost         "${S}"
leaf cnlocaldiff ca    /CN=localhost         "${S}subjectAltName=DNS:elsewhere.example\n"
leaf cnlocalmail ca    /CN=localhost         "${S}subjectAltName=email:a@elsewhere.example\n"
leaf untrusted otherca /CN=localhost         "${S}subjectAltName=$LO\n"
leaf expired   ca      /CN=localhost         "${S}subjectAltName=$LO\n" 20200101000000Z 20200201000000Z
leaf future    ca      /CN=localhost         "${S}subjectAltName=$LO\n" 20450101000000Z 20460101000000Z
leaf client    ca      "/O=Test/OU=people/CN=reader" "$C"
leaf clientbad otherca "/O=Test/OU=people/CN=reader" "$C"
rm -f ./*.csr ./*.ext ca.cnf index.txt* serial* 0*.pem ./*.srl
