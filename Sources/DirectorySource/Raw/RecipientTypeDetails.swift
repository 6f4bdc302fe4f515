/// `msExchRecipientTypeDetails`: what Exchange 2007 and later take a recipient for.
///
/// Microsoft publishes no table of the stored numbers; these are the names of the RecipientTypeDetails enumeration with the numbers on
/// which published lists agree (techgenix.com "msExchangeRecipientTypeDetails Active Directory values"; undocumented-features.com).
enum RecipientTypeDetails {
    /// The name of the type; `nil` for a number that the lists do not have.
    static func words(_ text: String) -> String? { Int64(text).flatMap { names[$0] } }

    private static let names: [Int64: String] = [
        1: "UserMailbox", 2: "LinkedMailbox", 4: "SharedMailbox", 8: "LegacyMailbox", 16: "RoomMailbox", 32: "EquipmentMailbox",
        64: "MailContact", 128: "MailUser", 256: "MailUniversalDistributionGroup", 512: "MailNonUniversalGroup",
        1024: "MailUniversalSecurityGroup", 2048: "DynamicDistributionGroup", 4096: "PublicFolder", 8192: "SystemAttendantMailbox",
        16_384: "SystemMailbox", 32_768: "MailForestContact", 65_536: "User", 131_072: "Contact", 262_144: "UniversalDistributionGroup",
        524_288: "UniversalSecurityGroup", 1_048_576: "NonUniversalGroup", 2_097_152: "DisabledUser", 4_194_304: "MicrosoftExchange",
        8_388_608: "ArbitrationMailbox", 16_777_216: "MailboxPlan", 33_554_432: "LinkedUser", 268_435_456: "RoomList",
        536_870_912: "DiscoveryMailbox", 1_073_741_824: "RoleGroup", 2_147_483_648: "RemoteUserMailbox",
        8_589_934_592: "RemoteRoomMailbox", 17_179_869_184: "RemoteEquipmentMailbox", 34_359_738_368: "RemoteSharedMailbox",
    ]
}
