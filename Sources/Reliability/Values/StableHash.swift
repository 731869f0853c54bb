/// A hash that is the same in every run, which `Hasher` does not promise: 64 bits of FNV-1a.
///
/// It tells texts apart by accident only; it is no protection against somebody who tries.
package struct StableHash: Hashable, Sendable {
  /// The hash of what was added so far.
  package private(set) var value: UInt64 = 14_695_981_039_346_656_037

  /// The hash of nothing.
  package init() {}

  /// The hash of a text.
  package init(_ text: String) { add(text) }

  /// Adds a byte.
  package mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 1_099_511_628_211
  }

  /// Adds the bytes of a text.
  package mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
  }
}
