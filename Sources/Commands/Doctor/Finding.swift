/// One thing that `doctor` looked at: what was found and, where something is to be done, what.
struct Finding: Hashable, Sendable {
  /// How grave it is.
  enum Status: String, CaseIterable, Hashable, Sendable {
    /// The words of text and JSON.
    case ok, warning, error, skipped
  }

  /// What a finding is about; text is grouped by it.
  enum Subject: Hashable, Sendable {
    case terminal, time, permissions, configuration, journal
    case source(String)
    case calendar(String)
    case serviceLevel(String)

    /// The heading in text and the value in JSON.
    var name: String {
      switch self {
      case .terminal: "terminal"
      case .time: "time"
      case .permissions: "permissions"
      case .configuration: "configuration"
      case .journal: "journal"
      case .source(let name): "source \(name)"
      case .calendar(let name): "calendar \(name)"
      case .serviceLevel(let id): "slo \(id)"
      }
    }
  }

  let subject: Subject
  /// Which look it was, such as `retention`; stable, for scripts.
  let check: String
  let verdict: Verdict

  init(_ subject: Subject, _ observation: some Observation) {
    self.subject = subject
    check = observation.check
    verdict = observation.verdict
  }
}

/// A status with its sentences.
struct Verdict: Hashable, Sendable {
  let status: Finding.Status
  /// What was found, in sentences.
  let found: String
  /// What to do, in sentences; `nil` when nothing is to be done.
  let advice: String?

  static func ok(_ found: String) -> Verdict {
    Verdict(status: .ok, found: found, advice: nil)
  }
  static func warning(_ found: String, _ advice: String) -> Verdict {
    Verdict(status: .warning, found: found, advice: advice)
  }
  static func error(_ found: String, _ advice: String) -> Verdict {
    Verdict(status: .error, found: found, advice: advice)
  }
  static func skipped(_ found: String, _ advice: String? = nil) -> Verdict {
    Verdict(status: .skipped, found: found, advice: advice)
  }
}

/// What a check saw, as data; the folder Observations is the one place that makes sentences of it.
protocol Observation: Hashable, Sendable {
  /// The name of the check, stable across versions.
  var check: String { get }
  var verdict: Verdict { get }
}
