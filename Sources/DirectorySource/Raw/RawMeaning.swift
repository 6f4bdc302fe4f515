/// What the values of an attribute stand for, as far as it is publicly documented.
enum RawMeaning: Equatable {
    /// A security identifier ([MS-DTYP] 2.4.2.2).
    case sid
    /// A GUID of 16 octets ([MS-DTYP] 2.3.4.2). `entryUUID` is text already (RFC 4530).
    case guid
    /// Owner, group and access rights ([MS-DTYP] 2.4.6).
    case securityDescriptor
    /// 100 ns since 1601 ([MS-DTYP] 2.3.3), in decimal; `zero` is what 0 says.
    case fileTime(zero: String)
    /// `userAccountControl` ([MS-ADTS] 2.2.16).
    case accountControl
    /// `groupType` ([MS-ADTS] 2.2.12).
    case groupType
    /// `msExchRecipientTypeDetails` of Exchange 2007 and later.
    case recipientTypeDetails
    /// Delivery-Mechanism of Exchange 5.5, over LDAP `mailPreferenceOption`: known by its schema name only, for elsewhere that means another thing.
    case deliveryMechanism
    /// An X.400 address without its type.
    case x400Address
    /// An address with its type before it, which may be X.400.
    case typedAddress
    /// A DN or legacy DN with the home server in it.
    case server
    /// `legacyExchangeDN`, whose last part is the Directory Name.
    case legacyDN
    /// A DN (RFC 4514).
    case distinguishedName
    /// Nothing is known.
    case unknown

    /// Whether the values are octets and not text.
    var isBinary: Bool { self == .sid || self == .guid || self == .securityDescriptor }

    /// By attribute, or schema name of Exchange 5.5, in lower case.
    static let of: [String: RawMeaning] = {
        var table: [String: RawMeaning] = [:]
        func put(_ meaning: RawMeaning, _ names: String) {
            for name in names.split(separator: " ") { table[name.lowercased()] = meaning }
        }
        // Attributes of syntax String(Sid), [MS-ADTS] 3.1.1.2.2.2.3; Assoc-NT-Account: Platform SDK for Exchange, "Mailbox".
        put(.sid, "objectSid sIDHistory securityIdentifier mS-DS-CreatorSID tokenGroups tokenGroupsGlobalAndUniversal")
        put(.sid, "tokenGroupsNoGCAcceptable msExchMasterAccountSid msExchMasterAccountHistory Assoc-NT-Account")
        put(.guid, "objectGUID parentGUID invocationId schemaIDGUID attributeSecurityGUID mS-DS-ConsistencyGuid")
        put(.guid, "msExchMailboxGuid msExchArchiveGUID mailboxGuid Object-GUID")
        put(.securityDescriptor, "nTSecurityDescriptor NT-Security-Descriptor msExchMailboxSecurityDescriptor")
        put(.securityDescriptor, "msDS-AllowedToActOnBehalfOfOtherIdentity")
        // What 0 says: [MS-ADA1] accountExpires, badPasswordTime, lastLogon, lockoutTime; [MS-ADA3] pwdLastSet.
        put(.fileTime(zero: "never"), "accountExpires")
        put(.fileTime(zero: "not locked out"), "lockoutTime")
        put(.fileTime(zero: "to be changed at the next logon"), "pwdLastSet")
        put(.fileTime(zero: "never, or not known"), "lastLogon lastLogoff lastLogonTimestamp badPasswordTime creationTime")
        put(.fileTime(zero: "never"), "msDS-UserPasswordExpiryTimeComputed")
        put(.accountControl, "userAccountControl")
        put(.groupType, "groupType")
        put(.recipientTypeDetails, "msExchRecipientTypeDetails")
        put(.deliveryMechanism, "Delivery-Mechanism")
        put(.x400Address, "textEncodedORAddress")
        put(.typedAddress, "otherMailbox proxyAddresses Target-Address targetAddress")
        put(.server, "Home-MDB Home-MTA homeMDB homeMTA msExchHomeServerName")
        put(.legacyDN, "legacyExchangeDN")
        put(.distinguishedName, "distinguishedName entryDN member uniqueMember memberOf manager directReports Reports secretary owner")
        put(.distinguishedName, "seeAlso roleOccupant managedBy altRecipient Alt-Recipient publicDelegates authOrig unauthOrig")
        put(.distinguishedName, "creatorsName modifiersName lastKnownParent objectCategory")
        return table
    }()
}
