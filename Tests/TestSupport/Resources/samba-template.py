#!/usr/bin/python3
"""samba-template.py FOLDER REALM FIRST LAST < PEOPLE.ldif

Fills FOLDER, which holds etc/smb.conf, with an Active Directory domain controller that has never been started: the domain, the parts of
Exchange's schema that a mailbox needs, the people, and the accounts `reader` and `disabled` with their keytabs. The services
ldap/127.0.0.FIRST to ldap/127.0.0.LAST are its own, so that a copy may run on any of these addresses.
Passwords come in the variables ADMINISTRATOR_PASSWORD and READER_PASSWORD.
"""
import logging
import os
import sys

import ldb
import samba.dckeytab  # noqa: F401  gives Net its export_keytab
from samba.auth import system_session
from samba.net import Net
from samba.param import LoadParm
from samba.dsdb import DS_DOMAIN_FUNCTION_2008_R2
from samba.provision import provision
from samba.samdb import SamDB

FOLDER, REALM, FIRST, LAST = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
CONFIGURATION = FOLDER + "/etc/smb.conf"
READER_PASSWORD = os.environ["READER_PASSWORD"]

# Name, attribute, OID, syntax, OM syntax, whether single-valued. What Exchange adds and Windows alone does not have. The OIDs are as
# Exchange has them, as far as is known; nothing depends on them.
TEXT, BOOLEAN, NAME = ("2.5.5.12", 64), ("2.5.5.8", 1), ("2.5.5.1", 127)
ATTRIBUTES = [
    ("mail-Nickname", "mailNickname", "1.2.840.113556.1.2.447", TEXT),
    ("Target-Address", "targetAddress", "1.2.840.113556.1.2.352", TEXT),
    ("Home-MDB", "homeMDB", "1.2.840.113556.1.2.244", NAME),
    ("Home-MTA", "homeMTA", "1.2.840.113556.1.2.171", NAME),
    ("ms-Exch-Home-Server-Name", "msExchHomeServerName", "1.2.840.113556.1.4.7000.102.47", TEXT),
    ("ms-Exch-Hide-From-Address-Lists", "msExchHideFromAddressLists", "1.2.840.113556.1.4.7000.102.73", BOOLEAN),
]


def parameters():
    result = LoadParm()
    result.load(CONFIGURATION)
    result.set("dsdb:schema update allowed", "yes")
    return result


def opened(*options):
    return SamDB(url=FOLDER + "/private/sam.ldb", session_info=system_session(), lp=parameters(), options=list(options))


def make_domain():
    logger = logging.getLogger("provision")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    # The rights on the files of sysvol, which nobody reads here, need CAP_SYS_ADMIN or a module of another package.
    provision(
        logger, system_session(), smbconf=CONFIGURATION, lp=parameters(), realm=REALM, domain=REALM.split(".")[0], hostname="dc1",
        hostip="127.0.0.1", adminpass=os.environ["ADMINISTRATOR_PASSWORD"], serverrole="active directory domain controller",
        dns_backend="NONE", dom_for_fun_level=DS_DOMAIN_FUNCTION_2008_R2, skip_sysvolacl=True, batch_mode=True)


def extend_schema():
    database = opened()
    schema = str(database.get_schema_basedn())
    for name, attribute, oid, (syntax, om_syntax) in ATTRIBUTES:
        of_names = "oMObjectClass:: KwwCh3McAIVK\n" if om_syntax == 127 else ""
        database.add_ldif(
            f"dn: CN={name},{schema}\nobjectClass: attributeSchema\nattributeID: {oid}\nlDAPDisplayName: {attribute}\n"
            f"attributeSyntax: {syntax}\noMSyntax: {om_syntax}\n{of_names}isSingleValued: TRUE\nsearchFlags: 1\n")
    now = "dn:\nchangetype: modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n"
    database.modify_ldif(now)
    may = "".join(f"mayContain: {attribute[1]}\n" for attribute in ATTRIBUTES)
    database.modify_ldif(f"dn: CN=Mail-Recipient,{schema}\nchangetype: modify\nadd: mayContain\n{may}")
    database.modify_ldif(now)


def add_people():
    # Without batch mode each entry takes five times as long.
    database = opened("batch_mode:1")
    database.transaction_start()
    for _, entry in database.parse_ldif(sys.stdin.read()):
        if entry.dn != database.get_default_basedn():
            del entry["cn"]  # Active Directory takes it from the DN, and may have one value only
            database.add(entry)
    database.transaction_commit()


def add_accounts():
    database = opened()
    base = str(database.get_default_basedn())
    # A template may be used for years; passwords would end after 42 days.
    database.modify_ldif(f"dn: {base}\nchangetype: modify\nreplace: maxPwdAge\nmaxPwdAge: 0\n")
    for name in ["reader", "disabled"]:
        database.newuser(name, READER_PASSWORD)
    database.disable_account("(sAMAccountName=disabled)")
    names = "".join(f"servicePrincipalName: ldap/127.0.0.{number}\n" for number in range(FIRST, LAST + 1))
    database.modify_ldif(f"dn: CN=DC1,OU=Domain Controllers,{base}\nchangetype: modify\nadd: servicePrincipalName\n{names}")
    Net(None, parameters()).export_keytab(keytab=FOLDER + "/reader.keytab", principal="reader@" + REALM)


make_domain()
extend_schema()
add_people()
add_accounts()
