/// A pattern as steps of a machine that can be at many places at once (Thompson's construction).
struct PatternProgram: Sendable {
  /// A step; the numbers are those of other steps.
  enum Step: Sendable {
    /// The whole pattern has matched.
    case accept
    /// Takes a scalar of a class.
    case take(Int32, next: Int32)
    /// Goes both ways.
    case fork(Int32, Int32)
    /// Goes on where the assertion holds.
    case require(PatternAssertion, next: Int32)
  }

  /// The number of the step that accepts.
  static let acceptingStep: Int32 = 0
  private static let sizeLimit = 20_000

  private(set) var steps: [Step] = [.accept]
  private(set) var classes: [ScalarClass] = []
  private(set) var start = PatternProgram.acceptingStep
  private(set) var hasAssertions = false
  private var classNumbers: [ScalarClass: Int32] = [:]

  /// Compiles a parsed pattern.
  ///
  /// - Throws: `PatternError` when there would be too many steps.
  init(_ node: PatternNode) throws(PatternError) {
    start = try compile(node, before: PatternProgram.acceptingStep)
    classNumbers = [:]
  }

  /// Adds the steps of a node that lead on to another step; returns the first of them.
  private mutating func compile(
    _ node: PatternNode, before next: Int32
  ) throws(PatternError) -> Int32 {
    switch node {
    case .empty: return next
    case .scalar(let members): return try add(.take(number(of: members), next: next))
    case .assertion(let assertion):
      hasAssertions = true
      return try add(.require(assertion, next: next))
    case .sequence(let nodes):
      var entry = next
      for node in nodes.reversed() { entry = try compile(node, before: entry) }
      return entry
    case .alternatives(let nodes):
      var entries: [Int32] = []
      for node in nodes { entries.append(try compile(node, before: next)) }
      var entry = entries.removeLast()
      for other in entries.reversed() { entry = try add(.fork(other, entry)) }
      return entry
    case .repetition(let node, let minimum, let maximum):
      return try compile(node, minimum, maximum, before: next)
    }
  }

  private mutating func compile(
    _ node: PatternNode, _ minimum: Int, _ maximum: Int?, before next: Int32
  ) throws(PatternError) -> Int32 {
    var entry = next
    if let maximum {
      for _ in minimum..<max(minimum, maximum) {
        // Each further time is reached only through the one before it.
        entry = try add(.fork(try compile(node, before: entry), next))
      }
    } else {
      let loop = try add(.fork(next, next))
      let body = try compile(node, before: loop)
      steps[Int(loop)] = .fork(body, next)
      entry = loop
    }
    for _ in 0..<minimum { entry = try compile(node, before: entry) }
    return entry
  }

  private mutating func add(_ step: Step) throws(PatternError) -> Int32 {
    guard steps.count < PatternProgram.sizeLimit else {
      throw PatternError(position: 0, problem: .tooLarge)
    }
    steps.append(step)
    return Int32(steps.count - 1)
  }

  private mutating func number(of members: ScalarClass) -> Int32 {
    if let number = classNumbers[members] { return number }
    let number = Int32(classes.count)
    classes.append(members)
    classNumbers[members] = number
    return number
  }
}
