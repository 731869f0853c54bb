package import Reliability

/// Runs the commands of the shop's runbooks for real, for they only speak, and mends the shop when one
/// that changes production ends well.
package struct DemoProcesses: ProcessRunner {
  private let real: any ProcessRunner
  private let repairs: DemoRepairs
  private let clock: any WallClock
  private let library: RunbookLibrary

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - real: What runs the commands.
  ///   - repairs: Where what was mended is noted.
  ///   - library: The shop's runbooks.
  ///   - clock: The shop's clock.
  package init(
    _ real: any ProcessRunner, repairs: DemoRepairs, library: RunbookLibrary, clock: any WallClock
  ) {
    self.real = real
    self.repairs = repairs
    self.library = library
    self.clock = clock
  }

  /// Runs a command.
  package func run(
    _ command: PreparedCommand, output: @escaping @Sendable ([UInt8]) async -> Void
  ) async -> ProcessEnd {
    let end = await real.run(command, output: output)
    guard end.isSuccess else { return end }
    for runbook in library.runbooks {
      guard let service = runbook.service else { continue }
      for step in runbook.steps where step.options.isDangerous {
        if step.written.isOrigin(of: command.text) { repairs.mend(service, at: clock.now) }
        if step.options.rollback?.source.isOrigin(of: command.text) == true {
          repairs.undo(service)
        }
      }
    }
    return end
  }
}

extension String {
  /// Whether a text is this one with its places filled: nothing but the places differs.
  fileprivate func isOrigin(of text: String) -> Bool {
    guard !isEmpty, let template = try? TemplateText(parsing: self) else { return false }
    var rest = Substring(text)
    for part in template.parts {
      guard case .text(let plain) = part else { continue }
      guard let range = rest.firstRange(of: plain) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
