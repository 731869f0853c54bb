import Reliability
import Screen

/// The list of alerts: which rows in which order, which is selected, which are marked.
///
/// Scope, filter, order and groups are worked out when something changes, never while drawing.
struct AlertsPane: Sendable {
  /// What alerts can be sorted by.
  enum Order: String, CaseIterable, Hashable, Sendable {
    case urgency, age, name, service

    /// The words of the title.
    var title: String {
      switch self {
      case .urgency: "most urgent first"
      case .age: "newest first"
      case .name: "by name"
      case .service: "by service"
      }
    }
  }

  /// One row: the heading of a group, or an alert by its position in `alerts`.
  enum Row: Hashable, Sendable {
    case heading(Int)
    case alert(Int)
  }

  /// The alerts that are shown, in order.
  private(set) var alerts: [Alert] = []
  private(set) var groups: [AlertGroup] = []
  /// The rows while there are groups; without, rows are the alerts.
  private var rows: [Row] = []
  private(set) var list = VirtualList()
  private(set) var filter: AlertFilter?
  private(set) var filterText = ""
  private(set) var scope: AlertFilter?
  private(set) var isScoped = true
  private(set) var grouping: [String] = []
  private(set) var order = Order.urgency
  private(set) var isInverted = false
  private(set) var marks: Set<Alert.ID> = []
  /// The row from which a range is being marked.
  private(set) var rangeStart: Int?
  private(set) var counts = AlertCounts()
  private(set) var all: [Alert] = []
  private var hasChosen = false

  var rowCount: Int { grouping.isEmpty ? alerts.count : rows.count }

  func row(_ index: Int) -> Row? {
    if grouping.isEmpty { return alerts.indices.contains(index) ? .alert(index) : nil }
    return rows.indices.contains(index) ? rows[index] : nil
  }

  var selected: Alert? {
    guard case .alert(let index)? = row(list.selection) else { return nil }
    return alerts[index]
  }

  /// The alerts that an action is about: the marked ones, else the selected one, else the group's.
  var chosen: [Alert] {
    if !marks.isEmpty { return all.filter { marks.contains($0.id) } }
    if let selected { return [selected] }
    guard case .heading(let group)? = row(list.selection) else { return [] }
    return groups[group].alerts.map { alerts[$0] }
  }

  // MARK: - Changes

  /// Takes in what the engine put together.
  mutating func update(with alerts: [Alert], height: Int, at now: Timestamp) {
    all = alerts
    arrange(height: height, at: now)
  }

  mutating func use(scope: String, height: Int, at now: Timestamp) {
    self.scope = scope.isEmpty ? nil : try? AlertFilter(parsing: scope)
    arrange(height: height, at: now)
  }

  mutating func toggleScope(height: Int, at now: Timestamp) {
    isScoped.toggle()
    arrange(height: height, at: now)
  }

  /// Uses a filter as it is typed; while it is wrong the last good one stays.
  ///
  /// - Throws: What is wrong with the text.
  mutating func setFilter(
    _ text: String, height: Int, at now: Timestamp
  ) throws(AlertFilter.Failure) {
    let parsed = try AlertFilter(parsing: text)
    filter = parsed.isEmpty ? nil : parsed
    filterText = parsed.isEmpty ? "" : text
    arrange(height: height, at: now)
  }

  mutating func group(by labels: [String], height: Int, at now: Timestamp) {
    grouping = labels
    arrange(height: height, at: now)
  }

  mutating func sort(by order: Order, height: Int, at now: Timestamp) {
    self.order = order
    isInverted = false
    arrange(height: height, at: now)
  }

  mutating func invert(height: Int, at now: Timestamp) {
    isInverted.toggle()
    arrange(height: height, at: now)
  }

  mutating func move(_ movement: Movement, height: Int) {
    list.move(movement, height: height)
    hasChosen = true
    markRange()
  }

  mutating func select(_ index: Int, height: Int) {
    list.select(index, height: height)
    hasChosen = true
  }

  mutating func select(_ id: Alert.ID, height: Int) {
    guard let index = index(of: id) else { return }
    select(index, height: height)
  }

  // MARK: - Marks

  /// Marks or unmarks the selected alert, or all of the selected group, and moves on.
  mutating func toggleMark(height: Int) {
    if let selected {
      if marks.remove(selected.id) == nil { marks.insert(selected.id) }
    } else if case .heading(let group)? = row(list.selection) {
      marks.formUnion(groups[group].alerts.map { alerts[$0].id })
    }
    rangeStart = nil
    move(.down, height: height)
  }

  /// Begins or ends marking by moving.
  mutating func toggleRange() {
    rangeStart = rangeStart == nil ? list.selection : nil
    markRange()
  }

  mutating func clearMarks() {
    marks = []
    rangeStart = nil
  }

  private mutating func markRange() {
    guard let start = rangeStart else { return }
    for index in min(start, list.selection)...max(start, list.selection) {
      if case .alert(let position)? = row(index) { marks.insert(alerts[position].id) }
    }
  }

  // MARK: - Arranging

  private mutating func arrange(height: Int, at now: Timestamp) {
    let selectedID = hasChosen ? selected?.id : nil
    let scoped = isScoped ? scope.map { scope in all.filter { scope.matches($0, at: now) } } : nil
    let inScope = scoped ?? all
    counts = AlertCounts(inScope)
    alerts = sorted(
      filter.map { filter in inScope.filter { filter.matches($0, at: now) } } ?? inScope)
    if !marks.isEmpty { marks.formIntersection(all.lazy.map(\.id)) }
    groups = grouping.isEmpty ? [] : AlertGrouping(by: grouping).groups(of: alerts)
    rows = groups.enumerated().flatMap { index, group in
      [.heading(index)] + group.alerts.map(Row.alert)
    }
    list.clamp(count: rowCount)
    let found = selectedID.flatMap(index)
    list.select(found ?? (hasChosen ? list.selection : 0), height: height)
  }

  private func index(of id: Alert.ID) -> Int? {
    if grouping.isEmpty { return alerts.firstIndex { $0.id == id } }
    return rows.firstIndex { row in
      if case .alert(let index) = row { return alerts[index].id == id }
      return false
    }
  }

  /// Alerts come most urgent first, so that order costs nothing.
  private func sorted(_ alerts: [Alert]) -> [Alert] {
    let sorted =
      switch order {
      case .urgency: alerts
      case .age: alerts.sorted { ($0.startsAt, $0.id) > ($1.startsAt, $1.id) }
      case .name: alerts.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
      case .service:
        alerts.sorted { ($0.facts.service ?? "~", $0.id) < ($1.facts.service ?? "~", $1.id) }
      }
    return isInverted ? sorted.reversed() : sorted
  }
}
