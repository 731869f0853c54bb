import Connectors
import Reliability

/// What was learnt of one source before burnwatch stopped waiting; the rest is `nil`.
struct SourceFacts: Sendable {
  /// What becomes of a source's answers to demands.
  typealias Readings = [Demand: Result<Reading, ReadingFailure>]

  var contact: Result<PrometheusProbe.Contact, ConnectorError>?
  var certificate: ServerCertificate?
  var profile: ServerProfile?
  var readings: Readings?

  /// Whether the source gave no answer at all, in contrast to one that says no.
  var isCutOff: Bool {
    switch contact {
    case nil: true
    case .success: false
    case .failure(let error): error.isCutOff
    }
  }
}

extension ConnectorError {
  /// Whether there was no connection that can be trusted, or nothing came over it.
  fileprivate var isCutOff: Bool {
    switch self {
    case .unreachable, .timedOut, .untrusted, .cancelled: true
    case .unusableAddress, .answerTooLarge, .redirected, .status, .refused, .unreadable, .secret,
      .leftAlone:
      false
    }
  }
}

/// The questions that `doctor` has about an SLO.
struct Trial: Hashable, Sendable {
  let slo: SLO
  /// How far back the SLO window reaches at the time of the trial.
  let lookback: Window

  init(of slo: SLO, at instant: Timestamp) {
    self.slo = slo
    switch slo.window {
    case .rolling(let window): lookback = window
    case .calendar(let period):
      let begin = period.interval(containing: instant).lowerBound
      lookback = Window(seconds: Int((instant - begin).inSeconds))
    }
  }

  var events: Demand { Demand(slo.id, .burn(TrialObservation.window)) }
  var coverage: Demand { Demand(slo.id, .coverage(lookback)) }

  /// The same SLO without recording rules: its own expressions are what is tried, unless the
  /// definition insists on rules.
  var rawSLO: SLO {
    let preference: SLO.Route.Preference = slo.route.preference == .rules ? .rules : .query
    return SLO(
      id: slo.id, service: slo.service, name: slo.name, category: slo.category, sli: slo.sli,
      objective: slo.objective, window: slo.window, alerting: slo.alerting,
      route: SLO.Route(
        preference: preference, slothID: slo.route.slothID, pyrraName: slo.route.pyrraName),
      policy: slo.policy, source: slo.source, details: slo.details)
  }
}
