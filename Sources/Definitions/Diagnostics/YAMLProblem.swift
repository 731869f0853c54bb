/// What the YAML parser can stumble over.
package enum SyntaxProblem: Hashable, Sendable {
  /// The first ones have a better sentence than the parser's own; see `YAMLFailure`.
  case tab
  /// A character that YAML forbids, by its code.
  case controlCharacter(UInt32)
  /// `@` or a backquote at the start of a plain value.
  case reservedCharacter(String)
  case unclosedQuote
  case unclosedBracket
  /// A plain value with `: ` in it.
  case secondColon
  case unknownEscape
  /// A line that belongs to no mapping or list above it.
  case indentation
  /// Anything else, in the parser's own words.
  case other(String)

  var explanation: Explanation {
    switch self {
    case .tab:
      .error("A tab stands where YAML indents.", hint: "Indent with spaces.")
    case .controlCharacter(let code):
      .error(
        "The control character number \(code) is not allowed.",
        hint: "Remove it, or write it as an escape in double quotes.")
    case .reservedCharacter(let character):
      .error("No plain value begins with \(character.quoted).", hint: "Put the value in quotes.")
    case .unclosedQuote:
      .error("The quote that opens here is never closed.", hint: "Add the closing quote.")
    case .unclosedBracket:
      .error(
        "The bracket that opens here is not closed where it should be.",
        hint: "Close it, and put values that hold { } [ ] , or # (PromQL does) in quotes.")
    case .secondColon:
      .error(
        "A second colon stands where a value is expected.",
        hint: "Put the value in quotes, or check the indentation of the line.")
    case .unknownEscape:
      .error(
        "The backslash escape is unknown.",
        hint: "Write \\\\ for a backslash, or use single quotes.")
    case .indentation:
      .error(
        "The line does not fit the lines above it.",
        hint: "Give the keys of one mapping and the items of one list the same indentation.")
    case .other(let text):
      .error("This is no YAML: \(text.escaped).")
    }
  }
}

/// What can be wrong with a YAML document that can be parsed, or nearly.
package enum YAMLProblem: Hashable, Sendable {
  /// `*name` without `&name` before it.
  case undefinedAlias
  /// The keys that one mapping has more than once.
  case duplicateKeys([String])
  /// Beyond the parser's limit on nesting.
  case tooDeep
  /// More values than the limit, aliases counted wherever they are used.
  case tooManyValues(limit: Int)
  /// `*name` as a mapping key, or within one.
  case aliasInKey
  /// A list or mapping as a key.
  case keyNotText
  /// `<<` with something that is no mapping.
  case mergeWithoutMapping

  var explanation: Explanation {
    switch self {
    case .undefinedAlias:
      .error(
        "The alias has no anchor before it.",
        hint: "Define it above with &name, or put a text that begins with * in quotes.")
    case .duplicateKeys(let keys):
      .error(
        "The mapping has \(keys.map(\.quoted).joined(lastBy: "and")) more than once.",
        hint: "Keep one; the first is here.")
    case .tooDeep:
      .error("Lists and mappings nest too deeply here.", hint: "Write a flatter document.")
    case .tooManyValues(let limit):
      .error(
        "The document has more than \(limit) values, aliases counted wherever they are used.",
        hint: "Use fewer aliases, or split the document.")
    case .aliasInKey:
      .error("An alias stands in a key.", hint: "Write the key itself; aliases are for values.")
    case .keyNotText:
      .error("A key is a list or a mapping.", hint: "Write a plain word before the colon.")
    case .mergeWithoutMapping:
      .error(
        "Only mappings can be merged with <<.",
        hint: "Write \"<<: *name\" where &name is a mapping, or a list of such aliases.")
    }
  }
}
