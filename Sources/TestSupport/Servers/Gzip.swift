/// Gzip by RFC 1952, as far as tests need it.
package enum Gzip {
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

  /// Stored blocks: as large as the text, but what a decoder must accept.
  package static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var out = header
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      out.append(rest.isEmpty ? 1 : 0)
      out += little(UInt32(length)).prefix(2) + little(UInt32(~length)).prefix(2) + block
    } while !rest.isEmpty
    return out + little(checksum(bytes)) + little(UInt32(bytes.count))
  }

  /// A bomb: zeros, 158 times as many as it takes bytes, with a wrong checksum at its end.
  ///
  /// One block of fixed codes (RFC 1951, 3.2.6): a zero, then again and again the longest match at
  /// the shortest distance.
  /// `size` is how many zeros it unpacks to, at least.
  package static func bomb(unpackingTo size: Int) -> [UInt8] {
    var bits = BitWriter()
    // The last block, with fixed codes.
    bits.write(0b011, count: 3)
    bits.write(0b0000_1100, count: 8)
    for _ in 0...(size / 258) {
      // 258 bytes (11000101, its first bit lowest) at distance one (00000).
      bits.write(0b00000_1010_0011, count: 13)
    }
    bits.write(0, count: 7)
    return header + bits.flushed + [UInt8](repeating: 0, count: 8)
  }

  private static func little(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

/// Packs bits into bytes from the lowest on, as RFC 1951 has it.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var waiting: UInt64 = 0
  private var waitingCount = 0

  /// Everything so far, the last byte filled with zeros.
  var flushed: [UInt8] { waitingCount == 0 ? bytes : bytes + [UInt8(waiting)] }

  /// Writes bits, the lowest first.
  mutating func write(_ bits: UInt64, count: Int) {
    waiting |= bits << waitingCount
    waitingCount += count
    while waitingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: waiting))
      waiting >>= 8
      waitingCount -= 8
    }
  }
}
