import Reliability
import Screen

/// The first row: where one is, what burns, how the sources are, and the time.
///
/// When it is narrow, pieces leave from the least important on; what burns stays longest.
struct Head {
  private struct Piece {
    let line: Line
    let worth: Int
  }

  private let left: [Piece]
  private let right: [Piece]

  init(_ dashboard: Dashboard) {
    let crumb = dashboard.glyphs.isUnicode ? " › " : " > "
    let path = dashboard.trail.path.map(\.title).joined(separator: crumb)
    left = [
      Piece(line: Line([Span(" burnwatch", .title)]), worth: 2),
      Piece(line: Line([Span("  \(dashboard.settings.title)", .statusText)]), worth: 1),
      Piece(line: Line([Span("  \(path)", .statusText)]), worth: 5),
      Piece(line: Head.counts(dashboard), worth: 9),
      Piece(line: Head.onCall(dashboard), worth: 4),
      Piece(line: Head.escalated(dashboard), worth: 8),
    ]
    let clock = dashboard.settings.showsClock ? " \(dashboard.now.timeOfDay) UTC " : ""
    right =
      Head.sources(dashboard.allSources, dashboard.tally, now: dashboard.now)
      + [Piece(line: Line([Span(" \(clock)", .statusText)]), worth: 6)]
  }

  func draw(in rect: Rect, on canvas: inout Canvas) {
    canvas.fill(rect, role: .statusBar)
    var (left, right) = (left, right)
    while Head.width(left + right) > rect.columns, left.count + right.count > 1 {
      let least = (left + right).map(\.worth).min() ?? 0
      left.removeAll { $0.worth == least }
      right.removeAll { $0.worth == least }
    }
    var rest = rect
    for piece in left { rest = rest.splitLeft(piece.line.draw(in: rest, on: &canvas)).rest }
    let tail = Line(right.flatMap(\.line.spans))
    tail.draw(in: rest, on: &canvas, alignment: .trailing)
  }

  private static func width(_ pieces: [Piece]) -> Int {
    pieces.reduce(0) { $0 + $1.line.width }
  }

  /// What wants somebody: alerts nobody has, and SLOs that cannot be told.
  private static func counts(_ dashboard: Dashboard) -> Line {
    let (alerts, tally) = (dashboard.alertsPane.counts, dashboard.tally)
    var spans: [Span] = []
    func add(_ text: String, _ role: Role) {
      spans += [Span(spans.isEmpty ? "  " : " ", .statusText), Span(" \(text) ", role)]
    }
    // Until alerts are heard of, the burning SLOs stand for them.
    let pages = dashboard.hasHeardAlerts ? alerts.pages : tally.pages
    let tickets = dashboard.hasHeardAlerts ? alerts.tickets : tally.tickets
    if pages > 0 { add("PAGE \(pages)", .page) }
    if tickets > 0 { add("TICKET \(tickets)", .ticket) }
    if alerts.acknowledged > 0 { add("ack \(alerts.acknowledged)", .acknowledged) }
    let running = dashboard.runSnapshot.runs.count { $0.record.outcome == .running }
    if running > 0 { add("running \(running)", .notice) }
    if tally.failed > 0 { add("failed \(tally.failed)", .failed) }
    if case .missing = dashboard.alertSnapshot.watchdog { add("watchdog silent", .failed) }
    if spans.isEmpty, tally.total > 0 || dashboard.settings.hasAlertSources {
      spans = [Span("  \(calm(dashboard))", .statusText)]
    }
    return Line(spans)
  }

  /// Who is on call first, on an Overview that has no room for the pane.
  private static func onCall(_ dashboard: Dashboard) -> Line {
    guard let team = dashboard.onCall.own, dashboard.trail.current == .overview,
      dashboard.overviewLayout.onCall == nil
    else { return Line([]) }
    guard let first = team.roster.shifts(at: dashboard.now).first else {
      let words = team.isKnown ? "nobody on call" : "on call not known"
      return Line([Span("  \(words)", .warning)])
    }
    let isYou = dashboard.isYou(first.person, in: team)
    let name = isYou ? "you" : team.name(of: first.person)
    // What a silent calendar said last may not hold any more.
    let doubt = team.remarks.isEmpty ? [] : [Span("?", .stale)]
    return Line(
      [Span("  on call ", .statusText), Span(name, isYou ? .notice : .statusText)] + doubt)
  }

  /// With whom a page of the team is by its policy, in the same place.
  private static func escalated(_ dashboard: Dashboard) -> Line {
    guard let team = dashboard.onCall.own, dashboard.trail.current == .overview,
      dashboard.overviewLayout.onCall == nil,
      let first = dashboard.onCall.escalations.first(where: { $0.team.id == team.id }),
      let words = dashboard.words(for: first.progress.level, of: team)
    else { return Line([]) }
    return Line([Span("  ", .statusText), Span(" escalated to \(words) ", .page)])
  }

  /// What may be said when nothing wants anybody: of stale figures and silent sources only what was.
  private static func calm(_ dashboard: Dashboard) -> String {
    let tally = dashboard.tally
    let isUnheard = dashboard.settings.hasAlertSources && !dashboard.hasHeardAlerts
    if tally.waiting > 0 || isUnheard { return "waiting for sources" }
    if tally.oldestStale != nil { return "nothing burned when last seen" }
    let gaps = dashboard.alertSnapshot.gaps
    guard !gaps.isEmpty else { return "nothing burns" }
    let isWaiting = gaps.allSatisfy { $0.hasSuffix("has not answered yet") }
    return isWaiting ? "waiting for sources" : "alerts not heard"
  }

  /// How the sources are; what is wrong stays longer than what is right.
  private static func sources(
    _ sources: [SourceHealth], _ tally: Tally, now: Timestamp
  ) -> [Piece] {
    let troubled = sources.count { $0.state != .ok }
    let healthy = sources.count { $0.state == .ok && $0.lastSuccess != nil }
    let silent = sources.count - troubled - healthy
    var pieces: [Piece] = []
    func add(_ text: String, _ role: Role, worth: Int) {
      pieces.append(Piece(line: Line([Span("  \(text)", role)]), worth: worth))
    }
    if healthy > 0 { add("\(Words.count(healthy, "source")) ok", .statusText, worth: 3) }
    if silent > 0 { add("\(Words.count(silent, "source")) asked", .statusText, worth: 3) }
    if troubled > 0 { add("\(Words.count(troubled, "source")) in trouble", .failed, worth: 8) }
    if let oldest = tally.oldestStale { add("stale \(Words.age(now - oldest))", .stale, worth: 7) }
    return pieces
  }
}

/// What the head says of all service levels, counted once a snapshot and not once a frame.
struct Tally: Hashable, Sendable {
  let total: Int
  let pages: Int
  let tickets: Int
  /// Refused or impossible.
  let failed: Int
  let waiting: Int
  /// The oldest observation behind a stale figure.
  let oldestStale: Timestamp?

  init(_ states: [ServiceLevelState]) {
    var (pages, tickets, failed, waiting) = (0, 0, 0, 0)
    var oldestStale: Timestamp?
    for state in states {
      switch state.activeSeverity {
      case .page: pages += 1
      case .ticket: tickets += 1
      case .info, nil: break
      }
      switch state.status {
      case .failed, .invalid: failed += 1
      case .waiting: waiting += 1
      case .stale: oldestStale = [oldestStale, state.observedAt].compactMap(\.self).min()
      case .ok, .partial, .noData: break
      }
    }
    total = states.count
    self.pages = pages
    self.tickets = tickets
    self.failed = failed
    self.waiting = waiting
    self.oldestStale = oldestStale
  }
}
