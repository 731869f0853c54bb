import Yams

/// Finds aliases in mapping keys before the parser follows them.
///
/// The parser compares keys by walking through all they hold, aliases expanded: a key of a few lines
/// of aliases of aliases would keep it busy for years. The guard parses the same text with `*` made
/// an ordinary character, so that aliases are plain words and nothing is expanded.
struct AliasGuard {
  /// Stands in the place of `*`: a private-use character, so that it is not mistaken for text.
  fileprivate static let stand: Unicode.Scalar = "\u{E02A}"

  private var shapes: YamlSequence<Node>

  /// Makes a guard over a text.
  ///
  /// - Returns: `nil` when the text can hold no alias.
  init?(_ text: String) throws {
    guard text.utf8.contains(UInt8(ascii: "*")), text.utf8.contains(UInt8(ascii: "&")) else {
      return nil
    }
    var tamed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { tamed.append(scalar == "*" ? AliasGuard.stand : scalar) }
    shapes = try Yams.compose_all(yaml: String(tamed), .basic)
  }

  /// Looks through the next document.
  ///
  /// - Returns: An alias in a key, or `nil` when the document may be parsed.
  /// - Throws: The parser's error; the document must not be parsed then.
  mutating func aliasInNextDocument() throws -> Node? {
    let shape = shapes.next()
    if let error = shapes.error { throw error }
    return shape.flatMap { AliasGuard.alias(inKeysOf: $0) }
  }

  private static func alias(inKeysOf node: Node) -> Node? {
    switch node {
    // In `[*a:b]` the alias is a key, and its end the colon; as a plain word it goes on.
    case .scalar(let scalar): return scalar.isAlias && scalar.string.contains(":") ? node : nil
    case .alias: return nil
    case .sequence(let items): return items.firstNonNil(alias(inKeysOf:))
    case .mapping(let pairs):
      return pairs.firstNonNil { alias(in: $0.key) ?? alias(inKeysOf: $0.value) }
    }
  }

  private static func alias(in node: Node) -> Node? {
    switch node {
    case .scalar(let scalar): return scalar.isAlias ? node : nil
    case .alias: return node
    case .sequence(let items): return items.firstNonNil(alias(in:))
    case .mapping(let pairs): return pairs.firstNonNil { alias(in: $0.key) ?? alias(in: $0.value) }
    }
  }
}

extension Node.Scalar {
  /// Whether an alias is written here in the real text.
  fileprivate var isAlias: Bool {
    style == .plain && string.unicodeScalars.first == AliasGuard.stand
  }
}

extension Sequence {
  fileprivate func firstNonNil<Found>(_ find: (Element) -> Found?) -> Found? {
    for element in self {
      if let found = find(element) { return found }
    }
    return nil
  }
}
