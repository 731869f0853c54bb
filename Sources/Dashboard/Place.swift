package import Reliability

/// A view the operator can be in.
package enum Place: Hashable, Sendable {
  /// The top: all service levels.
  case overview
  /// One service, by name.
  case service(String)
  /// Why an SLO's figures are what they are.
  case debug(SLO.ID)
  /// All alerts.
  case alerts
  /// One alert.
  case alert(Alert.ID)
  /// All silences.
  case silences
  /// All runbooks.
  case runbooks
  /// One runbook, with what it is open for.
  case runbook(RunbookPlace)
  /// What a runbook would do.
  case dryRun(RunbookPlace)
  /// Who is on call.
  case onCall
  /// One person of a team, by the short name.
  case person(String, team: String)
  /// All sources.
  case sources
  /// What is wrong with the configuration.
  case problems
  /// The keys.
  case help

  /// The name in the breadcrumbs.
  var title: String {
    switch self {
    case .overview: "Overview"
    case .service(let name): name
    case .debug: "why"
    case .alerts: "Alerts"
    case .alert: "alert"
    case .silences: "Silences"
    case .runbooks: "Runbooks"
    case .runbook(let place): place.runbook
    case .dryRun: "dry run"
    case .onCall: "On call"
    case .person(let person, _): person
    case .sources: "Sources"
    case .problems: "Problems"
    case .help: "Help"
    }
  }
}

/// The way to the current place, and the places that were left.
struct Trail: Hashable, Sendable {
  /// From the top view to the current one; never empty.
  private(set) var path: [Place] = [.overview]
  private var past: [[Place]] = []
  private var future: [[Place]] = []

  var current: Place { path.last ?? .overview }
  var isAtTop: Bool { path.count == 1 && current == .overview }
  var canGoBack: Bool { !past.isEmpty }
  var canGoForward: Bool { !future.isEmpty }

  /// Drills into a place below the current one.
  mutating func open(_ place: Place) {
    guard place != current else { return }
    move(to: path + [place])
  }

  /// Leaves the current place for the one above it.
  mutating func close() {
    guard path.count > 1 else { return }
    move(to: path.dropLast())
  }

  /// Goes to a place straight below the top.
  mutating func jump(to place: Place) {
    guard place != current else { return }
    move(to: place == .overview ? [.overview] : [.overview, place])
  }

  mutating func goBack() {
    guard let last = past.popLast() else { return }
    future.append(path)
    path = last
  }

  mutating func goForward() {
    guard let next = future.popLast() else { return }
    past.append(path)
    path = next
  }

  private mutating func move(to newPath: [Place]) {
    // A long watch must not grow without bound.
    past = past.suffix(99) + [path]
    future = []
    path = newPath
  }
}
