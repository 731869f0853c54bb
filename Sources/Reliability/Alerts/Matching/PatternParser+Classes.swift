// Classes of characters and escapes.

extension PatternParser {
  /// Reads a class after its bracket, such as `[^a-z\d[:space:]]`.
  mutating func bracketClass(from start: Int) throws(PatternError) -> ScalarClass {
    let isNegated = take("^")
    var items: [ScalarClass.Item] = []
    var ranges: [ClosedRange<UInt32>] = []
    let first = position
    // A bracket that comes first is a member.
    while let scalar = current, scalar != "]" || position == first {
      if let item = try posixClass() {
        items.append(item)
      } else if scalar == "\\", let item = try namedClassInBrackets() {
        items.append(item)
      } else {
        ranges.append(try range())
      }
    }
    guard take("]") else { throw error(.unclosedClass, at: start) }
    if !ranges.isEmpty { items.append(ScalarClass.Item(members: .ranges(ranges))) }
    return ScalarClass(items, isNegated: isNegated, ignoresCase: flags.ignoresCase)
  }

  /// Reads `[:alpha:]` or `[:^alpha:]`; without `:]` the bracket is a member.
  private mutating func posixClass() throws(PatternError) -> ScalarClass.Item? {
    guard isNext("[:") else { return nil }
    let start = position
    var end = position + 2
    while end + 1 < scalars.count, scalars[end] != ":" || scalars[end + 1] != "]" { end += 1 }
    guard end + 1 < scalars.count else { return nil }
    position = end + 2
    let written = text(from: start)
    var name = Substring(written).dropFirst(2).dropLast(2)
    let isNegated = name.first == "^"
    if isNegated { name.removeFirst() }
    guard let item = ScalarClass.Item.posix(String(name), isNegated: isNegated) else {
      throw error(.unknownClass(written), at: start)
    }
    return item
  }

  private mutating func namedClassInBrackets() throws(PatternError) -> ScalarClass.Item? {
    let start = position
    position += 1
    if let item = try namedClass(from: start) { return item }
    position = start
    return nil
  }

  /// Reads a member or a range of a class.
  private mutating func range() throws(PatternError) -> ClosedRange<UInt32> {
    let start = position
    let low = try member()
    guard isNext("-"), position + 1 < scalars.count, scalars[position + 1] != "]" else {
      return low...low
    }
    position += 1
    let high = try member()
    guard low <= high else { throw error(.rangeOutOfOrder(text(from: start)), at: start) }
    return low...high
  }

  private mutating func member() throws(PatternError) -> UInt32 {
    let start = position
    let scalar = advance()
    return scalar == "\\" ? try escapedScalar(from: start).value : scalar.value
  }

  /// Reads `d`, `W`, `pL` or `p{Lu}` after a backslash; nothing when no class stands here.
  mutating func namedClass(from start: Int) throws(PatternError) -> ScalarClass.Item? {
    guard let letter = current else { throw error(.loneBackslash, at: start) }
    if let item = ScalarClass.Item.perl(letter) {
      position += 1
      return item
    }
    guard letter == "p" || letter == "P" else { return nil }
    position += 1
    var name = ""
    if take("{") {
      let nameStart = position
      while let scalar = current, scalar != "}" { position += 1 }
      name = text(from: nameStart)
      guard take("}") else { throw error(.unknownProperty(text(from: start)), at: start) }
    } else if let scalar = current {
      position += 1
      name.unicodeScalars.append(scalar)
    }
    let isInverse = name.hasPrefix("^")
    let item = ScalarClass.Item.property(
      isInverse ? String(name.dropFirst()) : name, isNegated: isInverse != (letter == "P"))
    guard let item else { throw error(.unknownProperty(text(from: start)), at: start) }
    return item
  }

  /// Reads what stands after a backslash for one scalar.
  mutating func escapedScalar(from start: Int) throws(PatternError) -> Unicode.Scalar {
    guard let letter = current else { throw error(.loneBackslash, at: start) }
    position += 1
    switch letter {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return try hexadecimal(from: start)
    case "0"..."7": return try octal(letter, from: start)
    case _ where letter.isASCII && (PatternEdge(letter) != .word || letter == "_"): return letter
    default: throw error(.unknownEscape(text(from: start)), at: start)
    }
  }

  /// Reads `41` or `{1F680}` after `\x`.
  private mutating func hexadecimal(from start: Int) throws(PatternError) -> Unicode.Scalar {
    var digits = ""
    if take("{") {
      let first = position
      while let scalar = current, scalar.properties.isASCIIHexDigit { position += 1 }
      digits = text(from: first)
      guard take("}") else { throw error(.noCharacter(text(from: start)), at: start) }
    } else {
      for _ in 0..<2 {
        guard let scalar = current, scalar.properties.isASCIIHexDigit else { break }
        digits.unicodeScalars.append(advance())
      }
      if digits.count < 2 { digits = "" }
    }
    guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
      throw error(.noCharacter(text(from: start)), at: start)
    }
    return scalar
  }

  /// Reads an octal number of up to three digits; one digit but zero would refer to a group.
  private mutating func octal(
    _ first: Unicode.Scalar, from start: Int
  ) throws(PatternError) -> Unicode.Scalar {
    let digits: ClosedRange<Unicode.Scalar> = "0"..."7"
    guard first == "0" || current.map(digits.contains) == true else {
      throw error(.backReference(text(from: start)), at: start)
    }
    var code = first.value - 0x30
    for _ in 0..<2 {
      guard let scalar = current, digits.contains(scalar) else { break }
      code = code * 8 + (advance().value - 0x30)
    }
    // Three octal digits are at most 511, which is a scalar.
    return Unicode.Scalar(code) ?? first
  }
}
