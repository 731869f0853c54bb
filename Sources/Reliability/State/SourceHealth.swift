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
    /// What went wrong, in a clause without its stop.
    package let message: String
    /// When it went wrong.
    package let at: Timestamp

    /// Makes a fault.
    package init(message: String, at: Timestamp) {
      self.message = message
      self.at = at
    }
  }

  /// What one round of questions cost.
  package struct Traffic: Hashable, Sendable {
    /// Requests sent, retries included.
    package var requests: Int
    /// Bytes of the answers' bodies, after decompression.
    package var bytes: Int

    /// Makes a sum, empty unless said otherwise.
    package init(requests: Int = 0, bytes: Int = 0) {
      self.requests = requests
      self.bytes = bytes
    }
  }

  /// An SLO whose expression the source refuses, asked again ever more rarely.
  package struct Quarantine: Hashable, Sendable {
    /// The id of the SLO.
    package let slo: SLO.ID
    /// The source's words about the expression.
    package let message: String
    /// When the SLO is asked again.
    package let nextTry: Timestamp

    /// Makes an entry.
    package init(slo: SLO.ID, message: String, nextTry: Timestamp) {
      self.slo = slo
      self.message = message
      self.nextTry = nextTry
    }
  }

  /// How many latencies are kept.
  package static let latencyCount = 120

  /// The name in the configuration.
  package let name: String
  /// The configured type, such as `prometheus`.
  package let type: String
  /// Where it is asked, without credentials.
  package let address: String
  /// Whether answers arrive.
  package var state: State
  /// When the source last answered; `nil` before the first answer.
  package var lastSuccess: Timestamp?
  /// The latest error, kept after the source has recovered.
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
  /// The SLOs that are refused, by id.
  package var quarantine: [Quarantine]
  /// What weakens trust in it, such as switched-off certificate checks.
  package var cautions: [String]

  /// Makes the health of a source that was not asked yet, unless said otherwise.
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
