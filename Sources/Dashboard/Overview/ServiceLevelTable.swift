import Reliability
import Screen

/// The table of service levels: its columns, and how one service level fills a row.
struct ServiceLevelTable {
  private enum Column: Int, CaseIterable {
    case marker, state, service, slo, target, sli, gauge, bar, left, burn, trend, runsOut
  }

  private let layout: TableLayout
  private let now: Timestamp

  /// Lays the table out.
  ///
  /// - Parameters:
  ///   - width: The cells a row may take.
  ///   - now: The time ages are counted to.
  ///   - names: What the names need, so that columns are no wider.
  init(width: Int, now: Timestamp, names: NameWidths) {
    self.now = now
    let columns = Column.allCases.map { ServiceLevelTable.column($0, names) }
    layout = TableLayout(columns, width: width)
  }

  func drawHeadings(in rect: Rect, on canvas: inout Canvas) {
    layout.drawHeadings(in: rect, on: &canvas)
  }

  /// Draws one row; figures that are stale are dim and say their age.
  func draw(_ state: ServiceLevelState, in row: Rect, isSelected: Bool, on canvas: inout Canvas) {
    let word = StateWord(state)
    if isSelected, let cell = cell(.marker, in: row) {
      canvas.put(canvas.glyphs.selectionArrow, at: cell.origin, role: .text)
    }
    text(word.text, .state, word.role, in: row, on: &canvas)
    text(state.slo.service, .service, .text, in: row, on: &canvas)
    text(state.slo.name, .slo, .text, in: row, on: &canvas)
    text(Numerals.target(state.slo.objective), .target, .dim, in: row, on: &canvas)
    switch state.status {
    case .failed, .invalid, .waiting: drawReason(of: state, word, in: row, on: &canvas)
    case .ok, .stale, .partial, .noData: drawFigures(of: state, word, in: row, on: &canvas)
    }
    if isSelected { canvas.highlight(names(in: row)) }
  }

  /// The part of a row that says which service level it is, from the marker to the names.
  ///
  /// Highlighted by reversal, a gauge would read inverted; and moving the selection sends every
  /// highlighted cell twice, so the figures are left out as well.
  private func names(in row: Rect) -> Rect {
    let last = [Column.slo, .service].lazy.compactMap { cell($0, in: row) }.first
    return row.splitLeft((last?.maxColumn ?? row.maxColumn) - row.column).left
  }

  // MARK: - Cells

  /// Where figures would stand, the reason why there are none.
  private func drawReason(
    of state: ServiceLevelState, _ word: StateWord, in row: Rect, on canvas: inout Canvas
  ) {
    let figures: [Column] = [.sli, .gauge, .bar, .left, .burn, .trend, .runsOut]
    guard let first = figures.lazy.compactMap({ self.cell($0, in: row) }).first else { return }
    let rest = Rect(
      column: first.column, row: row.row, columns: row.maxColumn - first.column, rows: 1)
    canvas.draw(state.reason ?? word.text, in: rest, role: word.role)
  }

  private func drawFigures(
    of state: ServiceLevelState, _ word: StateWord, in row: Rect, on canvas: inout Canvas
  ) {
    let isStale = state.status == .stale
    let role: Role = isStale ? .stale : state.zone?.role ?? .noData
    let share = state.objectiveWindow.share
    let sli = share.map { Numerals.sli(errorRatio: $0.errorRatio, objective: state.slo.objective) }
    text(sli ?? "?", .sli, isStale ? .stale : .text, in: row, on: &canvas)
    if let cell = cell(.gauge, in: row) {
      let lastHour = state.burn(over: Forecast.now)?.share
      Gauge(
        value: share.map { 1 - $0.errorRatio }, marker: lastHour.map { 1 - $0.errorRatio },
        objective: state.slo.objective.target.doubleValue,
        // The exhausted role is a light text on a dark ground: as a bar it would read as full.
        role: role == .exhausted ? .critical : role
      ).draw(in: cell, on: &canvas)
    }
    if let cell = cell(.bar, in: row) {
      BudgetBar(remaining: state.budget?.remaining, role: role).draw(in: cell, on: &canvas)
    }
    let left = state.budget.map { Numerals.budgetLeft($0.remaining) }
    text(left ?? "?", .left, role, in: row, on: &canvas)
    drawBurn(of: state, isStale: isStale, in: row, on: &canvas)
    if let cell = cell(.trend, in: row) {
      BurnHistory.sparkline(of: state).draw(in: cell, on: &canvas)
    }
    text(
      ending(of: state), .runsOut, isStale ? .stale : endingRole(of: state), in: row, on: &canvas)
  }

