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

  /// A range that is being marked by moving: where it began, and what was marked before.
  private struct MarkedRange {
    let start: Alert.ID
    let before: Set<Alert.ID>
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
  private(set) var marks: Set<Alert.ID> = [] {
    didSet {
      marked = marks.isEmpty ? [] : all.filter { marks.contains($0.id) }
      hiddenMarkCount = marks.isEmpty ? 0 : marks.count - alerts.count { marks.contains($0.id) }
    }
  }
  /// The marked alerts, whether they are shown or not.
  private(set) var marked: [Alert] = []
  /// How many of the marked alerts a filter or the scope hides.
  private(set) var hiddenMarkCount = 0
  private var range: MarkedRange?
  private(set) var counts = AlertCounts()
  private(set) var all: [Alert] = []
  /// Those within the scope.
  private var inScope: [Alert] = []
  /// The places in `all` of each service's alerts.
  private var places: [String: [Int]] = [:]
  private var hasChosen = false

  var rowCount: Int { rows.isEmpty ? alerts.count : rows.count }

  func row(_ index: Int) -> Row? {
    if rows.isEmpty { return alerts.indices.contains(index) ? .alert(index) : nil }
    return rows.indices.contains(index) ? rows[index] : nil
  }

  var selected: Alert? {
    guard case .alert(let index)? = row(list.selection) else { return nil }
    return alerts[index]
  }

  /// The group whose heading is selected.
  var selectedGroup: AlertGroup? {
    guard case .heading(let group)? = row(list.selection) else { return nil }
    return groups[group]
  }

  /// The alerts that an action is about: the marked ones, else the selected one, else the group's.
  var chosen: [Alert] {
    if !marked.isEmpty { return marked }
    if let selected { return [selected] }
    return selectedGroup.map { $0.alerts.map { alerts[$0] } } ?? []
  }

  /// Whether a range is being marked.
  var isMarkingRange: Bool { range != nil }

  /// The alerts of a service, most urgent first.
  func alerts(of service: String) -> LazyMapSequence<[Int], Alert> {
    (places[service] ?? []).lazy.map { all[$0] }
  }

  // MARK: - Changes

  /// Takes in what the engine put together.
  mutating func update(with snapshot: AlertSnapshot, height: Int, at now: Timestamp) {
    all = snapshot.alerts
    places = snapshot.placesByService
    if !marks.isEmpty { marks.formIntersection(all.lazy.map(\.id)) }
    narrow(height: height, at: now)
  }

  mutating func use(scope: String, height: Int, at now: Timestamp) {
    self.scope = scope.isEmpty ? nil : try? AlertFilter(parsing: scope)
    narrow(height: height, at: now)
  }

  mutating func toggleScope(height: Int, at now: Timestamp) {
    isScoped.toggle()
    narrow(height: height, at: now)
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
    range = nil
    let ids = Set(selected.map { [$0.id] } ?? selectedGroup?.alerts.map { alerts[$0].id } ?? [])
    marks = ids.isSubset(of: marks) ? marks.subtracting(ids) : marks.union(ids)
    move(.down, height: height)
  }

  /// Begins or ends marking by moving.
  mutating func toggleRange() {
    let start = selected?.id ?? selectedGroup?.alerts.first.map { alerts[$0].id }
    range = range == nil ? start.map { MarkedRange(start: $0, before: marks) } : nil
    markRange()
  }

  mutating func clearMarks() {
    marks = []
    range = nil
  }

  /// Marks all between the start and the selection, and no longer what lay between before.
  private mutating func markRange() {
    guard let range else { return }
    guard let start = index(of: range.start) else {
      self.range = nil
      return
    }
    let rows = min(start, list.selection)...max(start, list.selection)
    marks = range.before.union(
      rows.compactMap { index in
        if case .alert(let position)? = row(index) { alerts[position].id } else { nil }
      })
  }

  // MARK: - Arranging

  /// Works out what is within the scope, which typing a filter does not change.
  private mutating func narrow(height: Int, at now: Timestamp) {
    let scoped = isScoped ? scope.map { scope in all.filter { scope.matches($0, at: now) } } : nil
    inScope = scoped ?? all
    counts = AlertCounts(inScope)
    arrange(height: height, at: now)
  }

  private mutating func arrange(height: Int, at now: Timestamp) {
    let chosenID = hasChosen ? selected?.id : nil
    let chosenKey = hasChosen ? selectedGroup?.key : nil
    alerts = sorted(
      filter.map { filter in inScope.filter { filter.matches($0, at: now) } } ?? inScope)
    groups = grouping.isEmpty ? [] : AlertGrouping(by: grouping).groups(of: alerts)
    rows = groups.enumerated().flatMap { index, group in
      [.heading(index)] + group.alerts.map(Row.alert)
    }
    list.clamp(count: rowCount)
    let found = chosenID.flatMap(index) ?? chosenKey.flatMap(heading)
    list.select(found ?? (hasChosen ? list.selection : 0), height: height)
  }

  private func index(of id: Alert.ID) -> Int? {
    if rows.isEmpty { return alerts.firstIndex { $0.id == id } }
    return rows.firstIndex { row in
      if case .alert(let index) = row { return alerts[index].id == id }
      return false
    }
  }

  private func heading(of key: [AlertGroup.Part]) -> Int? {
    groups.firstIndex { $0.key == key }.flatMap { rows.firstIndex(of: .heading($0)) }
  }

  /// Alerts come most urgent first, so that order costs nothing.
  private func sorted(_ alerts: [Alert]) -> [Alert] {
    let sorted =
      switch order {
      case .urgency: alerts
      case .age: alerts.sorted { ($0.startsAt, $0.id) > ($1.startsAt, $1.id) }
      case .name: alerts.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
      case .service:
        alerts.sorted { ($0.service ?? "~", $0.id) < ($1.service ?? "~", $1.id) }
      }
    return isInverted ? sorted.reversed() : sorted
  }
}
