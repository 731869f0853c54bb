import Foundation
import Reliability

/// What the tests must know of the machine they run on.
enum Machine {
  /// The time: the program's own clock decides what it asks for.
  static var now: Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// Says a measured figure on standard error, for the log of a test run.
  static func report(_ figure: String) {
    FileHandle.standardError.write(Data("measured: \(figure)\n".utf8))
  }
}
