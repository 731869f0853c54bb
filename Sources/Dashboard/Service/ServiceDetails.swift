import Reliability
import Screen

/// The details of one SLO as lines: every window, every condition, the budget, where it comes from.
struct ServiceDetails {
  private let state: ServiceLevelState
  private let now: Timestamp
  private let glyphs: Glyphs

  init(_ state: ServiceLevelState, now: Timestamp, glyphs: Glyphs) {
    self.state = state
    self.now = now
    self.glyphs = glyphs
  }

  /// All lines, top to bottom.
  var lines: [Line] {
    let sections = [status, windows, conditions, budget, about]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [Line([])]))
  }

  // MARK: - Status

  private var status: [Line] {
    let word = StateWord(state)
    var lines: [Line] = []
    if state.status != .ok {
      let reason = state.reason.map { ": \($0)" } ?? ""
      let role: Role = state.status == .stale ? .stale : word.role
      lines.append(Line([Span(ServiceDetails.name(of: state.status), role), Span(reason, role)]))
    }
    if let coverage = Words.coverage(of: state) {
      lines.append(Line([Span("The data \(coverage).", .warning)]))
    }
    if state.isLowTraffic {
      let least = state.slo.alerting.minBadEvents
      lines.append(
        Line([
          Span(
            "Low traffic: a condition needs at least \(Words.count(least, "bad event")).", .notice)
        ]))
    }
    return lines
  }

  private static func name(of status: ServiceLevelStatus) -> String {
    switch status {
    case .ok: "Up to date"
    case .waiting: "Waiting"
    case .stale: "Stale"
    case .partial: "Partial"
    case .noData: "No data"
    case .invalid: "Invalid indicator"
    case .failed: "Failed"
    }
  }

  // MARK: - Windows

  private var windows: [Line] {
    let heading = row(
      ["WINDOW", "EVENTS", "BAD", "BAD SHARE", "BURN", "VIA", "AGE"], role: .heading)
    let burns = state.burnWindows.map { windowLine($0.state) }
    return [heading] + burns + [windowLine(state.objectiveWindow)]
  }

  private func windowLine(_ window: WindowState) -> Line {
    let age = window.observedAt.map { Words.age(now - $0) } ?? "-"
    let share = window.share
    let texts = [
      window.name, share?.total.map(Numerals.count) ?? "-", share?.bad.map(Numerals.count) ?? "-",
      share.map { Numerals.share($0.errorRatio) } ?? "-",
      window.burnRate.map(Numerals.burn) ?? "-", window.provenance?.route.rawValue ?? "-", age,
    ]
    var spans = row(texts, role: role(of: window)).spans
    if window.status != .ok, let reason = window.reason {
      let word = ServiceDetails.name(of: window.status).lowercased()
      spans.append(Span("  \(word): \(reason)", role(of: window)))
    }
    return Line(spans)
  }

  private func role(of window: WindowState) -> Role {
    switch window.status {
    case .ok, .partial: BurnHistory.role(of: window.burnRate, in: state.slo)
    case .stale: .stale
    case .noData: .noData
    case .failed, .invalid: .failed
    case .waiting: .dim
    }
  }

  private static let widths = [7, 7, 7, 9, 8, 5, 4]

  private func row(_ texts: [String], role: Role) -> Line {
    let cells = zip(texts, ServiceDetails.widths).enumerated().map { index, cell in
      index == 0 ? padded(cell.0, cell.1) : padded(cell.0, cell.1, isTrailing: true)
    }
    return Line([Span(cells.joined(separator: " "), role)])
  }

  private func padded(_ text: String, _ width: Int, isTrailing: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    return isTrailing ? blanks + text : text + blanks
  }

  // MARK: - Conditions

  private var conditions: [Line] {
    guard !state.conditions.isEmpty else {
      return [Line([Span("No burn-rate condition: page and ticket are switched off.", .dim)])]
    }
    return [Line([Span("SEVERITY  LONG AND SHORT      BURNS ABOVE  BUDGET SHARE  NOW", .heading)])]
      + state.conditions.map(conditionLine)
  }

  private func conditionLine(_ found: ConditionState) -> Line {
    let condition = found.condition
    let share = condition.budgetShare(of: state.slo.window.nominalLength).doubleValue
    let fixed = [
      padded(condition.severity.rawValue, 9),
      padded("\(condition.long) and \(condition.short)", 18),
      padded(
        "\(Numerals.rounded(condition.factor.doubleValue, decimals: 2))x", 13, isTrailing: true),
      padded("\(Numerals.rounded(share * 100, decimals: 1)) %", 13, isTrailing: true),
    ].joined(separator: " ")
    return Line([Span("\(fixed)  ", .text), verdict(on: found)])
  }

  private func verdict(on found: ConditionState) -> Span {
    let severity = found.condition.severity
    if found.isActive {
      return Span("burning: \(severity.rawValue)", severity == .page ? .page : .ticket)
    }
    guard found.isKnown else { return Span("unknown", .noData) }
    let reachable = found.condition.isReachable(with: state.slo.objective)
    return reachable ? Span("calm", .healthy) : Span("can never be exceeded", .warning)
  }

  // MARK: - Budget

  private var budget: [Line] {
    guard let budget = state.budget else { return [] }
    let role = state.zone?.role ?? .text
    let minutes = { (value: Double) in Numerals.rounded(value, decimals: 2) }
    var lines = [
      fact(
        "Budget left",
        [
          Span(Numerals.budgetLeft(budget.remaining), role),
          Span("  \(minutes(budget.minutesLeft)) of \(minutes(budget.minutes)) min", .text),
          Span(budget.note.map { "  (\($0))" } ?? "", .dim),
        ])
    ]
    if let allowed = budget.allowedBad, let left = budget.badLeft {
      let text = "\(Numerals.count(left)) of \(Numerals.count(allowed)) left"
      lines.append(fact("Bad events", [Span(text)]))
    }
    if let zone = state.zone { lines.append(fact("Zone", [Span(zone.name, role)])) }
    lines.append(
      fact(
        "Runs out",
        [
          Span("\(Words.exhaustionClause(state.forecast)) at the last hour's burn", .text),
          Span(", \(Words.exhaustionClause(state.trend)) at six hours'", .text),
        ]))
    if let period = state.period {
      let days = "\(period.lowerBound.dateAndTime) to \(period.upperBound.dateAndTime) UTC"
      lines.append(fact("Period", [Span(days)]))
    }
    return lines
  }

  // MARK: - About

  private var about: [Line] {
    let details = state.slo.details
    let facts: [(String, String?)] = [
      ("About", details.description), ("Owner", details.owner), ("Runbook", details.runbook),
      (
        "Depends on",
        details.dependencies.isEmpty ? nil : details.dependencies.joined(separator: ", ")
      ),
      ("Source", state.slo.source), ("Id", state.slo.id),
    ]
    let links = details.links.map { ("Link", Optional("\($0.name) \($0.url)")) }
    return (facts + links).compactMap { name, value in value.map { fact(name, [Span($0)]) } }
  }

  private func fact(_ name: String, _ spans: [Span]) -> Line {
    Line([Span(padded(name, 13), .dim)] + spans)
  }
}
