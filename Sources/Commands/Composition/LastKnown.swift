import Foundation
import Operations
import Reliability

/// What was known when burnwatch last ran: kept in the journal, so that the first frame shows it with its
/// age instead of nothing.
///
/// A service level that is defined differently by now starts anew.
struct LastKnown: Codable, Sendable {
  /// The name of the document in the journal.
  private static let name = "last-known"
  /// The most alerts that are kept, the most urgent first; a first frame shows no more.
  private static let alertLimit = 300
  /// Older knowledge is no help.
  private static let longestAge = Duration.seconds(86_400)

  private let levels: [String: Level]
  private let alerts: [KnownAlert]

  /// Reads what is kept.
  ///
  /// - Parameters:
  ///   - journal: Where it is kept.
  ///   - slos: The service levels of today.
  ///   - now: The time.
  /// - Returns: What a session may begin with; nothing when there is none or it is too old.
  static func memory(
    in journal: any JournalStore, for slos: [SLO], at now: Timestamp
  ) async -> Session.Memory {
    guard let document = try? await journal.document(named: name),
      now - document.at < longestAge,
      let known = try? JSONDecoder().decode(LastKnown.self, from: Data(document.bytes))
    else { return Session.Memory() }
    var memory = Session.Memory(alertsAt: document.at)
    for slo in slos {
      guard let level = known.levels[slo.id], level.definition == LastKnown.digest(of: slo) else {
        continue
      }
      memory.readings[slo] = level.readings(of: slo)
    }
    for alert in known.alerts.map(\.alert) { memory.alerts[alert.id] = alert }
    return memory
  }

  /// Keeps what is known; a journal that cannot be written is told elsewhere.
  static func keep(
    _ memory: Session.Memory, in journal: any JournalStore, at now: Timestamp
  ) async {
    let known = LastKnown(memory)
    guard let bytes = try? JSONEncoder().encode(known) else { return }
    try? await journal.keep([UInt8](bytes), named: name, at: now)
  }

  private init(_ memory: Session.Memory) {
    let pairs = memory.readings.map { slo, known in
      (slo.id, Level(known, definition: LastKnown.digest(of: slo)))
    }
    levels = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    alerts = memory.alerts.values.filter { $0.state != .resolved }
      .sorted { ($0.severity.rawValue, $0.state, $0.id) > ($1.severity.rawValue, $1.state, $1.id) }
      .suffix(LastKnown.alertLimit).map(KnownAlert.init)
  }

  /// What a definition's figures rest on, as a short text that is the same in every run.
  private static func digest(of slo: SLO) -> String {
    LabelSet(["sli": "\(slo.sli)", "window": "\(slo.window)", "source": slo.source]).fingerprint
  }
}

extension LastKnown {
  /// The readings of one service level.
  private struct Level: Codable {
    let definition: String
    var burns: [Int: KnownReading] = [:]
    var objective: KnownReading?
    var coverage: KnownReading?
    var history: [Sample] = []

    init(_ known: KnownReadings, definition: String) {
      self.definition = definition
      for (window, word) in known.burns {
        burns[window.seconds] = word.reading.flatMap(KnownReading.init)
      }
      objective = known.objective.reading.flatMap(KnownReading.init)
      coverage = known.coverage.reading.flatMap(KnownReading.init)
      history = known.history.map { Sample(at: $0.at.milliseconds, ratio: $0.errorRatio) }
    }

    func readings(of slo: SLO) -> KnownReadings {
      var known = KnownReadings()
      func record(_ kept: KnownReading?, _ question: Demand.Question) {
        guard let reading = kept?.reading else { return }
        known.record(.success(reading), for: question, of: slo.sli)
      }
      let window = slo.window.nominalLength
      for burn in slo.burnWindows { record(burns[burn.seconds], .burn(burn)) }
      record(objective, .objective(window))
      record(coverage, .coverage(window))
      let samples = history.map {
        HistorySample(at: Timestamp(milliseconds: $0.at), errorRatio: $0.ratio)
      }
      if let last = samples.last {
        let past = Reading(
          observedAt: last.at, answer: .history(samples), provenance: Provenance(route: .query))
        known.record(
          .success(past),
          for: .history(Scheduler.history.length, step: Scheduler.history.step), of: slo.sli)
      }
      return known
    }
  }

  private struct Sample: Codable {
    let at: Int64
    let ratio: Double?
  }

  /// One reading: counts, a ratio, or seconds of coverage.
  private struct KnownReading: Codable {
    let at: Int64
    let route: String
    var numerator: Double?
    var total: Double?
    var ratio: Double?
    var coverage: Double?

    init?(_ reading: Reading) {
      at = reading.observedAt.milliseconds
      route = reading.provenance.route.rawValue
      switch reading.answer {
      case .events(let numerator?, let total?, _): (self.numerator, self.total) = (numerator, total)
      case .errorRatio(let ratio?, let total): (self.ratio, self.total) = (ratio, total)
      case .coverage(let seconds): coverage = seconds
      case .events, .errorRatio, .history: return nil
      }
    }

    var reading: Reading? {
      let answer: Reading.Answer
      if let coverage {
        answer = .coverage(seconds: coverage)
      } else if let ratio {
        answer = .errorRatio(ratio, total: total)
      } else if let numerator, let total {
        answer = .events(numerator: numerator, total: total, nearestBuckets: [])
      } else {
        return nil
      }
      return Reading(
        observedAt: Timestamp(milliseconds: at), answer: answer,
        provenance: Provenance(route: Provenance.Route(rawValue: route) ?? .query))
    }
  }

  /// An alert without what changes from look to look.
  private struct KnownAlert: Codable {
    let cluster: String
    let fingerprint: String
    let labels: [String: String]
    let annotations: [String: String]
    let severity: String
    let service: String?
    let team: String?
    let slo: String?
    let flags: [String]
    let startsAt: Int64
    let firstSeenAt: Int64
    let sources: [String]
    let runbook: String?
    let acknowledgedBy: String?

    init(_ alert: Alert) {
      let facts = alert.facts
      cluster = facts.id.cluster
      fingerprint = facts.id.fingerprint
      labels = facts.labels.dictionary
      annotations = facts.annotations.dictionary
      severity = facts.severity.rawValue
      service = facts.service
      team = facts.team
      slo = facts.slo
      flags = facts.flags.map(\.rawValue).sorted()
      startsAt = facts.startsAt.milliseconds
      firstSeenAt = facts.firstSeenAt.milliseconds
      sources = facts.sources
      runbook = facts.runbook
      acknowledgedBy = facts.acknowledgement?.by
    }

    var alert: Alert {
      let start = Timestamp(milliseconds: startsAt)
      return Alert(
        Alert.Facts(
          id: Alert.ID(cluster: cluster, fingerprint: fingerprint), labels: LabelSet(labels),
          annotations: LabelSet(annotations), severity: Severity(rawValue: severity) ?? .info,
          service: service, team: team, slo: slo,
          flags: Set(flags.compactMap(Alert.State.init)), startsAt: start,
          firstSeenAt: Timestamp(milliseconds: firstSeenAt),
          acknowledgement: acknowledgedBy.map {
            Acknowledgement(by: $0, at: start, until: nil, comment: "", delivery: .confirmed)
          },
          sources: sources, runbook: runbook))
    }
  }
}
