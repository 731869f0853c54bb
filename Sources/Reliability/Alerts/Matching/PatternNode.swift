/// A parsed pattern.
indirect enum PatternNode {
  case empty
  case scalar(ScalarClass)
  case assertion(PatternAssertion)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// The node so many times; without a maximum any number from the minimum on.
  case repetition(PatternNode, minimum: Int, maximum: Int?)

  /// How often the innermost part is repeated by counts that lie within each other; RE2 limits it.
  var weight: Int {
    switch self {
    case .empty, .scalar, .assertion: 1
    case .sequence(let nodes), .alternatives(let nodes): nodes.map(\.weight).max() ?? 1
    case .repetition(_, _, maximum: 0?): 1
    case .repetition(let node, let minimum, let maximum):
      max(maximum ?? minimum, 1) * node.weight
    }
  }
}

/// A condition on a place between two scalars.
enum PatternAssertion: Hashable, Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary

  /// Whether it holds between two sides.
  func holds(between before: PatternEdge, and after: PatternEdge) -> Bool {
    switch self {
    case .textStart: before == .outside
    case .textEnd: after == .outside
    case .lineStart: before == .outside || before == .newline
    case .lineEnd: after == .outside || after == .newline
    case .wordBoundary: (before == .word) != (after == .word)
    case .noWordBoundary: (before == .word) == (after == .word)
    }
  }
}

/// What lies on one side of a place: as much as assertions can tell apart.
enum PatternEdge: Hashable, Sendable {
  /// The end of the text; a newline; a word character, which RE2 takes from ASCII only; anything
  /// else.
  case outside, newline, word, other

  init(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\n": self = .newline
    case "0"..."9", "A"..."Z", "a"..."z", "_": self = .word
    default: self = .other
    }
  }
}
