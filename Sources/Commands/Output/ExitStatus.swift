/// The exit codes of all commands; docs/cli.md lists them for operators and scripts.
package enum ExitStatus: Int32, Sendable {
  /// Nothing to report.
  case fine = 0
  /// An active condition, or errors found by `check`.
  case findings = 1
  /// A needed source did not answer, or an SLO failed.
  case cannotTell = 2
  /// Wrong arguments; this and the next are BSD's codes from `sysexits.h`.
  case usage = 64
  /// The dashboard has no terminal it can use.
  case noTerminal = 69
  /// The output or the journal could not be written.
  case output = 74
  /// Read-only, not permitted, or not confirmed.
  case refused = 77
  /// No configuration, or one with errors.
  case configuration = 78
}

extension ExitStatus {
  /// The journal could not be written: the same code as for any output.
  static let journal = ExitStatus.output
}

/// The end of a command with something to say on standard error.
struct CommandFailure: Error, Hashable, Sendable {
  let message: String
  let status: ExitStatus

  init(_ message: String, _ status: ExitStatus) {
    self.message = message
    self.status = status
  }
}
