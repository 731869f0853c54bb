import Connectors
import DemoWorld
import Definitions
import Foundation
import Journal
import Operations
import Reliability

/// What running runbooks needs, brought together from the configuration and the machine.
struct RunbookParts: Sendable {
  let setup: RunbookRunner.Setup
  let store: any RunStore
  let processes: any ProcessRunner
  let outputs: (any OutputStore)?
  /// What a configuration says of runbooks, which may be read again.
  let rules: @Sendable (Configuration) -> RunbookRunner.Rules

  /// The parts that run commands on this machine.
  ///
  /// - Parameters:
  ///   - configuration: What was read.
  ///   - store: Where runs are kept.
  ///   - isReadOnly: Whether `--read-only` was given.
  ///   - surroundings: The environment, names and the state directory.
  /// - Returns: The parts, of which nothing runs yet.
  static func live(
    _ configuration: Configuration, store: any RunStore, isReadOnly: Bool,
    surroundings: Surroundings
  ) -> RunbookParts {
    let loader = surroundings.loader(files: LocalFileSystem(), themes: [])
    return RunbookParts(
      setup: setup(
        configuration, surroundings,
        distrust: { file in loader.commandRefusal(of: file) }),
      store: store, processes: SubprocessRunner(warden: surroundings.warden),
      outputs: surroundings.outputPath.map { OutputFolder(path: $0) },
      rules: { rules($0, isReadOnly: isReadOnly, surroundings) })
  }

  /// The simulated shop: its commands only speak, and what mends it is noted.
  static func demo(
    _ configuration: Configuration, store: any RunStore, repairs: DemoRepairs,
    clock: any WallClock, isReadOnly: Bool, surroundings: Surroundings
  ) -> RunbookParts {
    RunbookParts(
      // The shop's files are inside the program; nobody can change them.
      setup: setup(configuration, surroundings, distrust: { _ in nil }), store: store,
      processes: DemoProcesses(
        SubprocessRunner(warden: surroundings.warden), repairs: repairs,
        library: configuration.runbooks, clock: clock),
      outputs: nil,
      rules: { rules($0, isReadOnly: isReadOnly, surroundings, in: demoDirectory) })
  }

  /// Where the demo's commands run: its files have no directory, and they only speak.
  static let demoDirectory = "/"

  /// Makes the runner.
  func runner(
    _ configuration: Configuration, metrics: any MetricAsker, clock: any WallClock,
    tell: @escaping @Sendable (RunbookRunner.News) -> Void
  ) -> RunbookRunner {
    RunbookRunner(
      setup, rules: rules(configuration), store: store, processes: processes, outputs: outputs,
      metrics: metrics, clock: clock, tell: tell)
  }

  private static func setup(
    _ configuration: Configuration, _ surroundings: Surroundings,
    distrust: @escaping @Sendable (String) -> String?
  ) -> RunbookRunner.Setup {
    let host = surroundings.hostName
    return RunbookRunner.Setup(
      actor: configuration.alerts.author, owner: ProcessName(host: host).text,
      isAlive: { ProcessName(parsing: $0)?.isAlive(on: host) }, distrust: distrust,
      makeID: { UUID().uuidString.lowercased() })
  }

  private static func rules(
    _ configuration: Configuration, isReadOnly: Bool, _ surroundings: Surroundings,
    in directory: String? = nil
  ) -> RunbookRunner.Rules {
    RunbookRunner.Rules(
      library: configuration.runbooks,
      gate: ActionGate(isReadOnly: isReadOnly, rules: configuration.permissions),
      permissions: configuration.runbookPermissions,
      settings: surroundings.runSettings(configuration, in: directory))
  }
}

extension Surroundings {
  /// How commands of runbooks run here.
  ///
  /// - Parameters:
  ///   - configuration: What was read.
  ///   - directory: The directory of commands that name none; `nil` means that of their file.
  /// - Returns: Who runs them, with which variables, for how long.
  func runSettings(_ configuration: Configuration, in directory: String? = nil) -> RunSettings {
    RunSettings(
      user: userName, host: hostName, environment: environment,
      allowed: configuration.running.variables,
      timeout: configuration.running.timeout ?? RunSettings.standardTimeout,
      opener: configuration.running.opener, directory: directory)
  }

  /// Where the whole output of commands is kept: beside the journal's usual place.
  var outputPath: String? {
    journalPath.map { "\(NSString(string: $0).deletingLastPathComponent)/runs" }
  }

  /// Ends commands when this process dies.
  var warden: ProcessWarden? {
    Bundle.main.executablePath.map { ProcessWarden(program: $0) }
  }

  private var userName: String {
    environment["USER"].flatMap { $0.isEmpty ? nil : $0 } ?? NSUserName()
  }
}

/// The name of a process in leases: its machine, its number, and what no other process has.
struct ProcessName {
  private let host: String
  private let number: Int32
  private let mark: String

  /// The name of this process.
  init(host: String) {
    self.host = host
    number = ProcessInfo.processInfo.processIdentifier
    mark = UUID().uuidString.lowercased()
  }

  /// Reads a name.
  init?(parsing text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 3, let number = Int32(parts[1]) else { return nil }
    host = String(parts[0])
    self.number = number
    mark = String(parts[2])
  }

  /// The name as leases have it.
  var text: String { "\(host)/\(number)/\(mark)" }

  /// Whether the process lives; `nil` when it is on another machine, of which nothing is known here.
  func isAlive(on own: String) -> Bool? {
    guard host == own else { return nil }
    return kill(number, 0) == 0 || errno == EPERM
  }
}
