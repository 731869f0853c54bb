internal import Reliability

/// What a source remembers of how it did.
struct HealthRecord {
  private let settings: SourceSettings
  private let address: SourceAddress
  private var lastSuccess: Timestamp?
  private var lastError: SourceHealth.Fault?
  /// The clocks whose last rounds, up to the last whole one, had a failure.
  private var failing: Set<Round.Pace> = []
  private var lastPoll = SourceHealth.Traffic()
  private var lastSlowRound = SourceHealth.Traffic()
  private var latencies: [Double] = []
  private var skew: ClockSkew?
  private var skewCaution: String?

  init(_ settings: SourceSettings) throws(ConnectorError) {
    self.settings = settings
    address = try SourceAddress(settings.urls.first ?? "")
  }

  mutating func succeeded(at now: Timestamp, skew observed: ClockSkew? = nil) {
    lastSuccess = now
    guard let observed else { return }
    let narrowed = skew?.narrowed(by: observed) ?? observed
    skew = narrowed
    skewCaution = narrowed.caution(wasShown: skewCaution != nil)
  }

  /// Takes in why a question has no answer, in words of its own where it has any.
  mutating func failed(_ error: ConnectorError, at now: Timestamp, words: String? = nil) {
    switch error.ending {
    case .answered: succeeded(at: now)
    case .failed: lastError = SourceHealth.Fault(message: words ?? error.message, at: now)
    case .unasked: break
    }
  }

  /// Adds up a round; a round that asked nothing of a clock leaves that clock's figures.
  ///
  /// One failure makes a round a failed one, and only a whole round of the same clock makes up for
  /// it, so that answers and failures that arrive side by side do not contradict each other. What
  /// look-ups cost is added to the last slow round.
  mutating func finish(_ round: Round) {
    let endings = round.endings
    if endings.contains(.failed) {
      failing.formUnion(round.paces)
    } else if endings == [.answered] {
      failing.subtract(round.paces)
    }
    if round.poll.traffic.requests > 0 { lastPoll = round.poll.traffic }
    if round.slow.traffic.requests > 0 { lastSlowRound = round.slow.traffic }
    lastSlowRound.requests += round.lookUps.traffic.requests
    lastSlowRound.bytes += round.lookUps.traffic.bytes
    let new = round.lookUps.latencies + round.slow.latencies + round.poll.latencies
    latencies = (latencies + new).suffix(SourceHealth.latencyCount)
  }

  /// The health as of now.
  func health(
    leftAloneUntil: Timestamp?, isOpen: Bool, retries: Int,
    quarantine: [SourceHealth.Quarantine], cautions: [String]
  ) -> SourceHealth {
    let isWhole = failing.isEmpty && quarantine.isEmpty
    let regular = failing.isEmpty ? nil : lastError.map { $0.at + settings.refresh }
    return SourceHealth(
      name: settings.name, type: settings.kind.rawValue, address: address.description,
      state: isOpen ? .open : isWhole ? .ok : .degraded, lastSuccess: lastSuccess,
      lastError: lastError, nextTry: leftAloneUntil ?? regular, lastPoll: lastPoll,
      lastSlowRound: lastSlowRound, retries: retries, latencies: latencies,
      quarantine: quarantine, cautions: ownCautions + cautions)
  }

  private var ownCautions: [String] {
    var cautions: [String] = []
    if settings.tls.skipsVerification, address.isSecure {
      cautions.append(
        "certificates are not checked (tls.insecureSkipVerify), "
          + "so anyone on the way can change figures")
    }
    if address.hadCredentials {
      cautions.append("the user name and password in the url are not sent; use auth: basic")
    }
    if let skewCaution { cautions.append(skewCaution) }
    return cautions
  }
}
