#!/bin/sh
# private-389.sh DIR PORT TLSPORT SUFFIX PKI < PEOPLE.ldif
#
# Makes a 389 Directory Server in DIR that holds the entries, ready for `ns-slapd -D DIR/conf -i DIR/run/pid -d 0`. Its own installer,
# dscreate, wants systemd. PKI is the folder of the certificates.
set -eu
D=$1; PORT=$2; TLSPORT=$3; SUFFIX=$4; PKI=$5; DATA=/usr/share/dirsrv/data
for folder in conf db db/userRoot bak ldif lock log run inst; do mkdir -p "$D/$folder"; done
cp -r /etc/dirsrv/schema "$D/conf/schema"
cp /etc/dirsrv/config/slapd-collations.conf /etc/dirsrv/config/certmap.conf "$D/conf/"
cat > "$D/people.ldif"

# The password of the directory's manager: nobody knows it.
PASSWORD=$(/usr/bin/python3 -c '
import base64, hashlib, os
salt = os.urandom(8)
print("{SSHA}" + base64.b64encode(hashlib.sha1(os.urandom(16) + salt).digest() + salt).decode())')
sed -e "s#%schema_dir%#$D/conf/schema#;s#%lock_dir%#$D/lock#;s#%tmp_dir%#$D/run#;s#%cert_dir%#$D/conf#;s#%ldif_dir%#$D/ldif#" \
  -e "s#%bak_dir%#$D/bak#;s#%run_dir%#$D/run#;s#%inst_dir%#$D/inst#;s#%log_dir%#$D/log#;s#%fqdn%#localhost#;s#%ds_port%#$PORT#" \
  -e "s#%ds_user%#$(id -un)#;s#%rootdn%#cn=Directory Manager#;s#%ds_passwd%#$PASSWORD#;s#%ldapi_enabled%#on#;s#%ldapi%#$D/run/ldapi#" \
  -e "s#%ldapi_autobind%#on#;s#%config_dir%#$D/conf#;s#%db_dir%#$D/db#;s#%db_home_dir%#$D/db#;s#%db_lib%#bdb#;s#%ds_suffix%#$SUFFIX#" \
  -e "s#%instance_name%#private#" "$DATA/template-dse.ldif" > "$D/conf/dse.ldif"
# Without listenhost it would listen on all addresses.
sed -i "0,/^nsslapd-port/s##nsslapd-listenhost: 127.0.0.1\nnsslapd-securelistenhost: 127.0.0.1\nnsslapd-secureport: $TLSPORT\nnsslapd-security: on\nnsslapd-accesslog-logging-enabled: off\nnsslapd-disk-monitoring: off\nnsslapd-port#" "$D/conf/dse.ldif"
# It tells what changed (RFC 4533) by a log of changes that bears the entries' ids.
awk '/^dn: /{ retro = /cn=Retro Changelog Plugin,/; sync = /cn=Content Synchronization,/ }
    (retro || sync) && tolower($0) ~ /^nsslapd-pluginenabled:/ { $0 = "nsslapd-pluginEnabled: on"; if (retro) print "nsslapd-attribute: nsuniqueid:targetUniqueId" }
    { print }' "$D/conf/dse.ldif" > "$D/conf/dse.new" && mv "$D/conf/dse.new" "$D/conf/dse.ldif"
cat >> "$D/conf/dse.ldif" <<END
dn: cn=userRoot,cn=ldbm database,cn=plugins,cn=config
objectClass: top
objectClass: extensibleObject
objectClass: nsBackendInstance
cn: userRoot
nsslapd-suffix: $SUFFIX
nsslapd-directory: $D/db/userRoot

dn: cn="$SUFFIX",cn=mapping tree,cn=config
objectClass: top
objectClass: extensibleObject
objectClass: nsMappingTree
cn: $SUFFIX
nsslapd-state: backend
nsslapd-backend: userRoot
END

certutil -N -d "sql:$D/conf" --empty-password
openssl pkcs12 -export -in "$PKI/good.crt" -inkey "$PKI/good.key" -certfile "$PKI/ca.crt" -name Server-Cert -passout pass: -out "$D/conf/server.p12"
pk12util -i "$D/conf/server.p12" -d "sql:$D/conf" -W '' > /dev/null
certutil -A -d "sql:$D/conf" -n ca -t CT,, -i "$PKI/ca.crt"
ns-slapd ldif2db -D "$D/conf" -n userRoot -i "$D/people.ldif"
