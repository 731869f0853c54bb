/// What a command has written so far, as much of it as a screen needs: its head and its tail.
package struct StepOutput: Hashable, Sendable {
  /// The most bytes that are kept of the head.
  package static let headLimit = 16 << 10
  /// The most bytes that are kept of the tail, and as many again until it is cut.
  package static let tailLimit = 32 << 10

  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  /// How many bytes there were.
  package private(set) var byteCount = 0

  /// Makes an empty output.
  package init() {}

  /// Takes in what a command wrote.
  package mutating func append(_ bytes: [UInt8]) {
    byteCount += bytes.count
    let room = StepOutput.headLimit - head.count
    if room > 0 { head.append(contentsOf: bytes[..<min(room, bytes.count)]) }
    guard bytes.count > room else { return }
    let start = max(room, 0, bytes.count - StepOutput.tailLimit)
    // What is skipped lies between the head and the tail, and not within the tail.
    if start > max(room, 0) { tail.removeAll() }
    tail.append(contentsOf: bytes[start...])
    if tail.count > 2 * StepOutput.tailLimit {
      tail.removeFirst(tail.count - StepOutput.tailLimit)
    }
  }

  /// The lines as a terminal would leave them, cut where the middle is missing.
  ///
  /// A carriage return begins its line anew, as progress bars do; what is no UTF-8 is U+FFFD. Other
  /// control characters are still there: what draws the lines removes them.
  package var lines: [String] {
    let missing = byteCount - head.count - tail.count
    guard missing > 0 else { return StepOutput.lines(of: head + tail) }
    return StepOutput.lines(of: head) + ["... \(missing) bytes are not shown ..."]
      + StepOutput.lines(of: tail)
  }

  private static func lines(of bytes: [UInt8]) -> [String] {
    guard !bytes.isEmpty else { return [] }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      // A return at the end belongs to the line break.
      let plain = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      let start = plain.lastIndex(of: UInt8(ascii: "\r")).map { plain.index(after: $0) }
      return String(decoding: plain[(start ?? plain.startIndex)...], as: UTF8.self)
    }
  }
}
