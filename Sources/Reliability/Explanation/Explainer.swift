/// Writes the sections of an explanation; this file holds what they share, and the definition.
struct Explainer {
  typealias Section = Explanation.Section
  typealias Step = Explanation.Step

  let state: ServiceLevelState
  let now: Timestamp

  var slo: SLO { state.slo }

  // MARK: - Terms

  /// The error budget as a term of formulas.
  var budget: Formula { Formula("budget", slo.objective.budget) }

  /// The length that factors are scaled by, in seconds.
  var nominalLength: Formula {
    Formula(lengthName, Fraction(slo.window.nominalLength.seconds))
  }

  /// What that length is called: calendar periods differ from it.
  private var lengthName: String {
    switch slo.window {
    case .rolling: "window"
    case .calendar: "nominalLength"
    }
  }

  /// The events of a window as terms of formulas.
  func terms(over window: String, _ share: EventShare) -> ShareTerms {
    ShareTerms(
      bad: share.bad.map { Formula("bad(\(window))", $0) },
      total: share.total.map { Formula("total(\(window))", $0) },
      errorRatio: Formula("errorRatio(\(window))", share.errorRatio))
  }

  /// The terms of one window.
  struct ShareTerms {
    let bad: Formula?
    let total: Formula?
    let errorRatio: Formula
  }

  /// Seconds between two instants.
  func seconds(_ length: Duration) -> String { "\(Formula.text(of: length.inSeconds)) s" }

  // MARK: - The definition

  /// What is promised.
  var objective: Section {
    let exact = slo.objective.budget
    return Section(
      title: "Objective",
      steps: [
        Step("indicator", .text(indicator)),
        Step("objective", .exact(slo.objective.target)),
        Step(
          "budget", .exact(exact), by: 1 - Formula("objective", slo.objective.target),
          note: "exactly \(exact.numerator)/\(exact.denominator)"),
        Step(
          lengthName, .number(Double(slo.window.nominalLength.seconds), .seconds),
          note: windowNote),
      ])
  }

  private var windowNote: String {
    switch slo.window {
    case .rolling(let window): "\(window), moving with the clock"
    case .calendar(let period):
      "scales factors; the \(period.unit.rawValue)s of \(period.timeZone) have their real length"
    }
  }

  private var indicator: String {
    switch slo.sli {
    case .events(.bad, _): "bad events of all events"
    case .events(.good, _): "good events of all events; the others are bad"
    case .goodRatio: "one query gives the share of good events; what is missing to 1 is bad"
    case .errorRatio: "one query gives the share of bad events"
    case .latency(let latency):
      "events of \(latency.histogram) that took at most \(latency.threshold) s are good"
    case .availability(let sli):
      "events of \(sli.counter) with \(Explainer.list(sli.bad)) are bad"
        + (sli.excluded.isEmpty ? "" : "; those with \(Explainer.list(sli.excluded)) do not count")
    }
  }

  private static func list(_ matchers: [LabelMatcher]) -> String {
    matchers.map(\.description).joined(separator: ",")
  }
}
