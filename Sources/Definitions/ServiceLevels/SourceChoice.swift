import Reliability

/// The sources an SLO can ask.
struct SourceChoice {
  private let sources: [DeclaredSource]
  /// Whether all sources are known; a file that is checked by itself may leave them to another.
  let isComplete: Bool

  init(_ sources: [DeclaredSource], isComplete: Bool) {
    self.sources = sources
    self.isComplete = isComplete
  }

  private var metricSources: [String] {
    sources.filter { $0.kind == .prometheus }.map(\.name)
  }

  /// The source an SLO names, or the only one there is.
  ///
  /// - Returns: `nil` when there is none to ask, which is reported.
  func name(_ value: Value?, for slo: Value) -> String? {
    guard isComplete else { return value.map { $0.text() } ?? "" }
    if let value { return name(writtenIn: value) }
    guard let only = metricSources.first else {
      slo.report(.sloSource(.none))
      return nil
    }
    guard metricSources.count == 1 else {
      slo.report(.sloSource(.ambiguous(metricSources)))
      return nil
    }
    return only
  }

  /// The PagerDuty source a calendar names, or the only one there is.
  ///
  /// - Returns: `nil` when there is none to ask, which is reported.
  func pagerDuty(_ value: Value?, for calendar: Value) -> String? {
    guard isComplete else { return value.map { $0.text() } ?? "" }
    let known = sources.filter { $0.kind == .pagerduty }.map(\.name)
    guard let only = known.first else {
      calendar.report(.onCall(.withoutPagerDuty))
      return nil
    }
    guard let value else {
      guard known.count > 1 else { return only }
      calendar.report(.onCall(.severalPagerDuties(known)))
      return nil
    }
    guard let name = value.text() else { return nil }
    guard known.contains(name) else {
      value.reportUnknown(name, "PagerDuty source", among: known)
      return nil
    }
    return name
  }

  private func name(writtenIn value: Value) -> String? {
    guard let name = value.text() else { return nil }
    guard let source = sources.first(where: { $0.name == name }) else {
      let known = metricSources
      let nearest = NearestMatch.of(name, among: known)
      let problem = SLOSourceProblem.unknown(name, nearest: nearest, known: known)
      value.report(.sloSource(known.isEmpty ? .none : problem))
      return nil
    }
    // A source whose type is wrong has its own diagnostic already.
    guard let kind = source.kind, kind != .prometheus else { return name }
    value.report(.sloSource(.withoutMetrics(name, kind)))
    return nil
  }
}
