/// A text to look for in many others, regardless of case.
struct SearchNeedle: Hashable, Sendable {
  private let bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.lowercased().utf8)
  }

  /// Whether it is in a text of any case; for short texts.
  func isFound(in text: String) -> Bool { isFound(inLowercased: text.lowercased()) }

  /// Whether it is in a text that is in lower case already; allocates nothing.
  func isFound(inLowercased text: String) -> Bool {
    let found = text.utf8.withContiguousStorageIfAvailable {
      isFound(in: UnsafeRawBufferPointer($0))
    }
    return found ?? Array(text.utf8).withUnsafeBytes { isFound(in: $0) }
  }

  /// Looks at eight places at a time: only where the first and the last byte fit, the rest is
  /// compared.
  private func isFound(in text: UnsafeRawBufferPointer) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    let end = text.count - bytes.count
    guard end >= 0 else { return false }
    let firsts = EightBytes(repeating: first)
    let lasts = EightBytes(repeating: last)
    var place = 0
    while place + bytes.count + 7 <= text.count {
      let heads = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      let tails = text.loadUnaligned(fromByteOffset: place + bytes.count - 1, as: UInt64.self)
      if firsts.isAnyEqual(to: heads, and: lasts, to: tails) {
        for candidate in place..<place + 8 where isFound(in: text, at: candidate) { return true }
      }
      place += 8
    }
    while place <= end {
      if isFound(in: text, at: place) { return true }
      place += 1
    }
    return false
  }

  private func isFound(in text: UnsafeRawBufferPointer, at place: Int) -> Bool {
    for offset in bytes.indices where text[place + offset] != bytes[offset] { return false }
    return true
  }
}

/// One byte eight times, to compare with eight bytes at once.
private struct EightBytes {
  private let word: UInt64

  init(repeating byte: UInt8) {
    word = UInt64(byte) &* 0x0101_0101_0101_0101
  }

  /// Whether at one place both words have their byte; seldom also where they do not.
  func isAnyEqual(to heads: UInt64, and other: EightBytes, to tails: UInt64) -> Bool {
    // A byte of the sum of differences is zero where both fit; the trick finds a zero byte.
    let difference = (heads ^ word) | (tails ^ other.word)
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 != 0
  }
}
