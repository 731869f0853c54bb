import Reliability

/// A JSON value whose members keep their order, so that output is stable and reads as documented.
indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A named value of an object.
  struct Member: Hashable, Sendable {
    let name: String
    let value: JSON

    init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// A number, or `null` where it is unknown or JSON cannot write it.
  static func number(orNull value: Double?) -> JSON {
    value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
  }

  /// A text, or `null`.
  static func string(orNull value: String?) -> JSON { value.map(JSON.string) ?? .null }

  /// An instant in UTC with milliseconds, or `null`.
  static func time(orNull value: Timestamp?) -> JSON { string(orNull: value?.rfc3339) }

  /// The value as text, indented by two spaces.
  var text: String {
    var text = ""
    write(to: &text, indent: "")
    return text
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += JSON.text(of: value)
    case .string(let value): JSON.quote(value, into: &text)
    case .array(let values):
      JSON.writeList(values, "[", "]", to: &text, indent: indent) { value, text, inner in
        value.write(to: &text, indent: inner)
      }
    case .object(let members):
      JSON.writeList(members, "{", "}", to: &text, indent: indent) { member, text, inner in
        JSON.quote(member.name, into: &text)
        text += ": "
        member.value.write(to: &text, indent: inner)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to text: inout String, indent: String,
    _ write: (Element, inout String, String) -> Void
  ) {
    guard !elements.isEmpty else {
      text += open + close
      return
    }
    text += open
    for (index, element) in elements.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + indent + "  "
      write(element, &text, indent + "  ")
    }
    text += "\n" + indent + close
  }

  /// Whole numbers without a point, others with the fewest digits that read back the same.
  private static func text(of value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
  }

  /// Everything outside printable ASCII is escaped, so that no byte of it can act on a terminal.
  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    for unit in value.utf16 {
      switch unit {
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0x0A: text += "\\n"
      case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    text += "\""
  }
}
