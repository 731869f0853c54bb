import Reliability

/// Decides what is to happen to a request next; pure, time is an argument.
///
/// An acknowledgement is a standing request: told once, then kept alive while its alert goes on, and
/// taken back when the alert has ended.
struct OutboxRules: Sendable {
  /// What is to happen now.
  enum Decision: Hashable {
    /// Nothing before an instant at the earliest, or before news when there is none.
    case wait(until: Timestamp?)
    /// Something is to be done at the backend.
    case attempt(DeliveryStep)
    /// It was seen at the backend; with until when it stands.
    case confirm(silence: Silence.ID?, until: Timestamp?)
    /// A second silence of the same request is to be expired.
    case expireTwin(Silence)
    /// It is over; nothing needs to be done outside.
    case end(reason: String)
    /// It is over once the backend has forgotten it.
    case withdraw(reason: String)
  }

  /// What is known of a request beside its record, in this process only.
  struct Memory: Hashable, Sendable {
    /// Since when its alert is certainly absent.
    var absentSince: Timestamp?
    /// The labels of its alert, as long as it was seen.
    var labels: LabelSet?
    /// Whether a Prometheus server said that it is active.
    var wasActiveInPrometheus = false
    /// When the last attempt failed.
    var failedAt: Timestamp?
    /// When it was last told to the backend.
    var toldAt: Timestamp?
    /// Whether it was written down by this process, which has not tried it yet.
    var isUntold = false
    /// The silences of it that were expired as superfluous, until the source has seen that too.
    var expired: Set<Silence.ID> = []
  }

  /// What else is asked for that bears on a request.
  enum Rival: Hashable, Sendable {
    /// Nothing; the operator has taken it back; an earlier request says the same.
    case none, undo, twin
  }

  /// An alert that is absent for so long has ended; a restarted Prometheus repeats alerts sooner.
  static let absence = Duration.seconds(300)
  /// Absence of what was told counts only in reports that are later than this after telling.
  static let settling = Duration.seconds(10)
  /// What was refused and is no acknowledgement stays this long for another try.
  static let grudge = Duration.seconds(86_400)

  /// How long an acknowledgement stands by itself.
  let duration: Duration

  /// What is to happen to a record.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - memory: What this process knows of it besides.
  ///   - rival: What else is asked for.
  ///   - world: What sources say.
  ///   - now: The time.
  /// - Returns: The next step.
  func decision(
    on record: ActionRecord, _ memory: Memory, besides rival: Rival = .none, in world: AlertWorld,
    at now: Timestamp
  ) -> Decision {
    if rival == .undo { return .wait(until: nil) }
    switch record.state {
    case .ended: return .wait(until: nil)
    case .failed: return afterRefusal(record, memory, world, now)
    case .queued:
      if rival == .twin, record.attempts == 0 {
        return .end(reason: "acknowledged already by an earlier request")
      }
      return whileQueued(record, memory, world, now)
    case .sent, .confirmed:
      guard case .acknowledge(let target, _) = record.request.action else {
        return .end(reason: "done")
      }
      return whileStanding(record, target, memory, world, now)
    }
  }

  /// Whether a backend may know of a request: after an attempt, whose answer may be lost, and where
  /// another process, which may have died in the middle of one, wrote it down.
  static func mayBeKnownOutside(_ record: ActionRecord, _ memory: Memory) -> Bool {
    record.state != .queued || record.attempts > 0 || !memory.isUntold
  }

  /// What was refused waits for the operator, but not beyond what it was about.
  private func afterRefusal(
    _ record: ActionRecord, _ memory: Memory, _ world: AlertWorld, _ now: Timestamp
  ) -> Decision {
    guard case .acknowledge(let target, _) = record.request.action else {
      let isOld = now - record.request.at >= OutboxRules.grudge
      return isOld ? .end(reason: "given up after a day") : .wait(until: nil)
    }
    return isOver(target, memory, world, now)
      ? withdrawal(of: record, "the alert has ended", memory, world, now) : .wait(until: nil)
  }

  // MARK: - On its way

  private func whileQueued(
    _ record: ActionRecord, _ memory: Memory, _ world: AlertWorld, _ now: Timestamp
  ) -> Decision {
    guard now >= record.nextAttempt else { return .wait(until: record.nextAttempt) }
    guard case .acknowledge(let target, _) = record.request.action else {
      return isWorthTrying(record, memory, world) ? create(record, memory, now) : .wait(until: nil)
    }
    switch world.presence(of: target.alert) {
    case .absent:
      let reason = "dropped: the alert had ended before it could be told"
      return OutboxRules.mayBeKnownOutside(record, memory)
        ? .withdraw(reason: reason) : .end(reason: reason)
    case .active: return create(record, memory, now)
    case .unknown:
      // A first attempt does not wait for a look at the source; a repeated one does.
      return isWorthTrying(record, memory, world) ? create(record, memory, now) : .wait(until: nil)
    }
  }

  private func create(
    _ record: ActionRecord, _ memory: Memory, _ now: Timestamp
  ) -> Decision {
    .attempt(
      .create(
        until: now + duration, mayBeThere: OutboxRules.mayBeKnownOutside(record, memory)))
  }

