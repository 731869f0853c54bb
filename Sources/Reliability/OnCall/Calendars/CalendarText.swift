/// The escapes of texts and of parameters.
package enum CalendarText {
  /// Undoes `\\`, `\;`, `\,`, `\n` and `\N`; another backslash stands for itself.
  package static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(0x5C) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let next = rest.first else {
        result.append(scalar)
        continue
      }
      switch next {
      case "n", "N": result.append("\n")
      case "\\", ";", ",": result.append(next)
      default:
        result.append(scalar)
        continue
      }
      rest.removeFirst()
    }
    return String(result)
  }

  /// Escapes a text for a value; control characters that no calendar can hold are left out.
  package static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\\", ";", ",":
        result.append("\\")
        result.append(scalar)
      case "\t": result.append(scalar)
      default: if scalar.properties.generalCategory != .control { result.append(scalar) }
      }
    }
    return String(result)
  }

  /// Undoes the escapes of parameters (RFC 6868).
  static func withoutCarets(_ text: String) -> String {
    guard text.utf8.contains(0x5E) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "^", let next = rest.first else {
        result.append(scalar)
        continue
      }
      switch next {
      case "n": result.append("\n")
      case "'": result.append("\"")
      case "^": result.append("^")
      default:
        result.append(scalar)
        continue
      }
      rest.removeFirst()
    }
    return String(result)
  }

  /// Escapes and, where it must be, quotes the value of a parameter.
  static func parameterValue(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "^": result.append(contentsOf: "^^".unicodeScalars)
      case "\n": result.append(contentsOf: "^n".unicodeScalars)
      case "\"": result.append(contentsOf: "^'".unicodeScalars)
      default: if scalar.properties.generalCategory != .control { result.append(scalar) }
      }
    }
    let value = String(result)
    return value.unicodeScalars.contains { ",;:".unicodeScalars.contains($0) }
      ? "\"\(value)\"" : value
  }

  /// Undoes HTML's escapes, which some programs write into calendars: `O&#39;Brien`.
  package static func withoutHTML(_ text: String) -> String {
    guard text.utf8.contains(0x26) else { return text }
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      let name = rest.dropFirst().prefix { $0 != ";" && $0 != "&" }
      let end = rest.index(start, offsetBy: name.count + 1)
      guard name.count <= 8, end < rest.endIndex, rest[end] == ";", let scalar = entity(name) else {
        result.append("&")
        rest.removeFirst()
        continue
      }
      result.unicodeScalars.append(scalar)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func entity(_ name: Substring) -> Unicode.Scalar? {
    switch name {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "quot": "\""
    case "apos": "'"
    case "nbsp": " "
    default: number(name).flatMap(Unicode.Scalar.init)
    }
  }

  private static func number(_ name: Substring) -> UInt32? {
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    return digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  }
}
