/// All runbooks there are, to find those that belong to an alert.
package struct RunbookLibrary: Hashable, Sendable {
  /// The runbooks, in the order of the files.
  package let runbooks: [Runbook]
  /// The paths that addresses of runbooks stand for, by the beginning of the address.
  package let pathsByPrefix: [String: String]

  private let triggers: [[CompiledTrigger]]
  /// The names of each runbook and its file, folded.
  private let names: [Set<String>]

  /// Makes a library.
  ///
  /// - Parameters:
  ///   - runbooks: The runbooks, in the order of the files.
  ///   - pathsByPrefix: The directories, or files, that beginnings of addresses stand for.
  package init(_ runbooks: [Runbook] = [], pathsByPrefix: [String: String] = [:]) {
    self.runbooks = runbooks
    self.pathsByPrefix = pathsByPrefix
    triggers = runbooks.map { $0.triggers.compactMap(CompiledTrigger.init) }
    names = runbooks.map { runbook in
      Set([runbook.id, RunbookAddress.fileName(of: runbook.origin.file)].map(\.folded))
    }
  }

  /// The runbook of a name.
  package func runbook(named id: Runbook.ID) -> Runbook? { runbooks.first { $0.id == id } }

  /// The runbooks of an SLO: the one it names, then those about its service.
  package func runbooks(of slo: SLO) -> [Runbook] {
    let named = slo.details.runbook.map { RunbookAddress($0, pathsByPrefix: pathsByPrefix) }
    let own = runbooks.indices.filter { index in
      named.map { names[index].contains($0.name.folded) } ?? false
    }
    let others = runbooks.indices.filter {
      runbooks[$0].service == slo.service && !own.contains($0)
    }
    return (own + others).map { runbooks[$0] }
  }

  /// The runbooks that belong to an alert, the best first, each once and with its best reason.
  package func matches(for alert: Alert) -> [RunbookMatch] {
    let clues = Clues(alert, pathsByPrefix: pathsByPrefix)
    let found = runbooks.indices.compactMap { index -> (index: Int, match: RunbookMatch)? in
      reason(for: alert, clues, index)
        .map { (index, RunbookMatch(runbook: runbooks[index], reason: $0)) }
    }
    return found.sorted { left, right in
      let ranks = (left.match.reason.rank, right.match.reason.rank)
      return ranks.0 == ranks.1 ? left.index < right.index : ranks.0 < ranks.1
    }.map(\.match)
  }

  private func reason(for alert: Alert, _ clues: Clues, _ index: Int) -> RunbookMatch.Reason? {
    let (runbook, names) = (runbooks[index], names[index])
    let fulfilled = triggers[index].filter { $0.matches(alert) }.map(\.trigger)
    if let trigger = fulfilled.max(by: { $0.matchers.count < $1.matchers.count }) {
      return .trigger(trigger.alert, matchers: trigger.matchers)
    }
    if let address = clues.addresses.first(where: { $0.leads(to: runbook.origin.file) }) {
      return .address(address.text)
    }
    if let name = clues.names.first(where: { names.contains($0.folded) }) {
      return .fileName(name.text)
    }
    if names.contains(clues.alertName) { return .alertName(alert.name) }
    if let service = alert.service, service == runbook.service { return .service(service) }
    return nil
  }

  /// What an alert says of its runbook, made ready once for all runbooks.
  private struct Clues {
    let addresses: [RunbookAddress]
    /// The names that it gives, as written and folded.
    let names: [(text: String, folded: String)]
    let alertName: String

    init(_ alert: Alert, pathsByPrefix: [String: String]) {
      addresses = ["runbook_url", "runbook"].map { alert.annotations[$0] }
        .filter { !$0.isEmpty }.map { RunbookAddress($0, pathsByPrefix: pathsByPrefix) }
      let own = alert.runbook.map { [(text: $0, folded: $0.folded)] } ?? []
      names = addresses.map { (text: $0.text, folded: $0.name.folded) } + own
      alertName = alert.name.folded
    }
  }

  /// A trigger whose matchers are ready; one with a broken pattern matches nothing.
  private struct CompiledTrigger: Hashable {
    let trigger: Runbook.Trigger
    private let matchers: [AlertMatcher]

    init?(_ trigger: Runbook.Trigger) {
      guard let matchers = try? AlertMatcher.compiled(trigger.matchers) else { return nil }
      self.trigger = trigger
      self.matchers = matchers
    }

    func matches(_ alert: Alert) -> Bool {
      alert.name == trigger.alert && matchers.matches(alert.labels)
    }
  }
}

/// A runbook that belongs to an alert.
package struct RunbookMatch: Hashable, Sendable {
  /// Why a runbook belongs to an alert; the cases stand in their order of preference.
  package enum Reason: Hashable, Sendable {
    /// Its trigger names the alert.
    case trigger(String, matchers: [LabelMatcher])
    /// The alert's address leads to its file.
    case address(String)
    /// The alert's address, or its SLO, ends with its name.
    case fileName(String)
    /// It has the name of the alert.
    case alertName(String)
    /// It is about the alert's service.
    case service(String)
  }

  /// The runbook.
  package let runbook: Runbook
  /// Why it belongs to the alert.
  package let reason: Reason
}

extension RunbookMatch.Reason: CustomStringConvertible {
  /// The reason as a clause: `its trigger names ErrorBudgetBurn{service="checkout"}`.
  package var description: String {
    switch self {
    case .trigger(let alert, let matchers):
      "its trigger names \(alert)\(matchers.isEmpty ? "" : LabelMatcher.text(of: matchers))"
    case .address(let address): "the alert's address \(address) leads to its file"
    case .fileName(let name): "the alert names it: \(name)"
    case .alertName(let alert): "it has the name of the alert \(alert)"
    case .service(let service): "it is about the service \(service)"
    }
  }

  /// The smaller, the better; of triggers the one that asks for more.
  fileprivate var rank: Int {
    switch self {
    case .trigger(_, let matchers): -matchers.count
    case .address: 1
    case .fileName: 2
    case .alertName: 3
    case .service: 4
    }
  }
}
