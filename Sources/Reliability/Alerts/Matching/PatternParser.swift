/// A reader of patterns in the syntax of Go's regexp package, which is RE2's.
struct PatternParser {
  /// What `(?ims)` switches on; laziness, `(?U)`, makes no difference to a full match.
  struct Flags {
    var ignoresCase = false
    var dotTakesNewline = false
    var isMultiline = false
  }

  private static let nestingLimit = 200

  let scalars: [Unicode.Scalar]
  var position = 0
  var flags = Flags()
  private var isQuoting = false
  private var depth = 0
  private var groupNames: Set<String> = []

  init(_ source: String) throws(PatternError) {
    // Checked before the scalars are copied: a pattern may come from anywhere.
    let limit = AnchoredPattern.lengthLimit
    guard source.utf8.count <= limit * 4, source.unicodeScalars.count <= limit else {
      throw PatternError(position: limit, problem: .tooLong(limit: limit))
    }
    scalars = Array(source.unicodeScalars)
  }

  /// Reads the whole pattern.
  mutating func pattern() throws(PatternError) -> PatternNode {
    let node = try alternatives()
    guard current == nil else { throw error(.unopenedGroup) }
    return node
  }

  private mutating func alternatives() throws(PatternError) -> PatternNode {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var nodes: [PatternNode] = []
    var isRepeated = false
    while let scalar = current, isQuoting || (scalar != "|" && scalar != ")") {
      if isQuoting {
        nodes += quotedNode().map { [$0] } ?? []
        isRepeated = false
      } else if let repetition = repetition() {
        try apply(repetition, to: &nodes, isRepeated: isRepeated)
        isRepeated = true
      } else {
        // A group of flags alone is no node, and what stands before it can still be repeated.
        if let node = try atom() { nodes.append(node) }
        isRepeated = false
      }
    }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
  }

  /// Reads a literal between `\Q` and `\E`; nothing when it is the end.
  private mutating func quotedNode() -> PatternNode? {
    guard !take("\\", "E") else {
      isQuoting = false
      return nil
    }
    return literal(advance())
  }

  private mutating func atom() throws(PatternError) -> PatternNode? {
    let start = position
    let scalar = advance()
    switch scalar {
    case "(": return try group(from: start)
    case "[": return .scalar(try bracketClass(from: start))
    case ".":
      let isAny = flags.dotTakesNewline
      return .scalar(isAny ? ScalarClass([.any]) : ScalarClass([.newline], isNegated: true))
    case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "\\": return try escapedAtom(from: start)
    default: return literal(scalar)
    }
  }

  private mutating func escapedAtom(from start: Int) throws(PatternError) -> PatternNode? {
    if let item = try namedClass(from: start) {
      return .scalar(ScalarClass([item], ignoresCase: flags.ignoresCase))
    }
    let assertions: [Unicode.Scalar: PatternAssertion] = [
      "A": .textStart, "z": .textEnd, "b": .wordBoundary, "B": .noWordBoundary,
    ]
    if let scalar = current, let assertion = assertions[scalar] {
      position += 1
      return .assertion(assertion)
    }
    if take("Q") {
      isQuoting = true
      return nil
    }
    return literal(try escapedScalar(from: start))
  }

  private func literal(_ scalar: Unicode.Scalar) -> PatternNode {
    .scalar(ScalarClass(literal: scalar, ignoresCase: flags.ignoresCase))
  }
}

// MARK: - Groups

extension PatternParser {
  /// Reads a group after its parenthesis; nothing when it only sets flags.
  private mutating func group(from start: Int) throws(PatternError) -> PatternNode? {
    let outer = flags
    if take("?") {
      guard try groupHead(from: start) else { return nil }
    }
    guard depth < PatternParser.nestingLimit else {
      throw error(.nestedTooDeeply(limit: PatternParser.nestingLimit), at: start)
    }
    depth += 1
    let node = try alternatives()
    depth -= 1
    guard take(")") else { throw error(.unclosedGroup, at: start) }
    flags = outer
    return node
  }

  /// Reads a group's name or flags; `false` when that was all of the group.
  private mutating func groupHead(from start: Int) throws(PatternError) -> Bool {
    for sign in ["<=", "<!", "=", "!"] where isNext(sign) {
      throw error(.lookAround("(?" + sign), at: start)
    }
    if isNext("P=") { throw error(.backReference("(?P="), at: start) }
    if isNext("P<") || isNext("<") {
      try groupName()
      return true
    }
    return try groupFlags(from: start)
  }

