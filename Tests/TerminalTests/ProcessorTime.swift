// How much of the processor a program has used, for tests that insist on an idle one.

#if os(Linux)
import Foundation

/// The processor time of a process, in its own code and in the kernel on its behalf.
enum ProcessorTime {
  /// The time used up to now; `nil` when there is no such process.
  ///
  /// The fields are counted from after the program's name, which may hold blanks: proc(5), utime
  /// and stime, in ticks of a hundredth of a second.
  static func used(by process: Int32) -> Duration? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[name...].split(separator: " ")
    guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13]) else {
      return nil
    }
    return .milliseconds(10 * (user + system))
  }
}
#endif
