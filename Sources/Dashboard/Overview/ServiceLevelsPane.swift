import Reliability
import Screen

/// The list of service levels: which rows in which order, and which one is selected.
///
/// Filtering and sorting happen when something changes, never while drawing.
struct ServiceLevelsPane: Hashable, Sendable {
  private(set) var filter = RowFilter()
  private(set) var sortKey = SortKey.worst
  private(set) var isInverted = false
  /// The rows to show, in order.
  private(set) var rows: [ServiceLevelState] = []
  /// How many rows there are without the filter.
  private(set) var total = 0
  private(set) var list = VirtualList()
  /// The widths that the names of all service levels need.
  private(set) var nameWidths = NameWidths([])
  private var order = RowOrder()
  private var all: [ServiceLevelState] = []
  /// Whether the operator chose a row; until then the selection stays on the worst.
  private var hasChosen = false

  var selected: ServiceLevelState? {
    rows.indices.contains(list.selection) ? rows[list.selection] : nil
  }

  /// Takes in newly evaluated states.
  mutating func update(with states: [ServiceLevelState], height: Int) {
    order.update(with: states)
    // Names change with the configuration only, and measuring them takes longer than all the rest.
    if !all.elementsEqual(states, by: { $0.slo == $1.slo }) { nameWidths = NameWidths(states) }
    all = states
    total = states.count
    arrange(height: height)
  }

  mutating func setFilter(_ filter: RowFilter, height: Int) {
    self.filter = filter
    arrange(height: height)
  }

  mutating func sort(by key: SortKey, height: Int) {
    sortKey = key
    isInverted = false
    arrange(height: height)
  }

  mutating func invertSort(height: Int) {
    isInverted.toggle()
    arrange(height: height)
  }

  /// Moves the selection.
  mutating func move(_ movement: Movement, height: Int) {
    list.move(movement, height: height)
    hasChosen = true
  }

  /// Selects a row.
  mutating func select(_ index: Int, height: Int) {
    list.select(index, height: height)
    hasChosen = true
  }

  /// Makes the rows anew and keeps the selection on the same service level.
  private mutating func arrange(height: Int) {
    let selectedID = hasChosen ? selected?.id : nil
    let sorted = sortedStates()
    let wanted = isInverted ? sorted.reversed() : sorted
    rows = filter.isEmpty ? wanted : wanted.filter(filter.matches)
    list.clamp(count: rows.count)
    let index = selectedID.flatMap { id in rows.firstIndex { $0.id == id } }
    list.select(index ?? (hasChosen ? list.selection : 0), height: height)
  }

  private func sortedStates() -> [ServiceLevelState] {
    switch sortKey {
    case .worst:
      return order.positions.map { all[$0] }
    case .service:
      return all.sorted { ($0.slo.service, $0.slo.name) < ($1.slo.service, $1.slo.name) }
    case .left:
      return all.sorted { left, right in
        let remains = (left.budget?.remaining ?? .infinity, right.budget?.remaining ?? .infinity)
        return remains.0 == remains.1 ? left.id < right.id : remains.0 < remains.1
      }
    case .burn:
      return all.sorted { left, right in
        let burns = (left.burnNow ?? -1, right.burnNow ?? -1)
        return burns.0 == burns.1 ? left.id < right.id : burns.0 > burns.1
      }
    }
  }
}

/// The cells that the longest names and targets in a list take.
struct NameWidths: Hashable, Sendable {
  let service: Int
  let slo: Int
  let target: Int

  init(_ states: [ServiceLevelState]) {
    service = states.map { DisplayWidth.of($0.slo.service) }.max() ?? 0
    slo = states.map { DisplayWidth.of($0.slo.name) }.max() ?? 0
    target = states.map { Numerals.target($0.slo.objective).utf8.count }.max() ?? 0
  }
}

extension VirtualList {
  /// Moves the selection in a list that shows so many rows.
  mutating func move(_ movement: Movement, height: Int) {
    switch movement {
    case .down: move(by: 1, height: height)
    case .up: move(by: -1, height: height)
    case .pageDown: movePages(by: 1, height: height)
    case .pageUp: movePages(by: -1, height: height)
    case .halfPageDown: move(by: max(height / 2, 1), height: height)
    case .halfPageUp: move(by: -max(height / 2, 1), height: height)
    case .toStart: moveToStart(height: height)
    case .toEnd: moveToEnd(height: height)
    }
  }
}

extension ServiceLevelState {
  /// The burn rate over the last hour.
  var burnNow: Double? { burn(over: Forecast.now)?.burnRate }
  /// The burn rate over the last six hours.
  var burnTrend: Double? { burn(over: Forecast.trend)?.burnRate }
}
