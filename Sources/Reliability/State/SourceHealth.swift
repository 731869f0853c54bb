/// How a source of metrics or alerts is doing.
package struct SourceHealth: Hashable, Sendable {
  /// The state of the circuit breaker, and whether what gets through is whole.
  package enum State: String, Hashable, Sendable {
    /// Answers arrive.
    case ok
    /// Some questions fail, or the source is being tried again.
    case degraded
    /// The source is left alone until the next try.
    case open
  }

  /// An error with its time.
  package struct Fault: Hashable, Sendable {
    package let message: String
    package let at: Timestamp

    package init(message: String, at: Timestamp) {
      self.message = message
      self.at = at
    }
  }

  /// What one round of questions cost.
  package struct Traffic: Hashable, Sendable {
    package var requests: Int
    package var bytes: Int

    package init(requests: Int = 0, bytes: Int = 0) {
      self.requests = requests
      self.bytes = bytes
    }
  }

  /// An SLO whose expression the source refuses, asked again ever more rarely.
  package struct Quarantine: Hashable, Sendable {
    package let slo: SLO.ID
    package let message: String
    package let nextTry: Timestamp

    package init(slo: SLO.ID, message: String, nextTry: Timestamp) {
      self.slo = slo
      self.message = message
      self.nextTry = nextTry
    }
  }

  package let name: String
  /// The configured type, such as `prometheus`.
  package let type: String
  /// Where it is asked, without credentials.
  package let address: String
  package var state: State
  package var lastSuccess: Timestamp?
  package var lastError: Fault?
  /// When it is asked again, while something is wrong.
  package var nextTry: Timestamp?
  /// The last poll of the burn windows.
  package var lastPoll: Traffic
  /// The last round of slow-clock questions.
  package var lastSlowRound: Traffic
  /// Retries since start.
  package var retries: Int
  /// The latest request latencies in seconds, oldest first.
  package var latencies: [Double]
  package var quarantine: [Quarantine]
  /// What weakens trust in it, such as switched-off certificate checks.
  package var cautions: [String]

  package init(
    name: String, type: String, address: String, state: State = .ok, lastSuccess: Timestamp? = nil,
    lastError: Fault? = nil, nextTry: Timestamp? = nil, lastPoll: Traffic = Traffic(),
    lastSlowRound: Traffic = Traffic(), retries: Int = 0, latencies: [Double] = [],
    quarantine: [Quarantine] = [], cautions: [String] = []
  ) {
    self.name = name
    self.type = type
    self.address = address
    self.state = state
    self.lastSuccess = lastSuccess
    self.lastError = lastError
    self.nextTry = nextTry
    self.lastPoll = lastPoll
    self.lastSlowRound = lastSlowRound
    self.retries = retries
    self.latencies = latencies
    self.quarantine = quarantine
    self.cautions = cautions
  }

  /// The latency in seconds below which a share of the latest requests stayed.
  package func latency(percentile share: Double) -> Double? {
    guard !latencies.isEmpty else { return nil }
    let rank = Int((share * Double(latencies.count)).rounded(.up)) - 1
    return latencies.sorted()[min(max(rank, 0), latencies.count - 1)]
  }
}
