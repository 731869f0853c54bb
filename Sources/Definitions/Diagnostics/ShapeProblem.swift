/// What can be wrong with the shape of a value: its keys and its YAML type.
package enum ShapeProblem: Hashable, Sendable {
  /// A value of another YAML type; what was found, in words.
  case wrongType(expected: ExpectedType, found: String)
  /// A text of white space only.
  case emptyText
  /// A list that must have an item.
  case emptyList
  /// A required key is not there; the example is a whole line to write.
  case missing(String, example: String)
  /// A key that a mapping does not know, which is ignored.
  case unknownKey(String, nearest: String?, known: [String])
  /// The keys of which exactly one must be there, and none is.
  case missingOneOf([String])
  /// The keys that are there, of which only one may be.
  case severalOf([String])
  /// A text that is none of an enumeration's names; `what` is the enumeration in words.
  case unknownName(String, what: String, nearest: String?, known: [String])

  var explanation: Explanation {
    switch self {
    case .wrongType(let expected, let found):
      .error(
        "\(expected.rawValue) is expected here, not \(found).", hint: expected.example)
    case .emptyText:
      .error("The text is empty.", hint: "Write a text, or remove the key.")
    case .emptyList:
      .error("The list is empty.", hint: "Write at least one item.")
    case .missing(let key, let example):
      .error("The key \(key.quoted) is missing.", hint: "Write \"\(example)\".")
    case .unknownKey(let key, let nearest, let known):
      .warning(
        "The key \(key.quoted) is unknown and ignored.",
        hint: ShapeProblem.suggestion(nearest, among: known))
    case .missingOneOf(let keys):
      .error("One of \(keys.joined(lastBy: "or")) is missing.", hint: "Write exactly one of them.")
    case .severalOf(let keys):
      .error(
        "Only one of \(keys.map(\.quoted).joined(lastBy: "and")) can stand here.",
        hint: "Keep one and remove the others.")
    case .unknownName(let name, let what, let nearest, let known):
      .error(
        "The \(what) \(name.quoted) is unknown.",
        hint: ShapeProblem.suggestion(nearest, among: known))
    }
  }

  /// The nearest name, and all of them where that is short.
  private static func suggestion(_ nearest: String?, among known: [String]) -> String? {
    let all =
      known.count <= 12 && !known.isEmpty ? known.map(\.escaped).joined(lastBy: "or") : nil
    switch (nearest, all) {
    case (let nearest?, let all?):
      return "Write \(nearest.quoted)\(known.count > 1 ? "; possible here: \(all)." : ".")"
    case (let nearest?, nil): return "Write \(nearest.quoted)."
    case (nil, let all?): return "Possible here: \(all)."
    case (nil, nil): return nil
    }
  }
}

/// A type of value, as a sentence begins with it.
package enum ExpectedType: String, Hashable, Sendable {
  /// Each is the beginning of the sentence that asks for it.
  case text = "A text"
  case list = "A list"
  case mapping = "A mapping"
  case boolean = "True or false"
  case number = "A number"
  case length = "A length of time"
  case ratio = "A ratio"
  case latency = "A latency"

  fileprivate var example: String {
    switch self {
    case .text: "Write one word, or a text in quotes."
    case .list: "Write [first, second], or items on lines that begin with \"- \"."
    case .mapping: "Write {key: value}, or keys on indented lines of their own."
    case .boolean: "Write true or false."
    case .number: "Write digits, such as 4."
    case .length: "Write a number and a unit, such as 30s."
    case .ratio: "Write 0.999, 99.9 or \"99.9%\"."
    case .latency: "Write 300ms, 5s, or seconds such as 0.3."
    }
  }
}
