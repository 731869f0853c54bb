import Reliability

/// How bad a service level is, worst first: the order of the Overview.
enum RowClass: Int, Comparable, Hashable, Sendable {
  case activePage, activeTicket, exhausted, unknown, critical, warning, healthy

  init(_ state: ServiceLevelState) {
    switch (state.activeSeverity, state.zone?.kind) {
    case (.page, _): self = .activePage
    case (.ticket, _): self = .activeTicket
    case (_, .exhausted): self = .exhausted
    case _ where state.isUnknown: self = .unknown
    case (_, .critical): self = .critical
    case (_, .warning): self = .warning
    case (_, .healthy): self = .healthy
    case (_, nil): self = .unknown
    }
  }

  static func < (left: RowClass, right: RowClass) -> Bool { left.rawValue < right.rawValue }
}

extension ServiceLevelState {
  /// Whether there is no figure to judge by.
  fileprivate var isUnknown: Bool {
    switch status {
    case .failed, .noData, .invalid, .waiting: true
    case .ok, .stale, .partial: false
    }
  }
}

/// The order of rows, worst first, in which a row moves only when its class changes.
///
/// Remaining budgets drift with every poll; rows that swap places under the cursor are worse than a
/// slightly old order within one class.
struct RowOrder: Hashable, Sendable {
  /// The positions of the states last taken in, worst first.
  private(set) var positions: [Int] = []
  private var ids: [SLO.ID] = []
  private var ranks: [Rank] = []

  /// What decides on a row's place: its class, and the remaining budget when it entered it.
  private struct Rank: Hashable, Sendable {
    let rowClass: RowClass
    let remaining: Double

    init(_ state: ServiceLevelState) {
      rowClass = RowClass(state)
      remaining = state.budget?.remaining ?? .infinity
    }
  }

  /// Takes in new states: new rows and rows whose class changed find their place anew.
  mutating func update(with states: [ServiceLevelState]) {
    guard ids.elementsEqual(states.lazy.map(\.id)) else { return adopt(states) }
    let moving = states.indices.filter { ranks[$0].rowClass != RowClass(states[$0]) }
    guard !moving.isEmpty else { return }
    for index in moving { ranks[index] = Rank(states[index]) }
    positions.sort(by: isBefore)
  }

  /// Takes in states of other service levels than before; those that stay keep their rank.
  private mutating func adopt(_ states: [ServiceLevelState]) {
    let known = Dictionary(zip(ids, ranks), uniquingKeysWith: { first, _ in first })
    ids = states.map(\.id)
    ranks = states.map { state in
      guard let rank = known[state.id], rank.rowClass == RowClass(state) else {
        return Rank(state)
      }
      return rank
    }
    positions = states.indices.sorted(by: isBefore)
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (ranks[left], ranks[right])
    guard one.rowClass == other.rowClass else { return one.rowClass < other.rowClass }
    return one.remaining == other.remaining
      ? ids[left] < ids[right] : one.remaining < other.remaining
  }
}
