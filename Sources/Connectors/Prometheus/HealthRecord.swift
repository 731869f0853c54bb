internal import Reliability

/// What a source remembers of how it did.
struct HealthRecord {
  private let settings: SourceSettings
  private let address: SourceAddress
  private var lastSuccess: Timestamp?
  private var lastError: SourceHealth.Fault?
  private var isFailing = false
  private var lastPoll = SourceHealth.Traffic()
  private var lastSlowRound = SourceHealth.Traffic()
  private var latencies: [Double] = []

  /// How many latencies are kept.
  private static let latencyCount = 120

  init(_ settings: SourceSettings) throws(ConnectorError) {
    self.settings = settings
    address = try SourceAddress(settings.urls.first ?? "")
  }

  mutating func succeeded(at now: Timestamp) {
    lastSuccess = now
    isFailing = false
  }

  /// A refused expression is no failure of the source: it answered.
  mutating func failed(_ error: ConnectorError, at now: Timestamp) {
    switch error {
    case .cancelled, .leftAlone: return
    case .refused(let refusal) where refusal.kind != .serverTrouble: return succeeded(at: now)
    case .refused, .unusableAddress, .unreachable, .timedOut, .untrusted, .answerTooLarge,
      .redirected, .status, .unreadable, .secret:
      lastError = SourceHealth.Fault(message: error.message, at: now)
      isFailing = true
    }
  }

  /// Adds up a round; a round that asked nothing of a clock leaves that clock's figures.
  mutating func add(poll: TrafficLedger, slow: TrafficLedger) {
    if poll.traffic.requests > 0 { lastPoll = poll.traffic }
    if slow.traffic.requests > 0 { lastSlowRound = slow.traffic }
    latencies = (latencies + slow.latencies + poll.latencies).suffix(HealthRecord.latencyCount)
  }

  func health(
    leftAloneUntil: Timestamp?, isOpen: Bool, retries: Int, quarantine: [SourceHealth.Quarantine],
    cautions: [String]
  ) -> SourceHealth {
    let isWhole = !isFailing && quarantine.isEmpty
    let regular = isFailing ? lastError.map { $0.at + settings.refresh } : nil
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
    return cautions
  }
}
