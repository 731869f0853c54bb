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
    let snapshot = dashboard.snapshot
    let crumb = dashboard.glyphs.isUnicode ? " › " : " > "
    let path = dashboard.trail.path.map(\.title).joined(separator: crumb)
    left = [
      Piece(line: Line([Span(" burnwatch", .title)]), worth: 2),
      Piece(line: Line([Span("  \(dashboard.settings.title)", .statusText)]), worth: 1),
      Piece(line: Line([Span("  \(path)", .statusText)]), worth: 3),
      Piece(line: Head.counts(dashboard.tally), worth: 6),
    ]
    let clock = dashboard.settings.showsClock ? " \(dashboard.now.timeOfDay) UTC " : ""
    right = [
      Piece(line: Head.sources(snapshot.sources, dashboard.tally, now: dashboard.now), worth: 5),
      Piece(line: Line([Span(" \(clock)", .statusText)]), worth: 4),
    ]
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

  private static func counts(_ tally: Tally) -> Line {
    let (pages, tickets, unknown) = (tally.pages, tally.tickets, tally.failed)
    var spans: [Span] = []
    if pages > 0 { spans += [Span("  ", .statusText), Span(" PAGE \(pages) ", .page)] }
    if tickets > 0 { spans += [Span("  ", .statusText), Span(" TICKET \(tickets) ", .ticket)] }
    if unknown > 0 { spans += [Span("  ", .statusText), Span(" failed \(unknown) ", .failed)] }
    if spans.isEmpty, tally.total > 0 {
      spans = [Span("  \(calm(tally))", .statusText)]
    }
    return Line(spans)
  }

  /// What may be said when no condition is active: of stale figures only what was.
  private static func calm(_ tally: Tally) -> String {
    if tally.waiting > 0 { return "waiting for sources" }
    return tally.oldestStale == nil ? "nothing burns" : "nothing burned when last seen"
  }

  private static func sources(
    _ sources: [SourceHealth], _ tally: Tally, now: Timestamp
  ) -> Line {
    let troubled = sources.count { $0.state != .ok }
    let healthy = sources.count { $0.state == .ok && $0.lastSuccess != nil }
    let silent = sources.count - troubled - healthy
    var parts: [Span] = []
    if healthy > 0 { parts.append(Span("\(Words.count(healthy, "source")) ok", .statusText)) }
    if silent > 0 { parts.append(Span("\(Words.count(silent, "source")) asked", .statusText)) }
    if troubled > 0 {
      parts.append(Span("\(Words.count(troubled, "source")) in trouble", .failed))
    }
    var spans = Array(parts.map { [$0] }.joined(separator: [Span("  ", .statusText)]))
    if let oldest = tally.oldestStale {
      spans.append(Span("  stale \(Words.age(now - oldest))", .stale))
    }
    return Line([Span(" ", .statusText)] + spans)
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
    let active = states.map(\.activeSeverity)
    total = states.count
    pages = active.count { $0 == .page }
    tickets = active.count { $0 == .ticket }
    failed = states.count { $0.status == .failed || $0.status == .invalid }
    waiting = states.count { $0.status == .waiting }
    oldestStale = states.filter { $0.status == .stale }.compactMap(\.observedAt).min()
  }
}
