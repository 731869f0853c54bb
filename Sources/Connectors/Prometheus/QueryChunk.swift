package import Reliability

/// The expressions that answer one demand.
package struct QueryUnit: Hashable, Sendable {
  /// What is answered.
  package let demand: Demand
  /// The expressions, in the order in which an answer is read.
  package let parts: [QueryPart]

  /// Makes a unit.
  package init(_ demand: Demand, _ parts: [QueryPart]) {
    self.demand = demand
    self.parts = parts
  }

  /// The bytes this unit takes in a union, naming and joining included.
  var bytes: Int {
    parts.reduce(0) { $0 + $1.expression.utf8.count + QueryChunk.overhead }
  }
}

/// One request: a union of expressions, each of which names itself with a label.
package struct QueryChunk: Hashable, Sendable {
  /// How a chunk is asked.
  package enum Shape: Hashable, Sendable {
    /// One evaluation.
    case instant
    /// A sample every `step` over the look-back.
    case range(length: Window, step: Window)
  }

  /// How the chunk is asked.
  package let shape: Shape
  /// What it asks, in order.
  package let units: [QueryUnit]

  /// Makes a chunk; the planner keeps it within its limits.
  package init(_ shape: Shape, _ units: [QueryUnit]) {
    self.shape = shape
    self.units = units
  }

  /// The label whose value is the index of a part among the chunk's parts.
  package static let label = "burnwatch"

  /// The bytes of `label_replace` and of one `or` with its parentheses around an expression.
  static let overhead = 56

  /// Whether the chunk's questions belong to the slow clock.
  package var isSlow: Bool { units.contains { $0.demand.isSlow } }

  /// The SLOs asked for, in order and each once.
  package var slos: [SLO.ID] {
    var seen: Set<SLO.ID> = []
    return units.map(\.demand.slo).filter { seen.insert($0).inserted }
  }

  /// The query: a balanced tree of `or`, because each `or` copies its left side and a chain of them
  /// would cost the square of its length.
  package var text: String {
    var leaves: [String] = []
    for part in units.flatMap(\.parts) {
      leaves.append(QueryChunk.named(part.expression, index: leaves.count))
    }
    return QueryChunk.union(leaves[...])
  }

  /// Two halves that share no SLO, or nothing when all is about one.
  package var halvesBySLO: [QueryChunk] {
    let slos = slos
    guard slos.count > 1 else { return [] }
    let first = Set(slos.prefix(slos.count / 2))
    return [
      QueryChunk(shape, units.filter { first.contains($0.demand.slo) }),
      QueryChunk(shape, units.filter { !first.contains($0.demand.slo) }),
    ]
  }

  /// Two halves, or nothing when only one demand is left.
  package var halves: [QueryChunk] {
    guard units.count > 1 else { return [] }
    let middle = units.count / 2
    return [
      QueryChunk(shape, Array(units[..<middle])), QueryChunk(shape, Array(units[middle...])),
    ]
  }

  /// An expression that carries an index as its label.
  static func named(_ expression: String, index: Int) -> String {
    "label_replace(\n\(expression)\n,\"\(label)\",\"\(index)\",\"\",\"\")"
  }

  /// A balanced tree of `or` over expressions whose label sets are disjoint.
  static func union(_ leaves: ArraySlice<String>) -> String {
    guard leaves.count > 1 else { return leaves.first ?? "" }
    let middle = leaves.startIndex + leaves.count / 2
    return "(\(union(leaves[..<middle])) or \(union(leaves[middle...])))"
  }
}
