// Real servers for tests: started on loopback, waited for, and stopped by their own process id.

internal import Foundation
internal import Synchronization

/// A server program that a test started, with a directory of its own.
package final class ServerProcess: Sendable {
  /// Where the server's files are; removed by `stop`.
  package let directory: String
  private let process: Mutex<Process>
  private let logPath: String
  private let ownsDirectory: Bool

  /// Why a server could not be started, as a sentence.
  package struct Failure: Error, CustomStringConvertible {
    /// The sentence, with the end of what the server wrote.
    package let description: String

    /// Makes a failure.
    package init(_ description: String) {
      self.description = description
    }
  }

  private init(
    _ program: String, _ arguments: [String], in directory: String, ownsDirectory: Bool
  ) throws {
    self.ownsDirectory = ownsDirectory
    let search = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let path = search.map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let path else {
      throw Failure("\(program) is not installed; `make test` installs what the tests need")
    }
    self.directory = directory
    logPath = "\(directory)/\(program).log"
    try Data().write(to: URL(fileURLWithPath: logPath))
    let log = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = log
    process.standardError = log
    try process.run()
    self.process = Mutex(process)
  }

  deinit { stop() }

  /// Starts a program and waits until a path answers with status 200.
  ///
  /// - Parameters:
  ///   - program: The program's name, looked up in `PATH`.
  ///   - arguments: Its arguments.
  ///   - directory: Its working directory, which the caller made.
  ///   - port: Where it listens on 127.0.0.1.
  ///   - readyPath: What answers with 200 once it is ready.
  /// - Returns: The server, ready.
  /// - Throws: `Failure` when it is not installed, ends early or is not ready within 30 seconds.
  package static func start(
    _ program: String, _ arguments: [String], in directory: String, port: Int, readyPath: String
  ) async throws -> ServerProcess {
    let server = try ServerProcess(program, arguments, in: directory, ownsDirectory: true)
    for _ in 0..<300 where server.isRunning {
      if LoopbackHTTP.status(of: "GET", readyPath, port: port) == 200 { return server }
      try await Task.sleep(for: .milliseconds(100))
    }
    let log = server.log
    server.stop()
    throw Failure("\(program) did not become ready; it said: \(log)")
  }

  /// Runs a program to its end.
  ///
  /// - Throws: `Failure` with what it wrote, when it does not end with 0.
  package static func run(
    _ program: String, _ arguments: [String], in directory: String
  ) async throws {
    let server = try ServerProcess(program, arguments, in: directory, ownsDirectory: false)
    while server.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    let status = server.process.withLock(\.terminationStatus)
    guard status == 0 else { throw Failure("\(program) ended with \(status): \(server.log)") }
  }

  /// Ends the server and removes its files.
  package func stop() {
    process.withLock { process in
      guard process.isRunning else { return }
      kill(process.processIdentifier, SIGCONT)
      process.terminate()
      process.waitUntilExit()
    }
    if ownsDirectory { ServerProcess.removeDirectory(directory) }
  }

  /// Stops the process for a while, so that it accepts connections and never answers.
  package func freeze() { process.withLock { _ = kill($0.processIdentifier, SIGSTOP) } }

  /// Lets a frozen process go on.
  package func thaw() { process.withLock { _ = kill($0.processIdentifier, SIGCONT) } }

  private var isRunning: Bool { process.withLock(\.isRunning) }

  private var log: String {
    String(((try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "").suffix(600))
  }
}

extension ServerProcess {
  /// Makes an empty directory.
  package static func makeDirectory() throws -> String {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("burnwatch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    return directory
  }

  /// Removes a directory with all that is in it.
  package static func removeDirectory(_ directory: String) {
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Writes a text file, replacing what was there.
  package static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }
}
