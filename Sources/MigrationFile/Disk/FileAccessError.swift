internal import Glibc

/// Why a file could not be read or written. One sentence says what was being done to which path, what went wrong, and
/// what to do.
public struct FileAccessError: Error, Hashable, Sendable {
    /// The reasons; more may come.
    public struct Code: Hashable, Sendable, RawRepresentable {
        /// The reason's stable name.
        public var rawValue: String

        /// A reason by its name.
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// Which of the reasons.
    public var code: Code
    /// The path that was being read or written.
    public var path: String
    /// The system's error number; 0 when it was not the system that refused.
    public var errno: Int32
    /// What went wrong and what to do: a sentence without its full stop.
    public var reason: String

    /// An error from its parts.
    public init(_ code: Code, path: String, errno: Int32 = 0, reason: String) {
        self.code = code
        self.path = path
        self.errno = errno
        self.reason = reason
    }

    /// The exit status of sysexits(3): 66 no input, 73 cannot create, 74 I/O, 75 busy, 77 rights; 130 when it was cancelled.
    public var exitStatus: Int32 {
        switch code {
        case .notFound, .unreadable, .inputIsFolder, .inputIsSpecial: 66
        case .ioError, .diskFull, .readBackDiffers, .changedMeanwhile: 74
        case .busy: 75
        case .exposed: 77
        case .cancelled: 130
        default: 73
        }
    }
}

extension FileAccessError.Code {
    // Reading
    /// There is no such file.
    public static let notFound = Self(rawValue: "notFound")
    /// The system does not let it be read.
    public static let unreadable = Self(rawValue: "unreadable")
    /// A folder where a file was expected.
    public static let inputIsFolder = Self(rawValue: "inputIsFolder")
    /// A pipe, socket or device where a file was expected.
    public static let inputIsSpecial = Self(rawValue: "inputIsSpecial")
    /// Others may have written it, so it is not believed.
    public static let exposed = Self(rawValue: "exposed")

    // Writing
    /// The output exists, and nobody said that it may be replaced.
    public static let exists = Self(rawValue: "exists")
    /// The output is a folder.
    public static let outputIsFolder = Self(rawValue: "outputIsFolder")
    /// The output is a pipe, socket or device.
    public static let outputIsSpecial = Self(rawValue: "outputIsSpecial")
    /// The folder of the output does not exist.
    public static let noFolder = Self(rawValue: "noFolder")
    /// The system does not let a file be made there.
    public static let cannotCreate = Self(rawValue: "cannotCreate")
    /// Another run is writing the same output.
    public static let busy = Self(rawValue: "busy")
    /// The caller asked to stop before anything was replaced.
    public static let cancelled = Self(rawValue: "cancelled")

    // Either
    /// No room: disk, quota or size limit.
    public static let diskFull = Self(rawValue: "diskFull")
    /// Any other error of the system.
    public static let ioError = Self(rawValue: "ioError")
    /// The file was changed by somebody else in the middle.
    public static let changedMeanwhile = Self(rawValue: "changedMeanwhile")
    /// What was written does not read back the same.
    public static let readBackDiffers = Self(rawValue: "readBackDiffers")
}

extension FileAccessError: CustomStringConvertible {
    /// `out.csv: cannot be written, for …; …`.
    public var description: String { "\(path): \(reason)." }
}

extension FileAccessError {
    /// The system refused: what was being done, its own words, what to do.
    static func system(_ code: Code, path: String, errno: Int32, _ doing: String, advice: String) -> FileAccessError {
        FileAccessError(code, path: path, errno: errno, reason: "\(doing), for the system says \"\(text(of: errno))\"; \(advice)")
    }

    /// The system refused to write. No room has a code of its own.
    static func writing(_ path: String, errno: Int32) -> FileAccessError {
        let isFull = [ENOSPC, EDQUOT, EFBIG].contains(errno)
        return system(
            isFull ? .diskFull : .ioError, path: path, errno: errno, "cannot be written to its end",
            advice: isFull ? "make room and run again, nothing was replaced" : "check the disk and run again, nothing was replaced")
    }

    private static func text(of errno: Int32) -> String {
        strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    }
}
