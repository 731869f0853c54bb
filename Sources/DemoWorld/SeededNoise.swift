import Reliability

/// Random-looking bits that depend only on a seed, a name and a position.
///
/// There is no state to advance, so answers do not depend on the order of the questions. Source of the
/// mixing step: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators").
struct SeededNoise: Sendable {
  private let seed: UInt64

  init(seed: UInt64, name: String) {
    self.seed = SeededNoise.mixed(seed ^ StableHash(name).value)
  }

  /// The bits at a position, negative ones included.
  func bits(at position: Int) -> Bits {
    let step: UInt64 = 0x9E37_79B9_7F4A_7C15
    return Bits(rest: SeededNoise.mixed(seed &+ step &* UInt64(bitPattern: Int64(position))))
  }

  /// Sixty-four bits that are drawn from piece by piece.
  struct Bits {
    fileprivate var rest: UInt64

    /// A number 0..<1 made of the next bits.
    mutating func draw(_ count: UInt64) -> Double {
      defer { rest >>= count }
      return Double(rest & (1 << count - 1)) / Double(1 << count)
    }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
