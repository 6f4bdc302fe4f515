/// Whose an object is, out of a self-relative security descriptor ([MS-DTYP] 2.4.6). Its access rights are only counted in octets.
struct SecurityDescriptor: CustomStringConvertible {
    /// Security identifiers as text; `nil` where the descriptor has none.
    let owner, group: String?
    /// Of the whole descriptor.
    let octets: Int

    /// `nil` when the octets are no such descriptor.
    init?(_ octets: Span<UInt8>) {
        // Revision 1, and the bit that says that what follows are offsets (SE_SELF_RELATIVE, 0x8000 of the little-endian control).
        guard octets.count >= 20, octets[0] == 1, octets[3] & 0x80 != 0 else { return nil }
        var names: [String?] = []
        for place in [4, 8] {
            let offset = Int(octets.littleEndian32(at: place))
            if offset == 0 {
                names.append(nil)
                continue
            }
            guard offset >= 20, offset < octets.count else { return nil }
            let rest = octets.extracting(offset..<octets.count)
            guard let length = BinaryID.lengthOfSID(rest), let sid = BinaryID.sid(rest.extracting(0..<length)) else { return nil }
            names.append(sid)
        }
        (owner, group, self.octets) = (names[0], names[1], octets.count)
    }

    /// `owner S-1-5-…, group S-1-5-…, 1180 octets`.
    var description: String {
        "\(owner.map { "owner \($0)" } ?? "no owner"), \(group.map { "group \($0)" } ?? "no group"), \(octets) octets"
    }
}
