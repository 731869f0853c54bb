import TestSupport

/// An SLO with what is true of it; all of them cover every kind of indicator and of window.
struct TruthCase {
  /// Its text in a configuration.
  let text: String
  let expectation: Expectation

  static var all: [TruthCase] {
    let month = "{calendar: month, timeZone: Europe/Berlin}"
    // November in Berlin began at 23:00 UTC on October 31st.
    let november = Expectation.Period.calendar(
      name: "month", length: 30 * 86_400, nominal: 30 * 86_400, elapsed: 495 * 3600)
    let rolling = { (days: Int) in
      Expectation.Period.rolling(name: "\(days)d", seconds: days * 86_400)
    }
    return [
      one("bad", TruthData.badEvents, "99.9", "30d", rolling(30), checkout),
      one("week", TruthData.badEvents, "99.9", "7d", rolling(7), checkout),
      one("day", TruthData.badEvents, "99.5", "1d", rolling(1), checkout),
      one("month", TruthData.badEvents, "99.9", month, november, checkout),
      one("good", goodEvents, "99.9", "30d", rolling(30), orders),
      one("good-month", goodEvents, "99.9", month, november, orders),
      one("ratio", goodRatio, "99.9", "30d", rolling(30), countsEvents: false, checkout),
      one("error-ratio", badRatio, "99.95", "7d", rolling(7), countsEvents: false, checkout),
      one("latency", latency, "95", "30d", rolling(30), answers),
      one("availability", availability, "99.9", "30d", rolling(30), requests),
    ]
  }

  private static func one(
    _ name: String, _ sli: String, _ objective: String, _ window: String,
    _ period: Expectation.Period, countsEvents: Bool = true,
    _ events: @escaping Expectation.Events
  ) -> TruthCase {
    let ratio = (Double(objective) ?? 0) / 100
    return TruthCase(
      text: ConfigurationText.slo(
        "shop", name, objective: objective, window: window, sli: sli),
      expectation: Expectation(
        id: "shop/\(name)", objective: ratio, period: period, countsEvents: countsEvents,
        events: events))
  }

  // MARK: - Indicators and their events

  private static let goodEvents = TruthData.events(
    good: TruthData.increase(#"orders_total{result="match"}"#),
    total: TruthData.increase("orders_total"))
  private static let goodRatio =
    "{ratio: '\(TruthData.requests("200", "rate")) / \(TruthData.requests("200|500", "rate"))'}"
  private static let badRatio =
    "{errorRatio: '\(TruthData.requests("500", "rate")) / \(TruthData.requests("200|500", "rate"))'}"
  private static let latency =
    #"{latency: {histogram: answer_seconds, threshold: 300ms, matchers: 'service="payments"'}}"#
  private static let availability =
    #"{availability: {matchers: 'service="checkout"', badMatcher: 'code=~"5..|429"', exclude: 'code="404"'}}"#

  private static func checkout(_ seconds: Int) -> (bad: Int, total: Int) {
    let bad = TruthData.failed.events(inLast: seconds)
    return (bad, bad + TruthData.good.events(inLast: seconds))
  }

  private static func orders(_ seconds: Int) -> (bad: Int, total: Int) {
    let bad = TruthData.mismatched.events(inLast: seconds)
    return (bad, bad + TruthData.matched.events(inLast: seconds))
  }

  private static func answers(_ seconds: Int) -> (bad: Int, total: Int) {
    let total = TruthData.answers.events(inLast: seconds)
    return (total - TruthData.fast.events(inLast: seconds), total)
  }

  private static func requests(_ seconds: Int) -> (bad: Int, total: Int) {
    let bad =
      TruthData.failed.events(inLast: seconds) + TruthData.throttled.events(inLast: seconds)
    return (bad, bad + TruthData.good.events(inLast: seconds))
  }
}
