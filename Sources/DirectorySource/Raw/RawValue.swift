internal import LDAPClient
internal import Records

/// How the values of an entry are shown to a person.
public enum RawValue {
    /// The value as text: what is known of the attribute in words, printable UTF-8 as it is, anything else in hexadecimal with its length.
    ///
    /// Octets that are not what the attribute promises are shown as if nothing were known of it. At most `longest` octets are shown in
    /// hexadecimal. The text may hold line breaks and invisible characters: it has to be made safe before it goes to a terminal.
    public static func text(of value: [UInt8], attribute: String, schemaName: String? = nil, longest: Int = .max) -> String {
        if value.isEmpty { return "" }
        let meaning =
            RawMeaning.of[attribute.withoutOptions.lowercased()] ?? schemaName.flatMap { RawMeaning.of[$0.lowercased()] } ?? .unknown
        if meaning.isBinary, let text = binary(value, meaning) { return text }
        guard let text = String(validating: value, as: UTF8.self), !text.unicodeScalars.contains(where: \.isBinarySign) else {
            return hexadecimal(value, longest: longest)
        }
        return words(text, meaning).map { "\(text) (\($0))" } ?? text
    }

    private static func binary(_ value: [UInt8], _ meaning: RawMeaning) -> String? {
        func decoded(_ octets: Span<UInt8>) -> String? {
            switch meaning {
            case .sid: BinaryID.sid(octets)
            case .guid: octets.count == 16 ? BinaryID.text(octets) : nil
            case .securityDescriptor: SecurityDescriptor(octets)?.description
            default: nil
            }
        }
        if let text = decoded(value.span) { return text }
        // Exchange 5.5 may give binary values as hexadecimal text ("string encoding of their binary representation", Platform SDK).
        return Hexadecimal.octets(value.span).flatMap { decoded($0.span) }
    }

    /// What the text stands for; `nil` when that says nothing new.
    private static func words(_ text: String, _ meaning: RawMeaning) -> String? {
        switch meaning {
        case .fileTime(let zero): FileTime.words(text, zero: zero)
        case .accountControl: DirectoryFlags.accountControl(text)
        case .groupType: DirectoryFlags.groupType(text)
        case .recipientTypeDetails: RecipientTypeDetails.words(text)
        case .deliveryMechanism: text == "0" ? "private store" : nil
        case .x400Address: X400Address(text)?.description
        case .typedAddress: X400Address(typed: text)?.description
        case .server: ReadableName.server(text)
        case .legacyDN: ReadableName.directoryName(text)
        case .distinguishedName: ReadableName.unescaped(text)
        case .sid, .guid, .securityDescriptor, .unknown: DirectoryTime(text)?.description
        }
    }

    private static func hexadecimal(_ value: [UInt8], longest: Int) -> String {
        let shown = "0x" + Hexadecimal.text(value.span.extracting(first: min(longest, value.count))) + (value.count > longest ? "…" : "")
        return "\(shown) (\(value.count) octet\(value.count == 1 ? "" : "s"))"
    }
}

extension Unicode.Scalar {
    /// A control character that no text has: any but tab and line breaks.
    fileprivate var isBinarySign: Bool { properties.generalCategory == .control && !["\t", "\n", "\r"].contains(self) }
}
