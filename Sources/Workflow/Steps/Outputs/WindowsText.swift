internal import Reporting
internal import CSV

/// Text for Windows programs of the time: lines that end with CR LF, in the code page of Windows.
enum WindowsText {
    /// The bytes of the lines: in the user list's own code page where that is one of Windows, else in windows-1252.
    static func bytes(of lines: [String], like codePage: CodePage, for path: String) throws(Failure) -> [UInt8] {
        let isWindows = codePage.name.lowercased().hasPrefix("windows-")
        do {
            let windows = isWindows ? codePage : try CodePage(named: "windows-1252")
            var bytes: [UInt8] = []
            for (number, line) in lines.enumerated() {
                do throws(UnencodableCharacter) { bytes += try windows.encode(line + "\r\n") } catch {
                    throw Failure(
                        .badData, "\(path):\(number + 1): \"\(line.printable)\" cannot be written, for \(error); nothing was written.")
                }
            }
            return bytes
        } catch let failure as Failure { throw failure } catch { throw Failure(.internalError, "\(error)") }
    }
}