  private mutating func groupName() throws(PatternError) {
    position += isNext("P<") ? 2 : 1
    let start = position
    while let scalar = current, scalar != ">", scalar != ")" { position += 1 }
    let name = text(from: start)
    let isName = name.unicodeScalars.allSatisfy { PatternEdge($0) == .word } && !name.isEmpty
    guard isName, take(">") else { throw error(.groupName(name), at: start) }
    guard groupNames.insert(name).inserted else { throw error(.groupNameTwice(name), at: start) }
  }

  private mutating func groupFlags(from start: Int) throws(PatternError) -> Bool {
    var changed = flags
    var isOn = true
    var needsFlag = false
    while let scalar = current {
      position += 1
      switch scalar {
      case "i": changed.ignoresCase = isOn
      case "m": changed.isMultiline = isOn
      case "s": changed.dotTakesNewline = isOn
      case "U": break
      case "-" where isOn:
        isOn = false
        needsFlag = true
        continue
      case ":" where !needsFlag, ")" where !needsFlag:
        flags = changed
        return scalar == ":"
      default: throw error(.unknownGroup(text(from: start)), at: start)
      }
      needsFlag = false
    }
    throw error(.unclosedGroup, at: start)
  }
}

// MARK: - Repetitions

extension PatternParser {
  private struct Repetition {
    let minimum: Int
    let maximum: Int?
    let isCounted: Bool
    let start: Int
    let sign: String
  }

  /// Reads a repetition with its mark of laziness; `{` that begins none is a literal.
  private mutating func repetition() -> Repetition? {
    let start = position
    var bounds: (minimum: Int, maximum: Int?)
    var isCounted = false
    switch current {
    case "*"?: bounds = (0, nil)
    case "+"?: bounds = (1, nil)
    case "?"?: bounds = (0, 1)
    case "{"?:
      guard let count = count() else { return nil }
      bounds = count
      isCounted = true
    default: return nil
    }
    if !isCounted { position += 1 }
    let sign = text(from: start)
    _ = take("?")
    return Repetition(
      minimum: bounds.minimum, maximum: bounds.maximum, isCounted: isCounted, start: start,
      sign: sign)
  }

  /// Reads `{2}`, `{2,}` or `{2,3}`.
  private mutating func count() -> (minimum: Int, maximum: Int?)? {
    let start = position
    position += 1
    if let minimum = number() {
      var maximum: Int? = minimum
      if take(",") { maximum = isNext("}") ? nil : number() ?? -1 }
      if maximum != -1, take("}") { return (minimum, maximum) }
    }
    position = start
    return nil
  }

  /// Reads a number without leading zeros; of a huge one only that it is too large counts.
  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let scalar = current, ("0"..."9").contains(scalar) {
      value = min(value * 10 + Int(scalar.value - 0x30), 1_000_000)
      position += 1
    }
    let length = position - start
    return length == 0 || (length > 1 && scalars[start] == "0") ? nil : value
  }

  private func apply(
    _ repetition: Repetition, to nodes: inout [PatternNode], isRepeated: Bool
  ) throws(PatternError) {
    let sign = repetition.sign
    guard !isRepeated else { throw error(.repeatedTwice(sign), at: repetition.start) }
    guard let last = nodes.popLast() else {
      throw error(.nothingToRepeat(sign), at: repetition.start)
    }
    let node = PatternNode.repetition(
      last, minimum: repetition.minimum, maximum: repetition.maximum)
    let most = repetition.maximum ?? repetition.minimum
    guard max(repetition.minimum, most) <= 1000, !repetition.isCounted || node.weight <= 1000
    else { throw error(.repeatedTooOften(sign), at: repetition.start) }
    guard most >= repetition.minimum else {
      throw error(.repetitionOutOfOrder(sign), at: repetition.start)
    }
    nodes.append(node)
  }
}

// MARK: - Reading

extension PatternParser {
  var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  /// Takes the current scalar, which must exist.
  mutating func advance() -> Unicode.Scalar {
    position += 1
    return scalars[position - 1]
  }

  func isNext(_ text: String) -> Bool {
    scalars[min(position, scalars.count)...].starts(with: text.unicodeScalars)
  }

  mutating func take(_ expected: Unicode.Scalar...) -> Bool {
    guard scalars[position...].starts(with: expected) else { return false }
    position += expected.count
    return true
  }

  /// The text from a place up to here.
  func text(from start: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<position])
    return String(view)
  }

  func error(_ problem: PatternError.Problem, at place: Int? = nil) -> PatternError {
    PatternError(position: place ?? position, problem: problem)
  }
}
