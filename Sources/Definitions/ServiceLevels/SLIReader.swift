import Reliability

/// Reads the `sli` of an SLO.
struct SLIReader {
  private enum Key: String, SectionKey {
    case events, ratio, errorRatio, latency, availability, threshold
  }
  private enum EventsKey: String, SectionKey { case good, bad, total }
  private enum LatencyKey: String, SectionKey { case histogram, threshold, matchers }
  private enum AvailabilityKey: String, SectionKey { case counter, matchers, badMatcher, exclude }

  let conventions: Conventions
  let service: String

  func read(_ value: Value) -> SLI? {
    guard let section = Section<Key>(value),
      let (key, value) = section.exactlyOne(of: Key.allCases)
    else { return nil }
    switch key {
    case .events:
      return events(value)
    case .ratio:
      value.report(.serviceLevel(.ratioHidesOutage))
      return value.expression().map(SLI.goodRatio)
    case .errorRatio:
      return value.expression().map(SLI.errorRatio)
    case .latency:
      return latency(value)
    case .availability:
      return availability(value)
    case .threshold:
      let instead = "Write events, availability or latency."
      value.report(.serviceLevel(.unsupported("The indicator threshold", instead: instead)))
      return nil
    }
  }

  private func events(_ value: Value) -> SLI? {
    guard let section = Section<EventsKey>(value) else { return nil }
    let example = "'sum(increase(http_requests_total[{{window}}]))'"
    let total = section.required(.total, example: example)?.expression()
    guard let (key, value) = section.exactlyOne(of: [.good, .bad]),
      let counted = value.expression(), let total
    else { return nil }
    return .events(numerator: key == .good ? .good(counted) : .bad(counted), total: total)
  }

  private func latency(_ value: Value) -> SLI? {
    guard let section = Section<LatencyKey>(value) else { return nil }
    let histogram = section[.histogram]?.histogramName() ?? conventions.histogram
    let matchers = section[.matchers]?.matchers() ?? conventions.matchers(of: service)
    guard let threshold = section.required(.threshold, example: "300ms")?.latency() else {
      return nil
    }
    return .latency(LatencySLI(histogram: histogram, threshold: threshold, matchers: matchers))
  }

  private func availability(_ value: Value) -> SLI? {
    guard let section = Section<AvailabilityKey>(value) else { return nil }
    let bad = section[.badMatcher]?.badMatchers(statusLabel: conventions.statusLabel)
    return .availability(
      AvailabilitySLI(
        counter: section[.counter]?.text() ?? conventions.counter,
        matchers: section[.matchers]?.matchers() ?? conventions.matchers(of: service),
        bad: bad ?? conventions.bad,
        excluded: section[.exclude]?.matchers() ?? conventions.excluded))
  }
}

extension Value {
  /// A histogram's name; the `_bucket` of its series is tolerated.
  func histogramName() -> String? {
    guard let name = text() else { return nil }
    guard name.hasSuffix("_bucket") else { return name }
    report(.serviceLevel(.bucketSuffix(name)))
    return String(name.dropLast("_bucket".count))
  }

  /// What a bad event matches: matchers, or only the pattern of the status label, such as `5..`.
  func badMatchers(statusLabel: String) -> [LabelMatcher]? {
    if let text = scalarText?.trimmed, !text.isEmpty,
      !text.contains(where: { "=~\"'{".contains($0) })
    {
      return [LabelMatcher(statusLabel, .matches, text)]
    }
    let matchers = matchers()
    return matchers.isEmpty ? nil : matchers
  }
}
