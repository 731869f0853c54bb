import Reliability
import Screen

/// The state of the Service view: which of the service's SLOs is selected, how far its details are
/// scrolled, and which of the two panes has the keys.
struct ServicePane: Hashable, Sendable {
  /// The panes of the view.
  enum Focus: Hashable, Sendable {
    case list, details
  }

  private(set) var rows: [ServiceLevelState] = []
  private(set) var nameWidths = NameWidths([])
  private(set) var list = VirtualList()
  private(set) var details = VirtualList()
  var focus = Focus.list
  private(set) var service: String?

  var selected: ServiceLevelState? {
    rows.indices.contains(list.selection) ? rows[list.selection] : nil
  }

  /// Shows a service, with one of its SLOs selected.
  mutating func show(_ service: String, selecting id: SLO.ID?, of states: [ServiceLevelState]) {
    self.service = service
    focus = .list
    update(with: states)
    let index = rows.firstIndex { $0.id == id }
    list.select(index ?? 0, height: rows.count)
    details = VirtualList()
  }

  /// Takes in newly evaluated states; the rows keep the order of the configuration.
  mutating func update(with states: [ServiceLevelState]) {
    rows = states.filter { $0.slo.service == service }
    nameWidths = NameWidths(rows)
    list.clamp(count: rows.count)
  }

  /// Selects one of the SLOs.
  mutating func select(_ index: Int, height: Int) {
    let before = list.selection
    list.select(index, height: height)
    if list.selection != before { details = VirtualList() }
  }

  /// Moves in one of the panes.
  ///
  /// - Parameters:
  ///   - movement: The step.
  ///   - pane: The pane that has the keys, or the one under the pointer.
  ///   - height: How many rows the list shows.
  ///   - page: How many lines the details show.
  ///   - lineCount: How many lines the details have.
  mutating func move(
    _ movement: Movement, in pane: Focus, height: Int, page: Int, lineCount: Int
  ) {
    switch pane {
    case .list:
      let before = list.selection
      list.move(movement, height: height)
      if list.selection != before { details = VirtualList() }
    case .details:
      ScrolledLines.move(&details, movement, lineCount: lineCount, page: page)
    }
  }
}
