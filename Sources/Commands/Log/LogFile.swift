import Foundation
import Reliability
import Screen
import Synchronization

/// A text file that grows to a limit and is then put aside: `burnwatch.log`, `.1`, `.2`.
///
/// A full disk or a removed directory stops the log and nothing else.
final class LogFile: Sendable {
  /// The size at which a file is put aside, in bytes.
  static let sizeLimit = 4 << 20
  /// How many files that were put aside are kept.
  static let keptFiles = 2

  private struct State {
    var handle: FileHandle?
    var size: Int
  }

  private let path: String
  private let sizeLimit: Int
  private let clock: any WallClock
  private let state: Mutex<State>

  /// Opens a file for appending; only its owner may read it.
  ///
  /// - Parameters:
  ///   - path: The file; it is made when it is missing.
  ///   - clock: The clock of the lines' times.
  ///   - sizeLimit: The size at which it is put aside, in bytes.
  /// - Throws: `CommandFailure` when it cannot be opened.
  init(
    path: String, clock: any WallClock, sizeLimit: Int = LogFile.sizeLimit
  ) throws(CommandFailure) {
    self.path = path
    self.clock = clock
    self.sizeLimit = sizeLimit
    guard let handle = LogFile.open(path) else {
      throw CommandFailure("The log \"\(path)\" cannot be written. Name another file.", .usage)
    }
    let size = (try? handle.seekToEnd()).map(Int.init) ?? 0
    state = Mutex(State(handle: handle, size: size))
  }

  /// Appends a line with its time; whatever is in it, only printable characters are written.
  func write(_ level: String, _ text: String) {
    let line = "\(clock.now.rfc3339) \(level) \(Sanitizer.line(text))\n"
    state.withLock { state in
      if state.size + line.utf8.count > sizeLimit { rotate(&state) }
      do {
        try state.handle?.write(contentsOf: Data(line.utf8))
        state.size += line.utf8.count
      } catch {
        state.handle = nil
      }
    }
  }

  private func rotate(_ state: inout State) {
    try? state.handle?.close()
    let files = FileManager.default
    for number in (0..<LogFile.keptFiles).reversed() {
      let from = number == 0 ? path : "\(path).\(number)"
      try? files.removeItem(atPath: "\(path).\(number + 1)")
      try? files.moveItem(atPath: from, toPath: "\(path).\(number + 1)")
    }
    state = State(handle: LogFile.open(path), size: 0)
  }

  private static func open(_ path: String) -> FileHandle? {
    if !FileManager.default.fileExists(atPath: path) {
      let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
      // A failure shows when the file is opened.
      _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: mode)
    }
    guard let handle = FileHandle(forWritingAtPath: path) else { return nil }
    _ = try? handle.seekToEnd()
    return handle
  }
}
