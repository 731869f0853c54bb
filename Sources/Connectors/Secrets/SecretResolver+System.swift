// Where secrets really come from: files and commands of this machine.

internal import Foundation
internal import Subprocess
internal import Reliability

extension SecretResolver {
  /// Makes a resolver that reads this machine's files and runs its commands.
  ///
  /// - Parameters:
  ///   - environment: The process's environment, which commands get too.
  ///   - timeLimit: How long a command may take.
  package init(environment: [String: String], timeLimit: Duration = .seconds(10)) {
    self.init(
      environment: environment,
      readFile: { path throws(SecretError) in try SecretResolver.contents(of: path) },
      runCommand: { command throws(SecretError) in
        try await SecretResolver.output(
          of: command, environment: environment, timeLimit: timeLimit)
      })
  }

  /// The most bytes of a secret.
  private static let sizeLimit = 64 << 10

  private static func contents(of path: String) throws(SecretError) -> [UInt8] {
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      return Array(try file.read(upToCount: sizeLimit) ?? Data())
    } catch {
      throw .unreadableFile(path, reason: error.localizedDescription)
    }
  }

  /// Runs a command in a session of its own, so that it has no terminal to ask on.
  private static func output(
    of command: [String], environment: [String: String], timeLimit: Duration
  ) async throws(SecretError) -> [UInt8] {
    let name = command.first ?? ""
    let outcome = await withTaskGroup(of: CommandOutcome.self) { group in
      group.addTask { await run(name, Array(command.dropFirst()), environment) }
      group.addTask {
        try? await Task.sleep(for: timeLimit)
        return .failed("it took longer than \(timeLimit.inWords)")
      }
      let first = await group.next() ?? .failed("it did not run")
      group.cancelAll()
      return first
    }
    switch outcome {
    case .output(let bytes): return bytes
    case .failed(let reason): throw .failedCommand(name, reason: reason)
    }
  }

  private enum CommandOutcome: Sendable {
    case output([UInt8])
    case failed(String)
  }

  /// Paths go through `env`, which takes them as they are; names are looked up in `PATH`.
  private static func run(
    _ name: String, _ arguments: [String], _ environment: [String: String]
  ) async -> CommandOutcome {
    let isPath = name.contains("/")
    if isPath, !FileManager.default.isExecutableFile(atPath: name) {
      return .failed("there is no such program")
    }
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
    ]
    var variables: [Environment.Key: String] = [:]
    for (name, value) in environment {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    do {
      let result = try await Subprocess.run(
        .name(isPath ? "env" : name), arguments: Arguments((isPath ? [name] : []) + arguments),
        environment: .custom(variables), platformOptions: options, input: .none,
        output: .bytes(limit: sizeLimit),
        error: .discarded)
      switch result.terminationStatus {
      case .exited(0): return .output(result.standardOutput)
      case .exited(let code): return .failed("it ended with exit code \(code)")
      case .signaled(let signal): return .failed("signal \(signal) ended it")
      }
    } catch let error as SubprocessError where error.code == .executableNotFound {
      return .failed("there is no such program")
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failed("it wrote more than \(sizeLimit) bytes")
    } catch {
      return .failed(Excerpt(String(describing: error)).bare)
    }
  }
}
