internal import Records

extension LoggedEvent {
    /// The sources that a migration logs under.
    private static let sources = ["MSExchangeMig", "MSExchangeMigDS", "MSExchangeDSImp"]

    /// The source's name as it is documented; `nil` for any other text.
    static func source(_ text: some StringProtocol) -> String? {
        let name = text.lowercased()
        return sources.first { $0.lowercased() == name }
    }
}
