package import Reliability

/// Turns due demands into few requests; pure.
package struct QueryPlanner: Sendable {
  private let slos: [SLO.ID: SLO]
  private let faults: [SLO.ID: String]

  /// Makes a planner; expressions are checked once, here.
  package init(slos: [SLO]) {
    self.slos = Dictionary(slos.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    faults = self.slos.compactMapValues { slo in
      slo.sli.expressions.compactMap { expression in
        expression.fault.map { "the expression \(Excerpt(expression.text)) is not asked: \($0)" }
      }.first
    }
  }

  /// The requests for a set of demands, and the demands that cannot be asked at all.
  package struct Plan: Hashable, Sendable {
    /// The requests, burn windows first.
    package var chunks: [QueryChunk] = []
    /// Why the other demands are not asked.
    package var failures: [Demand: ReadingFailure] = [:]
  }

  /// An SLO that is asked for here.
  package func slo(_ id: SLO.ID) -> SLO? { slos[id] }

  /// What is wrong with SLOs before anything was asked.
  var cautions: [String] { faults.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" } }

  /// Plans requests.
  ///
  /// - Parameters:
  ///   - demands: What is due.
  ///   - suspects: SLOs whose last question was refused; each is asked by itself, so that a refusal
  ///     costs one request and not a search.
  ///   - byteLimit: The longest query in bytes; one expression that is longer goes alone.
  /// - Returns: The chunks, burn windows first, and a failure for each demand that is in none.
  package func plan(
    _ demands: [Demand], suspects: Set<SLO.ID> = [], byteLimit: Int
  ) -> Plan {
    var plan = Plan()
    var groups: [Group: [QueryUnit]] = [:]
    for demand in demands {
      guard let slo = slos[demand.slo] else {
        plan.failures[demand] = .rejected("no SLO \(demand.slo) is defined on this source")
        continue
      }
      if let fault = faults[slo.id] {
        plan.failures[demand] = .rejected(fault)
        continue
      }
      let group = Group(demand, isSuspect: suspects.contains(slo.id))
      groups[group, default: []].append(QueryUnit(demand, demand.parts(of: slo.sli)))
    }
    for group in groups.keys.sorted() {
      let limit = group.kind.unitLimit
      plan.chunks += QueryPlanner.chunks(
        group.shape, groups[group] ?? [], byteLimit: byteLimit, unitLimit: limit)
    }
    return plan
  }

  /// Fills chunks in order, none beyond the limits unless one unit is.
  package static func chunks(
    _ shape: QueryChunk.Shape, _ units: [QueryUnit], byteLimit: Int, unitLimit: Int = .max
  ) -> [QueryChunk] {
    var chunks: [QueryChunk] = []
    var current: [QueryUnit] = []
    var bytes = 0
    for unit in units {
      if !current.isEmpty, bytes + unit.bytes > byteLimit || current.count == unitLimit {
        chunks.append(QueryChunk(shape, current))
        (current, bytes) = ([], 0)
      }
      current.append(unit)
      bytes += unit.bytes
    }
    return current.isEmpty ? chunks : chunks + [QueryChunk(shape, current)]
  }
}

/// Demands that may share a request.
private struct Group: Hashable, Comparable {
  enum Kind: Int, Comparable {
    case burn, objective, coverage, history

    /// Slow questions read days of samples each; a bounded number keeps one request within the
    /// server's time-out.
    var unitLimit: Int {
      switch self {
      case .burn: .max
      case .objective: 200
      case .coverage, .history: 50
      }
    }

    static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  let kind: Kind
  let shape: QueryChunk.Shape
  /// The SLO, when it is asked by itself.
  let suspect: SLO.ID?

  init(_ demand: Demand, isSuspect: Bool) {
    suspect = isSuspect ? demand.slo : nil
    switch demand.question {
    case .burn: (kind, shape) = (.burn, .instant)
    case .objective: (kind, shape) = (.objective, .instant)
    case .coverage: (kind, shape) = (.coverage, .instant)
    case .history(let length, let step):
      (kind, shape) = (.history, .range(length: length, step: step))
    }
  }

  static func < (left: Group, right: Group) -> Bool { left.order < right.order }

  private var order: (Int, Int, Int, String) {
    switch shape {
    case .instant: (kind.rawValue, 0, 0, suspect ?? "")
    case .range(let length, let step):
      (kind.rawValue, length.seconds, step.seconds, suspect ?? "")
    }
  }
}

extension Demand {
  /// The expressions that answer this demand.
  package func parts(of sli: SLI) -> [QueryPart] {
    switch question {
    case .burn(let window), .objective(let window): sli.parts(over: window)
    case .coverage(let lookback):
      [sli.coveragePart(over: lookback, step: Demand.coverageStep(of: lookback))]
    case .history(_, let step): sli.parts(over: step)
    }
  }

  /// Hourly, or every five minutes while the look-back is at most a day.
  package static func coverageStep(of lookback: Window) -> Window {
    lookback <= .days(1) ? .minutes(5) : .hours(1)
  }
}
