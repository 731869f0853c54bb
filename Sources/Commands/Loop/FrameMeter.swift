import Dashboard
import Foundation

/// Keeps what drawing costs, for the `:debug` overlay.
struct FrameMeter {
  private var frames = 0
  private var lastFrame = Duration.zero
  private var recent: [(at: ContinuousClock.Instant, length: Duration)] = []
  private var written: (at: ContinuousClock.Instant, bytes: Int)?
  private var bytesPerSecond: Int?

  /// Takes in a frame that was just drawn.
  mutating func note(_ length: Duration, at now: ContinuousClock.Instant) {
    frames += 1
    lastFrame = length
    recent = recent.filter { now - $0.at < .seconds(60) }.suffix(600) + [(now, length)]
  }

  /// The figures to show.
  mutating func figures(input: Int, mail: Int, at now: ContinuousClock.Instant) -> FrameFigures {
    measureOutput(at: now)
    return FrameFigures(
      frames: frames, lastFrame: lastFrame, longestFrame: recent.map(\.length).max() ?? .zero,
      queuedInput: input, queuedMail: mail, bytesPerSecond: bytesPerSecond)
  }

  /// Linux counts what a process writes; elsewhere the figure stays unknown.
  private mutating func measureOutput(at now: ContinuousClock.Instant) {
    if let written, now - written.at < .seconds(1) { return }
    guard let text = try? String(contentsOfFile: "/proc/self/io", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("wchar:") }),
      let bytes = Int(line.dropFirst(6).drop { $0 == " " })
    else { return }
    if let written {
      let seconds = (now - written.at) / .seconds(1)
      bytesPerSecond = Int(Double(bytes - written.bytes) / seconds)
    }
    written = (now, bytes)
  }
}
