import Screen

/// Collects the bytes of one UTF-8 character, which may arrive in two reads.
struct TextDecoder {
  private var pending: [UInt8] = []

  /// Forgets a character whose rest did not come.
  mutating func reset() {
    pending = []
  }

  /// Takes a byte that is no control character; returns the character that it completes.
  ///
  /// Bytes that are not UTF-8, and control characters of two bytes, are dropped.
  mutating func decode(_ byte: UInt8) -> Character? {
    let isContinuation = byte & 0xC0 == 0x80
    if isContinuation == pending.isEmpty {
      pending = []
      if isContinuation { return nil }
    }
    pending.append(byte)
    guard pending.count >= TextDecoder.length(startingWith: pending[0]) else { return nil }
    defer { pending = [] }
    guard let text = String(validating: pending, as: UTF8.self), let character = text.first,
      character.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { return nil }
    return character
  }

  private static func length(startingWith byte: UInt8) -> Int {
    switch byte {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xFF: 4
    default: 1
    }
  }
}

/// Single bytes with a meaning of their own.
enum Byte {
  static let bell: UInt8 = 0x07
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let escape: UInt8 = 0x1B

  /// The key that sends this control byte; `nil` for text.
  ///
  /// Ctrl-H, ctrl-I, ctrl-J and ctrl-M cannot be told from Backspace, Tab and Enter.
  static func key(of byte: UInt8) -> Key? {
    switch byte {
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case lineFeed, carriageReturn: .enter
    case escape: .escape
    case 0x00: .control(" ")
    case 0x01...0x1A: .control(Character(Unicode.Scalar(byte | 0x60)))
    case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte | 0x40)))
    default: nil
    }
  }
}
