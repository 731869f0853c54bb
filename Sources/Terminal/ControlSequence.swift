import Screen

/// An escape sequence that ncurses has passed through: a key that the terminal's description does
/// not hold, or something that is no key at all.
///
/// Format: ECMA-48, 5.4; the numbers of the keys are xterm's (ctlseqs, "PC-Style Function Keys").
struct ControlSequence: Hashable {
  /// The bytes between `ESC [` and the final byte, at most `parameterLimit` of them.
  private(set) var parameters: [UInt8] = []

  /// No key has nearly as many; a sequence that reaches the limit has no use.
  static let parameterLimit = 64

  /// Whether `byte` ends the sequence.
  static func isFinal(_ byte: UInt8) -> Bool { 0x40...0x7E ~= byte }

  /// Whether `byte` may stand before the final byte.
  static func isParameter(_ byte: UInt8) -> Bool { 0x20...0x3F ~= byte }

  /// Takes a byte that stands before the final byte; beyond the limit it is dropped.
  mutating func append(_ parameter: UInt8) {
    if parameters.count < Self.parameterLimit { parameters.append(parameter) }
  }

  /// Whether this begins a report of the mouse, which nobody types: its end is sure to come.
  var isMouseReport: Bool { parameters.first == MouseReport.introducer }

  /// The key, use of the mouse or paste marker; `nil` for sequences without a use, which are
  /// swallowed whole.
  ///
  /// A modifier (`ESC [ 1 ; 5 A`) does not change the key.
  func meaning(final: UInt8) -> KeyCode? {
    guard parameters.count < Self.parameterLimit else { return nil }
    if isMouseReport {
      return MouseReport.event(parameters: parameters, final: final).map(KeyCode.mouse)
    }
    let number = firstNumber
    switch final {
    case UInt8(ascii: "~"): return number.flatMap { Self.numbered[$0] }
    case UInt8(ascii: "Z"): return .key(.backTab)
    default:
      guard parameters.isEmpty || number == 1 else { return nil }
      return Self.lettered[final].map(KeyCode.key)
    }
  }

  private var firstNumber: Int? {
    let digits = parameters.prefix { 0x30...0x39 ~= $0 }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// Keys by the letter that follows `ESC [` or `ESC O`.
  static let lettered: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "S"): .function(4),
  ]

  private static let numbered: [Int: KeyCode] = [
    1: .key(.home), 2: .key(.insert), 3: .key(.delete), 4: .key(.end), 5: .key(.pageUp),
    6: .key(.pageDown), 7: .key(.home), 8: .key(.end),
    11: .key(.function(1)), 12: .key(.function(2)), 13: .key(.function(3)),
    14: .key(.function(4)), 15: .key(.function(5)), 17: .key(.function(6)),
    18: .key(.function(7)), 19: .key(.function(8)), 20: .key(.function(9)),
    21: .key(.function(10)), 23: .key(.function(11)), 24: .key(.function(12)),
    200: .pasteStart, 201: .pasteEnd,
  ]
}
