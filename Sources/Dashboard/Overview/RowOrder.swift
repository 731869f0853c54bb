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
  private(set) var ids: [SLO.ID] = []
  private var classes: [SLO.ID: RowClass] = [:]
  private var remaining: [SLO.ID: Double] = [:]

  /// Takes in new states: new rows and rows whose class changed find their place anew.
  mutating func update(with states: [ServiceLevelState]) {
    let present = Set(states.map(\.id))
    let moving = states.filter { classes[$0.id] != RowClass($0) }
    guard !moving.isEmpty || present.count != ids.count else { return }
    let leaving = Set(moving.map(\.id)).union(ids.filter { !present.contains($0) })
    ids.removeAll(where: leaving.contains)
    for id in leaving { classes[id] = nil }
    for state in moving {
      classes[state.id] = RowClass(state)
      remaining[state.id] = state.budget?.remaining ?? .infinity
    }
    ids = (ids + moving.map(\.id)).sorted { isBefore($0, $1) }
  }

  /// The remaining budget counts as it was when the row entered its class.
  private func isBefore(_ left: SLO.ID, _ right: SLO.ID) -> Bool {
    let classes = (self.classes[left] ?? .unknown, self.classes[right] ?? .unknown)
    guard classes.0 == classes.1 else { return classes.0 < classes.1 }
    let remains = (remaining[left] ?? .infinity, remaining[right] ?? .infinity)
    return remains.0 == remains.1 ? left < right : remains.0 < remains.1
  }
}
