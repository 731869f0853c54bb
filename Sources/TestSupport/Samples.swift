package import Reliability

/// A text in a test's sample that is no such value.
package struct UnreadableSample: Error, CustomStringConvertible {
  /// The text and what it should have been.
  package let description: String
}

extension Fraction {
  /// The exact number of a plain decimal.
  ///
  /// - Throws: `UnreadableSample` for other text.
  package static func sample(_ decimal: String) throws -> Fraction {
    guard let number = Fraction(decimal: decimal) else {
      throw UnreadableSample(description: "\(decimal) is no decimal number")
    }
    return number
  }
}

extension Objective {
  /// The objective of a ratio such as `0.999`.
  ///
  /// - Throws: `UnreadableSample` for a text that is no objective.
  package static func sample(_ ratio: String = "0.999") throws -> Objective {
    guard let objective = Objective(try .sample(ratio)) else {
      throw UnreadableSample(description: "\(ratio) is no objective")
    }
    return objective
  }
}

extension Timestamp {
  /// The instant of an RFC 3339 text.
  ///
  /// - Throws: `UnreadableSample` for other text.
  package static func sample(_ text: String) throws -> Timestamp {
    guard let instant = Timestamp(rfc3339: text) else {
      throw UnreadableSample(description: "\(text) is no RFC 3339 time")
    }
    return instant
  }
}

extension ObjectiveWindow {
  /// A calendar period in a time zone.
  ///
  /// - Throws: `UnreadableSample` for a time zone the machine does not know.
  package static func calendarSample(
    _ unit: CalendarUnit, timeZone: String = "UTC"
  ) throws -> ObjectiveWindow {
    guard let period = CalendarPeriod(unit, timeZone: timeZone) else {
      throw UnreadableSample(description: "\(timeZone) is no time zone of this machine")
    }
    return .calendar(period)
  }
}

extension SLI {
  /// An event indicator that counts bad requests.
  package static let badEventsSample = SLI.events(
    numerator: .bad("sum(increase(errors_total[{{window}}]))"),
    total: "sum(increase(requests_total[{{window}}]))")

  /// An event indicator that counts good requests.
  package static let goodEventsSample = SLI.events(
    numerator: .good("sum(increase(answers_total[{{window}}]))"),
    total: "sum(increase(requests_total[{{window}}]))")
}

extension SLO {
  /// An SLO of 99.9 % over 30 days on the source `shop`, unless said otherwise.
  ///
  /// - Parameters:
  ///   - service: The service.
  ///   - name: The name within the service.
  ///   - sli: What is measured.
  ///   - objective: The target as a ratio, such as `0.999`.
  ///   - window: The SLO window.
  ///   - alerting: The conditions.
  ///   - source: The name of the metric source.
  /// - Returns: The definition, identified by `service/name`.
  /// - Throws: `UnreadableSample` for a text that is no objective.
  package static func sample(
    service: String = "checkout", name: String = "availability", sli: SLI = .badEventsSample,
    objective: String = "0.999", window: ObjectiveWindow = .rolling(.days(30)),
    alerting: Alerting = Alerting(), source: String = "shop"
  ) throws -> SLO {
    SLO(
      id: "\(service)/\(name)", service: service, name: name, category: .availability, sli: sli,
      objective: try .sample(objective), window: window, alerting: alerting, source: source)
  }
}

extension EventShare {
  /// The share of counted events.
  package static func sample(bad: Double, of total: Double) -> EventShare {
    EventShare(total: total, bad: bad, errorRatio: bad / total)
  }
}

extension Reading {
  /// Counted events, as a raw query gives them.
  package static func sample(
    _ numerator: Double?, of total: Double?, at instant: Timestamp, warnings: [String] = []
  ) -> Reading {
    Reading(
      observedAt: instant,
      answer: .events(numerator: numerator, total: total, nearestBuckets: []),
      provenance: Provenance(route: .query, warnings: warnings))
  }

  /// Seconds with data.
  package static func coverageSample(seconds: Double, at instant: Timestamp) -> Reading {
    Reading(
      observedAt: instant, answer: .coverage(seconds: seconds),
      provenance: Provenance(route: .query))
  }

  /// A recent past.
  package static func historySample(_ past: [HistorySample], at instant: Timestamp) -> Reading {
    Reading(observedAt: instant, answer: .history(past), provenance: Provenance(route: .query))
  }
}