  private func drawBurn(
    of state: ServiceLevelState, isStale: Bool, in row: Rect, on canvas: inout Canvas
  ) {
    guard let cell = cell(.burn, in: row) else { return }
    let (number, arrow) = (cell.splitLeft(cell.columns - 2).left, cell.splitRight(1).right)
    let role: Role = isStale ? .stale : BurnHistory.role(of: state.burnNow, in: state.slo)
    canvas.draw(
      state.burnNow.map(Numerals.burn) ?? "?", in: number, alignment: .trailing, role: role)
    if let glyph = tendency(of: state, canvas.glyphs) {
      canvas.put(glyph, at: arrow.origin, role: role)
    }
  }

  /// An arrow while the budget burns faster than allowed and clearly faster or slower than before.
  private func tendency(of state: ServiceLevelState, _ glyphs: Glyphs) -> Unicode.Scalar? {
    guard let hour = state.burnNow, let trend = state.burnTrend, max(hour, trend) >= 1
    else { return nil }
    if hour > trend * 1.25 { return glyphs.risingArrow }
    return hour < trend * 0.8 ? glyphs.fallingArrow : nil
  }

  /// When the budget runs out.
  ///
  /// A stale row says its age instead, for the forecast is as old; a forecast from a handful of
  /// events would be noise, so low traffic is said in its place.
  private func ending(of state: ServiceLevelState) -> String {
    if state.status == .stale, let observed = state.observedAt {
      return "stale \(Words.age(now - observed))"
    }
    return saysLowTraffic(state) ? "low traffic" : Words.exhaustion(state.forecast)
  }

  private func saysLowTraffic(_ state: ServiceLevelState) -> Bool {
    state.isLowTraffic && (state.budget?.remaining ?? 0) > 0
  }

  private func endingRole(of state: ServiceLevelState) -> Role {
    if saysLowTraffic(state) { return .notice }
    guard let hours = state.forecast?.hoursToExhaustion else { return .dim }
    return hours <= 0 ? .exhausted : hours < 24 ? .critical : .text
  }

  private func cell(_ column: Column, in row: Rect) -> Rect? {
    layout.cell(column.rawValue, in: row)
  }

  private func text(
    _ text: String, _ column: Column, _ role: Role, in row: Rect, on canvas: inout Canvas
  ) {
    guard let cell = cell(column, in: row) else { return }
    let alignment =
      layout.placements.first { $0.index == column.rawValue }?.column.alignment ?? .leading
    canvas.draw(text, in: cell, alignment: alignment, role: role)
  }

  // MARK: - Columns

  private static func column(
    _ column: Column, _ names: NameWidths
  ) -> TableColumn {
    switch column {
    case .marker: TableColumn(title: "", width: .fixed(1), priority: 12)
    case .state: TableColumn(title: "STATE", width: .fixed(9), priority: 10)
    case .service: TableColumn(title: "SERVICE", width: name(names.service), priority: 11)
    case .slo: TableColumn(title: "SLO", width: name(names.slo), priority: 9)
    case .target:
      TableColumn(
        title: "TARGET", width: .fixed(max(6, names.target)), alignment: .trailing, priority: 1)
    case .sli:
      // The SLI has two digits more than its target and no percent sign.
      TableColumn(
        title: "SLI", width: .fixed(max(7, names.target + 1)), alignment: .trailing, priority: 2)
    case .gauge:
      TableColumn(
        title: "GAUGE", width: .flexible(min: 12, max: 40, weight: 3), priority: 3)
    case .bar:
      TableColumn(title: "BUDGET", width: .flexible(min: 7, max: 24, weight: 1), priority: 5)
    case .left: TableColumn(title: "LEFT", width: .fixed(6), alignment: .trailing, priority: 8)
    case .burn: TableColumn(title: "BURN 1H", width: .fixed(8), priority: 7)
    case .trend:
      TableColumn(
        title: "6H TREND", width: .flexible(min: 10, max: 36, weight: 2), priority: 6)
    case .runsOut: TableColumn(title: "RUNS OUT", width: .fixed(11), priority: 4)
    }
  }

  private static func name(_ longest: Int) -> TableColumn.Width {
    .flexible(min: min(max(longest, 8), 12), max: max(8, min(longest, 32)), weight: 12)
  }
}

/// How the recent past of a service level is drawn.
enum BurnHistory {
  /// The sparkline of the burn rate over the last six hours.
  static func sparkline(of state: ServiceLevelState) -> Sparkline {
    let samples = state.history.map { sample in
      sample.errorRatio.map { state.slo.objective.burnRate(errorRatio: $0) }
    }
    return Sparkline(samples: samples, pageFactor: pageFactor(of: state.slo))
  }

  /// The role of a burn rate by what it means: within budget, too fast, paging.
  static func role(of burn: Double?, in slo: SLO) -> Role {
    guard let burn else { return .noData }
    return burn > pageFactor(of: slo) ? .burnPage : burn >= 1 ? .burnOver : .burnLow
  }

  /// The factor of the fastest page condition; 14.4 where there is none.
  private static func pageFactor(of slo: SLO) -> Double {
    let factors = slo.conditions.filter { $0.severity == .page }.map(\.factor.doubleValue)
    return max(factors.max() ?? 14.4, 1.001)
  }
}
