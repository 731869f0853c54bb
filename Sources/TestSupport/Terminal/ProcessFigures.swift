internal import Foundation

/// What Linux says of a running process; `nil` elsewhere, or when the process is gone.
package struct ProcessFigures: Sendable {
  /// The memory it holds, in mebibytes.
  package let memory: Double
  /// The most memory it has held, in mebibytes.
  package let peakMemory: Double
  /// How many threads it has.
  package let threads: Int
  /// Open file descriptors.
  package let descriptors: Int
  /// The processor time it has used, in seconds.
  package let processorTime: Double

  /// Reads what there is; processor time counts in steps of the system's tick, mostly 10 ms.
  package init?(of process: Int32) {
    let folder = "/proc/\(process)"
    guard let status = try? String(contentsOfFile: "\(folder)/status", encoding: .utf8),
      let times = try? String(contentsOfFile: "\(folder)/stat", encoding: .utf8),
      let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd")
    else { return nil }
    func number(_ name: String) -> Double {
      let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
      return line.flatMap { Double($0.split { !$0.isNumber }.first ?? "") } ?? 0
    }
    memory = number("VmRSS") / 1024
    peakMemory = number("VmHWM") / 1024
    threads = Int(number("Threads"))
    self.descriptors = descriptors.count
    // utime and stime are fields 14 and 15; the second may hold spaces and ends in a parenthesis.
    let fields = times.drop { $0 != ")" }.split(separator: " ")
    let ticks = fields.count > 13 ? [fields[12], fields[13]].compactMap { Double($0) } : []
    processorTime = ticks.reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
