/// Settings that mean nothing without TLS: whoever gives one thinks the connection protected, and it would be silently plain.
enum PromisedProtection {
    /// What is promised of every connection.
    private static let ofEach: [SettingKey] = [.pinnedKey, .tlsMinimum, .clientCertificate]
    /// What is only told of those that have TLS: one trusted CA may serve a list in which some servers have none.
    private static let ofSome: [SettingKey] = [.caFile, .caFolder]

    /// Throws for the first such setting that some place, or every place, would not hold to.
    static func check(_ values: SettingValues, _ places: [Settings.Place], startTLS: Bool) throws(Failure) {
        let connected = places.filter { $0.protection(startTLS: startTLS) != .file }
        guard !connected.isEmpty else { return }
        let usesTLS = connected.contains { $0.protection(startTLS: startTLS) == .tls }
        for key in ofEach + ofSome where values.text(key) != nil {
            let bare = connected.first { place in
                switch place.protection(startTLS: startTLS) {
                case .tls, .file: false
                case .plain: ofEach.contains(key) || !usesTLS
                // On a local socket nobody listens in, and the server knows our account without a certificate.
                case .localSocket: !usesTLS || [.pinnedKey, .tlsMinimum].contains(key)
                }
            }
            guard let bare else { continue }
            let cure = bare.protection(startTLS: startTLS) == .plain ? "give ldaps://, or --start-tls" : "give ldaps://"
            throw values.problem(
                key,
                "counts for TLS only, and \(Settings.words([bare])) would be asked without TLS: \(cure), or leave it out. Nothing was sent")
        }
    }
}
