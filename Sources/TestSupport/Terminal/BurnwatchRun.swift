internal import Foundation

/// One run of the real program without a terminal: what it printed and how it ended.
package struct BurnwatchRun: Sendable {
  /// Standard output, which is a pipe.
  package let output: [UInt8]
  /// Standard error.
  package let errors: [UInt8]
  /// The exit code; 128 and the signal's number when a signal ended the program.
  package let exitCode: Int32

  /// Standard output as text.
  package var text: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  package var complaint: String { String(decoding: errors, as: UTF8.self) }

  /// The path of the program: `BURNWATCH_BINARY`, or what was built together with the tests.
  package static var program: String {
    ProcessInfo.processInfo.environment["BURNWATCH_BINARY"] ?? BuiltProduct.path(of: "burnwatch")
  }

  /// Where programs that tests start keep their journals, each its own unless the test says otherwise.
  private static let stateDirectory = FileManager.default.temporaryDirectory
    .appendingPathComponent("burnwatch-state-\(ProcessInfo.processInfo.processIdentifier)").path

  /// An environment in which nothing of the tester's own configuration counts.
  ///
  /// - Parameter changes: Variables to set; an empty value takes one away.
  /// - Returns: All variables.
  package static func environment(_ changes: [String: String] = [:]) -> [String: String] {
    let usual = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
      "USER": "tester", "SWIFT_BACKTRACE": "enable=no",
      "XDG_STATE_HOME": "\(stateDirectory)/\(UUID().uuidString)",
    ]
    return usual.merging(changes) { $1 }.filter { !$0.value.isEmpty }
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: The arguments.
  ///   - input: Standard input; empty input when nil.
  ///   - environment: The variables that differ from the usual ones.
  ///   - limit: How long the program may take.
  /// - Throws: `ServerProcess.Failure` when it cannot be started or has not ended in time.
  package init(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
    atMost limit: Duration = .seconds(60)
  ) throws {
    let directory = try ServerProcess.makeDirectory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let errorPath = "\(directory)/errors"
    try ServerProcess.write("", to: errorPath)
    try ServerProcess.write(input ?? "", to: "\(directory)/input")
    let pipe = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BurnwatchRun.program)
    process.arguments = arguments
    process.environment = BurnwatchRun.environment(environment)
    process.standardInput = FileHandle(forReadingAtPath: "\(directory)/input")
    process.standardOutput = pipe
    process.standardError = FileHandle(forWritingAtPath: errorPath)
    try process.run()
    var output: [UInt8] = []
    let isWhole = BurnwatchRun.read(
      pipe.fileHandleForReading.fileDescriptor, until: .now + limit, into: &output)
    self.output = output
    if !isWhole { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    errors = Array((try? Data(contentsOf: URL(fileURLWithPath: errorPath))) ?? Data())
    exitCode = process.terminationStatus
    guard isWhole else {
      throw ServerProcess.Failure("burnwatch \(arguments) had not ended after \(limit)")
    }
  }

  /// Reads until the other side closes; false when the time is over before that.
  private static func read(
    _ descriptor: Int32, until deadline: ContinuousClock.Instant, into output: inout [UInt8]
  ) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let left = deadline - .now
      guard left > .zero else { return false }
      var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&source, 1, Int32(left / .milliseconds(1)) + 1) > 0 else { continue }
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return true }
      output += buffer[..<count]
    }
  }
}