  /// After a failure the source must have answered again.
  private func isWorthTrying(
    _ record: ActionRecord, _ memory: Memory, _ world: AlertWorld
  ) -> Bool {
    guard let source = record.request.action.source else { return true }
    guard record.attempts > 0 || memory.failedAt != nil else { return true }
    guard let report = world.freshReport(of: source) else { return false }
    return memory.failedAt.map { report >= $0 } ?? true
  }

  // MARK: - Standing

  private func whileStanding(
    _ record: ActionRecord, _ target: AlertTarget, _ memory: Memory, _ world: AlertWorld,
    _ now: Timestamp
  ) -> Decision {
    switch target.backend {
    case .local:
      return isOver(target, memory, world, now)
        ? .end(reason: "the alert has ended") : .wait(until: nil)
    case .pagerDuty(let source, let id):
      return inPagerDuty(record, id, source, memory, world)
    case .alertmanager(let source, _):
      return inAlertmanager(record, target, source, memory, world, now)
    }
  }

  private func inPagerDuty(
    _ record: ActionRecord, _ id: String, _ source: String, _ memory: Memory, _ world: AlertWorld
  ) -> Decision {
    guard let report = world.freshReport(of: source) else { return .wait(until: nil) }
    let incident = world.incident(id, at: source)
    guard let incident, !incident.acknowledgements.isEmpty else {
      guard hasSettled(memory, by: report) else { return .wait(until: nil) }
      return .end(
        reason: incident == nil
          ? "the incident has resolved" : "PagerDuty's acknowledgement has ended")
    }
    let isNews = record.state == .sent || record.until != incident.acknowledgedUntil
    guard isNews, memory.toldAt.map({ report >= $0 }) ?? true else { return .wait(until: nil) }
    return .confirm(silence: nil, until: incident.acknowledgedUntil)
  }

  private func inAlertmanager(
    _ record: ActionRecord, _ target: AlertTarget, _ source: String, _ memory: Memory,
    _ world: AlertWorld, _ now: Timestamp
  ) -> Decision {
    if isOver(target, memory, world, now) {
      return withdrawal(of: record, "the alert has ended", memory, world, now)
    }
    let living = world.silences(of: record.id, at: source)?
      .filter { $0.state != .expired && !memory.expired.contains($0.id) }
    if let living, let report = world.freshReport(of: source) {
      let kept = living.first { $0.id == record.silenceID } ?? living.first
      if let twin = living.first(where: { $0.id != kept?.id }),
        memory.failedAt.map({ report > $0 }) ?? true
      {
        return .expireTwin(twin)
      }
      if kept == nil, hasSettled(memory, by: report) {
        return .end(reason: lapsed(record, at: now) ?? "its silence was expired by somebody else")
      }
      if let kept,
        record.state == .sent || kept.id != record.silenceID
          || kept.endsAt > record.until ?? kept.startsAt
      {
        return .confirm(silence: kept.id, until: kept.endsAt)
      }
    }
    if let reason = lapsed(record, at: now) { return .end(reason: reason) }
    return prolongation(of: record, target, memory, world, now)
  }

  /// Ends what mutes an alert that is over, as soon as its source answers.
  private func withdrawal(
    of record: ActionRecord, _ reason: String, _ memory: Memory, _ world: AlertWorld,
    _ now: Timestamp
  ) -> Decision {
    guard now >= record.nextAttempt else { return .wait(until: record.nextAttempt) }
    return isWorthTrying(record, memory, world) ? .withdraw(reason: reason) : .wait(until: nil)
  }

  /// Kept alive from the last third on, as long as the alert is known to go on.
  private func prolongation(
    of record: ActionRecord, _ target: AlertTarget, _ memory: Memory, _ world: AlertWorld,
    _ now: Timestamp
  ) -> Decision {
    guard let until = record.until else { return .wait(until: nil) }
    let due = max(until - duration / 3, record.nextAttempt)
    guard now >= due else { return .wait(until: due) }
    guard world.presence(of: target.alert) == .active else { return .wait(until: until) }
    return .attempt(.prolong(until: now + duration))
  }

  private func lapsed(_ record: ActionRecord, at now: Timestamp) -> String? {
    guard let until = record.until, now > until else { return nil }
    return "lapsed at \(until.timeOfDay) UTC: nobody prolonged it"
  }

  private func hasSettled(_ memory: Memory, by report: Timestamp) -> Bool {
    memory.toldAt.map { report >= $0 + OutboxRules.settling } ?? true
  }

  /// Whether the alert has certainly ended.
  private func isOver(
    _ target: AlertTarget, _ memory: Memory, _ world: AlertWorld, _ now: Timestamp
  ) -> Bool {
    if let since = memory.absentSince, now - since >= OutboxRules.absence { return true }
    guard target.backend != .local else { return memory.absentSince != nil }
    guard memory.wasActiveInPrometheus, let labels = memory.labels else { return false }
    return world.isActiveInPrometheus(labels) == false
  }
}

extension ActionRequest.Action {
  /// The source that carries it out; `nil` where only the journal does.
  var source: String? {
    switch self {
    case .acknowledge(let target, _), .unacknowledge(_, let target): target.backend.source
    case .silence(let plan): plan.source
    case .extendSilence(let silence, _), .expireSilence(let silence): silence.cluster
    }
  }
}

extension AlertTarget.Backend {
  /// The source that keeps the acknowledgement.
  var source: String? {
    switch self {
    case .alertmanager(let source, _), .pagerDuty(let source, _): source
    case .local: nil
    }
  }
}
