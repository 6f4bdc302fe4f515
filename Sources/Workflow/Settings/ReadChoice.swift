internal import DirectorySource

extension ReadingOptions {
    /// How the directory is read, from the settings.
    init(_ values: SettingValues) throws(Failure) {
        self.init()
        pageSize =
            try values.value(.pageSize, expected: "a number of entries from 1 to 100000, 0 for no paging, or auto") { text in
                if text == "auto" { return PageSize.whereOffered(1000) }
                guard let number = Int(text), (0...100_000).contains(number) else { return nil }
                return number == 0 ? .never : .always(number)
            } ?? .whereOffered(1000)
        connections =
            try values.value(.connections, expected: "a number from 1 to 8") { Int($0).flatMap { (1...8).contains($0) ? $0 : nil } } ?? 1
        verifies = try values.flag(.verifyRead)
        showsDeleted = try values.flag(.showDeleted)
        for (item, text) in values.texts(.followReferences).enumerated() {
            guard let server = ReferredServer(text) else {
                throw values.problem(
                    .followReferences, "is '\(text)'; expected a server's HOST or HOST:PORT, as the references name it",
                    item: item)
            }
            followedServers.append(server)
        }
    }
}
