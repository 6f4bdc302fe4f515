internal import Records

extension LoggedEvent {
    /// The sources that a migration logs under.
    private static let sources = ["MSExchangeMig", "MSExchangeMigDS", "MSExchangeDSImp"]

    /// The source's name as it is documented; `nil` for any other text.
    static func source(_ text: some StringProtocol) -> String? {
        let name = text.lowercased()
        return sources.first { $0.lowercased() == name }
    }

    /// The number of an event as its log shows it, also where the severity and facility stand before it: 3221232489, which is 0xC0001B69, is 7017. Above
    /// 0 and at most 65535; `nil` for any other text.
    static func number(_ text: some StringProtocol) -> Int? {
        let isHexadecimal = text.lowercased().hasPrefix("0x")
        guard let qualified = isHexadecimal ? Int(text.dropFirst(2), radix: 16) : Int(text),
            (Int(Int32.min)...Int(UInt32.max)).contains(qualified)
        else { return nil }
        let number = qualified & 0xFFFF
        return number > 0 ? number : nil
    }
}
