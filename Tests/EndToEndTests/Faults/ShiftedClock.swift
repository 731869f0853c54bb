import Foundation
import TestSupport

/// The wall clock as one program sees it, set at any time; its monotonic clocks go on.
///
/// A laptop that wakes up and a clock that is set look like this from within. The program runs with
/// `Tests/ClockShift` preloaded; libfaketime would shift timers of monotonic clocks as well.
final class ShiftedClock {
  private let place: Workplace
  private let library: String

  /// Begins with a difference to this machine's clock.
  ///
  /// - Throws: `ServerProcess.Failure` when the library cannot be compiled.
  init(_ offset: Duration = .zero) async throws {
    place = try Workplace()
    library = try await PreloadedLibrary.compile("ClockShift/clock-shift.c", in: place)
    try Data(count: 8).write(to: URL(filePath: place.file("shift")))
    try set(offset)
  }

  /// What the program needs in its environment.
  var environment: [String: String] {
    ["LD_PRELOAD": library, "CLOCK_SHIFT": place.file("shift")]
  }

  /// Sets the clock to a difference from this machine's, in whole seconds.
  func set(_ offset: Duration) throws {
    // Over the bytes that are there: the program has the file in its memory.
    let file = try FileHandle(forUpdating: URL(filePath: place.file("shift")))
    try withUnsafeBytes(of: offset.components.seconds) { try file.write(contentsOf: Data($0)) }
    try file.close()
  }
}
