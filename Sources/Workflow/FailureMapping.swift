internal import DirectorySource
internal import LDAPClient
internal import MigrationFile
internal import PlanFormat
internal import StrictYAML

extension Failure {
    /// What an error of one of the modules means for the exit status. An error that is not known here is the program's own.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as LDAPError: self.init(Self.status(of: error.code), error.description)
        case let problem as LDIFProblem: self.init(problem.isUnreadable ? .noInput : .badData, problem.description)
        case let problem as YAMLProblem: self.init(.configuration, problem.description)
        case let error as MigrationFileError: self.init(ExitStatus(rawValue: error.exitStatus) ?? .badData, error.description)
        case let error as FileAccessError where error.code == .exists:
            self.init(
                .cannotCreate,
                "\(error.path): the file exists already. Choose another name with --output, or replace it with --replace; it is then kept as \(error.path).previous."
            )
        case let error as FileAccessError: self.init(ExitStatus(rawValue: error.exitStatus) ?? .inputOutput, error.description)
        case let problem as JournalProblem: self.init(.badData, problem.description)
        case let problem as PlanProblem: self.init(.badData, problem.description)
        default: self.init(.internalError, "Unexpected error: \(error)")
        }
    }

    private static func status(of code: LDAPError.Code) -> ExitStatus {
        switch code {
        case .invalidCredentials, .inappropriateAuthentication, .insufficientAccessRights, .strongerAuthRequired, .confidentialityRequired,
            .emptyPassword, .loginImpossible, .clientCertificateRefused, .exposedFile:
            .credentials
        case .sizeLimitExceeded, .timeLimitExceeded, .adminLimitExceeded, .unverified: .stoppedByLimit
        case .busy: .busy
        case .badFilter, .badAddress, .badSetting, .noSuchObject, .invalidDNSyntax, .referral: .configuration
        case .unreadableFile: .noInput
        case .interrupted: .interrupted
        default: .directoryUnavailable
        }
    }
}
